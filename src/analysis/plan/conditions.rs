//! The conditions of a plan as they are stated, and where the program keeps them.

use super::finding::{Side, Subject};
use crate::check::{Bound, Checked, PlanTerms};
use crate::exact::Rational;
use crate::model::Numeric;
use crate::program::{ColumnId, Origin, PlanProgram, RowId};
use crate::simplex::{self, Variable};
use crate::source::Span;
use crate::units::Unit;

/// A condition that is stated in the source.
///
/// Units: `lower` and `upper` in `unit`.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub subject: Subject,
    pub variable: Variable,
    /// The row that lets a flow with a fixed cost carry turns only where it is used, and then no more than this: its
    /// upper side stands and falls with the condition.
    pub link: Option<RowId>,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
    pub unit: Unit,
    pub span: Span,
    /// How much of the program's own number one stated unit is; negative where what enters counts down.
    pub scale: Rational,
}

impl Condition {
    /// A number of the program as it would be stated.
    pub fn stated(&self, value: &Rational) -> Rational {
        value.checked_div(&self.scale).unwrap_or_default()
    }

    /// The bounds of its variable that it sets.
    pub fn sides(&self) -> Vec<simplex::Side> {
        let turned = self.scale.is_negative();
        let lower = if turned { &self.upper } else { &self.lower };
        let upper = if turned { &self.lower } else { &self.upper };
        let side = |side, bound: &Option<Rational>| bound.as_ref().map(|_| side);
        [side(simplex::Side::Lower, lower), side(simplex::Side::Upper, upper)].into_iter().flatten().collect()
    }

    /// All bounds of the program that it sets.
    pub fn bounds(&self) -> simplex::Condition {
        let own = self.sides().into_iter().map(|side| (self.variable, side));
        own.chain(self.link.map(|link| (Variable::Row(link), simplex::Side::Upper))).collect()
    }

    /// How much of what it states is used.
    pub fn used(&self, value: &Rational) -> Rational {
        let used = self.stated(value);
        // One column may count what enters down and what leaves up.
        if matches!(self.subject, Subject::Participant(..)) { used.max(Rational::ZERO) } else { used }
    }

    /// The sides that it states.
    pub fn side(&self) -> Option<Side> {
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) if lower == upper => Some(Side::Both),
            (Some(_), None) => Some(Side::Lower),
            (None, Some(_)) => Some(Side::Upper),
            _ => None,
        }
    }
}

/// All conditions of a plan, in the order of the source: requirements, then bounds and shares by declaration.
pub(super) fn conditions(checked: &Checked, terms: &PlanTerms, plan: &PlanProgram) -> Vec<Condition> {
    let rows = plan.program.rows().iter().enumerate();
    let mut found: Vec<Condition> = rows
        .filter_map(|(place, row)| {
            let variable = Variable::Row(RowId::at(place));
            match row.origin {
                Origin::Requirement(place) => requirement(checked, terms, plan, (place, variable)),
                Origin::Volume(flow) => {
                    let bound = bound(checked.bounds(flow), Numeric::Volume)?;
                    stated(checked, plan, bound, (Subject::Flow(flow, Numeric::Volume), variable))
                }
                Origin::Minimum(flow) => {
                    let bound = bound(checked.bounds(flow), Numeric::Minimum)?;
                    stated(checked, plan, bound, (Subject::Flow(flow, Numeric::Minimum), variable))
                }
                Origin::Share(flow) => {
                    let given = checked.model.flow(flow).given(Numeric::Share)?;
                    Some(Condition {
                        subject: Subject::Share(flow),
                        variable,
                        link: None,
                        lower: Some(Rational::ZERO),
                        upper: Some(Rational::ZERO),
                        unit: Unit::none(),
                        span: given.value.span,
                        scale: Rational::ONE,
                    })
                }
                _ => None,
            }
        })
        .collect();
    for (place, column) in plan.program.columns().iter().enumerate() {
        let variable = Variable::Column(ColumnId::at(place));
        let (bounds, subject): (&[Bound], &dyn Fn(Numeric) -> Subject) = match column.origin {
            Origin::Flow(flow) => (checked.bounds(flow), &move |numeric| Subject::Flow(flow, numeric)),
            Origin::Source(at) | Origin::Sink(at) | Origin::Exchange(at) => {
                (&checked.participant(at).bounds, &move |numeric| Subject::Participant(at, numeric))
            }
            _ => continue,
        };
        let own: &[Numeric] = match column.origin {
            Origin::Flow(_) => &[Numeric::Capacity],
            Origin::Source(_) => &[Numeric::Source],
            Origin::Exchange(_) => &[Numeric::Source, Numeric::Sink],
            _ => &[Numeric::Sink],
        };
        let own = own.iter().filter_map(|numeric| bound(bounds, *numeric));
        let stated = own.filter_map(|bound| stated(checked, plan, bound, (subject(bound.numeric), variable)));
        let exchanged = matches!(column.origin, Origin::Exchange(_));
        found.extend(stated.map(|one| match one.subject {
            Subject::Participant(_, Numeric::Source) if exchanged => Condition { scale: -one.scale, ..one },
            _ => one,
        }));
    }
    link(plan, &mut found);
    found
}

/// Ties each limit of a flow with a fixed cost to the row that it sets as well.
fn link(plan: &PlanProgram, conditions: &mut [Condition]) {
    for (place, row) in plan.program.rows().iter().enumerate() {
        let Origin::Used(flow) = row.origin else { continue };
        let most = row.terms.iter().map(|(_, factor)| -factor).max();
        let limits = |one: &&mut Condition| {
            matches!(one.subject, Subject::Flow(of, Numeric::Capacity | Numeric::Volume) if of == flow)
                && one.upper.as_ref().map(|upper| upper * &one.scale) == most
        };
        if let Some(condition) = conditions.iter_mut().find(limits) {
            condition.link = Some(RowId::at(place));
        }
    }
}

fn bound(bounds: &[Bound], numeric: Numeric) -> Option<&Bound> {
    bounds.iter().find(|bound| bound.numeric == numeric)
}

fn stated(
    checked: &Checked,
    plan: &PlanProgram,
    bound: &Bound,
    (subject, variable): (Subject, Variable),
) -> Option<Condition> {
    let worth = checked.units.factor(&bound.unit);
    let number = bound.stated.as_ref()?.checked_div(&worth)?;
    let turns = worth.checked_div(&bound.of_turn)?;
    let scale = if bound.by_time { turns * &plan.period } else { turns };
    let (lower, upper) = match bound.numeric {
        Numeric::Minimum => (Some(number), None),
        Numeric::Volume => (Some(number.clone()), Some(number)),
        _ => (None, Some(number)),
    };
    let link = None;
    Some(Condition {
        subject,
        variable,
        link,
        lower,
        upper,
        unit: bound.unit.clone(),
        span: bound.span,
        scale,
    })
}

fn requirement(
    checked: &Checked,
    terms: &PlanTerms,
    plan: &PlanProgram,
    (place, variable): (usize, Variable),
) -> Option<Condition> {
    let one = terms.requirements.get(place)?;
    let worth = checked.units.factor(&one.form.unit);
    let number = |side: &Option<Rational>| side.as_ref().and_then(|side| side.checked_div(&worth));
    Some(Condition {
        subject: Subject::Requirement(place),
        variable,
        link: None,
        lower: number(&one.lower),
        upper: number(&one.upper),
        unit: one.form.unit.clone(),
        span: one.span,
        scale: worth * &plan.period,
    })
}
