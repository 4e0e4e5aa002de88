//! From what is written to expressions over one row: `where`, and what totals add up.

use super::row::{RowCondition, RowNumber, RowText};
use crate::model::Comparison;
use crate::resolve::expressions::comparison;
use crate::resolve::{Resolver, faults};
use crate::syntax;
use crate::syntax::ast::{Attribute, Expr, ExprKind};
use crate::table::Table;

impl Resolver<'_> {
    /// The condition of `where`.
    pub(super) fn row_condition(&mut self, attribute: &Attribute, table: &Table) -> Option<RowCondition> {
        let term = self.one_term(attribute, "a condition")?;
        self.condition_of_row(&term.value, table)
    }

    fn condition_of_row(&mut self, written: &Expr, table: &Table) -> Option<RowCondition> {
        let all = |resolver: &mut Self, terms: &[Expr]| -> Option<Vec<RowCondition>> {
            // All are looked at, so that each one's faults are reported.
            let terms: Vec<_> = terms.iter().map(|term| resolver.condition_of_row(term, table)).collect();
            terms.into_iter().collect()
        };
        Some(match &written.kind {
            ExprKind::And(terms) => RowCondition::And(all(self, terms)?),
            ExprKind::Or(terms) => RowCondition::Or(all(self, terms)?),
            ExprKind::Not(inner) => RowCondition::Not(Box::new(self.condition_of_row(inner, table)?)),
            ExprKind::Comparison(first, rest) => {
                if let [(sign, second)] = rest.as_slice()
                    && let equal @ (Comparison::Equal | Comparison::Unequal) = comparison(*sign)
                    && let Some((left, right)) = self.texts(first, second, table)
                {
                    return Some(RowCondition::Same(left?, right?, equal == Comparison::Equal));
                }
                let first = self.row_number(first, table);
                let rest: Vec<_> = rest
                    .iter()
                    .map(|(sign, side)| Some((comparison(*sign), self.row_number(side, table)?)))
                    .collect();
                RowCondition::Compared(Box::new(first?), rest.into_iter().collect::<Option<_>>()?)
            }
            ExprKind::Broken => return None,
            _ => {
                self.fault(faults::other_value("where", "a condition", written.span));
                return None;
            }
        })
    }

    /// Two sides that are compared as texts: one is a text, or both are bare columns.
    #[allow(clippy::type_complexity, reason = "two sides, each with or without a fault")]
    fn texts(
        &mut self,
        left: &Expr,
        right: &Expr,
        table: &Table,
    ) -> Option<(Option<RowText>, Option<RowText>)> {
        let text = |expr: &Expr| matches!(expr.kind, ExprKind::Text);
        let bare = |expr: &Expr| match &expr.kind {
            ExprKind::Reference(reference) => reference.arguments.is_none() && reference.member.is_none(),
            _ => false,
        };
        let texts = (text(left) || text(right)) && (text(left) || bare(left)) && (text(right) || bare(right));
        (texts || bare(left) && bare(right))
            .then(|| (self.row_text(left, table), self.row_text(right, table)))
    }

    fn row_text(&mut self, expr: &Expr, table: &Table) -> Option<RowText> {
        match &expr.kind {
            ExprKind::Reference(reference) => self.column_of_row(reference.name, table).map(RowText::Column),
            _ => Some(RowText::Literal(syntax::unquoted(self.sources.text(expr.span)))),
        }
    }

    /// A number of columns and numbers.
    pub(super) fn row_number(&mut self, written: &Expr, table: &Table) -> Option<RowNumber> {
        let row = |resolver: &mut Self, parts: &[(bool, Expr)]| -> Option<Vec<(bool, RowNumber)>> {
            let parts: Vec<_> = parts
                .iter()
                .map(|(inverse, part)| Some((*inverse, resolver.row_number(part, table)?)))
                .collect();
            parts.into_iter().collect()
        };
        Some(match &written.kind {
            ExprKind::Number(number) => RowNumber::Number(number.clone()),
            ExprKind::Negative(inner) => RowNumber::Negative(Box::new(self.row_number(inner, table)?)),
            ExprKind::Sum(terms) => RowNumber::Sum(row(self, terms)?),
            ExprKind::Product(factors) => RowNumber::Product(row(self, factors)?),
            ExprKind::Reference(reference) if reference.arguments.is_none() && reference.member.is_none() => {
                RowNumber::Column(self.column_of_row(reference.name, table)?)
            }
            ExprKind::Broken => return None,
            ExprKind::Counted(_, unit) => {
                self.fault(faults::unit_of_row(self.sources.text(unit.span), written.span));
                return None;
            }
            _ => {
                self.fault(faults::no_number_of_row(written.span));
                return None;
            }
        })
    }

    /// The column of a name, where nothing else can be named.
    fn column_of_row(&mut self, name: crate::syntax::ast::Name, table: &Table) -> Option<usize> {
        self.only_column(name, (table, None))
    }
}
