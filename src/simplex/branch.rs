//! The best of all whole points: branch and bound, each node an exact linear program.
//!
//! Depth first, the nearer side of a fraction first. A node is left as soon as the tuple of levels that its linear
//! program allows, as far as it is known, is no greater than that of the best whole point: so the levels after the
//! first cost little, and what is found is the one best point, whatever was known before.
//!
//! Source: mathematics §4, *Whole numbers*; Land, Doig 1960; Dakin 1965.

use std::cmp::Ordering;

use super::optimal::End;
use super::{Budget, Exhausted, Simplex, Variable};
use crate::exact::Rational;
use crate::program::{Case, ColumnId, Weights, weights};

/// The most numbers that the cases of one search may hold: beyond, a proof is of no use to anybody.
const MOST_KEPT: usize = 5_000_000;

/// A whole point, and what it is worth: one number for each level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    pub values: Vec<Rational>,
    pub worth: Vec<Rational>,
}

/// When a search ends before it has seen all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    Closed,
    /// At the first whole point that is better than what was to be beaten.
    Better,
}

/// How a search ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BranchEnd {
    /// Nothing is better than what was found, or was to be beaten: the cases prove it.
    Closed,
    /// The budget is exhausted, or enough was found. The cases bound what else there may be; there are none where
    /// not even the first node was solved.
    Cut,
    /// Without limit in this level, along a ray of the linear program: of its whole points as well, if there is one.
    Unbounded { level: usize, ray: Vec<Rational> },
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branched {
    /// The best whole point that was found; nothing where none was better than what was to be beaten.
    pub best: Option<Whole>,
    pub end: BranchEnd,
    pub cases: Vec<Case>,
}

/// What is asked: the columns that take whole numbers only, and what is maximised, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    pub whole: &'a [ColumnId],
    /// Invariant: not empty.
    pub levels: &'a [Vec<Rational>],
    pub until: Until,
}

/// Searches the whole points of a program for the greatest tuple of levels above the one to be beaten.
///
/// Afterwards all bounds are as before.
pub fn branch_and_bound(
    simplex: &mut Simplex,
    task: Task<'_>,
    beat: Option<Vec<Rational>>,
    budget: &mut Budget,
) -> Branched {
    branch_and_bound_telling(simplex, (task, &|_| {}), beat, budget)
}

/// Who is told what a point is worth.
pub type Told<'a> = &'a dyn Fn(&[Rational]);

/// The same, telling what each point is worth that is better than those before.
pub fn branch_and_bound_telling(
    simplex: &mut Simplex,
    (task, better): (Task<'_>, Told<'_>),
    beat: Option<Vec<Rational>>,
    budget: &mut Budget,
) -> Branched {
    let (cases, open, rounded) = (Vec::new(), Vec::new(), Vec::new());
    let mut search = Search { simplex, task, better, best: None, beat, cases, open, rounded, kept: 0 };
    search.round();
    let end = search.run(budget);
    search.simplex.release_face();
    for (column, (lower, upper)) in std::mem::take(&mut search.rounded).into_iter().rev() {
        search.simplex.set_bounds(Variable::Column(column), lower, upper);
    }
    Branched { best: search.best, end, cases: search.cases }
}

struct Search<'a> {
    simplex: &'a mut Simplex,
    task: Task<'a>,
    better: Told<'a>,
    best: Option<Whole>,
    /// The worth that has to be exceeded.
    beat: Option<Vec<Rational>>,
    cases: Vec<Case>,
    open: Vec<Split>,
    /// Columns whose bounds were rounded to whole numbers, and what these were.
    rounded: Vec<(ColumnId, Bounds)>,
    /// How many numbers the cases hold.
    kept: usize,
}

/// A node that was split.
struct Split {
    column: ColumnId,
    /// The column's bounds above this node, and those of the side that comes second, until it came.
    before: Bounds,
    second: Option<Bounds>,
    /// What the node's program allows, level by level as far as known, and the prices that prove it.
    bound: Vec<Rational>,
    duals: Vec<Weights>,
}

type Bounds = (Option<Rational>, Option<Rational>);

/// What became of a node.
enum Look {
    Leaf(Case),
    /// This whole column has this fraction; the node allows this much.
    Fraction {
        column: ColumnId,
        value: Rational,
        bound: Vec<Rational>,
    },
    Unbounded {
        level: usize,
        ray: Vec<Rational>,
    },
    Enough,
}

impl Search<'_> {
    fn run(&mut self, budget: &mut Budget) -> BranchEnd {
        loop {
            if self.kept > MOST_KEPT {
                self.leave();
                return BranchEnd::Cut;
            }
            match self.look(budget) {
                Ok(Look::Leaf(case)) => {
                    self.kept += size(&case);
                    self.cases.push(case);
                    if !self.turn() {
                        return BranchEnd::Closed;
                    }
                }
                Ok(Look::Fraction { column, value, bound }) => self.split(column, &value, bound),
                Ok(Look::Unbounded { level, ray }) => {
                    self.leave();
                    return BranchEnd::Unbounded { level, ray };
                }
                Ok(Look::Enough) | Err(Exhausted) => {
                    self.leave();
                    return BranchEnd::Cut;
                }
            }
        }
    }

    /// Rounds the bounds of whole columns: between a bound and the next whole number there is nothing.
    fn round(&mut self) {
        let nothing = Case::Empty { farkas: Vec::new() };
        for column in self.task.whole {
            let (lower, upper) = self.simplex.bounds(Variable::Column(*column));
            let whole = (lower.as_ref().map(Rational::ceil), upper.as_ref().map(Rational::floor));
            if (&lower, &upper) == (&whole.0, &whole.1) {
                continue;
            }
            for (bound, more_first) in [(&lower, false), (&upper, true)] {
                if let Some(bound) = bound.as_ref().filter(|bound| !bound.is_integer()) {
                    let most = bound.floor();
                    self.cases.extend([Case::Split { column: *column, most, more_first }, nothing.clone()]);
                }
            }
            self.simplex.set_bounds(Variable::Column(*column), whole.0, whole.1);
            self.rounded.push((*column, (lower, upper)));
        }
    }

    /// How many cases stand for rounded bounds.
    fn prefix(&self) -> usize {
        let fractions = |bounds: &Bounds| {
            [&bounds.0, &bounds.1].into_iter().flatten().filter(|bound| !bound.is_integer()).count()
        };
        2 * self.rounded.iter().map(|(_, bounds)| fractions(bounds)).sum::<usize>()
    }

    /// Solves a node, level after level, for as long as that may still matter.
    fn look(&mut self, budget: &mut Budget) -> Result<Look, Exhausted> {
        self.simplex.release_face();
        let mut bound = Vec::new();
        for (level, objective) in self.task.levels.iter().enumerate() {
            let end = match level {
                0 => self.simplex.remaximize(objective, budget)?,
                _ => self.simplex.maximize(objective, budget)?,
            };
            match end {
                End::Infeasible { farkas } => {
                    return Ok(Look::Leaf(Case::Empty { farkas: weights(farkas) }));
                }
                End::Unbounded { ray } => return Ok(Look::Unbounded { level, ray }),
                End::Optimal => {}
            }
            bound.push(worth(objective, &self.simplex.values()));
            match self.against(&bound) {
                Ordering::Less => return Ok(self.bounded(level)),
                Ordering::Equal => {}
                Ordering::Greater => match self.fraction() {
                    Some((column, value)) => return Ok(Look::Fraction { column, value, bound }),
                    None if self.task.until == Until::Better => {
                        self.keep();
                        return Ok(Look::Enough);
                    }
                    None => self.keep(),
                },
            }
            self.simplex.keep_face();
        }
        Ok(self.bounded(self.task.levels.len() - 1))
    }

    /// How what a node allows compares with what has to be exceeded, as far as it is known.
    fn against(&self, bound: &[Rational]) -> Ordering {
        let beat = self.beat.as_ref().map(|beat| &beat[..bound.len().min(beat.len())]);
        beat.map_or(Ordering::Greater, |beat| bound.cmp(beat))
    }

    /// The prices of all levels up to this one, at the basis where it stands.
    fn duals(&self, level: usize) -> Vec<Weights> {
        self.task.levels[..=level].iter().map(|objective| weights(self.simplex.duals(objective))).collect()
    }

    fn bounded(&self, level: usize) -> Look {
        Look::Leaf(Case::Bounded { duals: self.duals(level) })
    }

    /// Takes the point where it stands for the best.
    fn keep(&mut self) {
        let values = self.simplex.values();
        let worth: Vec<Rational> =
            self.task.levels.iter().map(|objective| worth(objective, &values)).collect();
        (self.better)(&worth);
        self.beat = Some(worth.clone());
        self.best = Some(Whole { values, worth });
    }

    /// The whole column whose fraction is nearest to a half, the first of equals.
    fn fraction(&self) -> Option<(ColumnId, Rational)> {
        let half = Rational::ONE.checked_div(&Rational::from(2)).unwrap_or_default();
        let fractions = self.task.whole.iter().filter_map(|column| {
            let value = self.simplex.value(*column);
            let off = (&value - &value.floor() - &half).abs();
            (!value.is_integer()).then_some((off, *column, value))
        });
        fractions
            .min_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)))
            .map(|(_, column, value)| (column, value))
    }

    fn split(&mut self, column: ColumnId, value: &Rational, bound: Vec<Rational>) {
        let (most, least) = (value.floor(), value.ceil());
        let more_first = &least - value <= value - &most;
        let before = self.simplex.bounds(Variable::Column(column));
        let fewer = (before.0.clone(), Some(most.clone()));
        let more = (Some(least), before.1.clone());
        let (first, second) = if more_first { (more, fewer) } else { (fewer, more) };
        let duals = self.duals(bound.len() - 1);
        self.kept += duals.iter().map(Vec::len).sum::<usize>();
        self.cases.push(Case::Split { column, most, more_first });
        self.simplex.set_bounds(Variable::Column(column), first.0, first.1);
        self.open.push(Split { column, before, second: Some(second), bound, duals });
    }

    /// Goes on to the next node that may hold something better; whether there is one.
    fn turn(&mut self) -> bool {
        while let Some(mut split) = self.open.pop() {
            if let Some((lower, upper)) = split.second.take() {
                if self.against(&split.bound) == Ordering::Less {
                    // What was found since is better than all that is there.
                    self.cases.push(Case::Bounded { duals: std::mem::take(&mut split.duals) });
                } else {
                    self.simplex.set_bounds(Variable::Column(split.column), lower, upper);
                    self.open.push(split);
                    return true;
                }
            }
            self.restore(&split);
        }
        false
    }

    fn restore(&mut self, split: &Split) {
        let (lower, upper) = split.before.clone();
        self.simplex.set_bounds(Variable::Column(split.column), lower, upper);
    }

    /// Ends early: what was not seen is bounded by the nodes above it. Where that is no less than what the first node
    /// allows, the first node alone says as much.
    fn leave(&mut self) {
        let unseen = self.open.iter().filter(|split| split.second.is_some()).chain(self.open.last());
        let most = unseen.filter_map(|split| split.bound.first()).max();
        if let Some(root) = self.open.first()
            && most == root.bound.first()
        {
            let all = Case::Bounded { duals: root.duals.iter().take(1).cloned().collect() };
            self.cases.truncate(self.prefix());
            self.cases.push(all);
            while let Some(split) = self.open.pop() {
                self.restore(&split);
            }
            return;
        }
        if self.open.is_empty() {
            // Not even the first node was solved.
            self.cases.clear();
        }
        let mut inside = true;
        while let Some(mut split) = self.open.pop() {
            let unseen = usize::from(inside) + usize::from(split.second.is_some());
            inside = false;
            split.duals.truncate(1);
            self.cases.extend(std::iter::repeat_n(Case::Bounded { duals: split.duals.clone() }, unseen));
            self.restore(&split);
        }
    }
}

/// How many numbers a case holds.
fn size(case: &Case) -> usize {
    match case {
        Case::Split { .. } => 1,
        Case::Bounded { duals } => duals.iter().map(Vec::len).sum(),
        Case::Empty { farkas } => farkas.len(),
    }
}

fn worth(objective: &[Rational], values: &[Rational]) -> Rational {
    objective.iter().zip(values).filter(|(cost, _)| !cost.is_zero()).map(|(cost, value)| cost * value).sum()
}
