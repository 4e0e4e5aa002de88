//! Claims, decided by what the analyses found.

use super::plan::{PlanFinding, Standing};
use super::{Finding, Verdict, Walk, faults, levers};
use crate::check::{Checked, Range, Truth};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{AnalysisId, Claim, Expr, ExprKind, Property, Sense};
use crate::source::{Sources, Span};
use crate::units::{Quantity, Unit};

/// A claim and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// As it is written, white space folded.
    pub text: String,
    /// Nothing where an analysis that it needs has no answer: then it does not hold either.
    pub holds: Option<bool>,
    /// What its parts came to: `trade.ratio = 92/29`.
    pub actual: Vec<String>,
}

/// Decides every claim whose analyses were all run; a claim about no analysis at all is always decided.
///
/// Errors: L0421.
#[must_use]
pub fn decide(checked: &Checked, findings: &[Finding], sources: &Sources) -> (Vec<Decided>, Vec<Diagnostic>) {
    let known = Known { checked, findings };
    let mut desk = levers::Desk::new(checked, findings);
    let (mut decided, mut faults) = (Vec::new(), Vec::new());
    for claim in &checked.model.claims {
        if !claim.about.iter().all(|id| known.finding(*id).is_some()) {
            continue;
        }
        let one = known.claim(claim, sources);
        if one.holds != Some(true) {
            let fault = faults::unmet(&one.text, claim.item, &one.actual);
            let levers = if one.holds.is_some() { desk.levers(claim, &known) } else { None };
            faults.push(levers::tell(checked, fault, levers));
        }
        decided.push(one);
    }
    (decided, faults)
}

struct Known<'a> {
    checked: &'a Checked,
    findings: &'a [Finding],
}

impl Known<'_> {
    fn finding(&self, id: AnalysisId) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.analysis == id)
    }

    /// The best plan of an analysis. One that is not proved to be the best decides nothing.
    fn plan(&self, id: AnalysisId) -> Option<&PlanFinding> {
        match &self.finding(id)?.verdict {
            Verdict::Plan(found) if found.is_proved() => Some(found),
            _ => None,
        }
    }

    /// Whether something was found, be it the best or not.
    fn is_found(&self, id: AnalysisId) -> bool {
        self.finding(id)
            .is_some_and(|finding| finding.best().is_some() || matches!(finding.verdict, Verdict::Plan(_)))
    }

    /// The best loop or path of an analysis.
    ///
    /// One that is not proved to be the best decides nothing.
    fn walk(&self, id: AnalysisId) -> Option<&Walk> {
        self.finding(id).filter(|finding| finding.verdict.is_answer())?.best()
    }

    /// A number of a plan, by its period.
    fn of_plan(&self, analysis: AnalysisId, found: &PlanFinding, property: Property) -> Option<Quantity> {
        let units = &self.checked.units;
        let by_period = |value: Rational, unit: Unit| {
            let unit = self.checked.counted(analysis, unit);
            Quantity { value: value * &units.factor(&unit), unit }
        };
        let money = |value: Rational| by_period(value, self.checked.money_unit());
        Some(match property {
            Property::Value => {
                let unit = self.checked.objectives[analysis.index()].as_ref()?.unit.clone();
                Quantity { value: &found.value * &units.factor(&unit), unit }
            }
            Property::Ratio => {
                Quantity { value: found.revenue.checked_div(&found.cost)?, unit: Unit::none() }
            }
            Property::Cost => money(found.cost.clone()),
            Property::Revenue => money(found.revenue.clone()),
            Property::Profit => money(&found.revenue - &found.cost),
            Property::ProfitOf(party) => {
                let account = found.accounts.iter().find(|account| account.participant == party);
                money(account.map_or(Rational::ZERO, super::Account::keeps))
            }
            Property::VolumeOf(flow) => by_period(found.volume(flow), Unit::of(crate::units::TURN)),
            Property::Length | Property::Closed | Property::Proved => return None,
        })
    }

    fn claim(&self, claim: &Claim, sources: &Sources) -> Decided {
        let written = |span: Span| sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut actual = Vec::new();
        claim.condition.visit(&mut |part| {
            let line = self.came_to(part).map(|value| format!("{} = {value}", written(part.span)));
            actual.extend(line.filter(|line| !actual.contains(line)));
        });
        Decided {
            text: written(claim.condition.span),
            holds: self.checked.decide(&claim.condition, self),
            actual,
        }
    }

    /// A property that is not known: of a value, what is proved of it.
    fn unproved(&self, analysis: AnalysisId, property: Property) -> String {
        let unit = self.checked.objectives[analysis.index()].as_ref().map(|objective| objective.unit.clone());
        let range = self.range(analysis).filter(|_| property == Property::Value);
        let shown = |value: Rational| {
            self.checked.units.shown(&Quantity { value, unit: unit.clone().unwrap_or_else(Unit::none) })
        };
        match range {
            Some((Some(low), Some(high))) => format!("from {} to {}, not proved", shown(low), shown(high)),
            Some((Some(low), None)) => format!("{} or more, not proved", shown(low)),
            Some((None, Some(high))) => format!("{} or less, not proved", shown(high)),
            _ if self.is_found(analysis) => "not proved".to_owned(),
            _ => "no answer".to_owned(),
        }
    }

    /// What a property or membership of a condition came to.
    fn came_to(&self, part: &Expr) -> Option<String> {
        match &part.kind {
            ExprKind::Property(analysis, property) => Some(match self.number(*analysis, *property) {
                Some(value) => self.checked.units.shown(&value),
                None => match self.holds(&part.kind) {
                    Some(holds) => holds.to_string(),
                    None => self.unproved(*analysis, *property),
                },
            }),
            ExprKind::FlowsIn(_, analysis) | ExprKind::ParticipantIn(_, analysis) => {
                let name = &self.checked.model.analysis(*analysis).declared.name;
                if self.plan(*analysis).is_some() {
                    return Some(self.holds(&part.kind).unwrap_or(false).to_string());
                }
                let Some(walk) = self.walk(*analysis) else {
                    let what = if self.is_found(*analysis) { "is not proved" } else { "has no answer" };
                    return Some(format!("`{name}` {what}"));
                };
                let flows = walk.hops.iter().map(|hop| self.checked.model.flow(hop.flow).name.to_string());
                let holds = self.holds(&part.kind).unwrap_or(false);
                Some(format!("{holds}, `{name}` is {}", flows.collect::<Vec<_>>().join(", ")))
            }
            _ => None,
        }
    }
}

impl Truth for Known<'_> {
    fn number(&self, analysis: AnalysisId, property: Property) -> Option<Quantity> {
        if let Some(found) = self.plan(analysis) {
            return self.of_plan(analysis, found, property);
        }
        let walk = self.walk(analysis)?;
        let money = |value: Rational| Quantity { value, unit: self.checked.money_unit() };
        Some(match property {
            Property::Value => {
                let unit = self.checked.objectives[analysis.index()].as_ref()?.unit.clone();
                Quantity { value: &walk.value * &self.checked.units.factor(&unit), unit }
            }
            Property::Ratio => Quantity { value: walk.ratio()?, unit: Unit::none() },
            Property::Cost => money(walk.cost.clone()),
            Property::Revenue => money(walk.revenue.clone()),
            Property::Profit => money(walk.profit()),
            Property::ProfitOf(party) => {
                let account = walk.accounts.iter().find(|account| account.participant == party);
                money(account.map_or(Rational::ZERO, super::Account::keeps))
            }
            Property::Length => {
                Quantity::bare(Rational::from(i64::try_from(walk.hops.len()).unwrap_or(i64::MAX)))
            }
            Property::Closed | Property::Proved | Property::VolumeOf(_) => return None,
        })
    }

    fn range(&self, analysis: AnalysisId) -> Option<Range> {
        let (known, bound) = match &self.finding(analysis)?.verdict {
            Verdict::Restricted(found) if !found.proved => {
                (found.walks.first().map(|walk| &walk.value), found.bound.as_ref())
            }
            Verdict::Plan(found) => match &found.standing {
                Standing::Within { bound } => (Some(&found.value), bound.as_ref()),
                Standing::Best => return None,
            },
            _ => return None,
        };
        let objective = self.checked.objectives[analysis.index()].as_ref()?;
        let factor = self.checked.units.factor(&objective.unit);
        let (known, bound) = (known.map(|known| known * &factor), bound.map(|bound| bound * &factor));
        Some(if objective.sense == Sense::Minimize { (bound, known) } else { (known, bound) })
    }

    fn holds(&self, condition: &ExprKind) -> Option<bool> {
        match condition {
            ExprKind::Property(analysis, Property::Closed) => match &self.finding(*analysis)?.verdict {
                Verdict::Closure(found) => Some(found.closed),
                _ => None,
            },
            ExprKind::Property(analysis, Property::Proved) => {
                Some(self.finding(*analysis)?.verdict.is_answer())
            }
            ExprKind::FlowsIn(flows, analysis) => {
                if let Some(found) = self.plan(*analysis) {
                    return Some(flows.iter().all(|flow| found.volume(*flow).is_positive()));
                }
                let walk = self.walk(*analysis)?;
                Some(flows.iter().all(|flow| {
                    walk.hops
                        .iter()
                        .any(|hop| hop.flow == *flow || hop.riders.iter().any(|(rider, _)| rider == flow))
                }))
            }
            ExprKind::ParticipantIn(party, analysis) => {
                if let Some(found) = self.plan(*analysis) {
                    let used = found.flows.iter().filter(|one| one.turns.is_positive());
                    let flows = used.map(|one| self.checked.model.flow(one.flow));
                    let mut stops = flows
                        .flat_map(|flow| [flow.tail, flow.head].into_iter().chain(flow.via.iter().copied()));
                    return Some(stops.any(|stop| self.checked.model.is_of(stop, *party)));
                }
                let walk = self.walk(*analysis)?;
                let passed = walk.hops.iter().flat_map(|hop| self.checked.model.flow(hop.flow).via);
                Some(walk.stops.iter().chain(passed).any(|stop| self.checked.model.is_of(*stop, *party)))
            }
            _ => None,
        }
    }
}
