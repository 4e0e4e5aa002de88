//! Diagnostics for machines: one line each, as text or as JSON.

use serde_json::{Value, json};

use super::{Diagnostic, Edit, Mend};
use crate::source::{Sources, Span};

/// `file:line:col: error[L0302]: message`.
#[must_use]
pub fn short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.place().map_or_else(String::new, |span| {
        let file = sources.file(span.file);
        let at = file.position(span.start as usize);
        let place = file.place_at(span.range(), ':');
        format!("{}: ", place.unwrap_or_else(|| format!("{}:{}:{}", file.path, at.line, at.column)))
    });
    let message = diagnostic.message.replace('\n', " ");
    format!("{place}{}[{}]: {message}\n", diagnostic.severity.word(), diagnostic.code)
}

/// One JSON object on a line.
#[must_use]
pub fn json_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    format!("{}\n", json_value(diagnostic, sources))
}

/// The diagnostic as a JSON object: spans in bytes from zero, lines and columns (characters) from one.
#[must_use]
pub fn json_value(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let labels: Vec<Value> =
        diagnostic.labels.iter().map(|label| place(label.span, sources, "text", &label.text)).collect();
    let edit = |edit: &Edit| place(edit.span, sources, "replacement", &edit.replacement);
    let mend = |mend: &Mend| {
        let edits: Vec<Value> = mend.edits.iter().map(edit).collect();
        json!({ "title": mend.title, "edits": edits })
    };
    json!({
        "code": diagnostic.code.name(),
        "severity": diagnostic.severity.word(),
        "message": diagnostic.message,
        "labels": labels,
        "help": diagnostic.help,
        "page": format!("docs/errors/{}.md", diagnostic.code),
        "mend": diagnostic.mend.as_deref().filter(|mend| mend.is_of_files(sources)).map(mend),
    })
}

fn place(span: Span, sources: &Sources, key: &str, text: &str) -> Value {
    let file = sources.file(span.file);
    let from = file.position(span.start as usize);
    let to = file.position(span.end as usize);
    let mut place = json!({
        "file": file.path,
        "start": { "byte": span.start, "line": from.line, "column": from.column },
        "end": { "byte": span.end, "line": to.line, "column": to.column },
        key: text,
    });
    if let (Some(cell), Some(place)) = (file.cell_at(span.range()), place.as_object_mut()) {
        place.insert("cell".to_owned(), cell.into());
    }
    place
}
