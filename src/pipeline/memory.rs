//! How much memory a model needs, told from its size before it is taken: `--max-memory`.
//!
//! An estimate is a sum of counts, each by what one such thing weighs (`costs.rs`). It does not bound what the system
//! gives; it refuses early what would not fit.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};

use super::costs;
use crate::analysis::{Finding, Verdict, Walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AnalysisKind, Model};
use crate::source::{Files, Sources};

pub use super::costs::FACTOR;

/// The most memory that a compilation may need. Units: bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory(pub Option<u64>);

/// What is about to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Reading,
    Compiling,
    Solving,
    Writing,
    Verifying,
}

impl Stage {
    const fn word(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Compiling => "compiling",
            Self::Solving => "solving",
            Self::Writing => "the report of",
            Self::Verifying => "verifying",
        }
    }
}

impl Memory {
    /// What keeps a stage that needs so much from being begun, if anything does.
    ///
    /// Errors: L0730.
    #[must_use]
    pub fn refuses(self, stage: Stage, (what, need): (&str, u64)) -> Option<Diagnostic> {
        let most = self.0.filter(|most| need > *most)?;
        let message = format!(
            "{} {what} needs about {}, and `--max-memory` allows {}",
            stage.word(),
            shown(need),
            shown(most)
        );
        let help =
            "allow more, or let the model be smaller: `where:` and `group:` of an import leave rows out";
        Some(Diagnostic::new(Code::L0730, message).help(help))
    }
}

/// Bytes for reading: in the greatest unit that leaves a whole number, rounded up.
fn shown(bytes: u64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    match units.into_iter().find(|(_, unit)| bytes >= 10 * unit || bytes > 0 && bytes.is_multiple_of(*unit)) {
        Some((name, unit)) => format!("{} {name}", bytes.div_ceil(unit)),
        None => format!("{bytes} bytes"),
    }
}

/// A number of bytes: `512MiB`, `2GB`, `1.5 GB`.
///
/// # Errors
/// How a size is written.
pub fn size(text: &str) -> Result<u64, String> {
    let wrong = || "a size is written as 512MiB or 2GB".to_owned();
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let bytes: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "kib" => 1 << 10,
        "m" | "mb" => 1_000_000,
        "mib" => 1 << 20,
        "g" | "gb" => 1_000_000_000,
        "gib" => 1 << 30,
        "t" | "tb" => 1_000_000_000_000,
        "tib" => 1 << 40,
        _ => return Err(wrong()),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    // Parts of a unit are thousandths at the most.
    let tenths = 10_u64.pow(u32::try_from(part.len()).ok().filter(|places| *places <= 3).ok_or_else(wrong)?);
    let (whole, part) = (whole.parse::<u64>(), part.parse::<u64>());
    let (whole, part) = (whole.map_err(|_| wrong())?, part.map_err(|_| wrong())?);
    whole.checked_mul(bytes).and_then(|whole| whole.checked_add(part * bytes / tenths)).ok_or_else(wrong)
}

/// How large texts are, before anything is made of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    pub sources: u64,
    pub tables: u64,
    /// Of all tables, the header's among them.
    pub rows: u64,
}

impl Texts {
    /// What it takes to make a model of them.
    #[must_use]
    pub const fn compiling(&self) -> u64 {
        self.held() + self.sources * costs::SOURCE_BYTE + self.rows * costs::ROW
    }

    /// What it takes to make one more state of a model of them, beside those that are made.
    #[must_use]
    pub const fn compiling_beside(&self, beside: Beside) -> u64 {
        self.compiling() + beside.bytes
    }

    const fn held(&self) -> u64 {
        self.tables * costs::TABLE_BYTE + self.sources
    }
}

/// What the other states of a model weigh that are held beside one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    pub states: u64,
    pub bytes: u64,
}

impl Beside {
    /// One more state.
    #[must_use]
    pub fn and(self, model: &Model) -> Self {
        Self { states: self.states + 1, bytes: self.bytes + made(model) }
    }

    /// So many states that weigh what this one does.
    #[must_use]
    pub fn of(count: usize, model: &Model) -> Self {
        Self { states: count as u64, bytes: count as u64 * made(model) }
    }

    /// One state less.
    #[must_use]
    pub fn without(self, model: &Model) -> Self {
        let bytes = self.bytes.saturating_sub(made(model));
        Self { states: self.states.saturating_sub(1), bytes }
    }

    /// What they weigh once they are solved as this one is.
    fn solved(self, model: &Model, asked: &dyn Fn(usize) -> bool) -> u64 {
        let kept: u64 = kinds(model, asked).iter().map(|plan| each(*plan)).sum();
        self.bytes + self.states * model.flows.len() as u64 * kept
    }
}

/// What it takes to solve a model whose texts are so large, beside other states.
///
/// Every analysis is taken to range over all flows.
#[must_use]
pub fn solving_beside(
    (texts, beside): (&Texts, Beside),
    model: &Model,
    asked: &dyn Fn(usize) -> bool,
) -> u64 {
    solving(texts, model, asked) + beside.solved(model, asked)
}

/// What it takes to solve a model whose texts are so large.
///
/// Every analysis is taken to range over all flows.
#[must_use]
pub fn solving(texts: &Texts, model: &Model, asked: &dyn Fn(usize) -> bool) -> u64 {
    let (flows, kinds) = (model.flows.len() as u64, kinds(model, asked));
    let work = kinds.iter().map(|plan| if *plan { costs::PLAN_FLOW } else { costs::WALK_FLOW }).max();
    let kept: u64 = kinds.iter().map(|plan| each(*plan)).sum();
    checked(texts, model) + flows * (work.unwrap_or(0) + kept)
}

/// What it takes to write the report of what was found, which as JSON is made while it is written.
#[must_use]
pub fn writing(texts: &Texts, model: &Model, found: &[Finding]) -> u64 {
    let one = |finding: &Finding| {
        let walks: &[Walk] = match &finding.verdict {
            Verdict::Loops(found) => &found.loops,
            Verdict::Path(found) => std::slice::from_ref(&found.path),
            Verdict::Restricted(found) => &found.walks,
            _ => &[],
        };
        let hops: usize = walks.iter().map(|walk| walk.hops.len()).sum();
        let plan = matches!(finding.verdict, Verdict::Plan(_) | Verdict::NoPlan(_));
        hops as u64 * costs::HOP + finding.flows as u64 * each(plan)
    };
    checked(texts, model) + found.iter().map(one).sum::<u64>()
}

/// What it takes to write that report beside those of other states, which are held until all are written.
#[must_use]
pub fn writing_beside((texts, beside): (&Texts, Beside), model: &Model, found: &[Finding]) -> u64 {
    let own = writing(texts, model, found);
    own + beside.bytes + beside.states * own.saturating_sub(checked(texts, model))
}

fn checked(texts: &Texts, model: &Model) -> u64 {
    texts.held() + made(model)
}

/// What a checked model weighs without its texts, which all its states share.
fn made(model: &Model) -> u64 {
    let split = |all: usize, tables: usize| ((all - tables) as u64, tables as u64);
    let (flows, rows) = split(model.flows.len(), model.flows.in_tables());
    let (participants, parties) = split(model.participants.len(), model.participants.in_tables());
    let flows = flows * costs::FLOW + rows * costs::TABLE_FLOW;
    let participants = participants * costs::PARTICIPANT + parties * costs::TABLE_PARTICIPANT;
    flows + participants
}

/// Of the analyses that are asked, whether each is a plan.
fn kinds(model: &Model, asked: &dyn Fn(usize) -> bool) -> Vec<bool> {
    let analyses = model.analyses.iter().enumerate().filter(|(place, _)| asked(*place));
    analyses.map(|(_, analysis)| analysis.kind == AnalysisKind::Plan).collect()
}

/// What a flow in scope weighs in what is found.
const fn each(plan: bool) -> u64 {
    if plan { costs::PLAN_FOUND } else { costs::WALK_FOUND }
}

/// What it takes to read a report that is to be verified.
#[must_use]
pub const fn document(bytes: u64) -> u64 {
    bytes * costs::DOCUMENT_BYTE
}

/// Why a main file of so many bytes is not read, if it is not.
///
/// Errors: L0730.
#[must_use]
pub fn unread(memory: Memory, (path, bytes): (&str, u64)) -> Option<Diagnostic> {
    memory.refuses(Stage::Reading, (&format!("`{path}`"), bytes))
}

/// How large the texts of a compilation are; those that `is_table` tells are tables.
pub(super) fn texts(sources: &Sources, is_table: &dyn Fn(crate::source::FileId) -> bool) -> Texts {
    let mut texts = Texts::default();
    for (id, file) in sources.iter() {
        let bytes = file.text.len() as u64;
        if is_table(id) {
            texts.tables += bytes;
            texts.rows += file.text.bytes().filter(|byte| *byte == b'\n').count() as u64;
        } else {
            texts.sources += bytes;
        }
    }
    texts
}

/// Files that are not read where they alone would need more memory than there is.
pub(super) struct Fenced<'a> {
    files: &'a dyn Files,
    memory: Memory,
    /// Bytes read so far, and the refusal, if there was one.
    read: RefCell<(u64, Option<Diagnostic>)>,
}

impl<'a> Fenced<'a> {
    pub fn new(files: &'a dyn Files, memory: Memory, before: u64) -> Self {
        Self { files, memory, read: RefCell::new((before, None)) }
    }

    /// Why a file was not read.
    pub fn refused(self) -> Option<Diagnostic> {
        self.read.into_inner().1
    }
}

impl Files for Fenced<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let need = self.read.borrow().0 + self.files.size(path).unwrap_or(0) * costs::TABLE_BYTE;
        let name = format!("`{}`", crate::source::shown(path));
        if let Some(refused) = self.memory.refuses(Stage::Reading, (&name, need)) {
            self.read.borrow_mut().1.get_or_insert(refused);
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        let bytes = self.files.read(path)?;
        self.read.borrow_mut().0 += bytes.len() as u64;
        Ok(bytes)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.files.canonical(path)
    }

    fn is_plain(&self, path: &Path) -> bool {
        self.files.is_plain(path)
    }

    fn size(&self, path: &Path) -> Option<u64> {
        self.files.size(path)
    }

    fn is_project(&self, folder: &Path) -> bool {
        self.files.is_project(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        let read =
            [0, 999, 1_000, 12_345, 1_500_000, 512_000_000, 1_234_567_890_123, 2_000_000_000].map(shown);
        let wanted = ["0 bytes", "999 bytes", "1 kB", "13 kB", "1500 kB", "512 MB", "1235 GB", "2 GB"];
        assert_eq!(read, wanted);
    }

    #[test]
    fn what_fits_is_not_refused() {
        let memory = Memory(Some(100));
        assert!(memory.refuses(Stage::Solving, ("`a`", 100)).is_none());
        assert!(memory.refuses(Stage::Solving, ("`a`", 101)).is_some());
        assert!(Memory(None).refuses(Stage::Solving, ("`a`", u64::MAX)).is_none());
    }

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let read =
            ["0", "17", "2GB", "512MiB", "1.5 gb", "3k", "0.25kib", "1TiB"].map(|text| size(text).ok());
        let wanted = [0, 17, 2_000_000_000, 536_870_912, 1_500_000_000, 3_000, 256, 1 << 40];
        assert_eq!(read, wanted.map(Some));
        for wrong in ["", "GB", "-1", "1e9", "2 bushels", "1.2345GB", "1.GB", "1..2GB", "99999999999TB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
