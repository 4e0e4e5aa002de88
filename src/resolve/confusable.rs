//! Names that look alike: different letters, one picture (Unicode Technical Standard 39).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use unicode_security::skeleton;

use super::{Resolver, faults};
use crate::source::Span;

impl Resolver<'_> {
    /// Warns of declared names that differ and look the same.
    pub(super) fn check_confusable(&mut self) {
        let mut seen: BTreeMap<String, (Cow<'_, str>, Span)> = BTreeMap::new();
        let mut found = Vec::new();
        for (name, span) in alike(self.declared_names()) {
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

    /// Names that somebody wrote into a model, in the order of their places.
    fn declared_names(&self) -> Vec<(Cow<'_, str>, Span)> {
        let model = &self.model;
        let values = model.values.iter().map(|value| &value.declared);
        let things = model.participants.iter().filter_map(|one| Some((Cow::Borrowed(one.name), one.span?)));
        let flows = model.flows.iter().filter(|flow| flow.chain.is_none() && flow.row.is_none());
        let flows = flows.filter_map(|flow| Some((flow.name.text(), flow.span?)));
        let chains = model.chains.iter().map(|chain| &chain.declared);
        let analyses = model.analyses.iter().map(|analysis| &analysis.declared);
        let all = values.chain(chains).chain(analyses);
        // Names from tables are data, which nobody chose to be told apart.
        let table = |span: &Span| model.imports.iter().any(|import| import.file == span.file);
        let all = all.filter_map(|declared| Some((Cow::Borrowed(declared.name.as_str()), declared.span?)));
        let mut names: Vec<_> = all.chain(things).filter(|(_, span)| !table(span)).chain(flows).collect();
        names.sort_by_key(|(_, span)| *span);
        names
    }
}

/// Those whose picture another may have, in their order: nearly all names have one for themselves, and a hash tells.
fn alike(names: Vec<(Cow<'_, str>, Span)>) -> Vec<(Cow<'_, str>, Span)> {
    let pictures = Pictures::default();
    let mut picture = String::new();
    let hash = |(name, _): &(Cow<'_, str>, Span)| {
        picture.clear();
        pictures.draw(name, &mut picture);
        BuildHasherDefault::<DefaultHasher>::default().hash_one(&picture)
    };
    let hashes: Vec<u64> = names.iter().map(hash).collect();
    let mut sorted = hashes.clone();
    sorted.sort_unstable();
    let is_shared = |hash: u64| {
        let first = sorted.partition_point(|other| *other < hash);
        sorted.get(first + 1) == Some(&hash)
    };
    names.into_iter().zip(hashes).filter(|(_, hash)| is_shared(*hash)).map(|(name, _)| name).collect()
}

/// What each letter of ASCII looks like: they are drawn one by one.
struct Pictures(Vec<String>);

impl Default for Pictures {
    fn default() -> Self {
        let ascii = (0..=0x7f_u8).map(|byte| skeleton(char::from(byte).encode_utf8(&mut [0; 4])).collect());
        Self(ascii.collect())
    }
}

impl Pictures {
    fn draw(&self, name: &str, picture: &mut String) {
        if name.is_ascii() {
            name.bytes().for_each(|byte| picture.push_str(&self.0[usize::from(byte)]));
        } else {
            picture.extend(skeleton(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_security::skeleton;

    use super::Pictures;

    #[test]
    fn letters_of_ascii_are_drawn_as_whole_names_are() {
        let all: String = (' '..='~').collect();
        for name in ["shop_12", "rnI1l|O0", "mm", "ВКШ", &all] {
            let mut picture = String::new();
            Pictures::default().draw(name, &mut picture);
            assert_eq!(picture, skeleton(name).collect::<String>(), "{name}");
        }
    }
}
