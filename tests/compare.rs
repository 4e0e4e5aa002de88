//! `loopc compare`: a model beside its scenarios, another file, and what it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

#[path = "compare/proofs.rs"]
mod proofs;

/// A folder with files, in which loopc and git run.
struct Desk(tempfile::TempDir);

impl Desk {
    fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, text)| desk.write(name, text));
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn compare(&self, arguments: &[&str]) -> Output {
        self.compare_in(".", arguments)
    }

    fn compare_in(&self, folder: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
        command.arg("compare").args(arguments).current_dir(self.path().join(folder));
        command.env_remove("NO_COLOR").stdin(Stdio::null()).output().unwrap()
    }

    /// What is printed by a comparison that succeeds.
    fn printed(&self, arguments: &[&str]) -> String {
        let output = self.compare(arguments);
        assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), error(&output));
        assert!(!error(&output).contains("error"), "{}", error(&output));
        out(&output)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let arguments = [arguments, &["--format", "json"]].concat();
        let document: Value = serde_json::from_str(&self.printed(&arguments)).unwrap();
        assert_eq!(faults(&document), Vec::<String>::new());
        document
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        let who = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"];
        command.args(who).args(arguments).current_dir(self.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", error(&output));
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--no-verify", "-m", "one more"]);
    }
}

fn faults(document: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(include_str!("../docs/compare.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap().replace("\r\n", "\n")
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn snapshot(name: &str, text: &str) {
    assert!(text.lines().all(|line| line.chars().count() <= 80 || line.starts_with('|')), "{text}");
    insta::with_settings!({ snapshot_path => "snapshots/compare", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

/// By hand: the loop a, c earns 6 for 2; where `a` costs 4, b, c earns 6 for 3.
const SHOP: &str = "model \"A | shop\"
currency CNY
participant shop: platform
participant buyers: consumer
participant post: logistics
information flow a: shop -> buyers { cost: 2 CNY }
information flow b: shop -> buyers { cost: 3 CNY }
cash flow c: buyers -> shop { revenue: 6 CNY, amount: 10 CNY, capacity: 100 turn/year }
goods flow d: shop -> post { rides: a, cost: 0 CNY, amount: 1 CNY }
loop best \"Best loop\" { over: cash, information }
path there { from: shop, to: buyers, minimize: cost }
plan year1 { period: year, maximize: profit, require: volume(c) >= 50 turn/year }
closure all { over: cash, information }
expect best.ratio == 3
";

fn shop(scenarios: &str) -> String {
    format!("{SHOP}{scenarios}")
}

#[test]
fn a_loop_is_left_for_another() {
    let desk = Desk::with(&[("m.loop", &shop("scenario dear { change a { cost: 4 CNY } }\n"))]);
    snapshot("another_loop.text", &desk.printed(&["m.loop"]));
    snapshot("another_loop.markdown", &desk.printed(&["m.loop", "--format", "markdown"]));
    let document = desk.json(&["m.loop", "dear"]);
    let change = &document["analyses"][0]["changes"][0];
    // From 6/2 to 6/3: a third less.
    assert_eq!(change["percent"]["exact"], "-100/3");
    assert_eq!(change["by"]["exact"], "-1");
    assert_eq!(change["flows"], serde_json::json!({ "entered": ["b"], "left": ["a"] }));
    assert_eq!(change["riders"], serde_json::json!({ "entered": [], "left": ["d"] }));
    // The shop pays 3 where it paid 2, a hundred times a year.
    let year = &document["analyses"][2]["changes"][0];
    assert_eq!(year["by"]["exact"], "-100");
    assert_eq!(year["profits"][0]["by"]["exact"], "-100");
    assert_eq!(year["volumes"][0]["by"]["exact"], "-100");
    assert_eq!(document["expectations"][0]["holds"], serde_json::json!([true, null]));
}

#[test]
fn the_neighbourhood_and_its_own_card() {
    let desk = Desk::with(&[("neighbourhood.loop", include_str!("../models/neighbourhood.loop"))]);
    snapshot("neighbourhood.text", &desk.printed(&["neighbourhood.loop"]));
    snapshot("neighbourhood.markdown", &desk.printed(&["neighbourhood.loop", "--format", "markdown"]));
    snapshot("neighbourhood.json", &desk.printed(&["neighbourhood.loop", "--format", "json"]));
    let ascii = desk.printed(&["neighbourhood.loop", "own_card", "--ascii"]);
    assert!(ascii.is_ascii(), "{ascii}");
    assert!(ascii.contains("- checkout   + card_checkout"), "{ascii}");
    let bold = desk.printed(&["neighbourhood.loop", "--color", "always"]);
    assert!(bold.contains("\u{1b}[1mloop trade\u{1b}[0m"), "{bold}");
    let one = desk.printed(&["neighbourhood.loop", "--analysis", "buy"]);
    assert!(one.contains("path buy") && !one.contains("loop trade"), "{one}");
}

#[test]
fn several_scenarios_stand_below_each_other() {
    let scenarios = "scenario dear \"Dearer adverts\" { change a { cost: 4 CNY }
    expect best.ratio == 2
    expect best.ratio == 7 }
scenario capped { change year1 { require: profit >= 700 CNY/year } }
scenario lone { remove a, b
    loop other { over: cash, goods, maximize: profit }
    expect best.ratio == 3 }
";
    let text = shop(scenarios).replace(
        "goods flow d: shop -> post { rides: a, cost: 0 CNY, amount: 1 CNY }\n",
        "goods flow d: shop -> post -> buyers\n",
    );
    let desk = Desk::with(&[("m.loop", &text)]);
    let output = desk.compare(&["m.loop"]);
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    snapshot("several.text", &out(&output));
    let document = desk.json(&["m.loop"]);
    let loops = &document["analyses"][0];
    assert_eq!(loops["states"][3]["status"], "none");
    assert_eq!(loops["changes"][2]["words"], "no loop any more");
    let plan = &document["analyses"][2];
    assert_eq!(plan["changes"][1]["words"], "no plan any more");
    assert!(!plan["states"][2]["conflict"].as_array().unwrap().is_empty());
    let other = document["analyses"].as_array().unwrap().iter().find(|one| one["name"] == "other").unwrap();
    let words: Vec<&str> = (0..3).map(|place| other["changes"][place]["change"].as_str().unwrap()).collect();
    assert_eq!(words, ["absent", "absent", "new"]);
}

#[test]
fn files_are_held_against_each_other() {
    let new = SHOP
        .replace("cost: 2 CNY", "cost: 4 CNY")
        .replace("path there { from: shop, to: buyers, minimize: cost }\n", "")
        .replace("maximize: profit", "maximize: revenue")
        .replace("closure all {", "closure whole {")
        .replace("loop best", "path best { from: shop, to: buyers, minimize: cost }\nloop better")
        .replace("expect best.ratio == 3", "expect better.ratio == 3\nexpect better.ratio == 2");
    let old = SHOP
        .replace("loop best", "loop better \"Better\"\nloop best")
        .replace("expect best", "expect better");
    let desk = Desk::with(&[("old.loop", &old), ("new.loop", &new)]);
    snapshot("files.text", &desk.printed(&["old.loop", "new.loop"]));
    snapshot("files.markdown", &desk.printed(&["old.loop", "new.loop", "--format", "markdown"]));
    let document = desk.json(&["old.loop", "new.loop"]);
    let change = |name: &str| {
        let analyses = document["analyses"].as_array().unwrap();
        let found = analyses.iter().find(|one| one["name"] == name).unwrap();
        found["changes"][0]["change"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        ["best", "there", "all", "whole", "better"].map(change),
        ["kind", "gone", "gone", "new", "value"]
    );
    let turns: Vec<&Value> =
        document["expectations"].as_array().unwrap().iter().map(|claim| &claim["holds"]).collect();
    assert_eq!(turns, [&serde_json::json!([true, false]), &serde_json::json!([null, true])]);
}

#[test]
fn only_who_asks_fails_on_a_change() {
    let other = SHOP.replace("cost: 3 CNY", "cost: 5 CNY");
    let claims = format!("{SHOP}expect best.ratio > 1\n");
    let unlike = SHOP.replace("revenue: 6 CNY", "revenue: 7 CNY");
    let desk = Desk::with(&[
        ("m.loop", &shop("scenario same {\n    expect best.ratio < 4 }\n")),
        ("other.loop", &other),
        ("claims.loop", &claims),
        ("unlike.loop", &unlike),
    ]);
    let ends = |arguments: &[&str]| desk.compare(arguments).status.code();
    assert_eq!(ends(&["m.loop", "unlike.loop"]), Some(0));
    assert_eq!(ends(&["m.loop", "unlike.loop", "--fail-on-change"]), Some(1));
    assert_eq!(ends(&["m.loop", "claims.loop", "--fail-on-change"]), Some(1), "a claim more");
    assert_eq!(ends(&["m.loop", "other.loop", "--fail-on-change"]), Some(0), "what is dearer was not used");
    assert_eq!(ends(&["m.loop", "same", "--fail-on-change"]), Some(0), "a scenario has claims of its own");
    assert_eq!(desk.json(&["m.loop", "m.loop"])["differs"], false);
}

#[test]
fn values_that_begin_at_nothing_have_no_per_cent() {
    let model = |revenue: &str| {
        format!(
            "currency CNY\nparticipant a: platform\nparticipant b: consumer\ninformation flow there: a -> b {{ cost: 1 CNY }}\ncash flow back: b -> a {{ revenue: {revenue} CNY }}\nloop most {{ maximize: profit }}\n"
        )
    };
    let desk = Desk::with(&[("0.loop", &model("1")), ("1.loop", &model("3.5")), ("2.loop", &model("0.5"))]);
    let words = |old: &str, new: &str| {
        let change = desk.json(&[old, new])["analyses"][0]["changes"][0].clone();
        (change["words"].as_str().unwrap().to_owned(), change["percent"]["exact"].clone())
    };
    assert_eq!(words("0.loop", "1.loop"), ("+2.5 CNY".to_owned(), Value::Null));
    // From -1/2 to 5/2: six times the size of what it was, upwards.
    assert_eq!(words("2.loop", "1.loop"), ("+600%".to_owned(), Value::from("600")));
    assert_eq!(words("1.loop", "2.loop"), ("-120%".to_owned(), Value::from("-120")));
}

/// A model in a folder, which uses a file above it and imports a table.
fn repository() -> Desk {
    let desk = Desk::with(&[
        ("loop.toml", ""),
        (
            "models/m.loop",
            "use \"../parts/base.loop\"\nimport flows from \"../parts/fees.csv\" { medium: cash, name: name, from: payer, to: payee, cost: fee * CNY, revenue: 6 CNY }\nloop best\n",
        ),
        (
            "parts/base.loop",
            "currency CNY\nparticipant shop: platform\nparticipant buyers: consumer\ninformation flow a: shop -> buyers { cost: 2 CNY }\n",
        ),
        ("parts/fees.csv", "name,payer,payee,fee\nx,buyers,shop,1\ny,buyers,shop,2\n"),
    ]);
    desk.git(&["init", "-q"]);
    desk.commit();
    desk
}

#[test]
fn what_a_file_was_is_read_from_git_with_all_that_it_uses() {
    let desk = repository();
    desk.write("parts/fees.csv", "name,payer,payee,fee\nx,buyers,shop,4\ny,buyers,shop,2\n");
    desk.commit();
    // The loop by x: 6 for 2 + 1; then the one by y: 6 for 2 + 2.
    let change = |arguments: &[&str]| {
        let document = desk.json(arguments);
        let analysis = &document["analyses"][0];
        let value = |place: usize| analysis["states"][place]["value"]["exact"].as_str().unwrap().to_owned();
        (value(0), value(1))
    };
    let fell = ("2".to_owned(), "3/2".to_owned());
    assert_eq!(change(&["HEAD~1:models/m.loop", "models/m.loop"]), fell);
    assert_eq!(change(&["HEAD~1:models/m.loop", "HEAD:models/m.loop"]), fell);
    assert_eq!(
        change(&["models/m.loop", "HEAD~1^{/one more}:models/m.loop"]),
        ("3/2".to_owned(), "2".to_owned())
    );
    desk.write("parts/fees.csv", "name,payer,payee,fee\nx,buyers,shop,10\ny,buyers,shop,10\n");
    assert_eq!(change(&["HEAD:models/m.loop", "models/m.loop"]), ("3/2".to_owned(), "1/2".to_owned()));
    // From a folder of the repository too: from its top, or from here.
    for spelled in ["HEAD~1:models/m.loop", "HEAD~1:./m.loop"] {
        let output = desk.compare_in("models", &[spelled, "m.loop", "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{}", error(&output));
        assert!(out(&output).contains("\"exact\": \"1/2\""), "{}", out(&output));
    }
    let text = desk.printed(&["HEAD~1:models/m.loop", "HEAD:models/m.loop"]);
    snapshot("revisions.text", &text);
}

/// A name of a file is one line of a report, whatever it is.
#[cfg(unix)]
#[test]
fn names_of_files_are_shown_on_one_line() {
    let text = "currency CNY\nparticipant a: business\nparticipant b: business\n\
                cash flow f: a -> b { cost: 1 CNY, revenue: 2 CNY }\ncash flow g: b -> a { cost: 1 CNY }\nloop best\n";
    let desk = Desk::with(&[("a\n\u{1b}[2Jb.loop", text), ("c.loop", text)]);
    for (format, shown) in [
        ("text", "  new  a\u{fffd}\u{fffd}[2Jb.loop\n"),
        ("markdown", "new**: `a\u{fffd}\u{fffd}[2Jb.loop`\n"),
    ] {
        let printed = desk.printed(&["c.loop", "a\n\u{1b}[2Jb.loop", "--format", format]);
        assert!(printed.contains(shown), "{printed}");
    }
}

#[test]
fn faults_of_a_revision_are_shown_in_it_and_its_fence_stands() {
    let desk = repository();
    desk.write("models/m.loop", "use \"../../outside.loop\"\nloop best\n");
    desk.write("outside.loop", "currency CNY\n");
    desk.commit();
    let output = desk.compare(&["HEAD:models/m.loop", "HEAD~1:models/m.loop", "--message-format", "short"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    let told = error(&output);
    assert!(told.contains("L0210") && told.contains("HEAD:/models/m.loop:1:5"), "{told}");
    // Without a `loop.toml` in the revision its own folder is the fence, whatever stands on the disk.
    desk.git(&["rm", "-q", "--cached", "loop.toml"]);
    desk.git(&["checkout", "-q", "HEAD~1", "--", "models/m.loop"]);
    desk.git(&["commit", "-q", "--no-verify", "-m", "no project"]);
    assert!(desk.path().join("loop.toml").exists());
    let output = desk.compare(&["HEAD:models/m.loop", "models/m.loop", "--message-format", "short"]);
    assert!(error(&output).contains("L0210"), "{}", error(&output));
}

#[cfg(unix)]
#[test]
fn links_of_a_revision_lead_nowhere() {
    let desk = repository();
    std::os::unix::fs::symlink("/etc/hostname", desk.path().join("models/link.loop")).unwrap();
    desk.commit();
    let output = desk.compare(&["HEAD:models/link.loop", "models/m.loop"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("it is a link"), "{}", error(&output));
}

#[test]
fn wrong_command_lines_are_refused() {
    let desk = repository();
    desk.write("s.loop", &shop("scenario dear { change a { cost: 4 CNY } }\n"));
    let marker = desk.path().join("written");
    let hostile = format!("--output={}:models/m.loop", marker.display());
    for (arguments, told) in [
        (&["s.loop", "daer"][..], "did you mean `dear`?"),
        (&["models/m.loop"], "has no scenario: name another file or a revision"),
        (&["s.loop", "dear", "models/m.loop"], "models/m.loop is a file"),
        (&["nowhere.loop", "s.loop"], "cannot read nowhere.loop"),
        (&["gone:models/m.loop", "s.loop"], "there is no revision `gone`"),
        (&["HEAD:models/gone.loop", "s.loop"], "the revision has no such file"),
        (&["HEAD:models", "s.loop"], "it is a folder"),
        (&["HEAD:../m.loop", "s.loop"], "it lies outside the repository"),
        (&[":models/m.loop", "s.loop"], "a revision is written like"),
        (&["^HEAD:models/m.loop", "s.loop"], "there is no revision `^HEAD`"),
        (&["HEAD..HEAD:models/m.loop", "s.loop"], "there is no revision `HEAD..HEAD`"),
        (&["--", "-p:models/m.loop", "s.loop"], "a revision is written like"),
        (&["--", &hostile, "s.loop"], "a revision is written like"),
        (&["-", "-"], "standard input can be read once only"),
        (&["s.loop", "--analysis", "bset"], "did you mean `best`?"),
        (&["s.loop", "-o", "s.loop"], "it is not overwritten"),
    ] {
        let output = desk.compare(arguments);
        assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""), "{arguments:?}");
        assert!(error(&output).contains(told), "{arguments:?}: {}", error(&output));
    }
    assert!(!marker.exists());
    let bare = Desk::with(&[("s.loop", SHOP)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
    command.args(["compare", "HEAD:s.loop", "s.loop"]).current_dir(bare.path());
    let output = command.env("GIT_CEILING_DIRECTORIES", bare.path().parent().unwrap()).output().unwrap();
    assert!(error(&output).contains("not a git repository"), "{}", error(&output));
    let output = command.env("PATH", "").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("git is not installed"), "{}", error(&output));
}

#[test]
fn other_documents_are_no_comparisons() {
    let desk = Desk::with(&[("m.loop", &shop("scenario dear { change a { cost: 4 CNY } }\n"))]);
    let good = desk.json(&["m.loop"]);
    for place in [
        "/format",
        "/version",
        "/of",
        "/states/0/name",
        "/analyses/0/changes/0/change",
        "/expectations/0/turns",
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = Value::from(7);
        assert!(!faults(&bad).is_empty(), "{place}");
    }
    let mut bad = good;
    bad.as_object_mut().unwrap().insert("more".to_owned(), Value::Null);
    assert!(!faults(&bad).is_empty());
}

#[test]
fn comparisons_are_written_to_files() {
    let desk = Desk::with(&[("m.loop", &shop("scenario dear { change a { cost: 4 CNY } }\n"))]);
    let printed = desk.printed(&["m.loop", "--format", "markdown"]);
    assert_eq!(desk.printed(&["m.loop", "--format", "markdown", "-o", "c.md"]), "");
    assert_eq!(std::fs::read_to_string(desk.path().join("c.md")).unwrap(), printed);
}
