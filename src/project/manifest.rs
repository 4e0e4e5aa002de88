//! What a project says of its models, and what that asks of a compilation.

use toml::de::{DeTable, DeValue};

use super::values::Reader;
use super::{Member, faults};
use crate::diagnostic::{Diagnostic, Level, Levels, lint, sort};
use crate::pipeline::Options;
use crate::pipeline::memory::{Memory, size};
use crate::report::Digits;
use crate::solve::{Choice, Engine};
use crate::source::{FileId, SourceFile, Span};

/// What stands in a project file, and what flags of the command line say as well; all of it may be left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The models of the project.
    pub members: Vec<Member>,
    pub levels: Levels,
    pub solver: Option<Choice>,
    pub engine: Option<Engine>,
    /// Of rounded numbers in reports for reading.
    pub digits: Option<Digits>,
    pub most_bad_rows: Option<usize>,
    pub most_memory: Option<u64>,
}

/// The keys of a project file.
pub const KEYS: [&str; 7] = ["members", "lints", "solver", "engine", "digits", "max-bad-rows", "max-memory"];

impl Manifest {
    /// What is said here, and where nothing is, what the other says.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let members = if self.members.is_empty() { &other.members } else { &self.members };
        Self {
            members: members.clone(),
            levels: self.levels.over(&other.levels),
            solver: self.solver.or(other.solver),
            engine: self.engine.or(other.engine),
            digits: self.digits.or(other.digits),
            most_bad_rows: self.most_bad_rows.or(other.most_bad_rows),
            most_memory: self.most_memory.or(other.most_memory),
        }
    }

    /// What this asks of a compilation.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            levels: self.levels.clone(),
            solver: self.solver.unwrap_or_default(),
            engine: self.engine.unwrap_or_default(),
            most_bad_rows: self.most_bad_rows.unwrap_or_default(),
            memory: Memory(self.most_memory),
            ..Options::default()
        }
    }
}

/// Reads the text of a project file.
///
/// Errors: L0221–L0224.
pub(super) fn read(id: FileId, file: &SourceFile) -> (Manifest, Vec<Diagnostic>) {
    if let Some(offset) = file.broken {
        return (Manifest::default(), vec![faults::not_text(Span::new(id, offset..offset))]);
    }
    // A byte order mark is no part of what the file says.
    let text = file.text.trim_start_matches('\u{feff}');
    let behind = file.text.len() - text.len();
    let (table, wrong) = DeTable::parse_recoverable(text);
    let mut manifest = Manifest::default();
    if !wrong.is_empty() {
        let fault = |one: &toml::de::Error| {
            let range = one.span().unwrap_or(text.len()..text.len());
            faults::not_toml(one.message(), Span::new(id, range.start + behind..range.end + behind))
        };
        let mut found = wrong.iter().map(fault).collect();
        sort(&mut found);
        return (manifest, found);
    }
    let mut reader = Reader { file: id, behind, faults: Vec::new() };
    keys(table.get_ref(), &mut reader, &mut manifest);
    let mut found = reader.faults;
    sort(&mut found);
    (manifest, found)
}

fn keys(table: &DeTable<'_>, reader: &mut Reader, manifest: &mut Manifest) {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        match name {
            "members" => manifest.members = members(value, reader),
            "lints" => lints(value, reader, &mut manifest.levels),
            "solver" => {
                let names = Choice::ALL.map(Choice::name);
                manifest.solver = reader.word((name, value), &names).and_then(Choice::named);
            }
            "engine" => {
                let names = Engine::ALL.map(Engine::name);
                manifest.engine = reader.word((name, value), &names).and_then(Engine::named);
            }
            "digits" => {
                let wanted =
                    format!("a whole number from {} to {}", Digits::RANGE.start(), Digits::RANGE.end());
                manifest.digits = reader.count((name, value), &wanted, &Digits::new);
            }
            "max-bad-rows" => {
                manifest.most_bad_rows = reader.count((name, value), "a whole number, 0 or more", &Some)
            }
            "max-memory" => {
                manifest.most_memory =
                    reader.text((name, value), ("a size in quotes, as \"2GB\"", "no size"), &size)
            }
            _ => {
                let span = reader.span(&key.span());
                reader.faults.push(faults::unknown_key(name, span, &KEYS));
            }
        }
    }
}

fn members(value: &toml::Spanned<DeValue<'_>>, reader: &mut Reader) -> Vec<Member> {
    let wanted = "a list of paths";
    let DeValue::Array(list) = value.get_ref() else {
        reader.wrong(("members", wanted), value);
        return Vec::new();
    };
    let mut found = Vec::new();
    for one in list.iter() {
        let Some(text) = one.get_ref().as_str() else {
            reader.wrong(("members", wanted), one);
            continue;
        };
        match Member::of(text, reader.span(&one.span())) {
            Ok(member) => found.push(member),
            Err(fault) => reader.faults.push(fault),
        }
    }
    found
}

fn lints(value: &toml::Spanned<DeValue<'_>>, reader: &mut Reader, levels: &mut Levels) {
    let DeValue::Table(table) = value.get_ref() else {
        reader.wrong(("lints", "a table of lints and their levels"), value);
        return;
    };
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if name == "warnings" {
            // To allow all is to look for nothing: whoever means it says it of each.
            let words = [Level::Warn, Level::Deny].map(Level::word);
            let word = reader.word((name, value), &words);
            word.into_iter().for_each(|word| levels.set_strict(word == Level::Deny.word()));
            continue;
        }
        match lint(name) {
            Ok(code) => {
                let word = reader.word((name, value), &Level::ALL.map(Level::word));
                word.and_then(Level::named).into_iter().for_each(|level| levels.set(code, level));
            }
            Err(why) => {
                let span = reader.span(&key.span());
                reader.faults.push(faults::no_lint(name, why, (span, &KEYS)));
            }
        }
    }
}
