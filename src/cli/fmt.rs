//! `loopc fmt`: files brought into the one style, in place.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::arguments::{Fmt, MessageFormat};
use super::diff::unified;
use super::members::Models;
use super::output::{Screen, read_source, write};
use super::project::Showing;
use super::{Exit, Refusal};
use crate::diagnostic::{Diagnostic, Edit, sort};
use crate::format::{edits, formatted};
use crate::source::{FileId, SourceFile, Sources};

/// How many files came out how.
#[derive(Default)]
struct Counts {
    changed: usize,
    unchanged: usize,
    /// For they have faults of syntax.
    left: usize,
    /// For they cannot be read or written.
    refused: usize,
}

pub(super) fn run(arguments: &Fmt, screen: &Screen) -> Result<Exit, Refusal> {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        if arguments.paths.len() > 1 {
            return Err(Refusal::new("standard input stands alone: name no other file beside `-`"));
        }
        return from_standard_input(arguments, screen);
    }
    let run = Run { arguments, screen };
    let mut counts = Counts::default();
    let showing = Showing { screen, format: arguments.messages.message_format, as_result: false };
    for path in files(&arguments.paths, showing)? {
        run.file(&path, &mut counts).unwrap_or_else(|refusal| {
            refusal.tell(screen);
            counts.refused += 1;
        });
    }
    if arguments.messages.message_format == MessageFormat::Human {
        screen.error(&summary(&counts, arguments.check || arguments.diff));
    }
    let exit =
        if counts.left > 0 || arguments.check && counts.changed > 0 { Exit::Model } else { Exit::Well };
    Ok(if counts.refused > 0 { Exit::CommandLine } else { exit })
}

/// The files that are named, and those below the folders that are, each once.
fn files(paths: &[PathBuf], showing: Showing<'_>) -> Result<Vec<PathBuf>, Refusal> {
    let models = Models::of(paths, showing)?;
    let mut found = models.named;
    // What a link leads to is no file of the folder, if it is a folder itself or nothing at all.
    found.extend(models.found.into_iter().filter(|path| path.is_file()));
    if found.is_empty() {
        return Err(Refusal::new("there is no `.loop` file here"));
    }
    found.sort();
    let mut seen = BTreeSet::new();
    found.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    Ok(found)
}

struct Run<'a> {
    arguments: &'a Fmt,
    screen: &'a Screen,
}

impl Run<'_> {
    fn file(&self, path: &Path, counts: &mut Counts) -> Result<(), Refusal> {
        if path.exists() && !path.is_file() {
            return Err(Refusal::new(format!("cannot format {}: it is no regular file", path.display())));
        }
        let (_, source) = read_source(path)?;
        match formatted(FileId(0), &source) {
            Err(faults) => {
                counts.left += 1;
                self.leave(source, faults);
                Ok(())
            }
            Ok(text) if text == source.text => {
                counts.unchanged += 1;
                Ok(())
            }
            Ok(text) => {
                if self.arguments.check || self.arguments.diff {
                    self.show(&source)?;
                } else {
                    replace(path, &text)?;
                }
                counts.changed += 1;
                Ok(())
            }
        }
    }

    /// Shows what keeps a file from being formatted.
    fn leave(&self, source: SourceFile, mut faults: Vec<Diagnostic>) {
        let path = source.path.clone();
        let mut sources = Sources::default();
        sources.add(source);
        sort(&mut faults);
        self.screen.diagnostics(&faults, &sources, &self.arguments.messages);
        if self.arguments.messages.message_format == MessageFormat::Human {
            self.screen.error(&format!("{path}: left as it is, for the faults above\n"));
        }
    }

    /// Shows that a file is not in its style, or how it would change.
    fn show(&self, source: &SourceFile) -> Result<(), Refusal> {
        if !self.arguments.diff {
            return self.screen.print(&format!("{}\n", source.path));
        }
        let edits: Vec<Edit> = edits(FileId(0), source, None).unwrap_or_default();
        self.screen.print(&unified(source, &edits, self.screen.paint(false).color))
    }
}

fn replace(path: &Path, text: &str) -> Result<(), Refusal> {
    if std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly()) {
        return Err(Refusal::new(format!("cannot write {}: it is read-only", path.display())));
    }
    write(path, text)
}

/// Standard input goes to standard output; where it cannot be formatted, nothing does.
fn from_standard_input(arguments: &Fmt, screen: &Screen) -> Result<Exit, Refusal> {
    let (_, source) = read_source(Path::new("-"))?;
    let source = SourceFile::from_bytes("<stdin>".to_owned(), source.bytes().to_vec());
    let run = Run { arguments, screen };
    let text = match formatted(FileId(0), &source) {
        Ok(text) => text,
        Err(faults) => {
            run.leave(source, faults);
            return Ok(Exit::Model);
        }
    };
    let changed = text != source.text;
    if !arguments.check && !arguments.diff {
        screen.print(&text)?;
    } else if changed {
        run.show(&source)?;
    }
    Ok(if arguments.check && changed { Exit::Model } else { Exit::Well })
}

fn summary(counts: &Counts, looked: bool) -> String {
    let files = |count: usize| format!("{count} file{}", if count == 1 { "" } else { "s" });
    let formatted = if looked { "would be formatted" } else { "formatted" };
    let left = if counts.left == 1 { "left as it is" } else { "left as they are" };
    let parts = [
        (counts.changed, formatted),
        (counts.unchanged, "unchanged"),
        (counts.left, left),
        (counts.refused, "not read or written"),
    ];
    let mut told = parts.into_iter().filter(|(count, _)| *count > 0);
    let first = told.next().map_or_else(String::new, |(count, how)| format!("{} {how}", files(count)));
    told.fold(first, |told, (count, how)| format!("{told}, {count} {how}")) + "\n"
}
