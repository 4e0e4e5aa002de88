//! Faults of names and files.

use std::io;

use super::{named, suggest};
use crate::diagnostic::{Code, Diagnostic, near, spelled};
use crate::resolve::MOST_SCENARIOS;
use crate::resolve::files::DEEPEST_USE;
use crate::source::Span;

/// L0201
pub(in crate::resolve) fn unknown_value<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0201, format!("unknown value `{name}`"))
        .label(span, "no param, unit or currency has this name");
    match near(name, known) {
        Some(near) => fault.meant(span, near, &spelled(near.name)),
        None => fault.help(format!("declare it: `param {name} = …`")),
    }
}

/// L0201
pub(in crate::resolve) fn unknown_function(name: &str, span: Span) -> Diagnostic {
    let known = ["min", "max", "abs", "floor", "ceil", "round", "annuity"];
    let fault = Diagnostic::new(Code::L0201, format!("unknown function `{name}`"))
        .label(span, "no function has this name");
    if let Some(near) = near(name, known) {
        return fault.meant(span, near, near.name);
    }
    fault.help("the functions are `min`, `max`, `abs`, `floor`, `ceil`, `round` and `annuity`")
}

/// L0202
pub(in crate::resolve) fn unknown_participant<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0202, format!("unknown participant `{name}`"))
        .label(span, "no participant has this name");
    match near(name, known) {
        Some(near) => named(fault, span, near),
        None => fault.help(format!("declare it: `participant {name}: business`")),
    }
}

/// L0203
pub(in crate::resolve) fn unknown_flow<'a>(
    name: &str,
    span: Span,
    wanted: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0203, format!("unknown flow `{name}`"))
        .label(span, format!("{wanted} is expected, and nothing has this name"));
    suggest(fault, (name, span), known)
}

/// L0204
pub(in crate::resolve) fn unknown_word<'a>(
    kind: &str,
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0204, format!("unknown {kind} `{name}`"))
        .label(span, format!("no {kind} has this name"));
    match (near(name, known), kind) {
        (_, "medium") if ["money", "payment", "pay"].contains(&name) => fault.help("did you mean `cash`?"),
        (_, "medium") if ["info", "data"].contains(&name) => fault.help("did you mean `information`?"),
        (Some(near), _) => named(fault, span, near),
        (None, "role") => fault.help(format!("declare it: `role {name}`")),
        (None, "medium") => fault.help(format!("declare it: `medium {name}`")),
        (None, _) => fault.help(
            "the media are `cash`, `information`, `goods`, `service` and those declared; flows have `tags:`",
        ),
    }
}

/// L0205
pub(in crate::resolve) fn unknown_analysis<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0205, format!("unknown analysis `{name}`"))
        .label(span, "no `loop`, `path` or `closure` has this name");
    suggest(fault, (name, span), known)
}

/// L0206
pub(in crate::resolve) fn twice(name: &str, span: Span, first: Option<Span>) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0206, format!("`{name}` is declared twice"));
    match first {
        Some(first) => fault.label(span, "declared again here").label(first, "first declared here"),
        None => fault.label(span, "this name is built in").help("choose another name"),
    }
}

/// L0206
pub(in crate::resolve) fn second_model(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::L0206, "a model has one title")
        .label(span, "this is the second one")
        .label(first, "this is the first one")
}

/// L0208
pub(in crate::resolve) fn use_unreadable(named: &str, fault: &io::Error, span: Span) -> Diagnostic {
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
pub(in crate::resolve) fn use_ring(names: &[String], span: Span, others: &[Span]) -> Diagnostic {
    let ring = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" uses ");
    let first = names.first().map(|name| format!(" uses `{name}`")).unwrap_or_default();
    Diagnostic::new(Code::L0209, format!("files use each other: {ring}{first}"))
        .label(span, "this closes the ring")
        .labels(others.iter().map(|other| (*other, "on the ring".to_owned())))
        .help("move what both need to a third file")
}

/// L0210
pub(in crate::resolve) fn use_outside(named: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0210, format!("`{named}` lies outside the project's folder"))
        .label(span, "used here")
        .help("the project's folder is that of the nearest `loop.toml` above the file, else the file's own")
}

/// L0211
pub(in crate::resolve) fn confusable(name: &str, span: Span, other: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Code::L0211, format!("`{name}` looks like `{other}` and is another name"))
        .label(span, "other letters, the same picture")
        .label(first, "the name that it looks like")
        .help("write both in letters of one alphabet")
}

/// L0212
pub(in crate::resolve) fn other_kind(name: &str, found: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0212, format!("expected {wanted}, found `{name}`, which is {found}"))
        .label(span, format!("{found} where {wanted} is expected"))
}

/// L0212
pub(in crate::resolve) fn thing_for_value(name: &str, found: &str, span: Span) -> Diagnostic {
    other_kind(name, found, "a value", span)
}

/// L0212
pub(in crate::resolve) fn measure_for_value(name: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let fault = other_kind(name, "a measure", "a value", span);
    declared.into_iter().fold(fault, |fault, place| fault.label(place, "the measure is declared here"))
}

/// L0213
pub(in crate::resolve) fn use_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0213, format!("more than {DEEPEST_USE} files use each other in a row"))
        .label(span, "this one is not followed")
}

/// L0214
pub(in crate::resolve) fn chain_for_flow(name: &str, hops: usize, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0214, format!("`{name}` is a chain of {hops} flows, and one flow is meant"))
        .label(span, "which hop?")
        .help(format!("name one hop: `{name}.1` to `{name}.{hops}`"))
}

/// L0215
pub(in crate::resolve) fn unknown_setting<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0215, format!("no param of the model is called `{name}`"))
        .label(span, "what is set here is for nobody");
    suggest(fault, (name, span), known)
}

/// L0216
pub(in crate::resolve) fn unknown_scenario<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0216, format!("unknown scenario `{name}`"))
        .label(span, "no scenario has this name");
    suggest(fault, (name, span), known)
}

/// L0217: `known` is where something is declared that has the name.
pub(in crate::resolve) fn cannot_change<'a>(
    (word, name): (&str, &str),
    span: Span,
    known: Option<Span>,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    match known {
        Some(known) => Diagnostic::new(Code::L0217, format!("`{name}` has no attributes to change"))
            .label(span, "changed here")
            .label(known, "declared here")
            .help("params are set with `set`; what is declared otherwise is removed, and declared again"),
        None => {
            let fault = Diagnostic::new(Code::L0217, format!("there is no `{name}` to {word}"))
                .label(span, "no file of the model declares this");
            let near = suggest(fault, (name, span), names);
            let help = near
                .help
                .is_empty()
                .then(|| "rows of a table are left out by the import's `where:`".to_owned());
            near.maybe_help(help)
        }
    }
}

/// L0218
pub(in crate::resolve) fn removed_and_used(name: &str, used: Span, removed: Span) -> Diagnostic {
    Diagnostic::new(Code::L0218, format!("`{name}` is removed, and something names it"))
        .label(used, "named here")
        .label(removed, "removed here")
        .help("remove or change what names it as well")
}

/// L0220
pub(in crate::resolve) fn too_many_scenarios(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0220, format!("more than {MOST_SCENARIOS} scenarios"))
        .label(span, "none of them is checked")
        .help(
            "each scenario is checked as a model of its own; values of one param are better set with `--set`",
        )
}

/// L0219
pub(in crate::resolve) fn scenario_ring(ring: &[(String, Span)]) -> Diagnostic {
    let mut names: Vec<String> = ring.iter().map(|(name, _)| format!("`{name}`")).collect();
    names.extend(names.first().cloned());
    let mut places = ring.iter().map(|(_, place)| *place);
    let fault =
        Diagnostic::new(Code::L0219, format!("scenarios are laid upon each other: {}", names.join(" from ")));
    let first = places.next();
    let fault = first.into_iter().fold(fault, |fault, place| fault.label(place, "this leads back to itself"));
    fault
        .labels(places.map(|place| (place, "by way of this".to_owned())))
        .help("one of them must begin at the base")
}

/// L0303
pub(in crate::resolve) fn unknown_unit<'a>(
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
    if let Some(unit) = name.strip_suffix('s').filter(|singular| known.contains(singular)) {
        return fault.help(format!("the unit is `{unit}`")).mend(format!("write `{unit}`"), span, unit);
    }
    match near(name, known.iter().copied()) {
        Some(near) => fault.meant(span, near, &spelled(near.name)),
        None => fault.help(format!("declare it: `unit {name}`, or `currency {name}`")),
    }
}

/// L0303
pub(in crate::resolve) fn no_unit(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0303, format!("`{name}` is no unit"))
        .label(span, "a unit is expected behind a number")
        .help(format!("to multiply, write `* {name}`"))
}
