//! From a plan's finding to what a report says of it.

use std::collections::BTreeMap;

use super::build::Maker;
use super::plan::{
    CaseReport, ConditionReport, EndUseReport, FlowUseReport, NoPlanReport, PlanCertificateReport,
    PlanReport, PriceReport, PricesReport, RayReport, StandingReport,
};
use super::{Body, MeasureReport, Status};
use crate::analysis::plan::{
    ConditionUse, FlowUse, Member, NoPlan, PlanCertificate, PlanFinding, Price, Side, Standing, Subject, Way,
};
use crate::check::Checked;
use crate::exact::Rational;
use crate::model::{AnalysisId, FlowId, MeasureId, Numeric, Sense};
use crate::program::Case;
use crate::units::{TURN, Unit};

impl Maker<'_> {
    pub(super) fn plan(&self, id: AnalysisId, found: &PlanFinding) -> PlanReport {
        let units = &self.checked.units;
        let counted = |unit: Unit| units.spelled(&self.checked.counted(id, unit));
        let objective = self.checked.objectives[id.index()].as_ref();
        let numerator = objective.map_or_else(Unit::none, |objective| objective.numerator.unit.clone());
        let turn = self.checked.counted(id, Unit::of(TURN));
        let capacities = capacities(found);
        PlanReport {
            turn_unit: units.spelled(&turn),
            money_unit: counted(self.checked.money_unit()),
            unique: found.unique,
            stopped: found.stopped,
            standing: standing(self.checked, id, found),
            whole: found.whole,
            any_scale: found.any_scale,
            flows: found.flows.iter().map(|one| self.flow_use((found, &capacities), one)).collect(),
            ends: found
                .ends
                .iter()
                .map(|one| EndUseReport {
                    kind: one.numeric.word(),
                    participant: self.party(one.participant),
                    turns: one.turns.clone(),
                    money: one.money.clone(),
                })
                .collect(),
            cost: found.cost.clone(),
            revenue: found.revenue.clone(),
            measures: self.measures_by(&found.measures, &units.spelled(&turn)),
            parts: self.parts(&found.parts),
            fixed: found.fixed.iter().map(|(flow, cost)| (self.flow(*flow), cost.clone())).collect(),
            accounts: self.accounts(&found.accounts),
            conditions: found.conditions.iter().map(|one| self.condition(id, one)).collect(),
            gap_unit: units.spelled(&units.times(&numerator, &turn, -1)),
            certificate: certificate(&found.certificate),
        }
    }

    /// Measures by the period that these turns are by.
    fn measures_by(&self, measures: &[(MeasureId, Rational)], turns: &str) -> Vec<MeasureReport> {
        let mut found = self.measures(measures);
        let period = turns.trim_start_matches("turn");
        found.iter_mut().for_each(|measure| measure.unit.push_str(period));
        found
    }

    fn flow_use(
        &self,
        (found, capacities): (&PlanFinding, &BTreeMap<FlowId, usize>),
        one: &FlowUse,
    ) -> FlowUseReport {
        let flow = self.model().flow(one.flow);
        let place = capacities.get(&one.flow).copied();
        let capacity = place.and_then(|place| found.conditions.get(place));
        FlowUseReport {
            flow: flow.name.to_string(),
            from: self.party(flow.tail),
            to: self.party(flow.head),
            medium: self.model().medium(flow.medium).to_owned(),
            riders: self.riders(&one.riders, &one.turns),
            turns: one.turns.clone(),
            capacity: place,
            used: capacity.and_then(|capacity| capacity.used.checked_div(capacity.upper.as_ref()?)),
            gap: one.gap.clone(),
            money: one.money.clone(),
        }
    }

    /// What a condition is, whose, and for a requirement how it is written.
    fn subject(&self, id: AnalysisId, subject: Subject) -> (&'static str, Option<String>, Option<String>) {
        match subject {
            Subject::Requirement(place) => {
                let terms = self.checked.plans[id.index()].as_ref();
                let text = terms
                    .and_then(|terms| terms.requirements.get(place))
                    .map(|one| self.sources.text(one.span).split_whitespace().collect::<Vec<_>>().join(" "));
                ("require", None, text)
            }
            Subject::Flow(flow, numeric) => (numeric.word(), Some(self.flow(flow)), None),
            Subject::Participant(at, numeric) => (numeric.word(), Some(self.party(at)), None),
            Subject::Share(flow) => ("share", Some(self.flow(flow)), None),
        }
    }

    fn condition(&self, id: AnalysisId, one: &ConditionUse) -> ConditionReport {
        let (kind, of, text) = self.subject(id, one.subject);
        let price = one.price.as_ref().map(|prices| PricesReport {
            side: match prices.side {
                Side::Lower => "lower",
                Side::Upper => "upper",
                Side::Both => "both",
            },
            more: price(&prices.more),
            less: price(&prices.less),
        });
        ConditionReport {
            kind,
            of,
            text,
            place: place(one.subject),
            unit: self.checked.units.spelled(&one.unit),
            lower: one.lower.clone(),
            upper: one.upper.clone(),
            used: Some(one.used.clone()),
            price,
            price_unit: self.price_unit(id, &one.unit),
            mend: None,
        }
    }

    /// The objective's unit by that of a condition.
    fn price_unit(&self, id: AnalysisId, unit: &Unit) -> String {
        let objective = self.checked.objectives[id.index()].as_ref();
        let objective = objective.map_or_else(Unit::none, |objective| objective.unit.clone());
        self.checked.units.spelled(&self.checked.units.times(&objective, unit, -1))
    }

    fn member(&self, id: AnalysisId, one: &Member) -> ConditionReport {
        let (kind, of, text) = self.subject(id, one.subject);
        ConditionReport {
            kind,
            of,
            text,
            place: place(one.subject),
            unit: self.checked.units.spelled(&one.unit),
            lower: one.lower.clone(),
            upper: one.upper.clone(),
            used: None,
            price: None,
            price_unit: self.price_unit(id, &one.unit),
            mend: one.mend.clone(),
        }
    }

    pub(super) fn no_plan(&self, id: AnalysisId, why: &NoPlan) -> (Status, Body) {
        let (status, report) = match why {
            NoPlan::Misfit => return (Status::Refused, Body::Nothing),
            NoPlan::Conflict(conflict) => (
                Status::Infeasible,
                NoPlanReport::Conflict {
                    conditions: conflict.members.iter().map(|member| self.member(id, member)).collect(),
                    others: conflict.others,
                    columns: conflict.columns.clone(),
                    rows: conflict.rows.clone(),
                    farkas: conflict.farkas.clone(),
                    cases: cases(&conflict.columns, &conflict.cases),
                },
            ),
            NoPlan::Endless { way, parts } => {
                let (parts, certificate) = (self.parts(parts), ray(way));
                (Status::Unbounded, NoPlanReport::Endless { parts, certificate })
            }
            NoPlan::Denominator { columns, point, parts, .. } => {
                let (columns, point) = (columns.clone(), point.clone());
                (Status::Refused, NoPlanReport::Denominator { parts: self.parts(parts), columns, point })
            }
            NoPlan::Unlimited { way, parts } => {
                let (parts, certificate) = (self.parts(parts), ray(way));
                (Status::Refused, NoPlanReport::Unlimited { parts, certificate })
            }
            NoPlan::Nothing { certificate: proof } => {
                (Status::Refused, NoPlanReport::Nothing { certificate: certificate(proof) })
            }
            NoPlan::Approached { ratio, parts, way, certificate: proof } => {
                let (ratio, parts) = (ratio.clone(), self.parts(parts));
                let (way, proof) = (ray(way), certificate(proof));
                (Status::Approached, NoPlanReport::Approached { ratio, parts, certificate: way, proof })
            }
            NoPlan::Exhausted => (Status::Failed, NoPlanReport::Exhausted),
            NoPlan::Stopped => (Status::Failed, NoPlanReport::Stopped),
        };
        (status, Body::NoPlan(Box::new(report)))
    }
}

/// Where each flow's capacity stands among the conditions of a plan.
fn capacities(found: &PlanFinding) -> BTreeMap<FlowId, usize> {
    let of = |(place, condition): (usize, &ConditionUse)| match condition.subject {
        Subject::Flow(flow, Numeric::Capacity) => Some((flow, place)),
        _ => None,
    };
    found.conditions.iter().enumerate().filter_map(of).collect()
}

/// A requirement's place, counted from one.
const fn place(subject: Subject) -> Option<usize> {
    match subject {
        Subject::Requirement(place) => Some(place + 1),
        Subject::Flow(..) | Subject::Participant(..) | Subject::Share(_) => None,
    }
}

fn price(price: &Price) -> PriceReport {
    match price {
        Price::Rate { rate, until } => PriceReport::Rate { rate: rate.clone(), until: until.clone() },
        Price::AtFirst { rate } => PriceReport::AtFirst { rate: rate.clone() },
        Price::Infeasible => PriceReport::Infeasible,
        Price::Jumps => PriceReport::Jumps,
        Price::Unknown => PriceReport::Unknown,
    }
}

fn ray(way: &Way) -> RayReport {
    RayReport { columns: way.columns.clone(), point: way.point.clone(), ray: way.ray.clone() }
}

fn certificate(found: &PlanCertificate) -> PlanCertificateReport {
    let levels = found.levels.iter().map(|level| (level.aim.word(&found.columns), level.duals.clone()));
    PlanCertificateReport {
        lambda: found.lambda.clone(),
        columns: found.columns.clone(),
        values: found.values.clone(),
        rows: found.rows.clone(),
        levels: levels.collect(),
        denominator: found.denominator.clone(),
        cases: cases(&found.columns, &found.cases),
        denominator_cases: cases(&found.columns, &found.denominator_cases),
    }
}

fn cases(columns: &[String], cases: &[Case]) -> Vec<CaseReport> {
    let one = |case: &Case| match case {
        Case::Split { column, most, more_first } => CaseReport::Split {
            column: columns.get(column.index()).cloned().unwrap_or_default(),
            most: most.clone(),
            more_first: *more_first,
        },
        Case::Bounded { duals } => CaseReport::Bounded { duals: duals.clone() },
        Case::Empty { farkas } => CaseReport::Empty { farkas: farkas.clone() },
    };
    cases.iter().map(one).collect()
}

fn standing(checked: &Checked, id: AnalysisId, found: &PlanFinding) -> StandingReport {
    match &found.standing {
        Standing::Best => StandingReport::Best { cases: found.certificate.cases.len() },
        Standing::Within { bound } => {
            let objective = checked.objectives[id.index()].as_ref();
            let minimizes = objective.is_some_and(|objective| objective.sense == Sense::Minimize);
            let unit = objective.map_or_else(Unit::none, |objective| objective.unit.clone());
            let (unit, reached) = (checked.units.spelled(&unit), bound.as_ref() == Some(&found.value));
            StandingReport::Within { bound: bound.clone(), reached, minimizes, unit }
        }
    }
}
