//! From a plan's program to its one best plan, or to why there is none.

use super::super::{Question, Verdict};
use super::finding::{Aim, Level, NoPlan, PlanCertificate, Standing, Way};
use super::network::Unsaid;
use super::ratio::{Linear, RatioEnd, Scale, best_ratio};
use super::settle::{Plan, Ratio, aims, at_one, columns, rows, settle, standing};
use super::whole::Found;
use super::worth::parts_along;
use super::{conflict, misfits, network, program, whole};
use crate::certify::cases::ceiling;
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::program::{Case, PlanProgram, Sense, weights};
use crate::simplex::{Budget, Crash, Exhausted, LexicographicEnd, Simplex, lexicographic};
use crate::solve::crashed;
use crate::stop::Stop;

/// The most pivots that a plan may take.
const MOST_PIVOTS: u64 = 200_000;

pub(in super::super) fn solve(question: &Question<'_>) -> Verdict {
    match solved(question) {
        Verdict::NoPlan(why) if *why == NoPlan::Exhausted && question.ground.stop.is_asked() => {
            Verdict::NoPlan(Box::new(NoPlan::Stopped))
        }
        verdict => verdict,
    }
}

fn solved(question: &Question<'_>) -> Verdict {
    if misfits(question).iter().any(Diagnostic::is_error) {
        return Verdict::NoPlan(Box::new(NoPlan::Misfit));
    }
    let Some(plan) = program(question) else { return Verdict::Empty };
    let search = Search::new(question, &plan);
    if search.is_whole() {
        return whole::solve(&search);
    }
    if question.ground.engine.takes_networks(question.ground.solver) {
        match network::best(&search) {
            Ok((optimum, ratio)) => return search.best(Plan::Proved(&optimum), ratio),
            Err(Unsaid { cut: Some(values) }) => {
                let zeros = |_: &[Rational]| vec![Rational::ZERO; plan.program.rows().len()];
                if let Some(found) = search.cut(values, &zeros) {
                    return search.verdict(Ran::Cut(found));
                }
            }
            Err(Unsaid { cut: None }) => {}
        }
    }
    let hinted = crashed((question.ground.solver, &question.ground.stop), &plan.program);
    let found = search.run(&hinted).and_then(|ran| match ran {
        Ran::None(_) => search.unhinted(),
        ran => Ok(search.verdict(ran)),
    });
    found.unwrap_or_else(|Exhausted| Verdict::NoPlan(Box::new(NoPlan::Exhausted)))
}

/// A plan's question as exact linear forms to maximise.
pub(super) struct Search<'a> {
    pub question: &'a Question<'a>,
    pub plan: &'a PlanProgram,
    /// The objective, or a ratio's numerator, such that it is maximised.
    pub above: Linear,
    pub below: Option<Linear>,
    /// Whether what follows from a proved plan is not asked for: somebody stopped before it was known.
    pub given_up: bool,
}

/// How a search ended.
pub(super) enum Ran {
    Best {
        values: Vec<Rational>,
        ratio: Option<Ratio>,
    },
    /// Some plan, before the search was cut short.
    Cut(Found),
    None(Box<NoPlan>),
}

impl<'a> Search<'a> {
    pub fn new(question: &'a Question<'a>, plan: &'a PlanProgram) -> Self {
        let program = &plan.program;
        let counts = program.columns().iter().map(|column| column.objective.clone()).collect();
        let stated = Linear { counts, constant: program.constant.clone() };
        let above = if program.sense() == Sense::Minimize { stated.negative() } else { stated };
        let filled = |(counts, constant): &(Vec<Rational>, Rational)| {
            let mut counts = counts.clone();
            counts.resize(program.columns().len(), Rational::ZERO);
            Linear { counts, constant: constant.clone() }
        };
        let below = plan.denominator.as_ref().map(filled);
        Self { question, plan, above, below, given_up: false }
    }

    /// Whether some columns take whole numbers only.
    pub fn is_whole(&self) -> bool {
        self.plan.program.columns().iter().any(|column| column.integral)
    }

    pub fn stop(&self) -> &Stop {
        &self.question.ground.stop
    }

    /// The end of a search without any hint: what it shows is the same, whatever solver is asked.
    pub fn unhinted(&self) -> Result<Verdict, Exhausted> {
        if self.is_whole() {
            return Ok(whole::unhinted(self));
        }
        self.run(&Crash::default()).map(|ran| self.verdict(ran))
    }

    fn verdict(&self, ran: Ran) -> Verdict {
        let found = match ran {
            Ran::None(why) => return Verdict::NoPlan(why),
            Ran::Cut(found) => whole::settled(self, found),
            Ran::Best { values, ratio } => return self.best(Plan::Values(&values), ratio),
        };
        Verdict::Plan(Box::new(found))
    }

    fn best(&self, plan: Plan<'_>, ratio: Option<Ratio>) -> Verdict {
        let found = settle(self, plan, ratio.clone())
            .unwrap_or_else(|Exhausted| whole::settled(self, Found::unproved(plan.values().to_vec(), ratio)));
        Verdict::Plan(Box::new(found))
    }

    /// Searches from a start, whose choice bears on speed, and on which of several proofs is found.
    fn run(&self, start: &Crash) -> Result<Ran, Exhausted> {
        let mut budget = Budget::until(self.stop(), MOST_PIVOTS);
        let mut simplex = Simplex::new(&self.plan.program, start);
        let end = match &self.below {
            None => self.finish(&mut simplex, None, &mut budget),
            Some(below) => best_ratio(&mut simplex, (&self.above, below), &mut budget)
                .and_then(|end| self.ratio(&mut simplex, (end, below), &mut budget)),
        };
        end.or_else(|Exhausted| {
            let duals = |counts: &[Rational]| simplex.duals(counts);
            self.cut(simplex.values(), &duals).map(Ran::Cut).ok_or(Exhausted)
        })
    }

    /// What a search that was cut short leaves: the plan where it stands, if that is one, and what its prices prove.
    fn cut(&self, values: Vec<Rational>, duals: &dyn Fn(&[Rational]) -> Vec<Rational>) -> Option<Found> {
        if !self.plan.program.is_feasible(&values) {
            return None;
        }
        let Some(below) = &self.below else {
            let cases = vec![Case::Bounded { duals: vec![weights(duals(&self.above.counts))] }];
            let bound = ceiling(&self.plan.program, &self.above.counts, &cases).ok().flatten();
            let bound = bound.map(|bound| self.turned(bound + &self.above.constant));
            let cases = if bound.is_some() { cases } else { Vec::new() };
            return Some(Found {
                standing: Standing::Within { bound },
                cases,
                ..Found::unproved(values, None)
            });
        };
        let lambda = Some(below.at(&values)).filter(Rational::is_positive);
        let lambda = lambda.and_then(|below| self.above.at(&values).checked_div(&below))?;
        Some(Found::unproved(values, Some(Ratio { lambda, scale: Scale::Largest })))
    }

    fn ratio(
        &self,
        simplex: &mut Simplex,
        (end, below): (RatioEnd, &Linear),
        budget: &mut Budget,
    ) -> Result<Ran, Exhausted> {
        let parts = |values: &[Rational]| parts_along(self.question, self.plan, values);
        Ok(Ran::None(Box::new(match end {
            RatioEnd::Infeasible => return self.conflict(simplex, budget),
            RatioEnd::Refused { point } => NoPlan::Denominator {
                columns: columns(&self.plan.program),
                parts: parts(&point),
                numerator: self.turned(self.above.at(&point)),
                denominator: below.at(&point),
                point,
            },
            RatioEnd::Endless { point, ray } => {
                NoPlan::Endless { parts: parts(&ray), way: self.way(point, ray) }
            }
            RatioEnd::Nothing { point, duals } => {
                let levels = vec![Level { aim: Aim::Largest, duals }];
                NoPlan::Nothing { certificate: self.certificate((point, levels), None, None) }
            }
            RatioEnd::Approached { lambda, point, ray, duals, positive } => {
                let levels = vec![Level { aim: Aim::Objective, duals }];
                let (ratio, parts, way) =
                    (self.turned(lambda.clone()), parts(&ray), self.way(point.clone(), ray));
                let certificate = self.certificate((point, levels), Some(lambda), Some(positive));
                NoPlan::Approached { ratio, parts, way, certificate }
            }
            RatioEnd::Reached { lambda, scale } => {
                simplex.release_face();
                let ratio = Some(Ratio { lambda, scale });
                if scale != Scale::Any {
                    return self.finish(simplex, ratio, budget);
                }
                let scaled = at_one(&self.plan.program, below);
                let mut simplex = Simplex::new(&scaled, &standing(simplex, &self.plan.program));
                return self.finish(&mut simplex, ratio, budget);
            }
        })))
    }

    pub fn way(&self, point: Vec<Rational>, ray: Vec<Rational>) -> Way {
        Way { columns: columns(&self.plan.program), point, ray }
    }

    pub fn certificate(
        &self,
        (values, levels): (Vec<Rational>, Vec<Level>),
        lambda: Option<Rational>,
        denominator: Option<Vec<Rational>>,
    ) -> PlanCertificate {
        let (columns, rows) = (columns(&self.plan.program), rows(&self.plan.program));
        let (cases, denominator_cases) = (Vec::new(), Vec::new());
        PlanCertificate { lambda, columns, rows, values, levels, denominator, cases, denominator_cases }
    }

    /// A number of the maximisation as it is stated.
    pub fn turned(&self, value: Rational) -> Rational {
        if self.plan.program.sense() == Sense::Minimize { -value } else { value }
    }

    /// The one plan among those that are best.
    fn finish(
        &self,
        simplex: &mut Simplex,
        ratio: Option<Ratio>,
        budget: &mut Budget,
    ) -> Result<Ran, Exhausted> {
        let objectives: Vec<Vec<Rational>> =
            aims(self, ratio.as_ref()).into_iter().map(|(_, counts)| counts).collect();
        match lexicographic(simplex, &objectives, budget)? {
            LexicographicEnd::Optimal(optimum) => Ok(Ran::Best { values: optimum.values, ratio }),
            LexicographicEnd::Unbounded { ray, .. } => {
                let parts = parts_along(self.question, self.plan, &ray);
                let way = self.way(simplex.values(), ray);
                Ok(Ran::None(Box::new(NoPlan::Endless { way, parts })))
            }
            LexicographicEnd::Infeasible { .. } => self.conflict(simplex, budget),
        }
    }

    fn conflict(&self, simplex: &mut Simplex, budget: &mut Budget) -> Result<Ran, Exhausted> {
        let conflict = conflict::find(self.question, self.plan, simplex, budget)?;
        Ok(Ran::None(Box::new(NoPlan::Conflict(conflict))))
    }
}
