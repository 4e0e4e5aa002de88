//! Walkers of expressions: one table of binding powers, rows of like operators flat, depth bounded.

use super::ast::{Expr, ExprKind, Name, Reference};
use super::grammar::{Pair, Rule};
use super::operators::{NOT_BINDS, Operator, SIGN_BINDS, joined, operator, spelling};
use super::walker::Walker;
use super::{DEEPEST, faults};
use crate::diagnostic::Code;
use crate::exact::Rational;
use crate::exact::literal::{self, LiteralError};
use crate::source::Span;

/// The parts of a row of operators and operands.
type Row<'a, 'b> = std::iter::Peekable<&'a mut pest::iterators::Pairs<'b, Rule>>;

impl Walker<'_> {
    /// Walks `expression` and `claim`.
    pub(super) fn expression(&mut self, row: Pair<'_>) -> Expr {
        let mut parts = row.into_inner();
        self.climb(&mut (&mut parts).peekable(), 0)
    }

    /// Precedence climbing: everything that binds at least as tightly as `least`.
    ///
    /// Invariant: `self.depth` counts how deep it stands, through parentheses and calls too, so that no later
    /// walk over the tree goes deeper than [`DEEPEST`].
    fn climb(&mut self, row: &mut Row<'_, '_>, least: u8) -> Expr {
        if self.depth >= DEEPEST {
            return self.cut_off(row);
        }
        self.depth += 1;
        let row_read = self.climbed(row, least);
        self.depth -= 1;
        row_read
    }

    fn climbed(&mut self, row: &mut Row<'_, '_>, least: u8) -> Expr {
        let mut left = self.prefixed(row);
        let mut memberships = 0;
        while let Some(operator) = row.peek().and_then(operator).filter(|found| found.binding() >= least) {
            let Some(sign) = row.next() else { unreachable!("peeked") };
            self.check_operator(&sign);
            // `a in b in c` is no row: each `in` is a level.
            memberships += usize::from(operator == Operator::In);
            if self.depth + memberships > DEEPEST {
                return self.cut_off(row);
            }
            // `^` groups to the right, all others to the left.
            let next = if operator == Operator::Power { operator.binding() } else { operator.binding() + 1 };
            let right = self.climb(row, next);
            left = joined(left, operator, right);
        }
        left
    }

    fn prefixed(&mut self, row: &mut Row<'_, '_>) -> Expr {
        let Some(part) = row.next() else { unreachable!("expression: an operand") };
        if part.as_rule() != Rule::prefix {
            return self.operand(part);
        }
        let start = self.span(&part);
        let Some(sign) = part.into_inner().next() else { unreachable!("prefix: a sign") };
        let not = sign.as_rule() == Rule::operator_not;
        if sign.as_rule() == Rule::wrong_minus {
            self.fault(faults::wide_punctuation(sign.as_str(), "-", start));
        }
        let inner = self.climb(row, if not { NOT_BINDS } else { SIGN_BINDS });
        let span = start.to(inner.span);
        let kind = if not { ExprKind::Not(Box::new(inner)) } else { ExprKind::Negative(Box::new(inner)) };
        Expr { span, kind }
    }

    /// Gives up on a row that nests too deep, without a second fault for it.
    fn cut_off(&mut self, row: &mut Row<'_, '_>) -> Expr {
        let span = row.by_ref().last().map_or(self.at(0, 0), |part| self.span(&part));
        if !self.faults.iter().any(|fault| fault.code == Code::L0112) {
            self.fault(faults::too_deep(span));
        }
        Expr { span, kind: ExprKind::Broken }
    }

    fn operand(&mut self, operand: Pair<'_>) -> Expr {
        let span = self.span(&operand);
        match operand.as_rule() {
            Rule::quantity | Rule::group_quantity => self.counted(operand),
            Rule::reference => self.reference(operand),
            Rule::string => {
                let _ = self.text(&operand);
                Expr { span, kind: ExprKind::Text }
            }
            rule => unreachable!("operand: {rule:?}"),
        }
    }

    /// A number or parenthesis with the unit it counts.
    fn counted(&mut self, pair: Pair<'_>) -> Expr {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let Some(first) = parts.next() else { unreachable!("quantity: a number") };
        let number_end = first.as_span().end();
        let value = match first.as_rule() {
            Rule::group => self.group(first),
            _ => self.number(&first),
        };
        let Some(unit) = parts.next() else { return Expr { span, kind: value.kind } };
        if unit.as_span().start() == number_end && matches!(value.kind, ExprKind::Number(_)) {
            let number = &self.piece[value.span.start as usize - self.base..number_end];
            self.fault(faults::stuck(number, unit.as_str(), span));
        }
        let unit = Name { span: self.span(&unit) };
        Expr { span, kind: ExprKind::Counted(Box::new(value), unit) }
    }

    fn number(&mut self, number: &Pair<'_>) -> Expr {
        let (text, span) = (number.as_str(), self.span(number));
        if number.as_rule() == Rule::apart_number {
            self.fault(faults::apart(text, span));
        }
        let joined: String =
            if text.contains([' ', '\t']) { text.split_whitespace().collect() } else { String::new() };
        let value = literal::parse(if joined.is_empty() { text } else { &joined }).unwrap_or_else(|fault| {
            self.fault(match fault {
                LiteralError::TooLong => faults::too_many_digits(text.len(), span),
                LiteralError::ExponentTooLarge => faults::exponent_too_large(text, span),
                LiteralError::Malformed => faults::unexpected(text, &["a number"], span),
            });
            Rational::ONE
        });
        Expr { span, kind: ExprKind::Number(value) }
    }

    fn group(&mut self, group: Pair<'_>) -> Expr {
        let span = self.span(&group);
        let mut parts = group.into_inner();
        let (Some(open), Some(inner), Some(close)) = (parts.next(), parts.next(), parts.next()) else {
            unreachable!("group: brackets and an expression")
        };
        self.brackets(&open, &close);
        let inner = self.expression(inner);
        Expr { span, kind: inner.kind }
    }

    fn reference(&mut self, pair: Pair<'_>) -> Expr {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let Some(name) = parts.next() else { unreachable!("reference: a name") };
        let mut reference = Reference { name: self.used_name(&name), member: None, arguments: None };
        match parts.next() {
            Some(part) if part.as_rule() == Rule::member => {
                let mut inside = part.into_inner();
                reference.member = inside.next().map(|member| self.used_name(&member));
                reference.arguments = inside.next().map(|call| self.call(call));
            }
            Some(part) => reference.arguments = Some(self.call(part)),
            None => {}
        }
        Expr { span, kind: ExprKind::Reference(Box::new(reference)) }
    }

    fn call(&mut self, call: Pair<'_>) -> Vec<Expr> {
        let Some(arguments) = call.into_inner().next() else { unreachable!("call: arguments") };
        self.call_arguments(arguments)
    }

    pub(super) fn call_arguments(&mut self, pair: Pair<'_>) -> Vec<Expr> {
        let mut arguments = Vec::new();
        let mut parts = pair.into_inner();
        let Some(open) = parts.next() else { unreachable!("arguments: a bracket") };
        for part in parts {
            match part.as_rule() {
                Rule::comma => self.sign(&part, ","),
                Rule::expression => arguments.push(self.expression(part)),
                Rule::close_parenthesis => self.brackets(&open, &part),
                rule => unreachable!("arguments: {rule:?}"),
            }
        }
        arguments
    }

    /// Reports an operator that is written otherwise.
    fn check_operator(&mut self, infix: &Pair<'_>) {
        let Some(sign) = infix.clone().into_inner().next() else { return };
        if matches!(sign.as_rule(), Rule::wrong_comparison | Rule::wrong_operator) {
            let (found, span): (&str, Span) = (sign.as_str(), self.span(&sign));
            let typographic = ["−", "–", "－", "＋", "＊", "／"].contains(&found);
            self.fault(if typographic {
                faults::wide_punctuation(found, spelling(found), span)
            } else {
                faults::wrong_operator(found, spelling(found), span)
            });
        }
    }
}
