//! The wording of the faults of project files.

use std::io;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;

/// What is for whoever runs a command, and so stands in no project file.
const FLAGS: [&str; 8] =
    ["allow-outside", "ascii", "color", "deny", "loops", "message-format", "progress", "set"];

/// L0221
pub(super) fn unreadable(shown: &str, fault: &io::Error) -> Diagnostic {
    let why = match fault.kind() {
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => fault.to_string(),
    };
    Diagnostic::new(Code::L0221, format!("the project file `{shown}` cannot be read: {why}"))
}

/// L0221
pub(super) fn not_text(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0221, "the project file is not UTF-8").label(span, "these bytes are no text")
}

/// L0221
pub(super) fn not_toml(why: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0221, format!("the project file is no TOML: {why}")).label(span, "read up to here")
}

/// L0222
pub(super) fn unknown_key(key: &str, span: Span, known: &[&str]) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0222, format!("a project file has no key `{key}`"))
        .label(span, "there is no such key");
    let flag = key.replace('_', "-");
    if known.contains(&flag.as_str()) {
        return fault.help(format!("it is written `{flag}`"));
    }
    if FLAGS.contains(&flag.as_str()) {
        return fault.help(format!("it is for whoever runs a command: `--{flag}`"));
    }
    fault.help(match nearest(&flag, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its keys are `{}`", known.join("`, `")),
    })
}

/// L0223: a value of another kind; `wanted` and `found` with their articles.
pub(super) fn wrong_kind(key: &str, (wanted, found): (&str, &str), span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0223, format!("`{key}` takes {wanted}")).label(span, format!("this is {found}"))
}

/// L0223: a word that is none of those that a key takes.
pub(super) fn wrong_word(key: &str, found: &str, (span, known): (Span, &[&str])) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0223, format!("`{key}` takes no `{found}`"))
        .label(span, format!("one of `{}` is expected", known.join("`, `")));
    fault.maybe_help(nearest(found, known.iter().copied()).map(|near| format!("did you mean `{near}`?")))
}

/// L0223: a member that no path of the project can be.
pub(super) fn wrong_member(why: &str, span: Span, help: &str) -> Diagnostic {
    Diagnostic::new(Code::L0223, why).label(span, "a member that cannot be").help(help)
}

/// L0224
pub(super) fn no_lint(
    name: &str,
    (why, mend): (String, Option<String>),
    (span, known): (Span, &[&str]),
) -> Diagnostic {
    let key = known.iter().copied().find(|key| *key == name).or_else(|| nearest(name, known.iter().copied()));
    let lists = || "`loopc explain` lists all codes; lints are those that are warnings".to_owned();
    Diagnostic::new(Code::L0224, why).label(span, "the code of a lint is expected, or `warnings`").help(
        match key {
            // What stands behind a table's heading is of the table.
            Some(key) => format!("`{key}` is a key of the file itself: it stands above all tables"),
            None => mend.unwrap_or_else(lists),
        },
    )
}

/// L0225
#[must_use]
pub fn no_member(member: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0225, format!("the member `{member}` is not there"))
        .label(span, "no model is found by this")
        .help("a member is a model, a folder with models, or a pattern of such: `shops/*`, `drafts/v?.loop`")
}
