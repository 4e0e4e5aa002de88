//! The first place at which what a report says differs from what follows.

use serde_json::Value;

use crate::report::Document;

/// The path of the first difference, such as `loops[0].cost.exact`; nothing where both are equal. What follows is
/// made item by item.
pub(super) fn difference(said: &Value, follows: &Document<'_>) -> Option<String> {
    match (said, follows) {
        (_, Document::Value(follows)) => between(said, follows),
        (Value::Object(said), Document::Object(follows)) => {
            let missing = follows.iter().map(|(key, _)| *key).find(|key| !said.contains_key(*key));
            let known = |key: &String| follows.iter().any(|(known, _)| known == key);
            let added = said.keys().find(|key| !known(key)).map(String::as_str);
            if let Some(key) = missing.or(added) {
                return Some(key.to_owned());
            }
            let inner = |(key, follows): &(&str, Document<'_>)| {
                Some(within(key, &difference(said.get(*key)?, follows)?))
            };
            follows.iter().find_map(inner)
        }
        (Value::Array(said), Document::List(follows)) => {
            let (all, mut items) = (said.len(), follows());
            for (place, said) in said.iter().enumerate() {
                let Some(follows) = items.next() else { return Some(String::new()) };
                if let Some(inner) = difference(said, &follows) {
                    let as_long = all == place + 1 + items.count();
                    return Some(if as_long { at(place, &inner) } else { String::new() });
                }
            }
            items.next().map(|_| String::new())
        }
        _ => Some(String::new()),
    }
}

fn within(key: &str, inner: &str) -> String {
    let dot = if inner.is_empty() || inner.starts_with('[') { "" } else { "." };
    format!("{key}{dot}{inner}")
}

fn at(place: usize, inner: &str) -> String {
    if inner.is_empty() { format!("[{place}]") } else { format!("[{place}].{inner}") }
}

/// The same of two trees.
pub(super) fn between(said: &Value, follows: &Value) -> Option<String> {
    match (said, follows) {
        (Value::Object(said), Value::Object(follows)) => {
            let missing = follows.keys().find(|key| !said.contains_key(*key));
            let added = said.keys().find(|key| !follows.contains_key(*key));
            if let Some(key) = missing.or(added) {
                return Some(key.clone());
            }
            said.iter().find_map(|(key, value)| Some(within(key, &between(value, &follows[key])?)))
        }
        (Value::Array(said), Value::Array(follows)) => {
            if said.len() != follows.len() {
                return Some(String::new());
            }
            said.iter()
                .zip(follows)
                .enumerate()
                .find_map(|(place, (said, follows))| Some(at(place, &between(said, follows)?)))
        }
        _ => (said != follows).then(String::new),
    }
}
