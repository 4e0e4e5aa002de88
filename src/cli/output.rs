//! Where words go: terminals, pipes, and files that appear whole or not at all.

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::arguments::{Color, LookArguments, MessageArguments, MessageFormat, Shown};
use super::{Exit, Refusal};
use crate::diagnostic::{Diagnostic, Format, Look, render};
use crate::pipeline::Compilation;
use crate::report::Paint;
use crate::source::{Disk, Files as _, SourceFile, Sources};

/// The widest drawing: longer lines are hard to read on any terminal.
const WIDEST: usize = 120;

/// What standard output and standard error can show.
pub(super) struct Screen {
    look: Look,
    paint: Paint,
    progress: bool,
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
        }
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

    /// Prints a result to standard output. A pipe that was closed is a quiet end.
    pub fn print(&self, text: &str) -> Result<(), Refusal> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => {
                Err(Refusal::new(format!("cannot write to standard output: {fault}")))
            }
            _ => Ok(()),
        }
    }

    pub fn diagnostics(&self, shown: &[Diagnostic], sources: &Sources, format: MessageFormat) {
        let format = match format {
            MessageFormat::Human => Format::Human(self.look),
            MessageFormat::Short => Format::Short,
            MessageFormat::Json => Format::Json,
        };
        let mut error = io::BufWriter::new(io::stderr().lock());
        for diagnostic in shown {
            if error.write_all(render(diagnostic, sources, format).as_bytes()).is_err() {
                return;
            }
        }
        drop(error.flush());
    }

    /// Shows what keeps the rest of a command from being done.
    pub fn refuse(&self, fault: &Diagnostic, compilation: &Compilation, messages: &MessageArguments) -> Exit {
        self.diagnostics(std::slice::from_ref(fault), &compilation.sources, messages.message_format);
        Exit::Model
    }

    /// Shows what a compilation has to say, and how it ended.
    pub fn report(&self, compilation: &Compilation, messages: &MessageArguments) -> (Exit, Vec<Diagnostic>) {
        let shown = compilation.report(messages.deny.is_some());
        self.diagnostics(&shown, &compilation.sources, messages.message_format);
        (if shown.iter().any(Diagnostic::is_error) { Exit::Model } else { Exit::Well }, shown)
    }
}

/// Whether what looks like a terminal is a log, or cannot erase a line.
fn is_dumb() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("CI") || std::env::var_os("TERM").is_some_and(|value| value == "dumb")
}

/// A file by its path, `-` for standard input.
pub(super) fn read_source(path: &Path) -> Result<(PathBuf, SourceFile), Refusal> {
    let bytes = read(path)?;
    Ok((path.to_path_buf(), SourceFile::from_bytes(shown(path), bytes)))
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

/// A path as reports and diagnostics show it: relative to where loopc runs, where it lies below that.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let near = path.strip_prefix(&here).unwrap_or(path);
    let near = near.strip_prefix(".").unwrap_or(near);
    crate::source::shown(near)
}

/// Writes a file as a whole: to a temporary one beside it first, which then takes its place.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Refusal> {
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
        return std::fs::write(path, text).map_err(|fault| refused(&fault));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".loopc-");
    #[cfg(unix)]
    builder.permissions(mode(path));
    // The temporary file's name is of this run alone: it must not reach a message.
    let mut file = builder.tempfile_in(folder).map_err(|fault| refused(&fault.kind()))?;
    #[cfg(unix)]
    if path.exists() {
        // The user's mask takes its part of what a new file gets, and not of the mode of one that is replaced.
        file.as_file().set_permissions(mode(path)).map_err(|fault| refused(&fault.kind()))?;
    }
    file.write_all(text.as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .map_err(|fault| refused(&fault.kind()))?;
    file.persist(path).map_err(|fault| refused(&fault.error.kind()))?;
    Ok(())
}

/// The mode of the file that is replaced, or what a new file gets; the user's mask takes its part of the latter.
#[cfg(unix)]
fn mode(path: &Path) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    let new = || std::fs::Permissions::from_mode(0o666);
    std::fs::metadata(path).map_or_else(|_| new(), |about| about.permissions())
}
