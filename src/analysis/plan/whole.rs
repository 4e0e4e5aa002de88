//! Plans of whole numbers: whole turns, and costs that are paid once a flow is used at all.
//!
//! Branch and bound finds the one best plan; from that plan alone it is searched once more, and the cases of this
//! second search are the proof: the same bytes, whoever suggested where to begin.
//!
//! Source: mathematics §4, *Whole numbers*.

use super::super::Verdict;
use super::conflict;
use super::finding::{Aim, Level, NoPlan, PlanCertificate, PlanFinding, Standing};
use super::prices::unpriced;
use super::ratio::Linear;
use super::settle::{Ratio, aims, columns, rows, start};
use super::solve::Search;
use super::worth::{Best, finding, parts_along};
use crate::certify::cases::ceiling;
use crate::exact::{Rational, door};
use crate::program::{Case, Column, ColumnId, Origin, Program};
use crate::simplex::{
    BranchEnd, Branched, Budget, Crash, LexicographicEnd, Simplex, Task, Until, Variable, Whole,
    branch_and_bound, branch_and_bound_telling, lexicographic,
};
use crate::solve::rounded;

/// The most pivots of a search, and of the proof of what it found.
const MOST_PIVOTS: u64 = 100_000;

/// The most pivots to complete what a solver suggests.
const COMPLETION_PIVOTS: u64 = 20_000;

pub(super) fn solve(search: &Search<'_>) -> Verdict {
    match answer(search, true) {
        // What shows that there is no plan must not depend on who was asked.
        Verdict::NoPlan(_) => unhinted(search),
        found => found,
    }
}

/// The answer without any hint: what shows that there is none is the same, whatever solver is asked.
pub(super) fn unhinted(search: &Search<'_>) -> Verdict {
    answer(search, false)
}

fn answer(search: &Search<'_>, hinted: bool) -> Verdict {
    let mut asked = Asked::new(search, hinted);
    match &search.below {
        None => asked.sum(),
        Some(below) => asked.ratio(below),
    }
}

/// What is maximised, one after the other.
pub(super) type Levels = Vec<Vec<Rational>>;

/// The levels of a plan of whole numbers.
pub(super) fn levels(search: &Search<'_>, ratio: Option<&Ratio>) -> (Vec<Aim>, Levels) {
    aims(search, ratio).into_iter().unzip()
}

/// What a search found, before it is settled.
pub(super) struct Found {
    pub values: Vec<Rational>,
    pub ratio: Option<Ratio>,
    pub standing: Standing,
    pub cases: Vec<Case>,
    pub denominator_cases: Vec<Case>,
}

impl Found {
    /// A plan of which nothing is proved but that it is one.
    pub fn unproved(values: Vec<Rational>, ratio: Option<Ratio>) -> Self {
        let standing = Standing::Within { bound: None };
        Self { values, ratio, standing, cases: Vec::new(), denominator_cases: Vec::new() }
    }
}

/// A plan of whole numbers that is being searched for.
pub(super) struct Asked<'a> {
    pub search: &'a Search<'a>,
    pub program: &'a Program,
    pub simplex: Simplex,
    whole: Vec<ColumnId>,
    budget: Budget,
    hinted: bool,
}

impl<'a> Asked<'a> {
    fn new(search: &'a Search<'a>, hinted: bool) -> Self {
        let program = &search.plan.program;
        let simplex = Simplex::new(program, &Crash::default());
        let budget = Budget::until(search.stop(), MOST_PIVOTS);
        Self { search, program, simplex, whole: program.whole(), budget, hinted }
    }

    /// Searches from the simplex where it stands.
    pub fn branch(
        &mut self,
        levels: &[Vec<Rational>],
        until: Until,
        beat: Option<Vec<Rational>>,
    ) -> Branched {
        let task = Task { whole: &self.whole, levels, until };
        branch_and_bound(&mut self.simplex, task, beat, &mut self.budget)
    }

    fn sum(&mut self) -> Verdict {
        let (_, levels) = levels(self.search, None);
        let known = self.suggested(&self.program.clone(), &levels);
        let tell = told(self.search);
        known.iter().for_each(|known| tell(&known.worth));
        let task = Task { whole: &self.whole, levels: &levels, until: Until::Closed };
        let beat = known.as_ref().map(|known| known.worth.clone());
        let Branched { best, end, cases } =
            branch_and_bound_telling(&mut self.simplex, (task, &tell), beat, &mut self.budget);
        let best = best.or(known);
        match (end, best) {
            (BranchEnd::Unbounded { ray, .. }, best) => {
                self.beyond(best, ray, |way, parts| NoPlan::Endless { way, parts })
            }
            (BranchEnd::Closed, None) => self.conflict(),
            (BranchEnd::Cut, None) => Self::none(NoPlan::Exhausted),
            (BranchEnd::Closed, Some(best)) => {
                let cases = self.again(&best, &levels).unwrap_or(cases);
                let (ratio, denominator_cases, standing) = (None, Vec::new(), Standing::Best);
                self.settled(Found { values: best.values, ratio, standing, cases, denominator_cases })
            }
            (BranchEnd::Cut, Some(best)) => {
                let bound = ceiling(self.program, &levels[0], &cases).ok().flatten();
                let bound = bound.map(|bound| self.search.turned(bound + &self.search.above.constant));
                let cases = if bound.is_some() { cases } else { Vec::new() };
                let (ratio, denominator_cases, standing) = (None, Vec::new(), Standing::Within { bound });
                self.settled(Found { values: best.values, ratio, standing, cases, denominator_cases })
            }
        }
    }

    /// The cases of a search that begins with the best plan; nothing if it did not close.
    pub fn again(&mut self, best: &Whole, levels: &[Vec<Rational>]) -> Option<Vec<Case>> {
        self.simplex = Simplex::new(self.program, &start(self.program, &best.values));
        self.budget = Budget::until(self.search.stop(), MOST_PIVOTS);
        let again = self.branch(levels, Until::Closed, Some(best.worth.clone()));
        (again.end == BranchEnd::Closed && again.best.is_none()).then_some(again.cases)
    }

    /// Some whole point.
    ///
    /// # Errors
    /// There is none, or none was found within the limit: the verdict that this is.
    pub fn point(&mut self) -> Result<Whole, Verdict> {
        let levels = [vec![Rational::ZERO; self.program.columns().len()]];
        let found = self.branch(&levels, Until::Better, None);
        match (found.best, found.end) {
            (Some(point), _) => Ok(point),
            (None, BranchEnd::Closed) => Err(self.conflict()),
            (None, _) => Err(Self::none(NoPlan::Exhausted)),
        }
    }

    /// The plan that a solver's whole numbers stand for, completed to the best with these.
    pub fn suggested(&mut self, program: &Program, levels: &[Vec<Rational>]) -> Option<Whole> {
        let ground = self.search.question.ground;
        let (whole, crash) =
            self.hinted.then(|| rounded((ground.solver, &ground.stop), program)).flatten()?;
        let mut simplex = Simplex::new(self.program, &crash);
        for (column, value) in whole {
            simplex.set_bounds(Variable::Column(column), Some(value.clone()), Some(value));
        }
        // Also where somebody asked to stop meanwhile: what the solver found is worth a moment.
        let mut budget = Budget::of(COMPLETION_PIVOTS);
        let LexicographicEnd::Optimal(optimum) = lexicographic(&mut simplex, levels, &mut budget).ok()?
        else {
            return None;
        };
        let values = optimum.values;
        let worth =
            |level: &Vec<Rational>| Linear { counts: level.clone(), constant: Rational::ZERO }.at(&values);
        let worth = levels.iter().map(worth).collect();
        let kept = self.program.is_feasible(&values) && self.program.is_whole(&values);
        kept.then_some(Whole { values, worth })
    }

    /// What goes on without limit along a ray from some whole point.
    pub fn beyond(
        &mut self,
        known: Option<Whole>,
        ray: Vec<Rational>,
        why: fn(super::Way, Vec<super::Part>) -> NoPlan,
    ) -> Verdict {
        let point = match known.map_or_else(|| self.point(), Ok) {
            Ok(point) => point.values,
            Err(verdict) => return verdict,
        };
        let parts = parts_along(self.search.question, self.search.plan, &ray);
        Self::none(why(self.search.way(point, ray), parts))
    }

    pub fn conflict(&mut self) -> Verdict {
        let mut simplex = Simplex::new(self.program, &Crash::default());
        let mut budget = Budget::until(self.search.stop(), MOST_PIVOTS);
        let found = conflict::find(self.search.question, self.search.plan, &mut simplex, &mut budget);
        Self::none(found.map_or(NoPlan::Exhausted, NoPlan::Conflict))
    }

    pub fn none(why: NoPlan) -> Verdict {
        Verdict::NoPlan(Box::new(why))
    }

    pub fn settled(&self, found: Found) -> Verdict {
        Verdict::Plan(Box::new(settled(self.search, found)))
    }
}

/// Tells whoever waits what a plan of a sum is worth.
fn told<'a>(search: &'a Search<'_>) -> impl Fn(&[Rational]) + 'a {
    |worth| {
        let value = worth.first().map(|first| search.turned(first + &search.above.constant));
        search.stop().progress().found(value.as_ref().map(door::to_double));
    }
}

/// All that follows from a plan that is found: of whole numbers, or not proved.
pub(super) fn settled(search: &Search<'_>, found: Found) -> PlanFinding {
    let program = &search.plan.program;
    let proved = found.standing == Standing::Best;
    let (aims, levels) = levels(search, found.ratio.as_ref());
    let asks = proved && !search.given_up;
    let unique = asks.then(|| is_unique(search, &found.values, &levels)).flatten();
    let stopped = proved && (search.given_up || search.stop().is_asked());
    let unique = unique.filter(|_| !stopped);
    let lambda = found.ratio.map(|ratio| ratio.lambda);
    let value = lambda.clone().unwrap_or_else(|| search.above.at(&found.values));
    let aims = aims.into_iter().filter(|_| proved).map(|aim| Level { aim, duals: Vec::new() }).collect();
    let certificate = PlanCertificate {
        lambda,
        columns: columns(program),
        rows: rows(program),
        values: found.values,
        levels: aims,
        denominator: None,
        cases: found.cases,
        denominator_cases: found.denominator_cases,
    };
    let (value, standing) = (search.turned(value), found.standing);
    let (any_scale, spread) = (false, None);
    let best = Best { search, program, value, any_scale, certificate, standing, unique, spread, stopped };
    let uses = unpriced(&best);
    finding(best, uses)
}

/// Whether no other plan of whole numbers is as good; nothing where the limit is reached before that is known.
///
/// Of those that are as good it is the first by all levels. It is the only one if it is the last as well.
fn is_unique(search: &Search<'_>, values: &[Rational], levels: &[Vec<Rational>]) -> Option<bool> {
    let program = &search.plan.program;
    // Which flows are paid for in vain makes no other plan.
    let counts = |(column, count): (&Column, &Rational)| match column.origin {
        Origin::Used(_) => Rational::ZERO,
        _ => -count,
    };
    let turned = |(place, level): (usize, &Vec<Rational>)| -> Vec<Rational> {
        if place == 0 { level.clone() } else { program.columns().iter().zip(level).map(counts).collect() }
    };
    let levels: Levels = levels.iter().enumerate().map(turned).collect();
    let worth =
        levels.iter().map(|level| Linear { counts: level.clone(), constant: Rational::ZERO }.at(values));
    let task = Task { whole: &program.whole(), levels: &levels, until: Until::Better };
    let mut simplex = Simplex::new(program, &start(program, values));
    let mut budget = Budget::until(search.stop(), MOST_PIVOTS);
    let found = branch_and_bound(&mut simplex, task, Some(worth.collect()), &mut budget);
    match (found.best, found.end) {
        (Some(_), _) | (None, BranchEnd::Unbounded { .. }) => Some(false),
        (None, BranchEnd::Closed) => Some(true),
        (None, BranchEnd::Cut) => None,
    }
}
