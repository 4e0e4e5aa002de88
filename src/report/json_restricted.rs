//! How JSON shows what restricted analyses found.

use serde_json::{Value, json};

use super::document::Fields;
use super::json::{walk, walks, with_unit};
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

pub(super) fn restrictions(restrictions: &RestrictionsReport, out: &mut Fields<'_>) {
    let length = restrictions.length.map(|(fewest, most)| json!({ "fewest": fewest, "most": most }));
    out.put("restrictions", json!({ "through": restrictions.through, "length": length }));
}

pub(super) fn restricted<'a>(found: &'a RestrictedReport, out: &mut Fields<'a>) {
    restrictions(&found.restrictions, out);
    if found.closes {
        out.put("loops", walks(&found.walks));
        out.put("tied", json!(found.tied));
        out.put("tie_at_cut", json!(found.tie_at_cut));
        out.put("exhausted", json!(found.exhausted));
        out.put("complete", json!(found.complete));
    } else {
        if let Some(found) = found.walks.first() {
            out.put("path", walk(found, None));
        }
        out.put("tied", json!(found.tied));
    }
}
