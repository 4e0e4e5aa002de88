//! Faults of attributes, objectives and claims.

use crate::diagnostic::{Code, Diagnostic, near};
use crate::source::Span;

/// L0401
pub(in crate::resolve) fn unknown_attribute<'a>(
    key: &str,
    kind: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0401, format!("unknown attribute `{key}` of {kind}"))
        .label(span, format!("{kind} has no such attribute"));
    let known: Vec<&str> = known.into_iter().collect();
    match near(key, known.iter().copied()) {
        Some(near) => fault.meant(span, near, near.name),
        None => fault.help(format!("{kind} takes `{}`", known.join("`, `"))),
    }
}

/// L0402
pub(in crate::resolve) fn attribute_twice(key: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::L0402, format!("`{key}` is given twice"))
        .label(span, "given again here")
        .label(first, "first given here")
}

/// L0403
pub(in crate::resolve) fn attribute_elsewhere(key: &str, kind: &str, other: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0403, format!("{kind} has no `{key}`"))
        .label(span, format!("an attribute of {other}"))
        .help(format!("`{key}` belongs to {other}"))
}

/// L0404
pub(in crate::resolve) fn flow_to_itself(name: &str, tail: Span, head: Span) -> Diagnostic {
    Diagnostic::new(Code::L0404, format!("a flow leads from `{name}` to `{name}` itself"))
        .label(head, "the same participant")
        .label(tail, "the flow leaves here")
        .help("a turn that returns at once is `yield: … else`; two places of one company are desks (`of`)")
}

/// L0405
pub(in crate::resolve) fn bare_attributes(keys: &[Span], name: Span, stops: &[&str]) -> Diagnostic {
    let (first, last) = (stops.first().unwrap_or(&""), stops.last().unwrap_or(&""));
    let between = stops.get(1..stops.len().saturating_sub(1)).unwrap_or(&[]).join(", ");
    Diagnostic::new(Code::L0405, "a chain's attributes belong to its hops")
        .labels(keys.iter().map(|key| (*key, "of which hop?".to_owned())))
        .label(name, format!("a chain of {} flows", stops.len().saturating_sub(1)))
        .help("for every hop: `each hop: { … }`; for one of them: `hop 1: { … }`")
        .help(format!("for the whole way as one flow: `{first} -> {last} via {between}`"))
}

/// L0406
pub(in crate::resolve) fn no_such_hop(name: &str, hop: &str, hops: usize, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0406, format!("the chain `{name}` has no hop {hop}"))
        .label(span, format!("its hops are 1 to {hops}"))
}

/// L0406
pub(in crate::resolve) fn hop_without_chain(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0406, "only a chain has hops")
        .label(span, "this declaration is no chain")
        .help("a chain has at least three stops: `a -> b -> c`")
}

/// L0415
pub(in crate::resolve) fn hop_without_block(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, "a hop takes a block of attributes")
        .label(span, "`{ … }` is expected behind the colon")
}

/// L0403
pub(in crate::resolve) fn via_of_chain(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0403, "a chain has no `via`")
        .label(span, "passed through on which hop?")
        .help("make it a stop of the chain, or declare each hop as a flow")
}

/// L0409
pub(in crate::resolve) fn plans_only(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0409, format!("`{word}` belongs to plans"))
        .label(span, "a loop is turned once: it has no volumes")
}

/// L0409
pub(in crate::resolve) fn moved_by_nothing(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0409, "`moved` asks what a flow moves: amounts of different flows do not add up")
        .label(span, "of which flow?")
        .help("name it: `moved(checkout)`")
}

/// L0431
pub(in crate::resolve) fn joined_requirements(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0431, "a requirement is one condition")
        .label(span, "these are several")
        .help("give each a `require` of its own")
}

/// L0409
pub(in crate::resolve) fn one_subject(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0409, format!("`{word}(…)` takes one participant or one flow"))
        .label(span, format!("write `{word}(shops)`"))
}

/// L0409
pub(in crate::resolve) fn measure_of_participant(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0409, "a measure belongs to flows, not to a participant")
        .label(span, "a flow is expected")
}

/// L0415
pub(in crate::resolve) fn other_value(key: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, format!("`{key}` takes {wanted}"))
        .label(span, format!("{wanted} is expected"))
}

/// L0415
pub(in crate::resolve) fn text_for_value(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, "a text in quotes is no value").label(span, "a number or a name is expected")
}

/// L0415
pub(in crate::resolve) fn condition_for_value(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, "a condition is no value")
        .label(span, "a number is expected")
        .help("conditions stand in `expect`")
}

/// L0416
pub(in crate::resolve) fn member_for_value(written: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0416, format!("`{written}` is a result, and results are known in `expect` alone"))
        .label(span, "no value is known here yet")
}

/// L0416
pub(in crate::resolve) fn no_such_property(word: &str, span: Span) -> Diagnostic {
    let known = ["value", "ratio", "cost", "revenue", "profit", "length", "closed", "proved"];
    let fault = Diagnostic::new(Code::L0416, format!("an analysis has no `{word}`"))
        .label(span, "nothing of this name");
    if let Some(near) = near(word, known) {
        return fault.meant(span, near, near.name);
    }
    fault.help("an analysis has `value`, `ratio`, `cost`, `revenue`, `profit`, `profit(p)`, `length`, `closed`, `proved`")
}

/// L0416
pub(in crate::resolve) fn property_of_nobody(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0416, format!("`{word}` of an analysis takes no participant"))
        .label(span, "the whole answer's alone")
        .help("of a participant there is `profit(p)`; its books are asked with `for: p` in the analysis")
}

/// L0416
pub(in crate::resolve) fn membership(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0416, "`in` stands between a flow or participant and an analysis")
        .label(span, "`commission in trade`")
}

/// L0418
pub(in crate::resolve) fn missing_attribute(name: &str, key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0418, format!("the path `{name}` has no {key}"))
        .label(span, format!("{key} is missing"))
}

/// L0418
pub(in crate::resolve) fn two_objectives(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::L0418, "an analysis has one objective")
        .label(span, "a second one")
        .label(first, "the first one")
}

/// L0419
pub(in crate::resolve) fn path_to_itself(from: Span, to: Span) -> Diagnostic {
    Diagnostic::new(Code::L0419, "a path leads from one participant to another")
        .label(to, "the same participant")
        .label(from, "the path begins here")
        .help("a way back to where it began is a `loop`")
}

/// L0504
pub(in crate::resolve) fn large_percentage(written: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0504, format!("`{written}` is more than the whole"))
        .label(span, "a percentage above 100")
        .help("if a surcharge is meant, write it as a number, such as `1.2 *`")
}
