//! Inputs made to break a compiler: each is compiled or refused with its code, and nothing panics.
//!
//! No time is measured here. Sizes are such that work which grows with their square would take minutes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

#[path = "hostile/chains.rs"]
mod chains;
#[path = "hostile/encoding.rs"]
mod encoding;
#[path = "hostile/files.rs"]
mod files;
#[path = "hostile/many.rs"]
mod many;
#[path = "hostile/nesting.rs"]
mod nesting;
#[path = "hostile/numbers.rs"]
mod numbers;
#[path = "hostile/tables.rs"]
mod tables;
#[path = "hostile/wide.rs"]
mod wide;

use std::fmt::Write as _;
use std::path::PathBuf;

use common::codes;
use loopc::diagnostic::{Diagnostic, Format, Look, Told, render, sarif};
use loopc::pipeline::{Compilation, Options, States, compile_each, reports};
use loopc::source::{Disk, SourceFile, Sources};

/// The most diagnostics of one run that are drawn; the short and JSON forms take all.
const MOST_DRAWN: usize = 20;

/// The most bytes that one diagnostic may take in any form: more is a monster that nobody reads.
const MOST_RENDERED: usize = 200_000;

/// What came of one hostile input.
struct Survived {
    codes: Vec<String>,
    diagnostics: Vec<Diagnostic>,
    compilation: Compilation,
}

impl Survived {
    fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|found| found == code)
    }
}

/// Runs everything there is on a text and renders all that it finds.
fn survive(text: String) -> Survived {
    survive_source(SourceFile::from_text("model.loop".to_owned(), text))
}

fn survive_source(source: SourceFile) -> Survived {
    let main = (PathBuf::from("model.loop"), source);
    let mut states = compile_each(main, (Options::default(), &States::All), &Disk).unwrap();
    for state in &mut states {
        state.examine();
        let _ = state.solve(&[]);
    }
    let diagnostics: Vec<Diagnostic> = reports(&states).into_iter().flatten().collect();
    let compilation = states.swap_remove(0);
    draw(&diagnostics, &compilation.sources);
    let codes = codes(&diagnostics).into_iter().collect();
    Survived { codes, diagnostics, compilation }
}

/// Renders in every form and at every kind of width.
fn draw(diagnostics: &[Diagnostic], sources: &Sources) {
    let human = |width, unicode, color| Format::Human(Look { width, unicode, color });
    let looks = [
        human(0, true, false),
        human(40, false, false),
        human(80, true, true),
        human(200, false, true),
        human(100_000, true, false),
    ];
    let bounded = |text: String| {
        assert!(!text.is_empty());
        assert!(
            text.len() < MOST_RENDERED,
            "{} bytes: {}…",
            text.len(),
            text.chars().take(200).collect::<String>()
        );
    };
    for diagnostic in diagnostics {
        bounded(render(diagnostic, sources, Format::Short));
        bounded(render(diagnostic, sources, Format::Json));
        bounded(render(diagnostic, sources, Format::Github));
    }
    let last = diagnostics.len().saturating_sub(MOST_DRAWN).max(MOST_DRAWN).min(diagnostics.len());
    for diagnostic in diagnostics.iter().take(MOST_DRAWN).chain(&diagnostics[last..]) {
        looks.iter().for_each(|look| bounded(render(diagnostic, sources, *look)));
        bounded(sarif(&[Told { sources, diagnostics: std::slice::from_ref(diagnostic) }]));
    }
}

/// Asserts that an input is refused, with this code among others.
fn refused(text: String, code: &str) -> Survived {
    let shown: String = text.chars().take(40).collect();
    let survived = survive(text);
    assert!(survived.has(code), "{shown}…: {:?}", survived.codes);
    assert!(survived.errors() > 0, "{shown}…: {:?}", survived.codes);
    survived
}

/// Asserts that an input has no error.
fn accepted(text: String) -> Survived {
    let shown: String = text.chars().take(40).collect();
    let survived = survive(text);
    assert_eq!(survived.errors(), 0, "{shown}…: {:?}", survived.codes);
    survived
}

/// The lines that a function writes for each number below `count`.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", line(number));
        text
    })
}

/// Declarations with a loop of two flows, to stand in front of what is tested.
const LOOP: &str = "currency CNY\n\
    participant shops: business\n\
    participant shoppers: consumer\n\
    information flow advert: shops -> shoppers { cost: 1 CNY }\n\
    cash flow checkout: shoppers -> shops { revenue: 2 CNY, cost: 1 CNY }\n\
    loop trade\n";
