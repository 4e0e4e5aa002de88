//! All diagnostics of a run as one SARIF 2.1.0 log, for code scanning.
//!
//! Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::sarif_places::{artifact, location, region};
use super::{Code, Diagnostic, Label, Mend, Severity, Told};
use crate::source::{FileId, Sources};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log of one run: the rules that were broken, in the order of their codes, and where they were.
#[must_use]
pub fn sarif(told: &[Told<'_>]) -> String {
    let mut rules: Vec<Code> =
        told.iter().flat_map(|told| told.diagnostics).map(|diagnostic| diagnostic.code).collect();
    rules.sort();
    rules.dedup();
    let mut alike = BTreeMap::new();
    let mut results = Vec::new();
    for told in told {
        for diagnostic in told.diagnostics {
            let index = rules.binary_search(&diagnostic.code).unwrap_or_default();
            results.push(result(diagnostic, told.sources, (index, &mut alike)));
        }
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "loopc",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "The folder in which loopc ran." } } },
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    let page = code.page();
    let body = page.split_once('\n').map_or(page, |(_, body)| body).trim();
    let first = body.split("\n\n").next().unwrap_or_default();
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": first },
        "help": { "text": body, "markdown": body },
        "defaultConfiguration": { "level": level(code.severity()) },
        "properties": { "tags": [family(code)] },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The family of a code in a word, by which results can be filtered.
fn family(code: Code) -> &'static str {
    match code.name().get(1..3) {
        Some("01") => "syntax",
        Some("02") => "names",
        Some("03") => "units",
        Some("04") => "meaning",
        Some("05") => "lints",
        Some("06") => "plans",
        Some("07") => "solving",
        Some("08") => "certificates",
        _ => "tables",
    }
}

/// How many bytes of a line, before and behind a fault, tell it from others.
const MOST_BESIDE: usize = 200;

/// How often a fault that looks like this was seen before.
type Alike = BTreeMap<String, usize>;

fn result(diagnostic: &Diagnostic, sources: &Sources, (index, alike): (usize, &mut Alike)) -> Value {
    let mut text = diagnostic.message.clone();
    for help in &diagnostic.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), diagnostic.code.name().into());
    result.insert("ruleIndex".to_owned(), index.into());
    result.insert("level".to_owned(), level(diagnostic.severity).into());
    result.insert("message".to_owned(), message(&text));
    let mut places = diagnostic.labels.iter().filter_map(|label| labelled(label, sources));
    let first = places.next().or_else(|| whole_model(sources));
    result.insert("locations".to_owned(), first.into_iter().collect());
    let related: Vec<Value> = places.zip(1..).map(numbered).collect();
    if !related.is_empty() {
        result.insert("relatedLocations".to_owned(), related.into());
    }
    let print = fingerprint(diagnostic, sources, alike);
    result.insert("partialFingerprints".to_owned(), json!({ "loopc/v1": print }));
    if let Some(mend) = diagnostic.mend.as_deref().filter(|mend| mend.is_of_files(sources)) {
        result.insert("fixes".to_owned(), json!([fix(mend, sources)]));
    }
    Value::Object(result)
}

/// What stands nowhere is told of the beginning of the model: code scanning takes nothing without a line.
fn whole_model(sources: &Sources) -> Option<Value> {
    let (_, main) = sources.iter().next()?;
    let region = json!({ "startLine": 1 });
    Some(json!({ "physicalLocation": { "artifactLocation": artifact(&main.path), "region": region } }))
}

fn numbered((mut place, id): (Value, u64)) -> Value {
    if let Some(place) = place.as_object_mut() {
        place.insert("id".to_owned(), id.into());
    }
    place
}

fn labelled(label: &Label, sources: &Sources) -> Option<Value> {
    let mut place = location(label.span, sources)?;
    if let Some(place) = place.as_object_mut().filter(|_| !label.text.is_empty()) {
        place.insert("message".to_owned(), message(&label.text));
    }
    Some(place)
}

/// A message as the standard writes it, in which nothing that a model says is a placeholder or a link.
fn message(text: &str) -> Value {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', ']']) {
        let (before, behind) = rest.split_at(at);
        written.push_str(before);
        let digits = behind[1..].find(|c: char| !c.is_ascii_digit()).map_or(behind.len(), |end| end + 1);
        let placeholder = behind.starts_with('{') && digits > 1 && behind[digits..].starts_with('}');
        if placeholder {
            written.push_str(&format!("{{{}}}", &behind[..=digits]));
            rest = &behind[digits + 1..];
        } else {
            written.push_str(if behind.starts_with("](") { "\\]" } else { &behind[..1] });
            rest = &behind[1..];
        }
    }
    written.push_str(rest);
    json!({ "text": written })
}

fn fix(mend: &Mend, sources: &Sources) -> Value {
    let mut files: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for edit in &mend.edits {
        files.entry(edit.span.file).or_default().push(json!({
            "deletedRegion": region(edit.span, sources),
            "insertedContent": { "text": edit.replacement },
        }));
    }
    let changes = files.into_iter().map(|(file, replacements)| {
        json!({ "artifactLocation": artifact(&sources.file(file).path), "replacements": replacements })
    });
    json!({ "description": message(&mend.title), "artifactChanges": changes.collect::<Vec<_>>() })
}

/// What is the same of a fault when lines are put in above it: its code, its words, the text of its line; and its
/// number among those of which all this is the same.
fn fingerprint(diagnostic: &Diagnostic, sources: &Sources, alike: &mut Alike) -> String {
    let (path, line) = diagnostic.place().map_or(("", &[][..]), |span| {
        let file = sources.file(span.file);
        let (place, line) = (span.start as usize, file.lines().line_of(span.start as usize));
        let (start, end) = (file.lines().start(line), file.lines().start(line + 1).min(file.text.len()));
        // Of a very wide line what is near tells enough; all of it would be read as often as it has faults.
        let near = start.max(place.saturating_sub(MOST_BESIDE))..end.min(place.saturating_add(MOST_BESIDE));
        (file.path.as_str(), file.text.as_bytes().get(near).unwrap_or(&[]).trim_ascii())
    });
    let mut digest = Sha256::new();
    digest.update(format!("{}\n{path}\n{}\n", diagnostic.code, diagnostic.message));
    digest.update(line);
    let shown: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let count = alike.entry(shown.clone()).or_default();
    *count += 1;
    format!("{shown}:{count}")
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn messages_hold_no_placeholders_and_no_links() {
        let written = |text: &str| message(text)["text"].as_str().unwrap_or_default().to_owned();
        assert_eq!(written("`{` is never closed"), "`{` is never closed");
        assert_eq!(written("{0} and {12}, {x}, {1"), "{{0}} and {{12}}, {x}, {1");
        assert_eq!(written("[a](1) and a[0]"), "[a\\](1) and a[0]");
    }
}
