//! JSON that is made while it is written: what is long stands in memory one item at a time.

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::exact::Rational;

/// A part of a report as JSON. It may be written several times, and is the same each time.
pub enum Document<'a> {
    /// What is short, as a tree.
    Value(Value),
    /// A list whose items are made as they are written.
    List(Box<dyn Fn() -> Items<'a> + 'a>),
    /// Keys in the order in which they are written.
    Object(Vec<(&'static str, Self)>),
}

/// The items of a list, made one by one.
pub type Items<'a> = Box<dyn Iterator<Item = Document<'a>> + 'a>;

impl std::fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| std::fmt::Error)?)
    }
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items()),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(key, value)| (key, value))),
        }
    }
}

impl From<Value> for Document<'_> {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

impl<'a> From<Fields<'a>> for Document<'a> {
    fn from(fields: Fields<'a>) -> Self {
        Self::Object(fields.0)
    }
}

/// The fields of an object, put one after the other.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(Vec<(&'static str, Document<'a>)>);

impl<'a> Fields<'a> {
    pub fn put(&mut self, key: &'static str, value: impl Into<Document<'a>>) {
        self.0.push((key, value.into()));
    }
}

/// A list whose items are made of those of another.
pub(super) fn list<'a, T, D: Into<Document<'a>>>(
    items: &'a [T],
    item: impl Fn(&'a T) -> D + Copy + 'a,
) -> Document<'a> {
    Document::List(Box::new(move || Box::new(items.iter().map(move |one| item(one).into()))))
}

/// A list of names.
pub(super) fn words(names: &[String]) -> Document<'_> {
    list(names, |name| Value::from(name.as_str()))
}

/// A list of numbers, each `p` or `p/q`.
pub(super) fn exacts(values: &[Rational]) -> Document<'_> {
    list(values, |value| Value::from(value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_written_as_the_tree_it_stands_for() {
        let (names, none) = (["a".to_owned(), "b\"".to_owned()], []);
        let mut inner = Fields::default();
        inner.put("names", words(&names));
        inner.put("none", words(&none));
        let mut fields = Fields::default();
        fields.put("rest", serde_json::json!({ "z": [1, null], "a": {} }));
        fields.put("inner", inner);
        fields.put("nothing", Fields::default());
        let document = Document::from(fields);
        let tree = serde_json::json!({
            "rest": { "z": [1, null], "a": {} },
            "inner": { "names": ["a", "b\""], "none": [] },
            "nothing": {},
        });
        for _ in 0..2 {
            assert_eq!(serde_json::to_string_pretty(&document).unwrap(), format!("{tree:#}"));
        }
    }
}
