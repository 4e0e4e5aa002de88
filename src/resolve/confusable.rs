//! Names that look alike: different letters, one picture (Unicode Technical Standard 39).

use std::collections::BTreeMap;

use unicode_security::skeleton;

use super::{Resolver, faults};
use crate::source::Span;

impl Resolver<'_> {
    /// Warns of declared names that differ and look the same.
    pub(super) fn check_confusable(&mut self) {
        let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
        let mut found = Vec::new();
        let names = self.declared_names();
        for (name, span) in names {
            let picture: String = skeleton(&name).collect();
            match seen.get(&picture) {
                Some((other, first)) if *other != name => {
                    found.push(faults::confusable(&name, span, other, *first));
                }
                Some(_) => {}
                None => drop(seen.insert(picture, (name, span))),
            }
        }
        self.faults.append(&mut found);
    }

    fn declared_names(&self) -> Vec<(String, Span)> {
        let model = &self.model;
        let values = model.values.iter().map(|value| &value.declared);
        let things = model.participants.iter().filter_map(|one| Some((one.name, one.span?)));
        let flows = model.flows.iter().filter(|flow| flow.chain.is_none() && flow.row.is_none());
        let flows = flows.filter_map(|flow| Some((flow.name.to_string(), flow.span?)));
        let chains = model.chains.iter().map(|chain| &chain.declared);
        let analyses = model.analyses.iter().map(|analysis| &analysis.declared);
        let all = values.chain(chains).chain(analyses);
        // Names from tables are data, which nobody chose to be told apart.
        let table = |span: &Span| model.imports.iter().any(|import| import.file == span.file);
        let all = all.filter_map(|declared| Some((declared.name.as_str(), declared.span?)));
        let mut names: Vec<(String, Span)> = all
            .chain(things)
            .filter(|(_, span)| !table(span))
            .map(|(name, span)| (name.to_owned(), span))
            .chain(flows)
            .collect();
        names.sort_by_key(|(_, span)| *span);
        names
    }
}
