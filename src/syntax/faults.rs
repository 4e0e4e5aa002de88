//! The wording of every syntax fault: one constructor a code.

use crate::diagnostic::{Code, Diagnostic, near};
use crate::exact::literal::MOST_DIGITS;
use crate::source::Span;

use super::{DEEPEST, MOST_FAULTS, words};

/// L0101: text that is not understood.
pub(super) fn unexpected(found: &str, expected: &[&str], span: Span) -> Diagnostic {
    let listed = listed(expected);
    let help = (found == "#").then(|| "comments begin with `//`".to_owned());
    let message = if expected.is_empty() {
        format!("unexpected `{found}`")
    } else {
        format!("expected {listed}, found `{found}`")
    };
    Diagnostic::new(Code::L0101, message).label(span, "not understood here").maybe_help(help)
}

/// L0101: something that ends too early.
pub(super) fn ended(end: &str, expected: &[&str], span: Span) -> Diagnostic {
    let message = if expected.is_empty() {
        format!("more is expected before {end}")
    } else {
        format!("expected {}, found {end}", listed(expected))
    };
    Diagnostic::new(Code::L0101, message).label(span, "something is missing here")
}

/// L0101: a line that begins no declaration.
pub(super) fn no_declaration(word: &str, span: Span) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0101, format!("expected a declaration, found `{word}`"))
        .label(span, "no declaration begins so");
    match near(word, words::declarations()) {
        Some(near) => fault.meant(span, near, near.name),
        None => fault.help(
            "declarations begin with `participant`, `param`, `currency`, `unit`, `measure`, a medium and `flow`, `loop`, \
             `path`, `closure`, `plan`, `expect` or `use`",
        ),
    }
}

/// L0101: a flow without a medium.
pub(super) fn no_medium(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0101, "expected a medium before `flow`")
        .label(span, "which medium does this flow carry?")
        .help("write `cash flow`, `information flow`, `goods flow` or `service flow`")
}

/// L0102: a bracket that is never closed.
pub(super) fn unclosed(bracket: &str, opened: Span, until: Span) -> Diagnostic {
    let closing = if bracket == "{" { "}" } else { ")" };
    Diagnostic::new(Code::L0102, format!("`{bracket}` is never closed"))
        .label(opened, "opened here")
        .label(until, format!("`{closing}` is expected before this"))
        .help(format!("close it with `{closing}`"))
}

/// L0102: a bracket that closes nothing.
pub(super) fn unopened(bracket: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0102, format!("`{bracket}` closes nothing")).label(span, "no bracket is open here")
}

/// L0103: a string that its line does not close.
pub(super) fn unclosed_string(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0103, "a text in quotes ends on the line it begins on")
        .label(span, "this `\"` is never closed")
        .help("close it with `\"`")
}

/// L0104: two attributes with nothing between them.
pub(super) fn no_separator(previous: Span, next: Span) -> Diagnostic {
    Diagnostic::new(Code::L0104, "two attributes on one line have no `,` between them")
        .label(next, "a second attribute begins here")
        .label(previous, "the first one ends here")
        .help("put a `,` or a new line between them")
        .mend("put a `,` between them", previous.after(), ",")
}

/// L0105: a separator too many.
pub(super) fn doubled_separator(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0105, "a separator too many")
        .label(span, "nothing stands before this one")
        .help("one `,` or a new line separates attributes")
        .mend("remove the separator", span, "")
}

/// L0105: `;` between attributes.
pub(super) fn wrong_separator(found: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0105, format!("attributes are not separated by `{found}`"))
        .label(span, "use `,` or a new line")
        .help("use `,` or a new line")
        .mend("write `,`", span, ",")
}

/// L0106: a wrong sign between a name and its value.
pub(super) fn wrong_sign(found: &str, wanted: &str, span: Span) -> Diagnostic {
    let what = if wanted == ":" { "an attribute's name and value" } else { "a declared name and its value" };
    Diagnostic::new(Code::L0106, format!("between {what} stands `{wanted}`, not `{found}`"))
        .label(span, format!("`{wanted}` is expected"))
        .mend(format!("write `{wanted}`"), span, wanted)
        .help(format!("write `{wanted}`"))
}

/// L0107: an arrow that is written otherwise.
pub(super) fn wrong_arrow(found: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0107, format!("an arrow is written `->`, not `{found}`"))
        .label(span, "`->` is expected")
        .help("write `->`")
        .mend("write `->`", span, "->")
}

/// L0108: a comma inside a number.
pub(super) fn comma_in_number(written: &str, span: Span) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0108, format!("`{written}` has a comma inside a number"))
        .label(span, "a comma separates values");
    let grouped = written.split(',').skip(1).all(|part| part.len() == 3);
    match (grouped, written.matches(',').count()) {
        (true, 1) => fault.help(format!(
            "decimals have a point: `{}`; digits are grouped with `_`: `{}`",
            written.replace(',', "."),
            written.replace(',', "_")
        )),
        (true, _) => {
            let grouped = written.replace(',', "_");
            let help = format!("digits are grouped with `_`: `{grouped}`");
            fault.help(help).mend(format!("write `{grouped}`"), span, grouped)
        }
        (false, 1) if !written.contains('.') => {
            let pointed = written.replace(',', ".");
            let help = format!("decimals have a point: `{pointed}`");
            fault.help(help).mend(format!("write `{pointed}`"), span, pointed)
        }
        (false, _) => fault.help("decimals have a point, and digits are grouped with `_`"),
    }
}

/// L0109: full-width or typographic punctuation.
pub(super) fn wide_punctuation(found: &str, ascii: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0109, format!("`{found}` is not the punctuation of the language"))
        .label(span, format!("`{ascii}` is expected"))
        .help(format!("write the ASCII `{ascii}`"))
        .mend(format!("write the ASCII `{ascii}`"), span, ascii)
}

/// L0109: a text in typographic quotes.
pub(super) fn wide_quotes(text: &str, span: Span) -> Diagnostic {
    let inner = text.trim_matches(['“', '”', '„', '「', '」', '«', '»', '"']);
    // What stands inside is taken as it is, unless it would end the text or escape something.
    let straight = !inner.contains(['"', '\\']);
    Diagnostic::new(Code::L0109, "a text stands in straight quotes")
        .label(span, "these quotes are typographic")
        .help(format!("write `\"{inner}\"`"))
        .maybe_mend(straight.then(|| (format!("write `\"{inner}\"`"), span, format!("\"{inner}\""))))
}

/// L0110: a number with too many digits.
pub(super) fn too_many_digits(count: usize, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0110, format!("a number of {count} characters is too long"))
        .label(span, format!("at most {MOST_DIGITS} digits"))
}

/// L0111: an exponent that is too large.
pub(super) fn exponent_too_large(written: &str, span: Span) -> Diagnostic {
    let shown: String = written.chars().take(40).collect();
    Diagnostic::new(Code::L0111, format!("`{shown}` is too large or too small a number"))
        .label(span, format!("a value has at most {MOST_DIGITS} digits"))
}

/// L0112: nesting that is too deep.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0112, "brackets or signs nest too deep")
        .label(span, format!("more than {DEEPEST} levels"))
        .help("give parts of the expression names with `param`")
}

/// L0113: a reserved word used as a name.
pub(super) fn reserved(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0113, format!("`{word}` is a reserved word and cannot be a name"))
        .label(span, "a name is expected")
        .help(format!("choose another name, such as `{word}_1`"))
}

/// L0114: bytes that are not UTF-8.
pub(crate) fn not_utf8(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0114, "the file is not UTF-8")
        .label(span, "the first bytes that are not")
        .help("save the file as UTF-8")
}

/// L0114: a control character.
pub(super) fn control_character(found: char, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0114, format!("the file holds a control character, U+{:04X}", u32::from(found)))
        .label(span, "here")
        .help("remove it; if the file is no text, it is no model")
}

/// L0115: a magnitude apart from its number.
pub(super) fn apart(number: &str, span: Span) -> Diagnostic {
    let joined: String = number.split_whitespace().collect();
    Diagnostic::new(Code::L0115, format!("`{number}` has a space inside"))
        .label(span, "the magnitude stands apart from its number")
        .help(format!("`{joined}`, without the space"))
        .mend(format!("write `{joined}`"), span, joined)
}

/// L0115: a unit stuck to its number.
pub(super) fn stuck(number: &str, unit: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0115, format!("`{number}{unit}` has no space before its unit"))
        .label(span, "a unit stands apart from its number")
        .help(format!("`{number} {unit}`, with a space"))
        .mend(format!("write `{number} {unit}`"), span, format!("{number} {unit}"))
}

/// L0115: a unit on the line below its number.
pub(super) fn unit_on_next_line(number: Span, unit: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::L0115, format!("the unit `{name}` stands on another line than its number"))
        .label(unit, "a unit stands on the line of its number")
        .label(number, "the number")
}

/// L0116: a declaration of a later version.
pub(super) fn later(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0116, format!("this version of loopc does not know `{word}` yet"))
        .label(span, "a part of the language that is still to come")
        .help("`loop`, `path`, `closure` and `plan` are the analyses of this version")
}

/// L0120: a declaration that cannot stand in a scenario.
pub(super) fn inside_scenario(word: &str, span: Span) -> Diagnostic {
    let help = match word {
        "scenario" => "put it beside this one, and lay it upon this one with `from`",
        "use" => "put it outside: files are joined for all scenarios",
        _ => "put it outside; a scenario has a title of its own, behind its name",
    };
    Diagnostic::new(Code::L0120, format!("`{word}` cannot stand in a scenario"))
        .label(span, "this is for the whole model")
        .help(help)
}

/// L0120: what only a scenario can say.
pub(super) fn outside_scenario(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0120, format!("`{word}` stands in no scenario"))
        .label(span, "only a scenario changes what is declared")
        .help(format!("write it in the braces of a scenario: `scenario name {{ {word} … }}`"))
}

/// L0117: too many faults in one file.
pub(super) fn too_many(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0117, format!("more than {MOST_FAULTS} syntax faults in one file"))
        .label(span, "what comes after this is not reported")
        .help("is the file a `.loop` file at all?")
}

/// L0119: an operator that is written otherwise.
pub(super) fn wrong_operator(found: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0119, format!("`{found}` is written `{wanted}`"))
        .label(span, format!("`{wanted}` is expected"))
        .help(format!("write `{wanted}`"))
        .mend(format!("write `{wanted}`"), span, wanted)
}

fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
