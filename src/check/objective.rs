//! Objectives: a linear form, or a ratio of two; and how many loops are listed.

use super::forms::{Context, Form, Part, Reader};
use super::{Checked, faults, requirements};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{Analysis, AnalysisKind, Sense, Total, What, Whose};
use crate::units::Unit;

/// What an analysis makes as large or small as can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    pub sense: Sense,
    pub numerator: Form,
    /// Nothing for a linear objective.
    pub denominator: Option<Form>,
    /// The unit in which values are shown.
    pub unit: Unit,
}

/// The most loops that an analysis lists.
pub const MOST_LOOPS: usize = 100;

pub(super) fn compute(checked: &mut Checked, found: &mut Vec<Diagnostic>) {
    let (mut objectives, mut tops, mut plans) = (Vec::new(), Vec::new(), Vec::new());
    for analysis in &checked.model.analyses {
        let plan = analysis.kind == AnalysisKind::Plan;
        let mut reader = Reader { checked, context: Context { plan, period: None }, faults: Vec::new() };
        reader.context.period = requirements::period(&mut reader, analysis);
        objectives.push(reader.objective(analysis));
        tops.push(reader.top(analysis));
        plans.push(plan.then(|| requirements::plan(&mut reader, analysis)));
        found.append(&mut reader.faults);
    }
    checked.objectives = objectives;
    checked.tops = tops;
    checked.plans = plans;
}

impl Reader<'_> {
    fn top(&mut self, analysis: &Analysis) -> usize {
        let Some(expr) = &analysis.top else { return 1 };
        let Some(value) = self.constant(expr) else { return 1 };
        let count = usize::try_from(value.value.numerator()).ok();
        let whole = value.unit.is_none() && value.value.is_integer();
        match count.filter(|count| whole && (1..=MOST_LOOPS).contains(count)) {
            Some(count) => count,
            None => {
                let shown = self.units().shown(&value);
                let wanted = format!("a whole number from 1 to {MOST_LOOPS}");
                self.faults.push(faults::out_of_bounds("top", &wanted, &shown, expr.span));
                1
            }
        }
    }

    fn objective(&mut self, analysis: &Analysis) -> Option<Objective> {
        let (sense, part, span) = match (&analysis.objective, analysis.kind) {
            (_, AnalysisKind::Closure) => return None,
            (Some(objective), _) => (objective.sense, self.part(&objective.value)?, objective.value.span),
            (None, AnalysisKind::Loop) => {
                let part = Part::Ratio(self.whole(analysis, What::Revenue), self.whole(analysis, What::Cost));
                (Sense::Maximize, part, analysis.item)
            }
            (None, AnalysisKind::Path { .. } | AnalysisKind::Plan) => return None,
        };
        match part {
            Part::Constant(_) => {
                let what = if analysis.kind == AnalysisKind::Plan { "plan" } else { "loop" };
                self.faults.push(faults::no_objective(span, &format!("this is the same for every {what}")));
                None
            }
            Part::Ratio(numerator, denominator) => {
                let unit = self.units().times(&numerator.unit, &denominator.unit, -1);
                Some(Objective { sense, numerator, denominator: Some(denominator), unit })
            }
            Part::Linear(form) => {
                let unit = form.unit.clone();
                Some(Objective { sense, numerator: form, denominator: None, unit })
            }
        }
    }

    /// A total of the whole model, or of the participant that the analysis is for.
    fn whole(&self, analysis: &Analysis, what: What) -> Form {
        let whose = analysis.whose.map_or(Whose::Model, Whose::Participant);
        let terms = vec![(Rational::ONE, Total { what, whose })];
        Form { terms, constant: Rational::ZERO, unit: self.checked.money_unit() }
    }
}
