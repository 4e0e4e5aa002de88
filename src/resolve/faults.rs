//! The wording of every fault of names, files and attributes: one constructor a fault.

use std::io;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;

use super::files::DEEPEST_USE;

/// Adds `did you mean`, with the edit that is not certain enough to be applied by a machine.
fn suggest<'a>(fault: Diagnostic, written: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    match nearest(written, known) {
        Some(name) => fault.help(format!("did you mean `{name}`?")),
        None => fault,
    }
}

/// L0201
pub(super) fn unknown_value<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0201, format!("unknown value `{name}`"))
        .label(span, "no param, unit or currency has this name");
    match nearest(name, known) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(format!("declare it: `param {name} = …`")),
    }
}

/// L0201
pub(super) fn unknown_function(name: &str, span: Span) -> Diagnostic {
    let known = ["min", "max", "abs", "floor", "ceil", "round", "annuity"];
    let fault = Diagnostic::new(Code::L0201, format!("unknown function `{name}`"))
        .label(span, "no function has this name");
    if nearest(name, known).is_some() {
        return suggest(fault, name, known);
    }
    fault.help("the functions are `min`, `max`, `abs`, `floor`, `ceil`, `round` and `annuity`")
}

/// L0202
pub(super) fn unknown_participant<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0202, format!("unknown participant `{name}`"))
        .label(span, "no participant has this name");
    match nearest(name, known) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(format!("declare it: `participant {name}: business`")),
    }
}

/// L0203
pub(super) fn unknown_flow<'a>(
    name: &str,
    span: Span,
    wanted: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0203, format!("unknown flow `{name}`"))
        .label(span, format!("{wanted} is expected, and nothing has this name"));
    suggest(fault, name, known)
}

/// L0204
pub(super) fn unknown_word<'a>(
    kind: &str,
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0204, format!("unknown {kind} `{name}`"))
        .label(span, format!("no {kind} has this name"));
    match (nearest(name, known), kind) {
        (Some(near), _) => fault.help(format!("did you mean `{near}`?")),
        (None, "role") => fault.help(format!("declare it: `role {name}`")),
        (None, "medium") => fault.help(format!("declare it: `medium {name}`")),
        (None, _) => fault.help(
            "the media are `cash`, `information`, `goods`, `service` and those declared; flows have `tags:`",
        ),
    }
}

/// L0205
pub(super) fn unknown_analysis<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0205, format!("unknown analysis `{name}`"))
        .label(span, "no `loop`, `path` or `closure` has this name");
    suggest(fault, name, known)
}

/// L0206
pub(super) fn twice(name: &str, span: Span, first: Option<Span>) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0206, format!("`{name}` is declared twice"));
    match first {
        Some(first) => fault.label(span, "declared again here").label(first, "first declared here"),
        None => fault.label(span, "this name is built in").help("choose another name"),
    }
}

/// L0206
pub(super) fn second_model(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0206, "a model has one title").label(span, "this is the second one")
}

/// L0208
pub(super) fn use_unreadable(named: &str, fault: &io::Error, span: Span) -> Diagnostic {
    let why = match fault.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => fault.to_string(),
    };
    Diagnostic::new(Code::L0208, format!("`{named}` cannot be read: {why}"))
        .label(span, "used here")
        .help("paths are relative to the file that uses them")
}

/// L0209
pub(super) fn use_ring(names: &[String], span: Span, others: &[Span]) -> Diagnostic {
    let ring = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" uses ");
    let first = names.first().map(|name| format!(" uses `{name}`")).unwrap_or_default();
    Diagnostic::new(Code::L0209, format!("files use each other: {ring}{first}"))
        .label(span, "this closes the ring")
        .labels(others.iter().map(|other| (*other, "on the ring".to_owned())))
        .help("move what both need to a third file")
}

/// L0210
pub(super) fn use_outside(named: &str, folder: &str, span: Span) -> Diagnostic {
    let _ = folder;
    Diagnostic::new(Code::L0210, format!("`{named}` lies outside the project's folder"))
        .label(span, "used here")
        .help("the project's folder is that of the nearest `loop.toml` above the file, else the file's own")
}

/// L0211
pub(super) fn confusable(name: &str, span: Span, other: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Code::L0211, format!("`{name}` looks like `{other}` and is another name"))
        .label(span, "other letters, the same picture")
        .label(first, "the name that it looks like")
        .help("write both in letters of one alphabet")
}

/// L0212
pub(super) fn other_kind(name: &str, found: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0212, format!("expected {wanted}, found `{name}`, which is {found}"))
        .label(span, format!("{found} where {wanted} is expected"))
}

/// L0212
pub(super) fn thing_for_value(name: &str, found: &str, span: Span) -> Diagnostic {
    other_kind(name, found, "a value", span)
}

/// L0212
pub(super) fn measure_for_value(name: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let fault = other_kind(name, "a measure", "a value", span);
    declared.into_iter().fold(fault, |fault, place| fault.label(place, "the measure is declared here"))
}

/// L0213
pub(super) fn use_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0213, format!("more than {DEEPEST_USE} files use each other in a row"))
        .label(span, "this one is not followed")
}

/// L0214
pub(super) fn chain_for_flow(name: &str, hops: usize, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0214, format!("`{name}` is a chain of {hops} flows, and one flow is meant"))
        .label(span, "which hop?")
        .help(format!("name one hop: `{name}.1` to `{name}.{hops}`"))
}

/// L0215
pub(super) fn unknown_setting<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0215, format!("`--set {name}` names no param of the model"))
        .label(span, "this value is for nobody");
    suggest(fault, name, known)
}

/// L0303
pub(super) fn unknown_unit<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault =
        Diagnostic::new(Code::L0303, format!("unknown unit `{name}`")).label(span, "no unit has this name");
    if ["bn", "bp", "k", "M", "万", "亿"].contains(&name) {
        return fault
            .help(format!("a magnitude stands directly behind its number: `5{name}`, without the space"));
    }
    let known: Vec<&str> = known.into_iter().collect();
    let singular = name.strip_suffix('s').filter(|singular| known.contains(singular));
    match singular.or_else(|| nearest(name, known.iter().copied())) {
        Some(unit) => fault.help(format!("the unit is `{unit}`")).edit(span, unit),
        None => fault.help(format!("declare it: `unit {name}`, or `currency {name}`")),
    }
}

/// L0303
pub(super) fn no_unit(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0303, format!("`{name}` is no unit"))
        .label(span, "a unit is expected behind a number")
        .help(format!("to multiply, write `* {name}`"))
}

/// L0401
pub(super) fn unknown_attribute<'a>(
    key: &str,
    kind: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0401, format!("unknown attribute `{key}` of {kind}"))
        .label(span, format!("{kind} has no such attribute"));
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(key, known.iter().copied()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")).edit(span, near),
        None => fault.help(format!("{kind} takes `{}`", known.join("`, `"))),
    }
}

/// L0402
pub(super) fn attribute_twice(key: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::L0402, format!("`{key}` is given twice"))
        .label(span, "given again here")
        .label(first, "first given here")
}

/// L0403
pub(super) fn attribute_elsewhere(key: &str, kind: &str, other: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0403, format!("{kind} has no `{key}`"))
        .label(span, format!("an attribute of {other}"))
        .help(format!("`{key}` belongs to {other}"))
}

/// L0404
pub(super) fn flow_to_itself(name: &str, tail: Span, head: Span) -> Diagnostic {
    Diagnostic::new(Code::L0404, format!("a flow leads from `{name}` to `{name}` itself"))
        .label(head, "the same participant")
        .label(tail, "the flow leaves here")
        .help("a turn that returns at once is `yield: … else`; two places of one company are desks (`of`)")
}

/// L0405
pub(super) fn bare_attributes(keys: &[Span], name: Span, stops: &[&str]) -> Diagnostic {
    let (first, last) = (stops.first().unwrap_or(&""), stops.last().unwrap_or(&""));
    let between = stops.get(1..stops.len().saturating_sub(1)).unwrap_or(&[]).join(", ");
    Diagnostic::new(Code::L0405, "a chain's attributes belong to its hops")
        .labels(keys.iter().map(|key| (*key, "of which hop?".to_owned())))
        .label(name, format!("a chain of {} flows", stops.len().saturating_sub(1)))
        .help("for every hop: `each hop: { … }`; for one of them: `hop 1: { … }`")
        .help(format!("for the whole way as one flow: `{first} -> {last} via {between}`"))
}

/// L0406
pub(super) fn no_such_hop(name: &str, hop: &str, hops: usize, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0406, format!("the chain `{name}` has no hop {hop}"))
        .label(span, format!("its hops are 1 to {hops}"))
}

/// L0406
pub(super) fn hop_without_chain(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0406, "only a chain has hops")
        .label(span, "this declaration is no chain")
        .help("a chain has at least three stops: `a -> b -> c`")
}

/// L0415
pub(super) fn hop_without_block(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, "a hop takes a block of attributes")
        .label(span, "`{ … }` is expected behind the colon")
}

/// L0403
pub(super) fn via_of_chain(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0403, "a chain has no `via`")
        .label(span, "passed through on which hop?")
        .help("make it a stop of the chain, or declare each hop as a flow")
}

/// L0409
pub(super) fn plans_only(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0409, format!("`{word}` belongs to plans"))
        .label(span, "a loop is turned once: it has no volumes")
}

/// L0409
pub(super) fn one_subject(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0409, format!("`{word}(…)` takes one participant or one flow"))
        .label(span, format!("write `{word}(shops)`"))
}

/// L0409
pub(super) fn measure_of_participant(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0409, "a measure belongs to flows, not to a participant")
        .label(span, "a flow is expected")
}

/// L0415
pub(super) fn other_value(key: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, format!("`{key}` takes {wanted}"))
        .label(span, format!("{wanted} is expected"))
}

/// L0415
pub(super) fn text_for_value(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, "a text in quotes is no value").label(span, "a number or a name is expected")
}

/// L0415
pub(super) fn condition_for_value(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, "a condition is no value")
        .label(span, "a number is expected")
        .help("conditions stand in `expect`")
}

/// L0416
pub(super) fn member_for_value(written: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0416, format!("`{written}` is a result, and results are known in `expect` alone"))
        .label(span, "no value is known here yet")
}

/// L0416
pub(super) fn no_such_property(word: &str, span: Span) -> Diagnostic {
    let known = ["value", "ratio", "cost", "revenue", "profit", "length", "closed", "proved"];
    let fault = Diagnostic::new(Code::L0416, format!("an analysis has no `{word}`"))
        .label(span, "nothing of this name");
    if nearest(word, known).is_some() {
        return suggest(fault, word, known);
    }
    fault.help("an analysis has `value`, `ratio`, `cost`, `revenue`, `profit`, `profit(p)`, `length`, `closed`, `proved`")
}

/// L0416
pub(super) fn membership(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0416, "`in` stands between a flow or participant and an analysis")
        .label(span, "`commission in trade`")
}

/// L0418
pub(super) fn missing_attribute(name: &str, key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0418, format!("the path `{name}` has no {key}"))
        .label(span, format!("{key} is missing"))
}

/// L0418
pub(super) fn two_objectives(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::L0418, "an analysis has one objective")
        .label(span, "a second one")
        .label(first, "the first one")
}

/// L0419
pub(super) fn path_to_itself(from: Span, to: Span) -> Diagnostic {
    Diagnostic::new(Code::L0419, "a path leads from one participant to another")
        .label(to, "the same participant")
        .label(from, "the path begins here")
        .help("a way back to where it began is a `loop`")
}

/// L0504
pub(super) fn large_percentage(written: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0504, format!("`{written}` is more than the whole"))
        .label(span, "a percentage above 100")
        .help("if a surcharge is meant, write it as a number, such as `1.2 *`")
}
