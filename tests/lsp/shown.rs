//! Answers as a person would check them: texts with what is marked in them, or as edits leave them.

use std::fmt::Write as _;

use serde_json::Value;

/// The byte at a place, in a text whose columns are counted in bytes.
pub fn offset(text: &str, place: &Value) -> usize {
    let (line, column) = (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
    let start: usize = text.split_inclusive('\n').take(usize::try_from(line).unwrap()).map(str::len).sum();
    start + usize::try_from(column).unwrap()
}

fn span(text: &str, range: &Value) -> std::ops::Range<usize> {
    offset(text, &range["start"])..offset(text, &range["end"])
}

/// The text, each range in brackets.
pub fn marked<'a>(text: &str, ranges: impl IntoIterator<Item = &'a Value>) -> String {
    let mut marks: Vec<(usize, &str)> = Vec::new();
    for range in ranges {
        let span = span(text, range);
        marks.push((span.start, "⟦"));
        marks.push((span.end, "⟧"));
    }
    marks.sort();
    let mut out = text.to_owned();
    for (at, mark) in marks.into_iter().rev() {
        out.insert_str(at, mark);
    }
    out
}

/// The text after edits, which do not overlap.
pub fn edited(text: &str, edits: &Value) -> String {
    let mut edits: Vec<(std::ops::Range<usize>, String)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (span(text, &edit["range"]), edit["newText"].as_str().unwrap().to_owned()))
        .collect();
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "edits overlap: {edits:?}");
    let mut out = text.to_owned();
    for (span, new) in edits.into_iter().rev() {
        out.replace_range(span, &new);
    }
    out
}

/// The edits of a workspace edit that touch one file.
pub fn of_file<'a>(edit: &'a Value, uri: &str) -> &'a Value {
    &edit["changes"][uri]
}

pub fn completions(list: &Value) -> String {
    let mut out = String::new();
    for item in list["items"].as_array().unwrap() {
        let detail = item["detail"].as_str().map(|detail| format!("  {detail}")).unwrap_or_default();
        let new = item["textEdit"]["newText"].as_str().unwrap();
        let new =
            if new == item["label"] { String::new() } else { format!("  ⇒ {}", new.replace('\n', "⏎")) };
        writeln!(out, "{}{detail}{new}", item["label"].as_str().unwrap()).unwrap();
    }
    out
}

pub fn outline(symbols: &Value, depth: usize) -> String {
    let mut out = String::new();
    for one in symbols.as_array().into_iter().flatten() {
        let (name, kind) = (one["name"].as_str().unwrap(), &one["kind"]);
        let detail = one["detail"].as_str().unwrap_or("");
        writeln!(out, "{}{name} · {kind} · {detail}", "  ".repeat(depth)).unwrap();
        out.push_str(&outline(&one["children"], depth + 1));
    }
    out
}

/// Names with what they are, where they stand.
pub fn tokens(text: &str, tokens: &Value, legend: &Value) -> String {
    let data: Vec<usize> = tokens["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| usize::try_from(one.as_u64().unwrap()).unwrap())
        .collect();
    let lines: Vec<&str> = text.lines().collect();
    let (mut line, mut start, mut out) = (0, 0, String::new());
    for token in data.chunks(5) {
        start = if token[0] == 0 { start + token[1] } else { token[1] };
        line += token[0];
        let name = &lines[line][start..start + token[2]];
        let kind = legend["tokenTypes"][token[3]].as_str().unwrap();
        let modifiers = legend["tokenModifiers"].as_array().unwrap().iter().enumerate();
        let modifiers: String = modifiers
            .filter(|(place, _)| token[4] >> place & 1 == 1)
            .map(|(_, name)| format!(" {}", name.as_str().unwrap()))
            .collect();
        writeln!(out, "{}:{start} {name} · {kind}{modifiers}", line + 1).unwrap();
    }
    out
}
