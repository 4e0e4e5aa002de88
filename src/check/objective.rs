//! Objectives: linear forms over what flows cost, earn and measure, and ratios of two of them.

use super::evaluate::{Evaluator, Known};
use super::{Checked, faults};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{Analysis, AnalysisKind, Expr, ExprKind, Sense, Total, ValueId, What, Whose};
use crate::units::{Quantity, Unit, UnitTable};

/// A linear form: coefficients of totals. Invariant: all terms have one dimension, that of `unit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub terms: Vec<(Rational, Total)>,
    pub unit: Unit,
}

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

struct Names<'a>(&'a Checked);

impl Known for Names<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.0.value(id).cloned()
    }
}

pub(super) fn compute(checked: &mut Checked, found: &mut Vec<Diagnostic>) {
    let mut objectives = Vec::new();
    let mut tops = Vec::new();
    for analysis in &checked.model.analyses {
        let mut reader = Reader { checked, faults: Vec::new() };
        objectives.push(reader.objective(analysis));
        tops.push(reader.top(analysis));
        found.append(&mut reader.faults);
    }
    checked.objectives = objectives;
    checked.tops = tops;
}

struct Reader<'a> {
    checked: &'a Checked,
    faults: Vec<Diagnostic>,
}

/// A part of an objective: constant, linear, or a quotient of linear forms.
enum Part {
    Constant(Quantity),
    Linear(Form),
    Ratio(Form, Form),
}

impl Reader<'_> {
    fn units(&self) -> &UnitTable {
        &self.checked.units
    }

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
        let money = self.checked.money_unit();
        let whole = |what| Form {
            terms: vec![(
                Rational::ONE,
                Total { what, whose: analysis.whose.map_or(Whose::Model, Whose::Participant) },
            )],
            unit: money.clone(),
        };
        let (sense, part, span) = match (&analysis.objective, analysis.kind) {
            (_, AnalysisKind::Closure) => return None,
            (Some(objective), _) => (objective.sense, self.part(&objective.value)?, objective.value.span),
            (None, AnalysisKind::Loop) => {
                (Sense::Maximize, Part::Ratio(whole(What::Revenue), whole(What::Cost)), analysis.item)
            }
            (None, AnalysisKind::Path { .. }) => return None,
        };
        match part {
            Part::Constant(_) => {
                self.faults.push(faults::no_objective(span, "this is the same for every loop"));
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

    fn constant(&mut self, expr: &Expr) -> Option<Quantity> {
        let names = Names(self.checked);
        self.evaluated(|evaluator| evaluator.quantity(expr, &names))
    }

    fn refuse(&mut self, expr: &Expr, why: &str) -> Option<Part> {
        self.faults.push(faults::no_objective(expr.span, why));
        None
    }

    fn part(&mut self, expr: &Expr) -> Option<Part> {
        match &expr.kind {
            ExprKind::Total(total) => Some(Part::Linear(self.total(total))),
            ExprKind::Negative(inner) => Some(match self.part(inner)? {
                Part::Constant(value) => Part::Constant(Quantity { value: -value.value, unit: value.unit }),
                Part::Linear(form) => Part::Linear(scaled(&form, &Rational::from(-1))),
                Part::Ratio(numerator, denominator) => {
                    Part::Ratio(scaled(&numerator, &Rational::from(-1)), denominator)
                }
            }),
            ExprKind::Sum(terms) if mentions(expr) => self.sum(expr, terms),
            ExprKind::Product(factors) if mentions(expr) => self.product(expr, factors),
            ExprKind::Power(..) | ExprKind::Call(..) if mentions(expr) => {
                self.refuse(expr, "not linear in what flows cost, earn and measure")
            }
            _ => self.constant(expr).map(Part::Constant),
        }
    }

    fn total(&self, total: &Total) -> Form {
        let unit = match total.what {
            What::Cost | What::Revenue | What::Profit => self.checked.money_unit(),
            What::Measure(id) => self.checked.measures[id.index()].clone(),
        };
        Form { terms: vec![(Rational::ONE, total.clone())], unit }
    }

    fn sum(&mut self, expr: &Expr, terms: &[(bool, Expr)]) -> Option<Part> {
        let mut sum: Option<Form> = None;
        for (minus, term) in terms {
            let form = match self.part(term)? {
                Part::Linear(form) => form,
                Part::Constant(value) if value.value.is_zero() => continue,
                Part::Constant(_) => return self.refuse(term, "a constant is the same for every loop"),
                Part::Ratio(..) => return self.refuse(term, "a ratio cannot be added to"),
            };
            let form = if *minus { scaled(&form, &Rational::from(-1)) } else { form };
            match &mut sum {
                None => sum = Some(form),
                Some(total) if self.units().dimension(&total.unit) == self.units().dimension(&form.unit) => {
                    total.terms.extend(form.terms);
                }
                Some(total) => {
                    let words = |unit| faults::unit_words(self.units(), unit);
                    let (left, right) = (words(&total.unit), words(&form.unit));
                    let first = terms.first().map_or(expr.span, |(_, first)| first.span);
                    let help = faults::mend(self.units(), &total.unit, &form.unit, "the second");
                    self.faults.push(
                        faults::unlike((first, left), (term.span, right), "an objective").maybe_help(help),
                    );
                    return None;
                }
            }
        }
        sum.map(Part::Linear)
    }

    fn product(&mut self, expr: &Expr, factors: &[(bool, Expr)]) -> Option<Part> {
        let mut coefficient = Quantity::bare(Rational::ONE);
        let (mut above, mut below): (Option<Form>, Option<Form>) = (None, None);
        for (divides, factor) in factors {
            match (self.part(factor)?, divides) {
                (Part::Constant(value), _) => {
                    coefficient = self.evaluated(|evaluator| {
                        evaluator.step(&coefficient, &value, *divides, (factor.span, false))
                    })?;
                }
                (Part::Linear(form), false) if above.is_none() => above = Some(form),
                (Part::Linear(form), true) if below.is_none() => below = Some(form),
                (Part::Ratio(numerator, denominator), false) if above.is_none() && below.is_none() => {
                    (above, below) = (Some(numerator), Some(denominator));
                }
                _ => return self.refuse(expr, "neither a ratio of two linear parts nor linear"),
            }
        }
        let above = match above {
            Some(form) => Some(self.multiplied(&form, &coefficient, expr)?),
            None => None,
        };
        match (above, below) {
            (Some(above), Some(below)) => Some(Part::Ratio(above, below)),
            (Some(above), None) => Some(Part::Linear(above)),
            _ => self.refuse(expr, "a ratio's numerator counts something too"),
        }
    }

    /// A form times a constant; its coefficients are bounded as every value is.
    fn multiplied(&mut self, form: &Form, by: &Quantity, expr: &Expr) -> Option<Form> {
        let unit = self.units().times(&form.unit, &by.unit, 1);
        let Form { terms, .. } = scaled(form, &by.value);
        for (coefficient, _) in &terms {
            let one = Quantity { value: coefficient.clone(), unit: unit.clone() };
            self.evaluated(|evaluator| evaluator.bounded(one, expr.span))?;
        }
        Some(Form { terms, unit })
    }

    /// What an evaluator makes of something, its faults kept.
    fn evaluated<T>(&mut self, make: impl FnOnce(&mut Evaluator<'_>) -> Option<T>) -> Option<T> {
        let mut evaluator = Evaluator::new(&self.checked.units, &self.checked.model.values);
        let made = make(&mut evaluator);
        self.faults.append(&mut evaluator.faults);
        made
    }
}

fn scaled(form: &Form, factor: &Rational) -> Form {
    let terms = form.terms.iter().map(|(coefficient, total)| (coefficient * factor, total.clone())).collect();
    Form { terms, unit: form.unit.clone() }
}

/// Whether an expression counts anything of the flows.
fn mentions(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Total(_)) || expr.parts().into_iter().any(mentions)
}
