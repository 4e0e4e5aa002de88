//! The project file: every key, its faults in every form of messages, flags over it, and members.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use loopc::diagnostic::{Code, Format, Look, Told, render, sarif};
use loopc::source::Files;

/// A param that nothing uses: L0502.
const MODEL: &str = "currency CNY
participant platform: platform
participant shoppers: consumer
param spare = 3
information flow advert: platform -> shoppers { cost: 1 CNY }
cash flow order: shoppers -> platform { revenue: 2 CNY }
loop trade
plan year1 { period: year, maximize: profit, require: cost <= 100 CNY/year }
";

struct Place(tempfile::TempDir);

impl Place {
    /// A folder with these files.
    fn with(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(path, text)| place.put(path, text));
        place
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn loopc(&self, arguments: &str) -> Output {
        self.loopc_in("", arguments)
    }

    fn loopc_in(&self, folder: &str, arguments: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
        command.current_dir(self.path().join(folder)).args(arguments.split_whitespace()).output().unwrap()
    }

    /// The exit status and all that is said.
    fn says(&self, arguments: &str) -> (i32, String) {
        told(&self.loopc(arguments))
    }
}

fn told(output: &Output) -> (i32, String) {
    let text = [&output.stderr, &output.stdout].map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    (output.status.code().unwrap(), text.concat())
}

#[test]
fn levels_of_lints_are_the_project_s_and_flags_win() {
    let (denied, warned) = ("error[L0502]", "warning[L0502]");
    for (project, flags, status, wanted) in [
        ("", "", 0, Some(warned)),
        ("[lints]\nL0502 = \"warn\"", "", 0, Some(warned)),
        ("[lints]\nL0502 = \"deny\"", "", 1, Some(denied)),
        ("[lints]\nL0502 = \"allow\"", "", 0, None),
        ("lints.L0502 = \"allow\"", "", 0, None),
        ("[lints]\nwarnings = \"deny\"", "", 1, Some(denied)),
        ("[lints]\nwarnings = \"deny\"\nL0502 = \"warn\"", "", 0, Some(warned)),
        ("[lints]\nwarnings = \"deny\"\nl0502 = \"allow\"", "", 0, None),
        ("", "--deny warnings", 1, Some(denied)),
        ("", "--deny L0502", 1, Some(denied)),
        ("", "--deny L0501", 0, Some(warned)),
        ("", "--allow L0502", 0, None),
        ("", "--deny warnings --allow L0502", 0, None),
        ("", "--deny warnings --warn L0502", 0, Some(warned)),
        ("[lints]\nL0502 = \"deny\"", "--warn L0502", 0, Some(warned)),
        ("[lints]\nL0502 = \"deny\"", "--allow L0502", 0, None),
        ("[lints]\nL0502 = \"allow\"", "--deny L0502", 1, Some(denied)),
        ("[lints]\nL0502 = \"allow\"", "--deny warnings", 0, None),
        ("[lints]\nL0502 = \"warn\"", "--deny warnings", 1, Some(denied)),
        ("[lints]\nwarnings = \"deny\"", "--warn warnings", 0, Some(warned)),
        ("[lints]\nL0502 = \"deny\"", "--warn warnings", 1, Some(denied)),
    ] {
        let place = Place::with(&[("shop.loop", MODEL), ("loop.toml", project)]);
        for command in ["check", "solve shop.loop", "test --accept"] {
            let (ended, said) = place.says(&format!("{command} --message-format short {flags}"));
            assert_eq!(ended, status, "{command}: {project} {flags}\n{said}");
            assert_eq!(said.contains("L0502"), wanted.is_some(), "{command}: {project} {flags}\n{said}");
            assert!(wanted.is_none_or(|wanted| said.contains(wanted)), "{project} {flags}\n{said}");
        }
    }
}

#[test]
fn flags_that_cannot_be_meant_are_refused() {
    let place = Place::with(&[("shop.loop", MODEL)]);
    for (flags, wanted) in [
        ("--allow L0502 --deny L0502", "L0502 is given two levels: --allow and --deny"),
        ("--warn warnings --deny warnings", "warnings is given two levels: --warn and --deny"),
        ("--deny L0599", "there is no lint `L0599`: did you mean `L05"),
        ("--deny warning", "there is no lint `warning`"),
        ("--allow warnings", "there is no lint `warnings`"),
        ("--allow L0302", "L0302 is an error, and errors have no level"),
    ] {
        let (ended, said) = place.says(&format!("check {flags}"));
        assert_eq!(ended, 2, "{flags}\n{said}");
        assert!(said.contains(wanted), "{flags}\n{said}");
    }
    assert_eq!(place.says("check --deny L0502 --deny L0502 --allow L0501").0, 1);
}

#[test]
fn each_model_is_of_the_nearest_project() {
    let place = Place::with(&[
        ("loop.toml", "[lints]\nL0502 = \"deny\""),
        ("a/shop.loop", MODEL),
        ("b/loop.toml", "[lints]\nL0502 = \"allow\""),
        ("b/deep/shop.loop", MODEL),
    ]);
    let (ended, said) = place.says("check --message-format short");
    assert_eq!(ended, 1);
    assert_eq!(said, "a/shop.loop:4:7: error[L0502]: the param `spare` is never used\n");
    assert_eq!(place.says("check b").0, 0);
    // Wherever a command runs.
    assert_eq!(told(&place.loopc_in("b", "check ../a")).0, 1);
    let input = std::fs::File::open(place.path().join("a/shop.loop")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
    command.args(["check", "-", "--message-format", "short"]).current_dir(place.path().join("b/deep"));
    assert_eq!(told(&command.stdin(input).output().unwrap()), (0, String::new()));
}

#[test]
fn members_are_looked_at_where_no_path_is_given() {
    let broken = "participant";
    let place = Place::with(&[
        ("loop.toml", "members = [\"models\", \"drafts/v?.loop\", \"one/two.loop\", \"*/kept\"]"),
        ("models/deep/a.loop", MODEL),
        ("drafts/v1.loop", MODEL),
        ("drafts/v10.loop", broken),
        ("drafts/v2.csv", "no model"),
        ("one/two.loop", MODEL),
        ("one/three.loop", broken),
        ("one/kept/b.loop", MODEL),
        ("node_modules/kept/c.loop", broken),
    ]);
    let checked = |folder: &str| {
        let (ended, said) = told(&place.loopc_in(folder, "check --message-format short"));
        assert_eq!(ended, 0, "{said}");
        said.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let wanted = ["one/two.loop", "drafts/v1.loop", "models/deep/a.loop", "one/kept/b.loop"];
    assert_eq!(checked(""), wanted);
    assert_eq!(checked("models/deep")[0], "../../one/two.loop");
    assert_eq!(checked("models/deep")[3], "a.loop");
    assert_eq!(place.says("check drafts").0, 1, "a path is looked at whether or not it is a member");
    assert_eq!(told(&place.loopc_in("drafts", "check .")).0, 1);
    // The same for the other commands.
    let (ended, said) = place.says("fmt --check");
    assert_eq!((ended, said.contains("4 files would be formatted")), (1, true), "{said}");
    let (ended, said) = place.says("test --accept");
    assert_eq!((ended, said.contains("4 passed; 0 failed; 4 accepted")), (0, true), "{said}");
    assert_eq!(place.says("test --ci").0, 0);
    let (ended, said) = place.says("fix");
    assert_eq!((ended, said.contains("nothing to fix; 4 faults are left")), (0, true), "{said}");
}

#[test]
fn members_that_are_not_there_are_told() {
    let place = Place::with(&[
        ("loop.toml", "members = [\"models\", \"modles\", \"empty\", \"*.lop\", \"models/*/x.loop\"]\n"),
        ("models/a.loop", MODEL),
        ("empty/readme.md", ""),
    ]);
    for command in ["check", "fmt", "fix", "test"] {
        let (ended, said) = place.says(&format!("{command} --message-format short"));
        let missing =
            ["1:22", "1:32", "1:41", "1:50"].iter().zip(["modles", "empty", "*.lop", "models/*/x.loop"]);
        let wanted = missing
            .map(|(at, name)| format!("loop.toml:{at}: error[L0225]: the member `{name}` is not there\n"));
        assert_eq!((ended, said), (1, wanted.collect::<String>()), "{command}");
    }
    assert_eq!(place.says("check models").0, 0, "members are not asked for");
    assert!(std::fs::read_to_string(place.path().join("models/a.loop")).unwrap() == MODEL);
}

#[test]
fn all_faults_of_a_project_file_are_told_where_they_stand() {
    let text = "\u{feff}members = [1, \"/etc\", \"../up\", \"a/**\", \"\"]\r\nsovler = \"auto\"\r\nsolver = \"clarabell\"\r\n\
                engine = 3\r\ndigits = 31\r\nmax_bad_rows = 1\r\nmax-bad-rows = -1\r\nmax-memory = \"2 bushels\"\r\nallow-outside = true\r\n\
                [lints]\r\nwarnings = \"allow\"\r\nL0502 = \"forbid\"\r\nL0302 = \"allow\"\r\nL0599 = \"deny\"\r\ndigit = 8\r\n";
    let place = Place::with(&[("loop.toml", text), ("models/shop.loop", MODEL)]);
    let wanted = [
        "1:12: error[L0223]: `members` takes a list of paths",
        "1:15: error[L0223]: the member `/etc` is no path in the project's folder",
        "1:23: error[L0223]: the member `../up` is no path in the project's folder",
        "1:32: error[L0223]: the member `a/**` has a `**`",
        "1:40: error[L0223]: a member is empty",
        "2:1: error[L0222]: a project file has no key `sovler`",
        "3:10: error[L0223]: `solver` takes no `clarabell`",
        "4:10: error[L0223]: `engine` takes a word in quotes",
        "5:10: error[L0223]: `digits` takes a whole number from 3 to 30",
        "6:1: error[L0222]: a project file has no key `max_bad_rows`",
        "7:16: error[L0223]: `max-bad-rows` takes a whole number, 0 or more",
        "8:14: error[L0223]: `max-memory` takes a size in quotes, as \"2GB\"",
        "9:1: error[L0222]: a project file has no key `allow-outside`",
        "11:12: error[L0223]: `warnings` takes no `allow`",
        "12:9: error[L0223]: `L0502` takes no `forbid`",
        "13:1: error[L0224]: L0302 is an error, and errors have no level",
        "14:1: error[L0224]: there is no lint `L0599`",
        "15:1: error[L0224]: there is no lint `digit`",
    ];
    let wanted: String = wanted.iter().map(|line| format!("loop.toml:{line}\n")).collect();
    for command in
        ["check", "solve models/shop.loop", "test", "fix", "fmt", "graph models/shop.loop --format dot"]
    {
        let (ended, said) = place.says(&format!("{command} --message-format short"));
        assert_eq!((ended, &said), (1, &wanted), "{command}");
    }
    let (_, drawn) = place.says("check models");
    for help in [
        "did you mean `solver`?",
        "did you mean `clarabel`?",
        "it is written `max-bad-rows`",
        "it is for whoever runs a command: `--allow-outside`",
        "did you mean `L05",
        "`digits` is a key of the file itself: it stands above all tables",
    ] {
        assert!(drawn.contains(help), "{help}\n{drawn}");
    }
    assert!(drawn.contains("╭─[loop.toml:2:1]"), "{drawn}");
    // Where a file that is named is only brought into its style, no project is asked.
    assert_eq!(place.says("fmt --check models/shop.loop").0, 1);
}

#[test]
fn machines_read_faults_of_a_project_file_where_they_read_others() {
    let place = Place::with(&[("loop.toml", "\n x = 1"), ("shop.loop", MODEL)]);
    let streams = |arguments: &str| {
        let output = place.loopc(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments}");
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap())
    };
    for (command, result) in [("check", 0), ("solve shop.loop", 1)] {
        let json = streams(&format!("{command} --message-format json"));
        let value: serde_json::Value = serde_json::from_str(&json[result]).unwrap();
        assert_eq!((&value["code"], &value["labels"][0]["start"]["byte"]), (&"L0222".into(), &2.into()));
        let sarif = streams(&format!("{command} --message-format sarif"));
        let log: serde_json::Value = serde_json::from_str(&sarif[result]).unwrap();
        let at = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(at["artifactLocation"]["uri"], "loop.toml");
        let github = streams(&format!("{command} --message-format github"));
        assert!(github[result].starts_with("::error file=loop.toml,line=2,endLine=2,col=2,"), "{github:?}");
        for said in [json, sarif, github] {
            assert!(said[1 - result].is_empty(), "{said:?}");
        }
    }
}

#[test]
fn what_is_no_toml_is_told_at_its_place() {
    let deep = format!("a = {}", "[".repeat(100_000));
    for (text, wanted) in [
        ("members = [\"a\"\nsolver = 1\n".as_bytes(), "loop.toml:2:1: error[L0221]"),
        (b"solver = \"auto\"\nsolver = \"auto\"\n", "loop.toml:2:1: error[L0221]"),
        (b"solver \"auto\"\n", "loop.toml:1:8: error[L0221]"),
        (b"# \xff\n", "loop.toml:1:3: error[L0221]: the project file is not UTF-8"),
        (deep.as_bytes(), "loop.toml:1:"),
        (
            &[b'#'; 1_100_000],
            "error[L0221]: the project file `loop.toml` cannot be read: it is larger than 1 MiB",
        ),
    ] {
        let place = Place::with(&[("shop.loop", MODEL)]);
        place.put("loop.toml", text);
        let (ended, said) = place.says("check --message-format short");
        let shown = &said[..said.len().min(400)];
        assert_eq!(ended, 1, "{shown}");
        assert!(said.starts_with(wanted) && said.contains("L0221"), "{wanted}\n{shown}");
        assert!(!said.contains("shop.loop"), "nothing else is done\n{shown}");
    }
}

#[test]
fn a_project_says_what_flags_say() {
    let place = Place::with(&[("shop.loop", MODEL)]);
    // No solver is found on an empty path.
    let solved = |flags: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
        command.current_dir(place.path()).env("PATH", "").args([
            "solve",
            "shop.loop",
            "--message-format",
            "short",
        ]);
        told(&command.args(flags.split_whitespace()).output().unwrap())
    };
    place.put("loop.toml", "solver = \"gurobi\"");
    let (ended, said) = solved("");
    assert!(ended == 1 && said.contains("error[L0703]"), "{said}");
    assert_eq!(solved("--solver microlp").0, 0);
    let compared =
        |flags: &str| place.says(&format!("compare shop.loop ./shop.loop --message-format short {flags}"));
    assert_eq!(compared("--solver microlp").0, 0);
    place.put("loop.toml", "max-memory = \"2kB\"");
    let (ended, said) = solved("");
    assert!(ended == 1 && said.contains("error[L0730]"), "{said}");
    assert_eq!(solved("--max-memory 1GB").0, 0);
    place.put("loop.toml", "digits = 12");
    let shown = |flags: &str| told(&place.loopc(&format!("solve shop.loop {flags}"))).1;
    place.put("shop.loop", MODEL.replace("1 CNY }", "0.7 CNY }"));
    assert!(shown("").contains("= 20/7 = 2.85714285714\n"), "{}", shown(""));
    assert!(shown("--digits 3").contains("= 20/7 = 2.86\n"), "{}", shown("--digits 3"));
    let machine = |flags: &str| place.loopc(&format!("solve shop.loop --format json {flags}")).stdout;
    assert_eq!(machine(""), machine("--digits 3"));
    assert_eq!(place.says("test --accept").0, 0);
    let snapshot = std::fs::read(place.path().join("snapshots/shop.loop.snap")).unwrap();
    place.put("loop.toml", "");
    assert!(shown("").contains("= 20/7 = 2.85714\n"), "{}", shown(""));
    assert_eq!(place.says("test --ci").0, 0, "no snapshot depends on digits");
    assert!(String::from_utf8(snapshot).unwrap().contains("= 20/7 = 2.85714\n"));
    for wrong in ["2", "31", "six"] {
        assert_eq!(place.says(&format!("solve shop.loop --digits {wrong}")).0, 2);
    }
    // No report depends on the engine: what shows that it was read is that it is checked.
    place.put("loop.toml", "engine = \"cycle\"");
    let report = |flags: &str| place.loopc(&format!("solve shop.loop {flags}")).stdout;
    assert_eq!(report(""), report("--engine lp"));
}

#[test]
fn bad_rows_that_a_project_leaves_out_are_verified() {
    let model = "currency CNY
import flows from \"flows.csv\" { medium: cash, name: id, from: payer, to: payee, cost: fee * CNY, revenue: 2 CNY, role: business }
loop best
";
    let rows = "id,payer,payee,fee\nthere,a,b,1\nback,b,a,2\nbad,a,b,many\n";
    let place = Place::with(&[("m.loop", model), ("flows.csv", rows), ("loop.toml", "max-bad-rows = 1")]);
    let (ended, said) = place.says("solve m.loop --format json -o report.json --message-format short");
    assert!(ended == 0 && said.contains("warning[L0912]"), "{said}");
    let (ended, said) = place.says("check m.loop --max-bad-rows 0 --message-format short");
    assert!(ended == 1 && said.contains("error[L0906]"), "{said}");
    // Whatever the project says later, a report is verified from what stands in it.
    for project in ["", "max-bad-rows = 0\n[lints]\nwarnings = \"deny\"", "max-bad-rows = 9", "not toml"] {
        place.put("loop.toml", project);
        let (ended, said) = place.says("verify report.json");
        assert_eq!(ended, 0, "{project}\n{said}");
    }
}

#[test]
fn a_report_lists_the_diagnostics_that_its_levels_leave() {
    let place = Place::with(&[("shop.loop", MODEL), ("loop.toml", "[lints]\nL0502 = \"deny\"")]);
    let listed = |flags: &str| {
        let output = place.loopc(&format!("solve shop.loop --format json {flags}"));
        let mut report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let diagnostics = report["diagnostics"].take();
        (report, diagnostics)
    };
    let ((one, denied), (other, allowed)) = (listed(""), listed("--allow L0502"));
    assert_eq!(one, other, "nothing else depends on levels");
    assert_eq!((&denied[0]["severity"], allowed.as_array().unwrap().len()), (&"error".into(), 0));
}

#[test]
fn a_revision_has_its_own_project() {
    let place = Place::with(&[("shop.loop", MODEL), ("loop.toml", "max-memory = \"1GB\"")]);
    let git = |arguments: &str| {
        let mut command = Command::new("git");
        let name = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        command.current_dir(place.path()).args(name).args(arguments.split_whitespace());
        assert!(command.output().unwrap().status.success(), "{arguments}");
    };
    git("init -q");
    git("add .");
    git("commit -q -m one");
    place.put("loop.toml", "max-memory = 1");
    git("commit -q -a -m two");
    assert_eq!(place.says("compare HEAD~1:shop.loop HEAD~1:shop.loop").0, 0);
    let (ended, said) = place.says("compare HEAD~1:shop.loop HEAD:shop.loop --message-format short");
    assert_eq!(ended, 1);
    assert!(said.starts_with("HEAD:/loop.toml:1:14: error[L0223]"), "{said}");
}

/// A project file that is in no folder.
struct One(Vec<u8>);

impl Files for One {
    fn read(&self, _: &Path) -> std::io::Result<Vec<u8>> {
        Ok(self.0.clone())
    }

    fn canonical(&self, path: &Path) -> std::io::Result<PathBuf> {
        Ok(path.to_path_buf())
    }
}

/// What is left of a project file when bytes of it are lost, doubled or others: it is read, or told of in every form.
#[test]
fn no_project_file_is_too_broken() {
    let whole = "members = [\"models\", 'drafts/v?.loop', \"\"\"店\"\"\"] # é\r\nsolver = \"auto\"\nmax-bad-rows = 0x1f\n\
                 max-memory = \"2GB\"\ndigits = 8\nlints.L0501 = \"allow\"\n[more]\nat = 2026-01-01\nx = { y = [1.5, true] }\n";
    let signs = b"[]{}\"'=.#\\\n\r\0\xff\xe5 _-0eL\xef\xbb\xbf";
    // Numbers that are the same with every run.
    let mut state = 7_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    let look = Look { width: 80, unicode: true, color: false };
    let (mut sound, mut codes) = (0, BTreeSet::new());
    for _ in 0..3_000 {
        let mut bytes = whole.as_bytes().to_vec();
        for _ in 0..=next(4) {
            if bytes.is_empty() {
                break;
            }
            let at = next(bytes.len());
            match next(4) {
                0 => drop(bytes.drain(at..(at + 1 + next(6)).min(bytes.len()))),
                1 => bytes.insert(at, signs[next(signs.len())]),
                2 => bytes[at] = signs[next(signs.len())],
                _ => bytes.truncate(at.max(1)),
            }
        }
        let read = loopc::project::read(Path::new("loop.toml"), "loop.toml".to_owned(), &One(bytes));
        sound += usize::from(read.faults.is_empty());
        for fault in &read.faults {
            codes.insert(fault.code);
            for format in [Format::Human(look), Format::Short, Format::Json, Format::Github] {
                assert!(render(fault, &read.sources, format).contains(fault.code.name()));
            }
        }
        let log = sarif(&[Told { sources: &read.sources, diagnostics: &read.faults }]);
        assert!(serde_json::from_str::<serde_json::Value>(&log).is_ok());
    }
    assert!(sound > 0);
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), [Code::L0221, Code::L0222, Code::L0223, Code::L0224]);
}
