//! The documentation holds: its models compile without a word, its console sessions print what they show, its
//! links lead somewhere, and the list of codes is whole.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{plain, rendered, run_text};
use loopc::diagnostic::Code;
use loopc::format::formatted;
use loopc::source::{FileId, SourceFile};

/// Stands for any number of lines in a console session.
const ANYTHING: &str = "[..]";

/// Commands that a page may show and that are not run here.
const SHOWN_ONLY: [&str; 4] = ["cargo build", "cargo install", "cargo test", "git clone"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown files of a folder, relative to the repository.
fn markdown(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let pages = names.filter(|name| name.ends_with(".md"));
    let mut pages: Vec<String> = pages.map(|name| format!("{folder}/{name}")).collect();
    pages.sort();
    pages
}

/// The pages whose models and sessions are run: README.md, if there is one, and `docs/*.md`.
fn pages() -> Vec<String> {
    let readme = Some("README.md".to_owned()).filter(|name| root().join(name).exists());
    readme.into_iter().chain(markdown("docs")).collect()
}

fn read(page: &str) -> String {
    std::fs::read_to_string(root().join(page)).unwrap().replace("\r\n", "\n")
}

/// A fenced block.
struct Block {
    /// Where it stands: page and line of its fence.
    place: String,
    /// The word behind the fence.
    info: String,
    lines: Vec<String>,
}

/// The fenced blocks of a page.
fn blocks(page: &str) -> Vec<Block> {
    let (mut found, mut open) = (Vec::new(), None::<Block>);
    for (line, number) in read(page).lines().zip(1..) {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => block.lines.push(line.to_owned()),
            (None, Some(info)) => {
                let place = format!("{page}:{number}");
                open = Some(Block { place, info: info.trim().to_owned(), lines: Vec::new() });
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{page}: a block that is never closed");
    found
}

/// All blocks of one kind; at least one, or nothing would be tested.
fn blocks_of(info: &str) -> Vec<Block> {
    let all = pages().into_iter().flat_map(|page| blocks(&page));
    let found: Vec<Block> = all.filter(|block| block.info == info).collect();
    assert!(!found.is_empty(), "no page has a block of {info}");
    found
}

fn all_well(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} faults:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn models_compile_without_a_word() {
    let mut wrong = Vec::new();
    for block in blocks_of("loop") {
        let outcome = run_text(&(block.lines.join("\n") + "\n"));
        if !outcome.diagnostics.is_empty() {
            wrong.push(format!("{}\n{}", block.place, rendered(&outcome, plain(100))));
        }
    }
    all_well(&wrong);
}

#[test]
fn project_files_are_read_without_a_word() {
    let mut wrong = Vec::new();
    for block in blocks_of("toml") {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loop.toml");
        std::fs::write(&path, block.lines.join("\n") + "\n").unwrap();
        let read = loopc::project::read(&path, block.place.clone(), &loopc::source::Disk);
        wrong.extend(read.faults.iter().map(|fault| loopc::diagnostic::short(fault, &read.sources)));
    }
    all_well(&wrong);
}

/// A block that has a fault of syntax to show is as it is.
#[test]
fn models_are_in_their_style() {
    let mut wrong = Vec::new();
    let all = pages().into_iter().chain(markdown("docs/errors")).flat_map(|page| blocks(&page));
    for block in all.filter(|block| block.info == "loop" || block.info.starts_with("loop ")) {
        let text = block.lines.join("\n") + "\n";
        let source = SourceFile::from_text(block.place.clone(), text.clone());
        match formatted(FileId(0), &source) {
            Ok(styled) if styled != text => wrong.push(format!("{}\n{styled}", block.place)),
            _ => {}
        }
    }
    all_well(&wrong);
}

/// A folder of its own with a copy of `models/`, removed in the end.
struct Workplace(PathBuf);

impl Workplace {
    fn new(place: &str) -> Self {
        let name = place.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let folder = std::env::temp_dir().join(format!("loopc-docs-{}-{name}", std::process::id()));
        std::fs::create_dir_all(folder.join("models")).unwrap();
        let tables = common::tables(&["models"]).into_iter().chain(common::snapshots(&["models"]));
        let tables = tables.map(|path| path.strip_prefix(root()).unwrap().to_path_buf());
        for path in common::models().into_iter().map(PathBuf::from).chain(tables) {
            std::fs::create_dir_all(folder.join(&path).parent().unwrap()).unwrap();
            std::fs::copy(root().join(&path), folder.join(&path)).unwrap();
        }
        Self(folder)
    }

    /// What a command prints: diagnostics first, as on a terminal.
    fn output(&self, arguments: &[String]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
        let output = command.args(arguments).current_dir(&self.0).output().unwrap();
        let mut text = String::from_utf8(output.stderr).unwrap();
        text.push_str(&String::from_utf8(output.stdout).unwrap());
        text.replace("\r\n", "\n")
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A command of a session and the lines shown below it.
struct Step<'a> {
    command: &'a str,
    shown: Vec<&'a str>,
}

fn steps(block: &Block) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    for line in &block.lines {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: command.trim(), shown: Vec::new() }),
            (None, Some(step)) => step.shown.push(line),
            (None, None) => panic!("{}: a session begins with a command", block.place),
        }
    }
    steps
}

/// The arguments for loopc, if the command runs it.
fn arguments(command: &str) -> Option<Vec<String>> {
    let rest = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("loopc "))?;
    Some(words(rest))
}

/// Words as a shell splits them; quotes of either kind keep white space.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut quote, mut open) = (Vec::new(), None::<char>, false);
    for c in text.chars() {
        if quote.is_none() && c.is_whitespace() {
            open = false;
            continue;
        }
        if !open {
            words.push(String::new());
            open = true;
        }
        match quote {
            Some(mark) if c == mark => quote = None,
            None if matches!(c, '\'' | '"') => quote = Some(c),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// Whether lines are those shown, where `[..]` stands for any number of them.
fn alike(shown: &[&str], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((&ANYTHING, rest)) => (0..=lines.len()).any(|skipped| alike(rest, &lines[skipped..])),
        Some((first, rest)) => lines.first() == Some(first) && alike(rest, &lines[1..]),
    }
}

/// Blank lines at the end count neither way.
fn trimmed(mut lines: Vec<&str>) -> Vec<&str> {
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

fn check_session(block: &Block, wrong: &mut Vec<String>) {
    let workplace = Workplace::new(&block.place);
    for step in steps(block) {
        let Some(arguments) = arguments(step.command) else {
            if !SHOWN_ONLY.iter().any(|command| step.command.starts_with(command)) {
                wrong.push(format!("{}: `{}` cannot be run here", block.place, step.command));
            }
            continue;
        };
        let output = workplace.output(&arguments);
        if !alike(&trimmed(step.shown), &trimmed(output.lines().collect())) {
            wrong.push(format!("{}: `{}` prints\n{output}", block.place, step.command));
        }
    }
}

#[test]
fn sessions_print_what_they_show() {
    let mut wrong = Vec::new();
    blocks_of("console").iter().for_each(|block| check_session(block, &mut wrong));
    all_well(&wrong);
}

/// The targets of a page's links, code aside.
fn links(page: &str) -> Vec<String> {
    let text = read(page);
    let prose = text.split("```").step_by(2);
    let targets = prose.flat_map(|part| part.split("](").skip(1).filter_map(|rest| rest.split_once(')')));
    targets.map(|(target, _)| target.to_owned()).collect()
}

#[test]
fn links_lead_to_files() {
    let mut wrong = Vec::new();
    let others = ["CONTRIBUTING.md".to_owned()].into_iter().chain(markdown("docs/errors"));
    for page in pages().into_iter().chain(others) {
        for target in links(&page).iter().filter(|target| !target.contains("://")) {
            let (file, _) = target.split_once('#').unwrap_or((target, ""));
            let beside = root().join(&page).parent().unwrap().join(file);
            if !file.is_empty() && !beside.exists() {
                wrong.push(format!("{page}: {target} leads nowhere"));
            }
        }
    }
    all_well(&wrong);
}

#[test]
fn every_code_is_listed_with_its_title() {
    let list = read("docs/errors/README.md");
    let listed: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix("- [L")).collect();
    let codes = Code::ALL.iter().map(|code| {
        let warning = if code.severity() == loopc::diagnostic::Severity::Warning { " (warning)" } else { "" };
        format!("{}]({code}.md): {}{warning}", code.name().trim_start_matches('L'), code.title())
    });
    assert_eq!(listed, codes.collect::<Vec<_>>());
}
