//! What would make a failed claim hold: which figure of the source, moved alone, and how far (mathematics §2, *Claims*).
//!
//! It is asked of the loop, path or plan that was found: with other numbers another may be the best.

mod book;
mod case;
mod line;
mod words;

use self::book::{Book, book, count};
use self::case::{Asked, Case, forms};
pub(super) use self::words::tell;
use super::Finding;
use crate::check::{Checked, Form, Truth};
use crate::exact::Rational;
use crate::model::{AnalysisId, Claim, Comparison, Expr, ExprKind, FlowId, Numeric, ParticipantId};

/// Whose figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bearer {
    Flow(FlowId),
    Participant(ParticipantId),
}

/// A cost, revenue or amount that stands in the source or in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Figure {
    pub bearer: Bearer,
    pub numeric: Numeric,
}

/// A figure that, moved alone, makes a claim hold for what was found.
///
/// Units: the reporting currency, each time that it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lever {
    figure: Figure,
    now: Rational,
    /// The nearest value that will do; or next to which all do, where it is not `included`.
    needed: Rational,
    included: bool,
    /// The farthest value that will do, where the claim sets one, and whether it does itself.
    until: Option<(Rational, bool)>,
    /// By which part of itself it moves.
    part: Rational,
    /// Whether the values that will do lie above what it is.
    grows: bool,
    /// How often it counts: for each turn of a loop or path; of a plan, by the base unit of time or by the round.
    times: Rational,
    analysis: AnalysisId,
}

/// What is known of the best loop, path or plan, once a figure has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// If it is another, the claim holds of it as well.
    Sure,
    /// Another that is beyond what is claimed breaks the claim still.
    Against,
    /// It may be another, of which nothing is known.
    Alone,
}

/// The figures that would do, the least change first.
#[derive(Debug)]
pub(super) struct Levers {
    pub levers: Vec<Lever>,
    pub reach: Reach,
    /// What the claim is about: a loop, a path, a plan, or several of these.
    pub of: &'static str,
}

/// How many figures are told.
const MOST_TOLD: usize = 2;

/// A figure that would have to grow by more times itself is another one.
const MOST_GROWTH: i64 = 10;

/// What analyses found, in the books that claims are held against; each is opened once.
#[derive(Debug)]
pub(super) struct Desk<'a> {
    checked: &'a Checked,
    findings: &'a [Finding],
    books: Vec<(AnalysisId, Option<Book>)>,
}

/// For each part of a claim and each figure something is worked out; beyond so many nothing is told.
const MOST_WORK: usize = 5_000_000;

/// What a claim about several analyses is about.
const SEVERAL: &str = "answer";

/// One comparison of a claim.
type Link<'e> = (&'e Expr, Comparison, &'e Expr);

impl<'a> Desk<'a> {
    pub fn new(checked: &'a Checked, findings: &'a [Finding]) -> Self {
        Self { checked, findings, books: Vec::new() }
    }

    /// What would make a claim hold that does not.
    pub fn levers(&mut self, claim: &Claim, truth: &dyn Truth) -> Option<Levers> {
        for id in &claim.about {
            if self.books.iter().all(|(known, _)| known != id) {
                let found = self.findings.iter().find(|finding| finding.analysis == *id);
                self.books.push((*id, found.and_then(|finding| book(self.checked, finding))));
            }
        }
        let figures: usize =
            claim.about.iter().filter_map(|id| self.book(*id)).map(|book| book.figures().count()).sum();
        let mut parts = 0_usize;
        claim.condition.visit(&mut |_| parts += 1);
        if parts.saturating_mul(figures) > MOST_WORK {
            return None;
        }
        let mut links = Vec::new();
        flatten(self.checked, &claim.condition, truth, &mut links)?;
        let asked = self.asked(&claim.condition, truth)?;
        let case = Case { desk: self, truth, links, asked };
        let mut levers = case.all(&claim.about)?;
        let reach = case.reach();
        if reach == Reach::Against {
            levers.retain(|lever| case.others_agree(lever));
        }
        Some(nearest(levers)).filter(|levers| !levers.is_empty()).map(|levers| {
            let bound = levers.iter().any(|lever| case.is_bound(lever));
            let of = match claim.about.as_slice() {
                [one] => self.checked.model.analysis(*one).kind.word(),
                _ => SEVERAL,
            };
            Levers { levers, reach: if bound { Reach::Alone } else { reach }, of }
        })
    }

    fn book(&self, id: AnalysisId) -> Option<&Book> {
        self.books.iter().find(|(known, _)| *known == id)?.1.as_ref()
    }

    /// Every property that a condition asks for, as forms; nothing where one is no quotient of those.
    fn asked(&self, condition: &Expr, truth: &dyn Truth) -> Option<Vec<Asked>> {
        let mut named = Vec::new();
        condition.visit(&mut |part| {
            if let ExprKind::Property(analysis, property) = part.kind
                && !named.contains(&(analysis, property))
            {
                named.push((analysis, property));
            }
        });
        let mut all = Vec::new();
        for (analysis, property) in named {
            let Some((above, below)) = forms(self.checked, analysis, property) else { continue };
            let entries = &self.book(analysis)?.entries;
            let told = truth.number(analysis, property)?.value;
            let whole = |form: &Form| count(self.checked, form, entries) + &form.constant;
            let linear = below.is_none();
            let whole_below = below.as_ref().map_or(Rational::ONE, whole);
            // A linear total may count turns as well, of which no figure of money is a part.
            let whole_above = if linear { told.clone() } else { whole(&above) };
            if whole_above.checked_div(&whole_below)? != told {
                return None;
            }
            all.push(Asked { analysis, property, above, below, whole: (whole_above, whole_below) });
        }
        Some(all)
    }
}

/// The comparisons that must all hold; nothing where a condition is more than that, or fails for another reason.
fn flatten<'e>(
    checked: &Checked,
    condition: &'e Expr,
    truth: &dyn Truth,
    links: &mut Vec<Link<'e>>,
) -> Option<()> {
    match &condition.kind {
        ExprKind::And(parts) => parts.iter().try_for_each(|part| flatten(checked, part, truth, links)),
        ExprKind::Comparison(first, rest) => {
            let mut left = &**first;
            for (comparison, right) in rest {
                links.push((left, *comparison, right));
                left = right;
            }
            Some(())
        }
        ExprKind::Not(_) | ExprKind::Or(_) if has_number(condition) => None,
        _ => (checked.decide(condition, truth) == Some(true)).then_some(()),
    }
}

/// Whether an expression asks an analysis for a number.
fn has_number(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |part| found |= matches!(part.kind, ExprKind::Property(..)));
    found
}

/// The figures that have to move least, by parts of themselves. What must more than double is told only where
/// nothing nearer will do, and what must grow out of all proportion not at all.
fn nearest(mut levers: Vec<Lever>) -> Vec<Lever> {
    levers.retain(|lever| lever.part <= Rational::from(MOST_GROWTH));
    levers.sort_by(|one, other| {
        (one.part.abs(), one.figure, one.analysis).cmp(&(other.part.abs(), other.figure, other.analysis))
    });
    let near = levers.iter().take(MOST_TOLD).filter(|lever| lever.part.abs() <= Rational::ONE).count();
    levers.truncate(near.max(1));
    levers
}
