//! Plans from claims: what a report says of a plan, taken only as far as its certificate proves it.
//!
//! The checker decides, which shares no code with the simplex method. What follows from a proved plan (prices,
//! gaps, loops) is worked out again from its values, in exact arithmetic and without a solver.

use super::super::{Question, Verdict};
use super::finding::{Aim, NoPlan, PlanCertificate, PlanFinding, Subject};
use super::levels::preferences;
use super::ratio::{Linear, Scale};
use super::settle::{Plan, Ratio, at_one, columns, rows, settle};
use super::solve::Search;
use super::whole_claims;
use super::{conflict, misfits, program};
use crate::certify::cases::check_cases;
use crate::certify::check::Fault;
use crate::certify::linear::{check_infeasible, check_optimal, check_unbounded, most};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::program::{Case, PlanProgram, Program};

/// What a report claims of a plan.
#[derive(Debug)]
pub enum ClaimedPlan {
    /// The best plan; and whether somebody asked to stop once it was proved.
    Best(PlanCertificate, bool),
    /// A plan that is not proved to be the best, and what none exceeds.
    Found {
        certificate: PlanCertificate,
        bound: Option<Rational>,
    },
    Conflict {
        subjects: Vec<Subject>,
        farkas: Vec<Rational>,
        cases: Vec<Case>,
    },
    Endless {
        point: Vec<Rational>,
        ray: Vec<Rational>,
    },
    Denominator {
        point: Vec<Rational>,
    },
    Nothing(PlanCertificate),
    /// The denominator of a ratio of whole numbers grows without limit.
    Unlimited {
        point: Vec<Rational>,
        ray: Vec<Rational>,
    },
    Approached {
        certificate: PlanCertificate,
        ray: Vec<Rational>,
    },
    /// Bounds or shares that fit no plan.
    Refused,
    /// Nothing: the search reached its limit, and found no plan.
    Silent,
}

pub(in super::super) fn reclaim(question: &Question<'_>, claimed: ClaimedPlan) -> Result<Verdict, Fault> {
    let misfit = misfits(question).iter().any(Diagnostic::is_error);
    match claimed {
        ClaimedPlan::Refused if misfit => return Ok(Verdict::NoPlan(Box::new(NoPlan::Misfit))),
        _ if misfit => return Err(Fault::Shape),
        ClaimedPlan::Silent => return Ok(Verdict::NoPlan(Box::new(NoPlan::Exhausted))),
        _ => {}
    }
    let plan = program(question).ok_or(Fault::Shape)?;
    let given_up = matches!(claimed, ClaimedPlan::Best(_, true));
    let claim = Claim { plan: &plan, search: Search { given_up, ..Search::new(question, &plan) } };
    match claimed {
        ClaimedPlan::Best(certificate, _) if claim.search.is_whole() => {
            return whole_claims::best(&claim.search, certificate).map(plan_found);
        }
        ClaimedPlan::Best(certificate, _) => return claim.best(&certificate),
        ClaimedPlan::Found { certificate, bound } => {
            return whole_claims::found(&claim.search, certificate, bound).map(plan_found);
        }
        ClaimedPlan::Conflict { subjects, farkas, cases } => {
            let program = conflict::only(question, &plan, &subjects).ok_or(Fault::Shape)?;
            match claim.search.is_whole() {
                true => check_cases(&program, &[], None, &cases).map_err(Fault::Linear)?,
                false => check_infeasible(&program, &farkas).map_err(Fault::Linear)?,
            }
        }
        ClaimedPlan::Unlimited { point, ray } => whole_claims::unlimited(&claim.search, &point, &ray)?,
        ClaimedPlan::Nothing(certificate) if claim.search.is_whole() => {
            whole_claims::nothing(&claim.search, &certificate)?;
        }
        ClaimedPlan::Approached { .. } if claim.search.is_whole() => return Err(Fault::Shape),
        ClaimedPlan::Endless { point, ray } => claim.endless(&point, &ray)?,
        ClaimedPlan::Denominator { point } => claim.denominator(&point)?,
        ClaimedPlan::Nothing(certificate) => claim.nothing(&certificate)?,
        ClaimedPlan::Approached { certificate, ray } => claim.approached(&certificate, &ray)?,
        ClaimedPlan::Refused | ClaimedPlan::Silent => return Err(Fault::Shape),
    }
    // It is proved that there is no plan. Which of several proofs is shown follows from the model alone.
    claim.search.unhinted().map_err(|_| Fault::List)
}

fn plan_found(found: PlanFinding) -> Verdict {
    Verdict::Plan(Box::new(found))
}

struct Claim<'a> {
    plan: &'a PlanProgram,
    search: Search<'a>,
}

impl Claim<'_> {
    fn best(&self, certificate: &PlanCertificate) -> Result<Verdict, Fault> {
        let objective = self.objective(certificate)?;
        let scaled = self.search.below.as_ref().map(|below| at_one(&self.plan.program, below));
        let scaled = scaled.filter(|scaled| certificate.rows == rows(scaled));
        self.optimal(scaled.as_ref().unwrap_or(&self.plan.program), &objective, certificate)?;
        let ratio = match (&self.search.below, &certificate.lambda) {
            (Some(below), Some(lambda)) => {
                let values = &certificate.values;
                if !objective.at(values).is_zero() || !below.at(values).is_positive() {
                    return Err(Fault::NotReached);
                }
                let aimed = |aim: Aim| certificate.levels.iter().any(|level| level.aim == aim);
                let scale = match (scaled.is_some(), aimed(Aim::Smallest)) {
                    (true, _) => Scale::Any,
                    (false, true) => Scale::Smallest,
                    (false, false) => Scale::Largest,
                };
                Some(Ratio { lambda: lambda.clone(), scale })
            }
            _ => None,
        };
        let found =
            settle(&self.search, Plan::Values(&certificate.values), ratio).map_err(|_| Fault::List)?;
        let same = found.certificate.values == certificate.values;
        if same { Ok(Verdict::Plan(Box::new(found))) } else { Err(Fault::NotReached) }
    }

    /// What the claim says was maximised first; for a ratio, with its λ.
    fn objective(&self, certificate: &PlanCertificate) -> Result<Linear, Fault> {
        match (&self.search.below, &certificate.lambda, &certificate.denominator) {
            (None, None, None) => Ok(self.search.above.clone()),
            (Some(below), Some(lambda), Some(prices)) => {
                // No denominator is negative: so a quotient is at most λ wherever N − λD is at most 0.
                let least = most(&self.plan.program, &below.negative().counts, prices).ok_or(Fault::List)?;
                if least > below.constant {
                    return Err(Fault::NotReached);
                }
                Ok(self.search.above.less(below, lambda))
            }
            _ => Err(Fault::Shape),
        }
    }

    fn optimal(
        &self,
        program: &Program,
        objective: &Linear,
        certificate: &PlanCertificate,
    ) -> Result<(), Fault> {
        if certificate.columns != columns(program) || certificate.rows != rows(program) {
            return Err(Fault::Shape);
        }
        let preferences = preferences(self.plan);
        let below = self.search.below.as_ref();
        let level = |aim: Aim| match aim {
            Aim::Objective => Some(objective.counts.clone()),
            Aim::Largest => below.map(|below| below.counts.clone()),
            Aim::Smallest => below.map(|below| below.negative().counts),
            Aim::Least(column) => {
                let mut counts = vec![Rational::ZERO; program.columns().len()];
                *counts.get_mut(column as usize)? = Rational::from(-1);
                Some(counts)
            }
            other => preferences.iter().find(|(aim, _)| *aim == other).map(|(_, counts)| counts.clone()),
        };
        let levels = certificate.levels.iter().map(|one| level(one.aim)).collect::<Option<Vec<_>>>();
        let duals: Vec<Vec<Rational>> = certificate.levels.iter().map(|one| one.duals.clone()).collect();
        check_optimal(program, &levels.ok_or(Fault::Shape)?, &certificate.values, &duals)
            .map_err(Fault::Linear)
    }

    fn endless(&self, point: &[Rational], ray: &[Rational]) -> Result<(), Fault> {
        let program = &self.plan.program;
        if ray.len() != program.columns().len() || !program.is_whole(point) {
            return Err(Fault::Shape);
        }
        let objective = match &self.search.below {
            // A ratio grows without end where its denominator stays while the numerator grows.
            Some(below) if !below.along(ray).is_zero() => return Err(Fault::NotReached),
            _ => &self.search.above,
        };
        check_unbounded(program, &objective.counts, point, ray).map_err(Fault::Linear)
    }

    fn denominator(&self, point: &[Rational]) -> Result<(), Fault> {
        let below = self.search.below.as_ref().ok_or(Fault::Shape)?;
        let program = &self.plan.program;
        if !program.is_feasible(point) || !program.is_whole(point) {
            return Err(Fault::Shape);
        }
        let (above, under) = (self.search.above.at(point), below.at(point));
        let refused = under.is_negative() || under.is_zero() && above.is_positive();
        if refused { Ok(()) } else { Err(Fault::NotRefused) }
    }

    fn nothing(&self, certificate: &PlanCertificate) -> Result<(), Fault> {
        let below = self.search.below.as_ref().ok_or(Fault::Shape)?;
        let [level] = certificate.levels.as_slice() else { return Err(Fault::Shape) };
        let most = most(&self.plan.program, &below.counts, &level.duals).ok_or(Fault::List)?;
        if !(most + &below.constant).is_zero() {
            return Err(Fault::NotRefused);
        }
        self.optimal(&self.plan.program, below, certificate)
    }

    fn approached(&self, certificate: &PlanCertificate, ray: &[Rational]) -> Result<(), Fault> {
        let objective = self.objective(certificate)?;
        self.optimal(&self.plan.program, &objective, certificate)?;
        let below = self.search.below.as_ref().ok_or(Fault::Shape)?;
        check_unbounded(&self.plan.program, &below.counts, &certificate.values, ray)
            .map_err(Fault::Linear)?;
        let near = objective.along(ray).is_zero() && !objective.at(&certificate.values).is_positive();
        if near { Ok(()) } else { Err(Fault::NotReached) }
    }
}
