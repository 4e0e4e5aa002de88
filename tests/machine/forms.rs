//! The forms themselves: against their schemas, and as snapshots.

use std::collections::BTreeMap;

use loopc::diagnostic::{Code, Diagnostic, Format, Told, render, sarif};
use loopc::source::{SourceFile, Sources, Span};
use serde_json::Value;

use super::common::{Outcome, run};
use super::corpus;

fn validator(schema: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

fn all() -> Vec<(String, Outcome)> {
    corpus().into_iter().map(|path| (path.clone(), run(&path))).collect()
}

fn faults(validator: &jsonschema::Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

fn told(outcome: &Outcome) -> Told<'_> {
    Told { sources: &outcome.compilation.sources, diagnostics: &outcome.diagnostics }
}

/// The byte at which a place of a text stands, counted anew.
fn byte_of(text: &str, line: u64, column: u64) -> usize {
    let start: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    start + text[start..].chars().take(column as usize - 1).map(char::len_utf8).sum::<usize>()
}

#[test]
fn json_is_a_valid_object_a_line() {
    let validator = validator(include_str!("../../docs/diagnostics.schema.json"));
    let (mut count, mut mends) = (0, 0);
    for (path, outcome) in all() {
        let sources = &outcome.compilation.sources;
        for diagnostic in &outcome.diagnostics {
            let line = render(diagnostic, sources, Format::Json);
            assert_eq!(line.matches('\n').count(), 1, "{path}");
            let object: Value = serde_json::from_str(&line).unwrap();
            assert_eq!(faults(&validator, &object), Vec::<String>::new(), "{path}: {line}");
            for (label, told) in object["labels"].as_array().unwrap().iter().zip(&diagnostic.labels) {
                let file = sources.file(told.span.file);
                let at = |end: &str, key: &str| label[end][key].as_u64().unwrap();
                if file.origin.is_none() && !file.text.starts_with('\u{feff}') {
                    let end = |end| {
                        (byte_of(&file.text, at(end, "line"), at(end, "column")) as u64, at(end, "byte"))
                    };
                    for (counted, told) in [end("start"), end("end")] {
                        assert_eq!(counted, told, "{path}: {line}");
                    }
                }
                count += 1;
            }
            mends += usize::from(!object["mend"].is_null());
        }
    }
    assert!(count > 300 && mends > 30, "{count} labels, {mends} mends");
}

#[test]
fn sarif_is_valid_and_its_places_are_right() {
    let validator = validator(include_str!("sarif.schema.json"));
    let outcomes = all();
    let all: Vec<Told<'_>> = outcomes.iter().map(|(_, outcome)| told(outcome)).collect();
    let log: Value = serde_json::from_str(&sarif(&all)).unwrap();
    assert_eq!(faults(&validator, &log), Vec::<String>::new());
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let diagnostics: Vec<(&Told<'_>, &Diagnostic)> =
        all.iter().flat_map(|told| told.diagnostics.iter().map(move |one| (told, one))).collect();
    assert_eq!(results.len(), diagnostics.len());
    let mut prints = BTreeMap::new();
    for (result, (told, diagnostic)) in results.iter().zip(diagnostics) {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(result["ruleId"], diagnostic.code.name());
        let place = &result["locations"][0]["physicalLocation"];
        let Some(span) = diagnostic.place() else { continue };
        let file = told.sources.file(span.file);
        let region = |key: &str| place["region"][key].as_u64().unwrap();
        if file.origin.is_none() && !file.text.starts_with('\u{feff}') {
            let from = byte_of(&file.text, region("startLine"), region("startColumn"));
            let to = byte_of(&file.text, region("endLine"), region("endColumn"));
            assert_eq!((from, to), (span.start as usize, span.end as usize), "{}", file.path);
        }
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        assert_eq!(related + 1, diagnostic.labels.len().max(1), "{}", file.path);
        assert_eq!(result.get("fixes").is_some(), diagnostic.mend.is_some(), "{}", file.path);
        let print = result["partialFingerprints"]["loopc/v1"].as_str().unwrap().to_owned();
        assert!(prints.insert(print, ()).is_none(), "a fingerprint stands for two");
    }
    // A narrower schema that took anything would prove nothing.
    for (place, wrong) in [
        ("/version", Value::from("2.0.0")),
        ("/runs/0/results/0/level", Value::from("fatal")),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", Value::from("a b.loop")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", Value::from(0)),
    ] {
        let mut bad = log.clone();
        *bad.pointer_mut(place).unwrap() = wrong;
        assert!(!faults(&validator, &bad).is_empty(), "{place}");
    }
}

/// What is written of a model whose faults are of every kind: two files, a mend, a warning, letters beyond ASCII.
fn written(form: &str) -> String {
    let outcome = run("tests/machine/faults/main.loop");
    let each = |format| -> String {
        let sources = &outcome.compilation.sources;
        outcome.diagnostics.iter().map(|diagnostic| render(diagnostic, sources, format)).collect()
    };
    match form {
        "short" => each(Format::Short),
        "json" => each(Format::Json),
        "github" => each(Format::Github),
        _ => sarif(&[told(&outcome)]),
    }
}

#[test]
fn every_form_is_as_it_was() {
    for (form, ending) in [("short", "txt"), ("json", "jsonl"), ("github", "txt"), ("sarif", "sarif")] {
        let name = format!("{form}.{ending}");
        insta::with_settings!({ snapshot_path => "../snapshots/machine", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, written(form));
        });
    }
}

#[test]
fn lines_above_a_fault_do_not_change_its_fingerprint() {
    let prints = |text: String| -> Vec<Value> {
        let outcome = super::common::run_text(&text);
        let log: Value = serde_json::from_str(&sarif(&[told(&outcome)])).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.into_iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let model = "currency CNY\nparticipant a: platform\ncash flow f: a -> b { cost: 1 CNY }\nloop l\n";
    let before = prints(model.to_owned());
    assert_eq!(before.len(), 1);
    assert_eq!(before, prints(format!("// a line\n\n{model}")));
    assert_ne!(before, prints(model.replace("1 CNY", "2 CNY")));
}

#[test]
fn places_in_workbooks_and_settings_are_told_as_what_they_are() {
    let mut sources = Sources::default();
    let main = sources.add(SourceFile::from_text("m.loop".to_owned(), "loop l\n".to_owned()));
    let rows = ("Fees".to_owned(), "a,b\n1,x\n".to_owned());
    let sheet = sources.add(SourceFile::of_sheet("my fees.xlsx".to_owned(), Vec::new(), rows));
    let setting = sources.add(SourceFile::of_setting("take", "4 %"));
    let cell = Diagnostic::new(Code::L0906, "`x` is no number")
        .label(Span::new(sheet, 6..7), "this cell")
        .label(Span::new(main, 0..4), "asked for here")
        .mend("write `1`", Span::new(sheet, 6..7), "1");
    let set = Diagnostic::new(Code::L0115, "`4 %` has a space inside")
        .label(Span::new(setting, 0..3), "")
        .mend("write `4%`", Span::new(setting, 0..3), "4%");
    let diagnostics = [cell, set];
    let log: Value =
        serde_json::from_str(&sarif(&[Told { sources: &sources, diagnostics: &diagnostics }])).unwrap();
    assert_eq!(faults(&validator(include_str!("sarif.schema.json")), &log), Vec::<String>::new());
    let results = &log["runs"][0]["results"];
    let place = &results[0]["locations"][0];
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "my%20fees.xlsx");
    assert_eq!(place["physicalLocation"]["region"], serde_json::json!({ "startLine": 2 }));
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "Fees!B2");
    // No file holds a setting: it is told of the model.
    assert_eq!(results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "m.loop");
    let written = |form| diagnostics.iter().map(|one| render(one, &sources, form)).collect::<Vec<String>>();
    assert_eq!(
        written(Format::Github),
        [
            "::error file=my fees.xlsx,line=2,title=L0906::Fees!B2: `x` is no number\n",
            "::error title=L0115::`4 %25` has a space inside\n",
        ]
    );
    // Neither is text on the disk that an edit could change.
    for (result, line) in results.as_array().unwrap().iter().zip(written(Format::Json)) {
        assert!(result.get("fixes").is_none());
        assert!(serde_json::from_str::<Value>(&line).unwrap()["mend"].is_null(), "{line}");
    }
}
