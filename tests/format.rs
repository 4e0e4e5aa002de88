//! The formatter: how its style looks, that what it writes says the same, and that it stays.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

#[path = "common/style.rs"]
mod style;

#[path = "format/disguise.rs"]
mod disguise;
#[path = "format/random.rs"]
mod random;

use std::path::Path;

use loopc::diagnostic::Diagnostic;
use loopc::format::{edits, formatted};
use loopc::source::{FileId, SourceFile};
use loopc::syntax::parse;

fn source(text: &str) -> SourceFile {
    SourceFile::from_text("model.loop".to_owned(), text.to_owned())
}

fn styled(text: &str) -> String {
    formatted(FileId(0), &source(text)).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
}

/// The texts of the repository that parse without a fault.
fn texts() -> Vec<String> {
    let paths = common::files(&["models", "tests/ui", "tests/format"]);
    let texts = paths.iter().filter_map(|path| String::from_utf8(std::fs::read(path).unwrap()).ok());
    let texts: Vec<String> = texts.filter(|text| parse(FileId(0), &source(text)).1.is_empty()).collect();
    assert!(texts.len() > 250, "{}", texts.len());
    texts
}

#[test]
fn the_style() {
    let paths = common::files(&["tests/format"]);
    assert!(paths.len() > 6);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let after = styled(&text);
        let widest =
            after.lines().map(|line| line.split("//").next().unwrap().trim_end().chars().count()).max();
        assert!(widest <= Some(100) || after.contains("unbreakable"), "{}", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        insta::with_settings!({ snapshot_path => "snapshots/format", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, after);
        });
    }
}

#[test]
fn the_models_are_in_their_style() {
    for path in common::models() {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
        assert!(styled(&text) == text, "{path}: run `loopc fmt models`");
    }
}

#[test]
fn the_first_model_is_in_its_style() {
    let text = include_str!("../src/cli/first.loop");
    assert_eq!(styled(text), text);
}

#[test]
fn every_text_of_the_repository() {
    texts().iter().for_each(|text| style::formats(text.as_bytes()));
}

/// White space between tokens is nothing that the style keeps, but for line breaks.
#[test]
fn disguised_texts_come_out_the_same() {
    for (text, seed) in texts().iter().zip(0..) {
        let text = styled(text);
        let disguised = disguise::spaced(&text, seed);
        assert_eq!(styled(&disguised), text, "{disguised}");
    }
}

/// A comment stands wherever it does not part what belongs on one line.
#[test]
fn a_comment_between_any_two_tokens() {
    let (mut kept, mut refused) = (0, 0);
    for text in texts().iter().filter(|text| text.len() < 450) {
        for commented in disguise::commented(text) {
            if parse(FileId(0), &source(&commented)).1.is_empty() {
                style::formats(commented.as_bytes());
                assert!(styled(&commented).contains("// between"), "{commented}");
                kept += 1;
            } else {
                refused += 1;
            }
        }
    }
    assert!(kept > 3_000 && refused > 500, "{kept} kept, {refused} refused");
}

#[test]
fn comments_and_line_breaks_anywhere() {
    for (text, seed) in texts().iter().zip(0..).filter(|(text, _)| text.len() < 20_000) {
        for round in 0..4 {
            let disguised = disguise::scattered(text, seed * 4 + round);
            style::formats(disguised.as_bytes());
        }
    }
}

#[test]
fn random_texts() {
    let mut well = 0;
    for seed in 0..1_500 {
        let text = random::text(seed);
        let faults: Vec<Diagnostic> = parse(FileId(0), &source(&text)).1;
        assert!(faults.is_empty(), "{seed}: {faults:?}\n{text}");
        style::formats(text.as_bytes());
        well += usize::from(text.len() > 200);
    }
    assert!(well > 700, "{well}");
}

#[test]
fn line_ends_and_the_mark_of_byte_order_stay() {
    let text = "param x=1\nloop l{\nover:cash }\n";
    let wanted = "param x = 1\nloop l {\n    over: cash\n}\n";
    assert_eq!(styled(text), wanted);
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(styled(&windows(text)), windows(wanted));
    assert_eq!(styled(&format!("\u{feff}{text}")), format!("\u{feff}{wanted}"));
    assert_eq!(styled(&format!("\u{feff}{}", windows(text))), format!("\u{feff}{}", windows(wanted)));
    assert_eq!(styled("param x = 1"), "param x = 1\n");
    for empty in ["", "\n", " \n\t\n"] {
        assert_eq!(styled(empty), "");
    }
}

#[test]
fn a_text_with_faults_is_left_alone() {
    let text = "param x = 1\nparam y = = 2\n";
    let faults = formatted(FileId(0), &source(text)).unwrap_err();
    assert_eq!(faults, parse(FileId(0), &source(text)).1);
    assert!(edits(FileId(0), &source(text), None).is_err());
}

#[test]
fn a_part_of_a_text() {
    let text = "param  x = 1\n// of y\nparam  y = 2  // two\n\n\nparam  z = 3\n";
    let file = source(text);
    let within = |what: &str| {
        let start = text.find(what).unwrap();
        edits(FileId(0), &file, Some(&(start..start))).unwrap()
    };
    let one = |edits: &[_]| style::edited(&file, edits);
    assert_eq!(one(&within("y = ")), "param  x = 1\n// of y\nparam y = 2  // two\n\nparam  z = 3\n");
    assert_eq!(one(&within("z = ")), "param  x = 1\n// of y\nparam  y = 2  // two\n\n\nparam z = 3\n");
    assert_eq!(one(&edits(FileId(0), &file, None).unwrap()), styled(text));
    let tidy = source(&styled(text));
    assert_eq!(edits(FileId(0), &tidy, None).unwrap(), []);
}

/// Time and space in proportion to the text, whatever repeats in it.
#[test]
fn long_texts() {
    let many = |part: fn(usize) -> String| (0..40_000).map(part).collect::<String>();
    let texts = [
        format!("loop x {{ over: a{} }}\n", many(|at| format!(", b{at}"))),
        format!("loop x {{\n over: a{} }}\n", many(|at| format!(" // c{at}\n , b{at}"))),
        format!("loop x {{ a: 1{} }}\n", many(|at| format!(", b{at}: {at}"))),
        format!("loop x {{\n a: 1{} }}\n", many(|at| format!(", b{at}: {at}"))),
        format!("param x = 1{}\n", many(|_| " / year".to_owned())),
        format!("param x = 1{}\n", many(|_| " + ((a))".to_owned())),
        many(|at| format!("param x{at} = {at} // c{at}\n // d{at}\n\n")),
        format!(
            "loop x {}{{ {} }}{}\n",
            "{ a: ".repeat(250),
            many(|at| format!("b: {at}\n")),
            "}".repeat(250)
        ),
        format!(
            "loop x {}{{ {} }}{}\n",
            "{ a:\n".repeat(250),
            many(|_| "b: 1, ".to_owned()),
            "}".repeat(250)
        ),
        format!("param {} = a{}\n", "x".repeat(1_000), many(|_| " + b".to_owned())),
    ];
    for text in texts {
        let after = styled(&text);
        assert!(after.len() < 25 * text.len(), "{} of {}", after.len(), text.len());
    }
}
