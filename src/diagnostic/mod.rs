//! Diagnostics: one struct for every fault, the catalogue of codes, suggestions, and the renderers.
//!
//! What is wrong is found and worded in the room that finds it; how it looks is decided here.
//! This is the only room that names miette. No phase of the compiler lives here.

mod catalogue;
mod github;
mod graphical;
mod levels;
mod machine;
mod mend;
mod sarif;
mod sarif_places;
mod suggest;
mod tables;

pub use catalogue::{Code, Severity};
pub use github::github;
pub use graphical::{Look, graphical};
pub use levels::{Level, Levels, lint};
pub use machine::{json_line, json_value, short};
pub use mend::{Edit, Mend};
pub use sarif::sarif;
pub use suggest::{Near, near, nearest, spelled};
pub use tables::{Imported, of_rows};

use crate::source::{Sources, Span};

/// A place that matters to a fault, and what it contributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// A fault: what is wrong, every place that matters, and the mend.
///
/// Invariant: the first label is where the fault stands; it orders and silences the diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    pub labels: Vec<Label>,
    pub help: Vec<String>,
    /// What mends it for certain, if anything does; whoever applies it need not ask.
    pub mend: Option<Box<Mend>>,
}

/// What a compilation has to say, and the files that it points into.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub sources: &'a Sources,
    pub diagnostics: &'a [Diagnostic],
}

/// The most bytes of a message, label or help: a name may be as long as a file, and nobody reads that.
const LONGEST_TEXT: usize = 2_000;

/// More labels of one kind than this help nobody.
const MOST_LABELS: usize = 24;

/// The text, cut where it is too long to be read.
fn clipped(text: impl Into<String>) -> String {
    let mut text = text.into();
    if text.len() > LONGEST_TEXT {
        let end = (0..=LONGEST_TEXT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    // Names and paths come from files: they must not steer the terminal.
    let steers = |letter: char| letter.is_control() && letter != '\n';
    if text.contains(steers) { text.replace(steers, "\u{fffd}") } else { text }
}

impl Diagnostic {
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let severity = code.severity();
        Self { code, severity, message: clipped(message), labels: Vec::new(), help: Vec::new(), mend: None }
    }

    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: clipped(text) });
        self
    }

    /// Further places of one kind; of very many only the first, and how many are left out.
    #[must_use]
    pub fn labels(mut self, labels: impl IntoIterator<Item = (Span, String)>) -> Self {
        let mut labels = labels.into_iter();
        let room = MOST_LABELS.saturating_sub(self.labels.len());
        self.labels
            .extend(labels.by_ref().take(room).map(|(span, text)| Label { span, text: clipped(text) }));
        match labels.count() {
            0 => self,
            more => self.help(format!("{more} more places are not shown")),
        }
    }

    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(clipped(text));
        self
    }

    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help.extend(text.map(clipped));
        self
    }

    /// A certain mend: the text of a span, replaced. `title` is what a person is offered: `write `->``.
    #[must_use]
    pub fn mend(mut self, title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        let replacement = replacement.into();
        // A mend cannot be clipped, and one that is longer than its message mends nothing that a person wrote.
        if replacement.len() <= LONGEST_TEXT {
            self.mend =
                Some(Box::new(Mend { title: clipped(title), edits: vec![Edit { span, replacement }] }));
        }
        self
    }

    /// The same, where there is one.
    #[must_use]
    pub fn maybe_mend(self, mend: Option<(String, Span, String)>) -> Self {
        mend.into_iter().fold(self, |fault, (title, span, replacement)| fault.mend(title, span, replacement))
    }

    /// The same fault, where what would mend it is not for a machine to change.
    #[must_use]
    pub fn without_mend(self) -> Self {
        Self { mend: None, ..self }
    }

    /// Asks whether a name was meant; where that is certain, it can be written as `spelled` for a machine.
    #[must_use]
    pub fn meant(self, span: Span, near: Near<'_>, spelled: &str) -> Self {
        let fault = self.help(format!("did you mean `{}`?", near.name));
        if near.certain { fault.mend(format!("write `{spelled}`"), span, spelled) } else { fault }
    }

    /// Where the fault stands; a fault of the command line stands nowhere.
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts diagnostics as they are shown: by file, place and code; the same fault once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.place(), a.code, &a.message).cmp(&(b.place(), b.code, &b.message)));
    diagnostics.dedup();
}

/// How diagnostics are written one by one; [`sarif`] writes all of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Human(Look),
    Short,
    Json,
    /// Commands that annotate the lines of a change on GitHub.
    Github,
}

/// One diagnostic as text, with its closing line break.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, format: Format) -> String {
    match format {
        Format::Human(look) => graphical(diagnostic, sources, look),
        Format::Short => short(diagnostic, sources),
        Format::Json => json_line(diagnostic, sources),
        Format::Github => github(diagnostic, sources),
    }
}
