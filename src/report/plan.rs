//! What a report says of a plan, as plain data.

use super::{AccountReport, MeasureReport, RiderReport};
use crate::analysis::plan::Money;
use crate::exact::Rational;
use crate::program::Weights;

/// A best plan. Units: `turns` in `turn_unit`, money in `money_unit`.
#[derive(Clone, Debug)]
pub struct PlanReport {
    /// `turn/year`, or `turn` for a single round.
    pub turn_unit: String,
    /// `CNY/year`, or `CNY`.
    pub money_unit: String,
    pub unique: Option<bool>,
    /// Whether somebody asked to stop once the plan was proved.
    pub stopped: bool,
    pub standing: StandingReport,
    /// Whether it is of whole numbers, which have no prices.
    pub whole: bool,
    pub any_scale: bool,
    pub flows: Vec<FlowUseReport>,
    pub ends: Vec<EndUseReport>,
    pub cost: Rational,
    pub revenue: Rational,
    pub measures: Vec<MeasureReport>,
    pub parts: PartsReport,
    /// Fixed costs of the flows that are used, which are in no loop.
    pub fixed: Vec<(String, Rational)>,
    pub accounts: Vec<AccountReport>,
    pub conditions: Vec<ConditionReport>,
    /// The unit of a gap: the numerator's by the turn.
    pub gap_unit: String,
    pub certificate: PlanCertificateReport,
}

/// What is proved of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandingReport {
    /// It is the best. Of whole numbers, by so many cases.
    Best { cases: usize },
    /// The search was cut short; what none can exceed, or for `minimize` fall below, if that is known.
    /// `reached`: the plan that was found has that very value.
    Within { bound: Option<Rational>, reached: bool, minimizes: bool, unit: String },
}

#[derive(Clone, Debug)]
pub struct FlowUseReport {
    pub flow: String,
    pub from: String,
    pub to: String,
    pub medium: String,
    pub riders: Vec<RiderReport>,
    pub turns: Rational,
    /// Its capacity's place among the conditions.
    pub capacity: Option<usize>,
    /// The part of its capacity that is used.
    pub used: Option<Rational>,
    pub gap: Option<Rational>,
    /// With all that rides it, without fixed costs.
    pub money: Money,
}

#[derive(Clone, Debug)]
pub struct EndUseReport {
    /// `source` or `sink`.
    pub kind: &'static str,
    pub participant: String,
    pub turns: Rational,
    pub money: Money,
}

/// The loops that a plan, or a way without limit, is made of.
#[derive(Clone, Debug)]
pub struct PartsReport {
    /// In the order in which the plan was taken apart.
    pub listed: Vec<PartReport>,
    /// What those that are not listed come to.
    pub more: Option<Box<MoreParts>>,
}

impl PartsReport {
    /// How many there are, whether they are listed or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.listed.len() + self.more.as_ref().map_or(0, |more| more.count)
    }

    /// What all of them bring together.
    #[must_use]
    pub fn profit(&self) -> Rational {
        let more = self.more.as_ref().map_or(Rational::ZERO, |more| &more.revenue - &more.cost);
        self.listed.iter().map(PartReport::profit).sum::<Rational>() + &more
    }
}

/// Sums over loops that are not listed.
#[derive(Clone, Debug)]
pub struct MoreParts {
    pub count: usize,
    pub turns: Rational,
    pub cost: Rational,
    pub revenue: Rational,
}

/// One of the loops that a plan, or a way without limit, is made of.
#[derive(Clone, Debug)]
pub struct PartReport {
    pub steps: Vec<StepReport>,
    pub turns: Rational,
    pub cost: Rational,
    pub revenue: Rational,
}

impl PartReport {
    /// What it brings.
    #[must_use]
    pub fn profit(&self) -> Rational {
        &self.revenue - &self.cost
    }
}

#[derive(Clone, Debug)]
pub struct StepReport {
    /// `flow`, `rest`, `delivery`, `source` or `sink`.
    pub kind: &'static str,
    /// The flow, the rider that delivers, or the participant where turns enter or leave.
    pub name: String,
    /// Nothing where it comes from outside.
    pub from: Option<String>,
    pub to: Option<String>,
}

/// A requirement, bound or share, and what the plan makes of it. Units: as stated, in `unit`.
#[derive(Clone, Debug)]
pub struct ConditionReport {
    /// `require`, `capacity`, `minimum`, `volume`, `source`, `sink` or `share`.
    pub kind: &'static str,
    /// The flow or participant whose it is; nothing for a requirement.
    pub of: Option<String>,
    /// A requirement as it is written, and its place among the conditions that requirements set.
    pub text: Option<String>,
    pub place: Option<usize>,
    pub unit: String,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
    pub used: Option<Rational>,
    pub price: Option<PricesReport>,
    /// The objective's unit by this one.
    pub price_unit: String,
    /// In a conflict, the right-hand side that would end it.
    pub mend: Option<Rational>,
}

#[derive(Clone, Debug)]
pub struct PricesReport {
    /// `lower`, `upper` or `both`.
    pub side: &'static str,
    pub more: PriceReport,
    pub less: PriceReport,
}

/// What one step of a right-hand side is worth.
#[derive(Clone, Debug)]
pub enum PriceReport {
    Rate {
        rate: Rational,
        until: Option<Rational>,
    },
    /// Of a ratio, whose rate changes on the way.
    AtFirst {
        rate: Rational,
    },
    Infeasible,
    Jumps,
    Unknown,
}

/// The proof of a plan, with names for places.
#[derive(Clone, Debug)]
pub struct PlanCertificateReport {
    pub lambda: Option<Rational>,
    pub columns: Vec<String>,
    pub values: Vec<Rational>,
    pub rows: Vec<String>,
    /// For each level what is maximised, and a price for each row.
    pub levels: Vec<(String, Vec<Rational>)>,
    /// Prices that prove a ratio's denominator never to be negative.
    pub denominator: Option<Vec<Rational>>,
    /// Cases in preorder, of whole numbers or of what is not proved.
    pub cases: Vec<CaseReport>,
    pub denominator_cases: Vec<CaseReport>,
}

/// One case of a proof by cases; of two cases that follow a split, each comes with all that it splits into.
#[derive(Clone, Debug)]
pub enum CaseReport {
    /// A column is at most this, or at least one more.
    Split { column: String, most: Rational, more_first: bool },
    /// By level, prices of the rows, which bound what is there.
    Bounded { duals: Vec<Weights> },
    /// Factors of the rows, which show that nothing is there.
    Empty { farkas: Weights },
}

/// Why there is no plan.
#[derive(Clone, Debug)]
pub enum NoPlanReport {
    Conflict {
        conditions: Vec<ConditionReport>,
        others: bool,
        columns: Vec<String>,
        rows: Vec<String>,
        farkas: Vec<Rational>,
        cases: Vec<CaseReport>,
    },
    /// Loops along which the objective improves without limit.
    Endless {
        parts: PartsReport,
        certificate: RayReport,
    },
    /// A plan without a positive denominator.
    Denominator {
        parts: PartsReport,
        columns: Vec<String>,
        point: Vec<Rational>,
    },
    Nothing {
        certificate: PlanCertificateReport,
    },
    /// Of whole numbers: loops along which the denominator grows without limit.
    Unlimited {
        parts: PartsReport,
        certificate: RayReport,
    },
    Approached {
        ratio: Rational,
        parts: PartsReport,
        certificate: RayReport,
        proof: PlanCertificateReport,
    },
    Exhausted,
    Stopped,
}

/// A point and a direction, by column.
#[derive(Clone, Debug)]
pub struct RayReport {
    pub columns: Vec<String>,
    pub point: Vec<Rational>,
    pub ray: Vec<Rational>,
}
