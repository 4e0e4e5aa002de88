//! The first place at which two JSON values differ.

use serde_json::Value;

/// The path of the first difference, such as `loops[0].cost.exact`; nothing where both are equal.
pub(super) fn difference(said: &Value, follows: &Value) -> Option<String> {
    match (said, follows) {
        (Value::Object(said), Value::Object(follows)) => {
            let missing = follows.keys().find(|key| !said.contains_key(*key));
            let added = said.keys().find(|key| !follows.contains_key(*key));
            if let Some(key) = missing.or(added) {
                return Some(key.clone());
            }
            said.iter().find_map(|(key, value)| {
                let inner = difference(value, &follows[key])?;
                Some(if inner.is_empty() || inner.starts_with('[') {
                    format!("{key}{inner}")
                } else {
                    format!("{key}.{inner}")
                })
            })
        }
        (Value::Array(said), Value::Array(follows)) => {
            if said.len() != follows.len() {
                return Some(String::new());
            }
            said.iter().zip(follows).enumerate().find_map(|(place, (said, follows))| {
                let inner = difference(said, follows)?;
                Some(if inner.is_empty() { format!("[{place}]") } else { format!("[{place}].{inner}") })
            })
        }
        _ => (said != follows).then(String::new),
    }
}
