//! Diagnostics as the commands by which a workflow on GitHub annotates the lines of a change.

use super::{Diagnostic, Severity};
use crate::source::Sources;

/// `::error file=shop.loop,line=3,endLine=3,col=5,endColumn=9,title=L0302::message`, with its line break.
#[must_use]
pub fn github(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = place(diagnostic, sources);
    properties.push(("title", diagnostic.code.name().to_owned()));
    let properties: Vec<String> =
        properties.into_iter().map(|(key, value)| format!("{key}={}", property(&value))).collect();
    let cell = diagnostic.place().and_then(|span| sources.file(span.file).cell_at(span.range()));
    let mut message = cell.map_or_else(String::new, |cell| format!("{cell}: "));
    message.push_str(&diagnostic.message);
    // Labels beside the first are not shown on the lines that they are about.
    for help in &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    format!("::{command} {}::{}\n", properties.join(","), data(&message))
}

fn place(diagnostic: &Diagnostic, sources: &Sources) -> Vec<(&'static str, String)> {
    let Some(span) = diagnostic.place() else { return Vec::new() };
    let file = sources.file(span.file);
    if file.setting {
        return Vec::new();
    }
    let (from, to) = (file.position(span.start as usize), file.position(span.end as usize));
    let mut place = vec![("file", file.path.clone()), ("line", from.line.to_string())];
    // The row of a sheet is its line; its columns have letters, and none of them is a character's.
    if file.origin.is_none() {
        place.push(("endLine", to.line.to_string()));
    }
    // GitHub takes columns within one line alone.
    if file.origin.is_none() && from.line == to.line {
        place.extend([("col", from.column.to_string()), ("endColumn", to.column.to_string())]);
    }
    place
}

/// Text behind the `::`, in which nothing may begin another command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, in which `:` and `,` end it as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic};
    use super::github;
    use crate::source::{FileId, SourceFile, Sources, Span};

    #[test]
    fn nothing_ends_a_command_early() {
        let mut sources = Sources::default();
        let path = "a,b:c%\n::error::d.loop".to_owned();
        sources.add(SourceFile::from_text(path, "one\ntwo\n".to_owned()));
        let fault = Diagnostic::new(Code::L0101, "100% of\n::error::it").help("a, b: c");
        let here = fault.clone().label(Span::new(FileId(0), 1..2), "");
        let wanted = "::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ad.loop,line=1,endLine=1,col=2,endColumn=3,\
                      title=L0101::100%25 of%0A::error::it%0Ahelp: a, b: c\n";
        assert_eq!(github(&here, &sources), wanted);
        let lines = fault.clone().label(Span::new(FileId(0), 1..5), "");
        assert!(github(&lines, &sources).contains(",line=1,endLine=2,title=L0101::"));
        assert!(github(&fault, &sources).starts_with("::error title=L0101::100%25"));
    }
}
