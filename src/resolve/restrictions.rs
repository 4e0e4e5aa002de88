//! Second pass, for what restricts a loop or path.

use super::attributes::value_span;
use super::expressions::Place;
use super::{Resolver, faults};
use crate::model::Length;
use crate::syntax::ast::{Attribute, Value};

impl Resolver<'_> {
    /// `length: 3` or `length: 2 .. 6`; anything else is a fault.
    pub(super) fn length(&mut self, attribute: &Attribute) -> Option<Length> {
        let span = value_span(attribute);
        let term = match &attribute.value {
            Value::Terms(terms) => match terms.as_slice() {
                [term] if term.otherwise.is_none() => Some(term),
                _ => None,
            },
            Value::Block(_) => None,
        };
        let Some(term) = term else {
            self.fault(faults::other_value("length", "a number of flows, or a range `2 .. 6`", span));
            return None;
        };
        let low = self.expression(&term.value, Place::Value);
        let high = term.to.as_ref().map(|to| self.expression(to, Place::Value));
        Some(Length { low, high, span })
    }
}
