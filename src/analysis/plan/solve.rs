//! From a plan's program to its one best plan, or to why there is none.

use super::super::{Question, Verdict};
use super::finding::{Aim, Level, NoPlan, PlanCertificate, Way};
use super::ratio::{Linear, RatioEnd, Scale, best_ratio};
use super::settle::{Ratio, aims, at_one, columns, rows, settle, standing};
use super::worth::parts_along;
use super::{conflict, misfits, program};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::FlowId;
use crate::program::{Column, Origin, PlanProgram, Sense};
use crate::simplex::{Budget, Crash, Exhausted, LexicographicEnd, Simplex, lexicographic};
use crate::solve::crashed;

/// The most pivots that a plan may take.
const MOST_PIVOTS: u64 = 200_000;

pub(in super::super) fn solve(question: &Question<'_>) -> Verdict {
    if misfits(question).iter().any(Diagnostic::is_error) {
        return Verdict::NoPlan(Box::new(NoPlan::Misfit));
    }
    let Some(plan) = program(question) else { return Verdict::Empty };
    let whole = whole(&plan);
    if !whole.is_empty() {
        return Verdict::NoPlan(Box::new(NoPlan::Whole(whole)));
    }
    let search = Search::new(question, &plan);
    let hinted = crashed(question.ground.solver, &plan.program);
    let found = search.run(&hinted).and_then(|ran| match ran {
        Ran::Best { values, ratio } => {
            settle(&search, &values, ratio).map(|found| Verdict::Plan(Box::new(found)))
        }
        Ran::None(_) => search.unhinted(),
    });
    found.unwrap_or_else(|Exhausted| Verdict::NoPlan(Box::new(NoPlan::Exhausted)))
}

/// The flows that ask for whole turns, or for a fixed cost.
pub(super) fn whole(plan: &PlanProgram) -> Vec<FlowId> {
    let asks = |column: &Column| match column.origin {
        Origin::Flow(flow) | Origin::Used(flow) if column.integral => Some(flow),
        _ => None,
    };
    let mut flows: Vec<FlowId> = plan.program.columns().iter().filter_map(asks).collect();
    flows.sort();
    flows.dedup();
    flows
}

/// A plan's question as exact linear forms to maximise.
pub(super) struct Search<'a> {
    pub question: &'a Question<'a>,
    pub plan: &'a PlanProgram,
    /// The objective, or a ratio's numerator, such that it is maximised.
    pub above: Linear,
    pub below: Option<Linear>,
}

/// How a search ended.
pub(super) enum Ran {
    Best { values: Vec<Rational>, ratio: Option<Ratio> },
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
        Self { question, plan, above, below: plan.denominator.as_ref().map(filled) }
    }

    /// The end of a search without any hint: what it shows is the same, whatever solver is asked.
    pub fn unhinted(&self) -> Result<Verdict, Exhausted> {
        match self.run(&Crash::default())? {
            Ran::Best { values, ratio } => {
                settle(self, &values, ratio).map(|found| Verdict::Plan(Box::new(found)))
            }
            Ran::None(why) => Ok(Verdict::NoPlan(why)),
        }
    }

    /// Searches from a start, whose choice bears on speed, and on which of several proofs is found.
    fn run(&self, start: &Crash) -> Result<Ran, Exhausted> {
        let mut budget = Budget { pivots_left: MOST_PIVOTS };
        let mut simplex = Simplex::new(&self.plan.program, start);
        let Some(below) = &self.below else {
            return self.finish(simplex, None, &mut budget);
        };
        let end = best_ratio(&mut simplex, (&self.above, below), &mut budget)?;
        self.ratio(simplex, (end, below), &mut budget)
    }

    fn ratio(
        &self,
        mut simplex: Simplex,
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
                let simplex = Simplex::new(&scaled, &standing(&simplex, &self.plan.program));
                return self.finish(simplex, ratio, budget);
            }
        })))
    }

    fn way(&self, point: Vec<Rational>, ray: Vec<Rational>) -> Way {
        Way { columns: columns(&self.plan.program), point, ray }
    }

    fn certificate(
        &self,
        (values, levels): (Vec<Rational>, Vec<Level>),
        lambda: Option<Rational>,
        denominator: Option<Vec<Rational>>,
    ) -> PlanCertificate {
        let (columns, rows) = (columns(&self.plan.program), rows(&self.plan.program));
        PlanCertificate { lambda, columns, rows, values, levels, denominator }
    }

    /// A number of the maximisation as it is stated.
    pub fn turned(&self, value: Rational) -> Rational {
        if self.plan.program.sense() == Sense::Minimize { -value } else { value }
    }

    /// The one plan among those that are best.
    fn finish(
        &self,
        mut simplex: Simplex,
        ratio: Option<Ratio>,
        budget: &mut Budget,
    ) -> Result<Ran, Exhausted> {
        let objectives: Vec<Vec<Rational>> =
            aims(self, ratio.as_ref()).into_iter().map(|(_, counts)| counts).collect();
        match lexicographic(&mut simplex, &objectives, budget)? {
            LexicographicEnd::Optimal(optimum) => Ok(Ran::Best { values: optimum.values, ratio }),
            LexicographicEnd::Unbounded { ray, .. } => {
                let parts = parts_along(self.question, self.plan, &ray);
                let way = self.way(simplex.values(), ray);
                Ok(Ran::None(Box::new(NoPlan::Endless { way, parts })))
            }
            LexicographicEnd::Infeasible { .. } => self.conflict(simplex, budget),
        }
    }

    fn conflict(&self, mut simplex: Simplex, budget: &mut Budget) -> Result<Ran, Exhausted> {
        let conflict = conflict::find(self.question, self.plan, &mut simplex, budget)?;
        Ok(Ran::None(Box::new(NoPlan::Conflict(conflict))))
    }
}
