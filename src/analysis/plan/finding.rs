//! What a plan analysis finds, as plain data.

use crate::exact::Rational;
use crate::model::{FlowId, MeasureId, Numeric, ParticipantId};
use crate::network::Strand;
use crate::program::Case;
use crate::source::Span;
use crate::units::Unit;

use super::super::Account;

/// A best plan.
///
/// Units: turns by the period; money in the reporting currency by the period; `value` in the objective's unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFinding {
    pub value: Rational,
    pub standing: Standing,
    /// Whether some flows take whole turns only, or cost a fixed sum: then nothing has a price.
    pub whole: bool,
    /// Every flow in scope, in declaration order.
    pub flows: Vec<FlowUse>,
    /// Turns that enter and leave the model: sources, then sinks.
    pub ends: Vec<EndUse>,
    pub cost: Rational,
    pub revenue: Rational,
    /// In base units, by the period.
    pub measures: Vec<(MeasureId, Rational)>,
    pub accounts: Vec<Account>,
    pub parts: Vec<Part>,
    /// Fixed costs of the flows that are used: they are in `cost`, and in no part.
    pub fixed: Vec<(FlowId, Rational)>,
    pub conditions: Vec<ConditionUse>,
    /// Whether no other plan is as good; nothing where that is not known.
    pub unique: Option<bool>,
    /// Whether somebody asked to stop once the plan was proved: then no price is known, nor whether it is the only one.
    pub stopped: bool,
    /// Whether the ratio is the same at any scale; then its denominator is taken to be 1.
    pub any_scale: bool,
    pub certificate: PlanCertificate,
}

/// What is proved of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No plan is better.
    Best,
    /// The search was cut short; no plan is better than this, if that is known.
    Within { bound: Option<Rational> },
}

impl PlanFinding {
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.standing == Standing::Best
    }

    /// How often a flow is tried; a rider's turns are those of what it rides, by its factor.
    #[must_use]
    pub fn volume(&self, flow: FlowId) -> Rational {
        let of = |flow: FlowId| self.flows.iter().find(|one| one.flow == flow);
        let ridden = || {
            self.flows.iter().find_map(|one| {
                let (_, factor) = one.riders.iter().find(|(rider, _)| *rider == flow)?;
                Some(&one.turns * factor)
            })
        };
        of(flow).map(|one| one.turns.clone()).or_else(ridden).unwrap_or_default()
    }
}

/// How much of a flow a plan uses. Units: turns tried, by the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowUse {
    pub flow: FlowId,
    pub turns: Rational,
    /// What rides it, and how often for each try.
    pub riders: Vec<(FlowId, Rational)>,
    /// For an idle flow, how much the objective's numerator by turn must gain before a best plan uses it;
    /// nothing where the flow is used, or where no plan can use it.
    pub gap: Option<Rational>,
    /// What its turns cost and earn with all that rides them, without fixed costs.
    pub money: Money,
}

/// Money by the period. Units: the reporting currency; under `for:` cost and revenue are that participant's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    pub cost: Rational,
    pub revenue: Rational,
    /// All that changes hands, whosever it is and whichever way.
    pub moved: Rational,
}

/// How many turns enter or leave at a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndUse {
    pub numeric: Numeric,
    pub participant: ParticipantId,
    pub turns: Rational,
    pub money: Money,
}

/// One of the loops that a plan is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub steps: Vec<Step>,
    pub turns: Rational,
    /// Of all its turns, by the period.
    pub cost: Rational,
    pub revenue: Rational,
}

impl Part {
    #[must_use]
    pub fn profit(&self) -> Rational {
        &self.revenue - &self.cost
    }
}

/// One strand of a loop; an end that is missing is outside of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub strand: Strand,
    pub from: Option<ParticipantId>,
    pub to: Option<ParticipantId>,
}

/// What a plan has to keep: a requirement, by its place, or a bound where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Requirement(usize),
    Flow(FlowId, Numeric),
    Participant(ParticipantId, Numeric),
    Share(FlowId),
}

/// A condition with what the plan makes of it.
///
/// Units: `lower`, `upper` and `used` as stated, in `unit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionUse {
    pub subject: Subject,
    pub unit: Unit,
    pub span: Span,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
    pub used: Rational,
    /// What more and less of the right-hand side is worth; nothing where neither side binds.
    pub price: Option<Prices>,
}

/// The worth of one more and of one less of a right-hand side.
///
/// Units: the objective's unit by one stated unit. Source: mathematics §4, *Prices*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    /// Which side binds.
    pub side: Side,
    pub more: Price,
    pub less: Price,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Lower,
    Upper,
    /// Both, where they are one number.
    Both,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Price {
    /// How the objective changes by one stated unit that the right-hand side grows, and up (or down) to which
    /// right-hand side that holds; nothing if without end.
    Rate { rate: Rational, until: Option<Rational> },
    /// How a ratio changes by one stated unit at first: its rate changes on the way.
    AtFirst { rate: Rational },
    /// Any step that way leaves no plan.
    Infeasible,
    /// Any step that way lets a ratio jump: ever so little of something better will do.
    Jumps,
    /// Too many pivots to tell.
    Unknown,
}

/// The proof of a plan: prices of the rows for each level of what is preferred.
///
/// Shape: one number for each row of the program, in its order. Source: mathematics §4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanCertificate {
    /// The best ratio, of the maximisation that was solved; nothing for a linear objective.
    pub lambda: Option<Rational>,
    /// The names of the program's columns and rows, in order.
    pub columns: Vec<String>,
    pub rows: Vec<String>,
    /// By column. Shape: as `columns`; the turns of flows are the first.
    pub values: Vec<Rational>,
    pub levels: Vec<Level>,
    /// For a ratio, prices that prove its denominator never to be negative. Shape: as `rows`.
    pub denominator: Option<Vec<Rational>>,
    /// Of a plan of whole numbers, or of one that is not proved, the cases that prove what is; levels have no prices.
    pub cases: Vec<Case>,
    /// For a ratio of whole numbers, the cases that prove its denominator not to be negative, nor zero in vain.
    pub denominator_cases: Vec<Case>,
}

/// One thing that is maximised, among the plans that are best by those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub aim: Aim,
    pub duals: Vec<Rational>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The objective; of a ratio, numerator less λ times denominator.
    Objective,
    /// The ratio's denominator: the largest plan, or the smallest.
    Largest,
    Smallest,
    /// The fewest turns in all.
    FewestTurns,
    /// Earlier flows rather than later ones.
    EarlierFlows,
    /// What leaves one plan in practice.
    Scattered,
    /// The least of one column, by its place.
    Least(u32),
}

impl Aim {
    /// How a certificate calls it.
    #[must_use]
    pub fn word(self, columns: &[String]) -> String {
        match self {
            Self::Objective => "objective".to_owned(),
            Self::Largest => "largest".to_owned(),
            Self::Smallest => "smallest".to_owned(),
            Self::FewestTurns => "fewest turns".to_owned(),
            Self::EarlierFlows => "earlier flows".to_owned(),
            Self::Scattered => "scattered".to_owned(),
            Self::Least(column) => {
                format!("least {}", columns.get(column as usize).map_or("", String::as_str))
            }
        }
    }

    /// The aim of this name.
    #[must_use]
    pub fn named(word: &str, columns: &[String]) -> Option<Self> {
        let plain = [
            Self::Objective,
            Self::Largest,
            Self::Smallest,
            Self::FewestTurns,
            Self::EarlierFlows,
            Self::Scattered,
        ];
        let least = || {
            let column = columns.iter().position(|name| word.strip_prefix("least ") == Some(name))?;
            u32::try_from(column).ok().map(Self::Least)
        };
        plain.into_iter().find(|aim| aim.word(columns) == word).or_else(least)
    }
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPlan {
    /// Bounds that do not fit the period, or shares that do not fit together: said when the model is examined.
    Misfit,
    Conflict(Conflict),
    /// These loops earn without limit.
    Endless {
        way: Way,
        parts: Vec<Part>,
    },
    /// A plan whose denominator is negative, or zero where the numerator is not; as parts, with the two numbers.
    Denominator {
        columns: Vec<String>,
        point: Vec<Rational>,
        parts: Vec<Part>,
        numerator: Rational,
        denominator: Rational,
    },
    /// Every plan has a denominator of 0.
    Nothing {
        certificate: PlanCertificate,
    },
    /// The ratio is approached by ever larger plans, along these loops, and never reached.
    Approached {
        ratio: Rational,
        parts: Vec<Part>,
        way: Way,
        certificate: PlanCertificate,
    },
    /// A ratio of whole turns whose denominator has no limit, along these loops.
    Unlimited {
        way: Way,
        parts: Vec<Part>,
    },
    /// The search reached its limit of pivots.
    Exhausted,
    /// Somebody asked to stop before anything was known.
    Stopped,
}

/// A point and a direction that never leaves the bounds, by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub columns: Vec<String>,
    pub point: Vec<Rational>,
    pub ray: Vec<Rational>,
}

/// Conditions that no plan meets together, and none of which can be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub members: Vec<Member>,
    /// The names of the program's columns and rows.
    pub columns: Vec<String>,
    pub rows: Vec<String>,
    /// Which conditions conflict, as the simplex rows and bounds add up: one factor for each row.
    pub farkas: Vec<Rational>,
    /// The same by cases, where whole numbers are asked for.
    pub cases: Vec<Case>,
    /// Whether it is known that none of them can be left out.
    pub irreducible: bool,
    /// Whether leaving them out would not be enough.
    pub others: bool,
}

/// One condition of a conflict. Units: as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub subject: Subject,
    pub unit: Unit,
    pub span: Span,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
    /// The nearest right-hand side that would end this conflict; nothing if none does.
    pub mend: Option<Rational>,
    /// Whether it is the limit of a flow with a fixed cost, which stands and falls with it.
    pub linked: bool,
}
