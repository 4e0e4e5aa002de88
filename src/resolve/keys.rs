//! Keys: which of them each kind of declaration takes, and whether one may stand where it does.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Resolver, faults};
use crate::model::Symbol;
use crate::source::Span;
use crate::syntax::ast::{Attribute, Name};

/// The attributes of each kind of declaration (language §4, §6).
pub(super) const PARTICIPANT: &[&str] = &["cost", "revenue", "source", "sink"];
pub(super) const FLOW: &[&str] = &[
    "amount", "cost", "revenue", "payer", "earner", "capacity", "minimum", "volume", "share", "yield",
    "rides", "delivers", "fixed", "integral", "tags",
];
pub(super) const LOOP: &[&str] =
    &["over", "only", "avoid", "for", "maximize", "minimize", "through", "length", "top"];
pub(super) const PATH: &[&str] =
    &["from", "to", "over", "only", "avoid", "for", "maximize", "minimize", "through", "length"];
pub(super) const CLOSURE: &[&str] = &["over", "only", "avoid"];
pub(super) const PLAN: &[&str] =
    &["over", "only", "avoid", "for", "maximize", "minimize", "period", "require"];

const KINDS: [(&str, &[&str]); 6] = [
    ("a participant", PARTICIPANT),
    ("a flow", FLOW),
    ("a loop", LOOP),
    ("a path", PATH),
    ("a closure", CLOSURE),
    ("a plan", PLAN),
];

/// The keys that a kind of declaration takes, by its first word; measures are keys of participants and flows besides.
#[must_use]
pub fn keys_of(word: &str) -> &'static [&'static str] {
    let kind = KINDS.iter().find(|(kind, _)| kind.rsplit(' ').next() == Some(word));
    kind.map_or(&[], |(_, keys)| keys)
}

impl<'a> Resolver<'a> {
    /// Whether an attribute may stand here: known, of this kind, and for the first time.
    pub(super) fn may_stand(
        &mut self,
        attribute: &Attribute,
        kind: (&str, &[&str]),
        seen: &mut BTreeMap<Cow<'a, str>, Span>,
    ) -> bool {
        let (key, span) = (self.normal(attribute.key.span), attribute.key.span);
        if attribute.key.hop.is_some() {
            self.fault(faults::hop_without_chain(span));
            return false;
        }
        if let Some(first) = seen.get(&*key).filter(|_| key != "require") {
            let first = *first;
            self.fault(faults::attribute_twice(&key, span, first));
            return false;
        }
        seen.insert(key.clone(), span);
        let takes_measures = matches!(kind.0, "a participant" | "a flow");
        if kind.1.contains(&&*key) {
            return true;
        }
        if let Some(id) = self.measure(&key).filter(|_| takes_measures) {
            self.used(Name { span }, Symbol::Value(self.model.measures[id.index()]));
            return true;
        }
        let other = KINDS.iter().find(|(_, words)| words.contains(&&*key)).map(|(word, _)| *word);
        let fault = match other {
            Some(other) => faults::attribute_elsewhere(&key, kind.0, other, span),
            None if self.names.lost.contains(&*key) => return false,
            None => {
                let measures =
                    self.model.measures.iter().map(|id| self.model.value(*id).declared.name.as_str());
                let measures = measures.filter(|_| takes_measures).take(self.patience());
                faults::unknown_attribute(&key, kind.0, span, kind.1.iter().copied().chain(measures))
            }
        };
        self.fault(fault);
        false
    }
}
