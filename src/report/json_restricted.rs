//! How JSON shows what restricted analyses found.

use serde_json::{Value, json};

use super::json::{walk, with_unit};
use super::{Proof, RestrictedReport, RestrictionsReport};

/// What proves the answer, or the bound that is left.
pub(super) fn proof(found: &RestrictedReport) -> Value {
    match &found.proof {
        Proof::Search { nodes } => search(*nodes),
        Proof::Bound { bound } => {
            let bound = bound.as_ref().map(|bound| with_unit(bound, &found.unit));
            json!({ "kind": "bound", "bound": bound })
        }
    }
}

pub(super) fn search(nodes: usize) -> Value {
    json!({ "kind": "search", "nodes": nodes })
}

pub(super) fn restrictions(restrictions: &RestrictionsReport, put: &mut impl FnMut(&str, Value)) {
    let length = restrictions.length.map(|(fewest, most)| json!({ "fewest": fewest, "most": most }));
    put("restrictions", json!({ "through": restrictions.through, "length": length }));
}

pub(super) fn restricted(found: &RestrictedReport, put: &mut impl FnMut(&str, Value)) {
    restrictions(&found.restrictions, put);
    if found.closes {
        let walks = found.walks.iter().zip(1..).map(|(found, rank)| walk(found, Some(rank)));
        put("loops", walks.collect());
        put("tied", json!(found.tied));
        put("tie_at_cut", json!(found.tie_at_cut));
        put("exhausted", json!(found.exhausted));
        put("complete", json!(found.complete));
    } else {
        if let Some(found) = found.walks.first() {
            put("path", walk(found, None));
        }
        put("tied", json!(found.tied));
    }
}
