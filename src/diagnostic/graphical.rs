//! Diagnostics for people, drawn by miette: the source, an arrow at every place that matters, the mend.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use super::{Diagnostic, Label, Severity, short};
use crate::source::{FileId, SourceFile, Sources};

/// How the graphical form looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// In columns; at least 40 is used.
    pub width: usize,
    pub unicode: bool,
    pub color: bool,
}

/// Past this column miette's drawing fails or prints a wall of text; then the plain form is used.
const WIDEST_LINE: usize = 2_000;

/// What goes on over more lines is not drawn: a cell of a table may have millions.
const MOST_LINES: usize = 100;

/// The diagnostic as miette draws it, with its closing line break.
#[must_use]
pub fn graphical(diagnostic: &Diagnostic, sources: &Sources, look: Look) -> String {
    if diagnostic.labels.iter().any(|label| is_a_wall(label, sources)) {
        return plain(diagnostic, sources);
    }
    let mut out = String::new();
    let drawn = handler(look).render_report(&mut out, &Drawn::new(diagnostic, sources));
    if drawn.is_err() { plain(diagnostic, sources) } else { out }
}

fn handler(look: Look) -> GraphicalReportHandler {
    let theme = match (look.unicode, look.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(look.width.max(40))
        .with_links(false)
        .with_context_lines(1)
        .without_syntax_highlighting()
}

fn is_a_wall(label: &Label, sources: &Sources) -> bool {
    let lines = sources.file(label.span.file).lines();
    let first = lines.line_of(label.span.start as usize);
    let last = lines.line_of(label.span.end as usize);
    if last - first > MOST_LINES {
        return true;
    }
    let width =
        |line| lines.start(line + 1).min(sources.file(label.span.file).text.len()) - lines.start(line);
    (first.saturating_sub(1)..=last + 1).any(|line| line < lines.count() && width(line) > WIDEST_LINE)
}

/// The same facts without a drawing: one line for each place and each help.
fn plain(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut out = short(diagnostic, sources);
    for label in &diagnostic.labels {
        let file = sources.file(label.span.file);
        let at = file.position(label.span.start as usize);
        let place = file
            .place_at(label.span.range(), ':')
            .unwrap_or_else(|| format!("{}:{}:{}", file.path, at.line, at.column));
        out.push_str(&format!("  at {place}: {}\n", label.text));
    }
    for help in &diagnostic.help {
        out.push_str(&format!("  help: {help}\n"));
    }
    out
}

/// A diagnostic seen through miette's eyes: the labels of one file, and one related part for each further file.
#[derive(Debug)]
struct Drawn<'a> {
    diagnostic: Option<&'a Diagnostic>,
    message: String,
    source: Option<View<'a>>,
    labels: Vec<&'a Label>,
    help: Option<String>,
    related: Vec<Drawn<'a>>,
}

impl<'a> Drawn<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        let mut files: Vec<FileId> = Vec::new();
        for label in &diagnostic.labels {
            if !files.contains(&label.span.file) {
                files.push(label.span.file);
            }
        }
        let mut parts = files.into_iter().map(|file| Self::part(diagnostic, sources, file));
        let mut drawn = parts.next().unwrap_or_else(|| Self::empty(String::new()));
        drawn.related = parts.collect();
        drawn.message.clone_from(&diagnostic.message);
        drawn.diagnostic = Some(diagnostic);
        drawn.help = (!diagnostic.help.is_empty()).then(|| diagnostic.help.join("\n"));
        drawn
    }

    fn empty(message: String) -> Self {
        Self { diagnostic: None, message, source: None, labels: Vec::new(), help: None, related: Vec::new() }
    }

    fn part(diagnostic: &'a Diagnostic, sources: &'a Sources, file: FileId) -> Self {
        let shown = diagnostic.labels.iter().filter(|label| label.span.file == file);
        let path = &sources.file(file).path;
        Self {
            source: Some(View(sources.file(file))),
            labels: shown.collect(),
            ..Self::empty(format!("and in {path}"))
        }
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.diagnostic.map(|diagnostic| -> Box<dyn fmt::Display> {
            Box::new(format!("{}[{}]", diagnostic.severity.word(), diagnostic.code))
        })
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.map(|diagnostic| diagnostic.severity) {
            Some(Severity::Error) => miette::Severity::Error,
            Some(Severity::Warning) => miette::Severity::Warning,
            None => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| -> Box<dyn fmt::Display> { Box::new(help) })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|view| -> &dyn SourceCode { view })
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let spans = self.labels.iter().enumerate().map(|(place, label)| {
            let span = SourceSpan::from(label.span.range());
            let text = Some(label.text.clone()).filter(|text| !text.is_empty());
            // The first label is where the fault stands: the heading names its place.
            match place {
                0 => LabeledSpan::new_primary_with_span(text, span),
                _ => LabeledSpan::new_with_span(text, span),
            }
        });
        (!self.labels.is_empty()).then(|| -> Box<dyn Iterator<Item = LabeledSpan>> { Box::new(spans) })
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        let parts = self.related.iter().map(|part| -> &dyn miette::Diagnostic { part });
        (!self.related.is_empty())
            .then(|| -> Box<dyn Iterator<Item = &dyn miette::Diagnostic>> { Box::new(parts) })
    }
}

/// A file with its line index: miette's own source type scans from the first byte for every report.
#[derive(Debug)]
struct View<'a>(&'a SourceFile);

impl SourceCode for View<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let (file, lines) = (self.0, self.0.lines());
        let end = span.offset() + span.len();
        if end > file.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        // Asked for a span alone, miette wants to know where it begins: that is the place in its heading.
        if before == 0 && after == 0 {
            let at = file.position(span.offset());
            let data = file.text.as_bytes().get(span.offset()..end).ok_or(MietteError::OutOfBounds)?;
            // A cell of a workbook has a name, by which a person finds it there, and so has one of a Parquet file.
            let name = file.place_at(span.offset()..end, ' ').unwrap_or_else(|| file.path.clone());
            let contents = MietteSpanContents::new_named(name, data, *span, at.line - 1, at.column - 1, 1);
            return Ok(Box::new(contents));
        }
        let mut first = lines.line_of(span.offset()).saturating_sub(before);
        let last = (lines.line_of(end) + after + 1).min(lines.count());
        // Above the first row stand the names of columns, which have no number.
        if file.has_rows() && lines.line_of(span.offset()) > 0 {
            first = first.max(1);
        }
        let from = lines.start(first);
        let to = lines.start(last).min(file.text.len());
        let data = file.clean().as_bytes().get(from..to).ok_or(MietteError::OutOfBounds)?;
        let shown = SourceSpan::from(from..to);
        let contents = MietteSpanContents::new_named(
            file.path.clone(),
            data,
            shown,
            file.numbered(first) - 1,
            0,
            last - first,
        );
        Ok(Box::new(contents))
    }
}
