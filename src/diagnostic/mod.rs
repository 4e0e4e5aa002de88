//! Diagnostics: one struct for every fault, the catalogue of codes, suggestions, and the renderers.
//!
//! What is wrong is found and worded in the room that finds it; how it looks is decided here.
//! This is the only room that names miette. No phase of the compiler lives here.

mod catalogue;
mod graphical;
mod machine;
mod suggest;

pub use catalogue::{Code, Severity};
pub use graphical::{Look, graphical};
pub use machine::{json_line, json_value, short};
pub use suggest::nearest;

use crate::source::{Sources, Span};

/// A place that matters to a fault, and what it contributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// A mend that a machine may apply: the text of a span, replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
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
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let severity = code.severity();
        Self {
            code,
            severity,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
            edits: Vec::new(),
        }
    }

    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    #[must_use]
    pub fn labels(mut self, labels: impl IntoIterator<Item = (Span, String)>) -> Self {
        self.labels.extend(labels.into_iter().map(|(span, text)| Label { span, text }));
        self
    }

    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help.extend(text);
        self
    }

    /// A certain mend, which a machine may apply.
    #[must_use]
    pub fn edit(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.edits.push(Edit { span, replacement: replacement.into() });
        self
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

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Human(Look),
    Short,
    Json,
}

/// One diagnostic as text, with its closing line break.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, format: Format) -> String {
    match format {
        Format::Human(look) => graphical(diagnostic, sources, look),
        Format::Short => short(diagnostic, sources),
        Format::Json => json_line(diagnostic, sources),
    }
}
