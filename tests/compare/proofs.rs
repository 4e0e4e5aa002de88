//! Answers that are proved in one state and not in the other, and what a model has to say beside its answers.

use std::path::PathBuf;

use loopc::pipeline::{Compilation, compile};
use loopc::report::compare::{Change, Form, StateReport, compare, text};
use loopc::report::{Paint, Report};
use loopc::source::{Disk, SourceFile};

use super::{Desk, error, out};

/// A choice of whole turns, which only a search decides.
const CHOICE: &str = "currency EUR
participant shop: business
participant house: consumer
goods flow a: shop -> house { cost: 1 EUR, integral: yes, capacity: 5 turn }
cash flow pay: house -> shop { revenue: 5 EUR, capacity: 20 turn }
plan best { maximize: profit }
";

/// The report of a search, ended before it began or not.
fn report(ended: bool) -> Report {
    let file = SourceFile::from_text("plan.loop".to_owned(), CHOICE.to_owned());
    let mut compilation: Compilation = compile((PathBuf::from("plan.loop"), file), &[], &Disk);
    if ended {
        compilation.stop.ask();
    }
    let solution = compilation.solve(&[]).unwrap();
    compilation.written(&solution, &[])
}

#[test]
fn what_is_proved_no_more_is_told() {
    let state =
        |name: &str| StateReport { name: name.to_owned(), label: None, source: "plan.loop".to_owned() };
    let paint = Paint { unicode: true, color: false };
    for (before, words) in [(false, "proved before, not proved now"), (true, "not proved before, proved now")]
    {
        let states = vec![(state("old"), report(before)), (state("new"), report(!before))];
        let comparison = compare(Form::Files, states);
        let difference = &comparison.analyses[0].differences[0];
        assert_eq!((difference.proof, &difference.change), (Some((!before, before)), &Change::Answer));
        assert!(comparison.differs());
        let told = text(&comparison, paint);
        let line = told.lines().rfind(|line| line.trim_start().starts_with("new ")).unwrap();
        assert!(line.ends_with(words) && told.contains("nothing found"), "{told}");
        // By hand: 5 turns at 5 - 1.
        assert!(told.contains("20 EUR"), "{told}");
    }
}

#[test]
fn warnings_are_shown_beside_the_comparison() {
    let desk = Desk::with(&[("old.loop", CHOICE), ("new.loop", &format!("{CHOICE}param spare = 1\n"))]);
    let output = desk.compare(&["old.loop", "new.loop", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    let told = error(&output);
    assert!(told.starts_with("new.loop:7:7: warning[L0502]") && told.lines().count() == 1, "{told}");
    assert!(out(&output).contains("no difference") || out(&output).contains("unchanged"), "{}", out(&output));
    // Of a model and its scenarios each is told once, and an expectation that fails is told by the comparison.
    let both = CHOICE.replace("capacity: 5 turn", "capacity: most");
    let scenario = "scenario s { set most = 4 turn\n    expect best.profit == 1 EUR }";
    desk.write("old.loop", &format!("{both}param most = 5 turn\nparam spare = 1\n{scenario}\n"));
    let output = desk.compare(&["old.loop", "--message-format", "short"]);
    assert_eq!(error(&output).matches("L0502").count(), 1, "{}", error(&output));
    assert!(!error(&output).contains("L0421"), "{}", error(&output));
    // By hand: 4 turns at 5 - 1.
    assert!(out(&output).contains("16 EUR"), "{}", out(&output));
}
