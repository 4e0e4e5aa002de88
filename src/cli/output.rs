//! Where words go: terminals, pipes, and files that appear whole or not at all.

use std::cell::Cell;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::arguments::{Color, LookArguments, MessageArguments, MessageFormat, Shown};
use super::interrupt::Begun;
use super::{Exit, Refusal};
use crate::diagnostic::{Diagnostic, Format, Look, Told, nearest, render, sarif};
use crate::pipeline::{Compilation, Options, States, Unknown, compile_each, reports, unread};
use crate::report::Paint;
use crate::source::{Disk, Files, SourceFile, Sources};

/// The widest drawing: longer lines are hard to read on any terminal.
const WIDEST: usize = 120;

/// How much of what writes itself is gathered before it goes out.
const BUFFER: usize = 1 << 16;

/// What writes itself, piece by piece.
pub(super) type Written<'a> = &'a dyn Fn(&mut dyn io::Write) -> io::Result<()>;

/// What standard output and standard error can show.
pub(super) struct Screen {
    look: Look,
    paint: Paint,
    progress: bool,
    /// Whether what is printed may be erased again.
    clears: bool,
    /// Whether nobody reads any more what is printed.
    closed: Cell<bool>,
}

impl Screen {
    pub fn new(arguments: &LookArguments) -> Self {
        let quiet = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = |terminal: bool| match arguments.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && !quiet,
        };
        let (out, error) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        // What goes to a pipe or file is the same on every machine; only a terminal may know less than Unicode.
        let unicode =
            |stream, terminal: bool| !arguments.ascii && (!terminal || supports_unicode::on(stream));
        let width =
            terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| usize::from(width.0));
        Self {
            look: Look {
                width: width.clamp(40, WIDEST),
                unicode: unicode(supports_unicode::Stream::Stderr, error),
                color: color(error),
            },
            paint: Paint { unicode: unicode(supports_unicode::Stream::Stdout, out), color: color(out) },
            progress: arguments.progress == Shown::Auto && error && !is_dumb(),
            clears: out && !is_dumb(),
            closed: Cell::new(false),
        }
    }

    /// Whether standard output is a terminal that can be cleared.
    pub const fn clears(&self) -> bool {
        self.clears
    }

    /// Whether a pipe that was printed to is closed.
    pub const fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Whether somebody is there to see how far a command is.
    pub const fn shows_progress(&self) -> bool {
        self.progress
    }

    /// Whether standard error can show more than ASCII.
    pub const fn draws_unicode(&self) -> bool {
        self.look.unicode
    }

    /// For what is written to a file: no colour.
    pub fn paint(&self, to_file: bool) -> Paint {
        if to_file { Paint { color: false, ..self.paint } } else { self.paint }
    }

    /// Prints to standard error; who closed it does not want to know.
    pub fn error(&self, text: &str) {
        drop(io::stderr().lock().write_all(text.as_bytes()));
    }

    /// Prints a result to standard output.
    pub fn print(&self, text: &str) -> Result<(), Refusal> {
        self.print_with(&|out| out.write_all(text.as_bytes()))
    }

    /// Prints what writes itself. A pipe that was closed is a quiet end.
    pub fn print_with(&self, written: Written<'_>) -> Result<(), Refusal> {
        let mut out = io::BufWriter::with_capacity(BUFFER, io::stdout().lock());
        match written(&mut out).and_then(|()| out.flush()) {
            Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => {
                Err(Refusal::new(format!("cannot write to standard output: {fault}")))
            }
            written => {
                self.closed.set(self.closed.get() || written.is_err());
                Ok(())
            }
        }
    }

    /// Shows what one compilation has to say, on standard error.
    pub fn diagnostics(&self, shown: &[Diagnostic], sources: &Sources, messages: &MessageArguments) {
        let text = self.told(&[Told { sources, diagnostics: shown }], messages.message_format);
        self.error(&text);
    }

    /// What all compilations of a run have to say.
    pub fn told(&self, told: &[Told<'_>], format: MessageFormat) -> String {
        let format = match format {
            MessageFormat::Human => Format::Human(self.look),
            MessageFormat::Short => Format::Short,
            MessageFormat::Json => Format::Json,
            MessageFormat::Github => Format::Github,
            MessageFormat::Sarif => return sarif(told),
        };
        let mut text = String::new();
        for Told { sources, diagnostics } in told {
            diagnostics.iter().for_each(|diagnostic| text.push_str(&render(diagnostic, sources, format)));
        }
        text
    }

    /// Shows what each state of a model has to say that those before it have not.
    pub fn report_states(&self, states: &[Compilation], messages: &MessageArguments) -> Vec<Vec<Diagnostic>> {
        let reports = reports(states);
        let told = states.iter().zip(&reports);
        let told = told.map(|(state, diagnostics)| Told { sources: &state.sources, diagnostics });
        self.error(&self.told(&told.collect::<Vec<_>>(), messages.message_format));
        reports
    }

    /// Shows what a compilation has to say, and how it ended.
    pub fn report(&self, compilation: &Compilation, messages: &MessageArguments) -> (Exit, Vec<Diagnostic>) {
        let shown = compilation.report();
        self.diagnostics(&shown, &compilation.sources, messages);
        (if shown.iter().any(Diagnostic::is_error) { Exit::Model } else { Exit::Well }, shown)
    }
}

/// Whether what looks like a terminal is a log, or cannot erase a line.
fn is_dumb() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("CI") || std::env::var_os("TERM").is_some_and(|value| value == "dumb")
}

/// Compiles a model, with a scenario laid over it if one is named.
pub(super) fn compile_one(
    path: &Path,
    options: Options,
    scenario: Option<&str>,
) -> Result<Compilation, Refusal> {
    let states = scenario.map_or(States::Base, |name| States::Scenarios(vec![name.to_owned()]));
    let mut compiled = compile_states(path, options, &states)?;
    compiled.pop().ok_or_else(|| Refusal::new("the model has no such state"))
}

/// Compiles a model in several states.
pub(super) fn compile_states(
    path: &Path,
    options: Options,
    states: &States,
) -> Result<Vec<Compilation>, Refusal> {
    if let Some(unread) = too_large(path, &Disk, &options) {
        return Ok(vec![unread]);
    }
    compile_each(read_source(path)?, (options, states), &Disk).map_err(|unknown| unknown_scenario(&unknown))
}

/// What there is of a model whose main file is too large to be read, if it is.
pub(super) fn too_large(path: &Path, files: &dyn Files, options: &Options) -> Option<Compilation> {
    // Nobody knows how much standard input holds.
    (path != Path::new("-")).then(|| unread(&near(path), files, options)).flatten()
}

/// Refuses the name of a scenario that the model does not have.
pub(super) fn unknown_scenario(unknown: &Unknown) -> Refusal {
    let mend = match nearest(&unknown.name, unknown.known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if unknown.known.is_empty() => "it has none".to_owned(),
        None => format!("it has {}", unknown.known.join(", ")),
    };
    Refusal::new(format!("the model has no scenario `{}`: {mend}", unknown.name))
}

/// A file by its path, `-` for standard input.
pub(super) fn read_source(path: &Path) -> Result<(PathBuf, SourceFile), Refusal> {
    let (near, bytes) = (near(path), read(path)?);
    let shown = crate::source::shown(&near);
    Ok((near, SourceFile::from_bytes(shown, bytes)))
}

/// The bytes of a file, `-` for standard input.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let limit = crate::source::MOST_BYTES as u64 + 1;
        io::stdin().lock().take(limit).read_to_end(&mut bytes).map(|_| bytes)
    } else {
        Disk.read(path)
    };
    read.map_err(|fault| Refusal::new(format!("cannot read {}: {fault}", path.display())))
}

/// A path as reports and diagnostics show it.
pub(super) fn shown(path: &Path) -> String {
    crate::source::shown(&near(path))
}

/// The same for people: a name of a file must not steer the terminal, nor pass for a line of its own.
pub(super) fn legible(path: &Path) -> String {
    shown(path).replace(char::is_control, "\u{fffd}")
}

/// The path by which a file is named, and with it what the file uses: relative to where loopc runs, where it lies below
/// that.
pub(super) fn near(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let near = path.strip_prefix(&here).unwrap_or(path);
    near.strip_prefix(".").unwrap_or(near).to_path_buf()
}

/// The path of what lies in a folder, as seen from where loopc runs, if that is in the folder too, or above it.
pub(super) fn from_here(path: &Path, folder: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let seen = match (path.strip_prefix(&here), here.strip_prefix(folder), path.strip_prefix(folder)) {
        (Ok(below), ..) => below.to_path_buf(),
        (_, Ok(deeper), Ok(inner)) => {
            let up: PathBuf = deeper.components().map(|_| "..").collect();
            up.join(inner)
        }
        _ => path.to_path_buf(),
    };
    if seen.as_os_str().is_empty() { PathBuf::from(".") } else { seen }
}

/// Writes a file as a whole.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Refusal> {
    write_with(path, &|out| out.write_all(text.as_bytes()))
}

/// Writes a file as a whole: to a temporary one beside it first, which then takes its place.
pub(super) fn write_with(path: &Path, written: Written<'_>) -> Result<(), Refusal> {
    let refused =
        |fault: &dyn std::fmt::Display| Refusal::new(format!("cannot write {}: {fault}", path.display()));
    // A link stays a link: what it leads to is written.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let path = target.as_path();
    if path.is_dir() {
        return Err(refused(&"it is a folder"));
    }
    if path.exists() && !path.is_file() {
        // A pipe or device cannot be replaced, and need not be: nothing of it could be lost.
        let device = std::fs::OpenOptions::new().write(true).open(path);
        return device.and_then(|device| filled(&device, written)).map_err(|fault| refused(&fault));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".loopc-");
    #[cfg(unix)]
    builder.permissions(mode(path));
    // The temporary file's name is of this run alone: it must not reach a message.
    let file = builder.tempfile_in(folder).map_err(|fault| refused(&fault.kind()))?;
    #[cfg(unix)]
    if path.exists() {
        // The user's mask takes its part of what a new file gets, and not of the mode of one that is replaced.
        file.as_file().set_permissions(mode(path)).map_err(|fault| refused(&fault.kind()))?;
    }
    // Who ends the command meanwhile leaves nothing behind.
    let begun = Begun::file(file.path());
    filled(file.as_file(), written)
        .and_then(|()| file.as_file().sync_all())
        .map_err(|fault| refused(&fault.kind()))?;
    file.persist(path).map_err(|fault| refused(&fault.error.kind()))?;
    drop(begun);
    Ok(())
}

fn filled(file: &std::fs::File, written: Written<'_>) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(BUFFER, file);
    written(&mut out)?;
    out.flush()
}

/// The mode of the file that is replaced, or what a new file gets; the user's mask takes its part of the latter.
#[cfg(unix)]
fn mode(path: &Path) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    let new = || std::fs::Permissions::from_mode(0o666);
    std::fs::metadata(path).map_or_else(|_| new(), |about| about.permissions())
}
