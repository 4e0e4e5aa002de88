//! The paper: lines are held back until their run ends, aligned, and written.

use super::columns::{align, furthest};
use super::line::{Line, Written};
use super::phrase::Phrases;

const INDENT: usize = 4;

/// Deeper blocks than any model has are not indented further: what is written stays in proportion to what was read.
const DEEPEST_INDENT: usize = 80;

#[derive(Debug)]
pub(super) struct Paper<'a> {
    text: String,
    /// The lines of the run that is open, all of one family; of no family, at most one.
    run: Vec<Line<'a>>,
    /// Whether a blank line comes before what is written next.
    blank: bool,
    /// Whether something has been written in this block.
    begun: bool,
}

impl<'a> Paper<'a> {
    pub const fn new() -> Self {
        Self { text: String::new(), run: Vec::new(), blank: false, begun: false }
    }

    /// A blank line before what is written next, unless a block or the file begins or ends there.
    pub const fn blank(&mut self) {
        self.blank = self.begun;
    }

    /// Nothing is parted from the start of a block, or from its end.
    pub const fn at_edge(&mut self) {
        self.blank = false;
        self.begun = false;
    }

    pub fn line(&mut self, line: Line<'a>, phrases: &Phrases<'a>) {
        let goes_on = !self.blank && !line.family.is_empty();
        if !goes_on || self.run.last().is_some_and(|last| last.family != line.family) {
            self.part(phrases);
        }
        self.begun = true;
        self.run.push(line);
    }

    /// A comment on a line of its own.
    pub fn comment(&mut self, indent: usize, text: &str, phrases: &Phrases<'a>) {
        self.part(phrases);
        self.begun = true;
        push_blanks(&mut self.text, indent);
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A comment behind the last line, which stands in a column of the source; whether there is room for it.
    pub fn comment_behind(&mut self, text: &'a str, column: usize) -> bool {
        let Some(line) = self.run.last_mut().filter(|line| line.comments.is_empty()) else { return false };
        line.comments.push(text);
        line.comment_column = column;
        true
    }

    /// A comment directly below the one behind the last line, if it goes on there: it stands in that one's column, or
    /// so far to the right that it can belong to nothing else.
    pub fn comment_below(&mut self, text: &'a str, column: usize, phrases: &Phrases<'a>) -> bool {
        let goes_on = |line: &&mut Line<'a>| {
            let (Some(first), Some(last)) = (line.cells.first(), line.cells.last()) else { return false };
            let opens = phrases.tokens.text(last.tokens.end - 1) == "{";
            let far = || !opens && column > phrases.tokens.column(first.tokens.start) + INDENT;
            !line.comments.is_empty() && (line.comment_column == column || far())
        };
        let Some(line) = self.run.last_mut().filter(goes_on) else { return false };
        line.comments.push(text);
        true
    }

    pub fn finished(mut self, phrases: &Phrases<'a>) -> String {
        self.blank = false;
        self.part(phrases);
        self.text
    }

    /// Ends the run, and begins the next with a blank line where one is due.
    fn part(&mut self, phrases: &Phrases<'a>) {
        let mut run = std::mem::take(&mut self.run);
        align(&mut run, phrases);
        let written: Vec<Vec<Written<'a>>> = run.iter().map(|line| line.written(phrases)).collect();
        let commented =
            run.iter().zip(&written).filter(|(line, lines)| !line.comments.is_empty() && lines.len() == 1);
        let ends = commented.filter_map(|(_, lines)| lines.last()).map(|last| last.width);
        let column = furthest(ends) + 2;
        for (line, lines) in run.iter().zip(&written) {
            self.write(line, lines, column);
        }
        if std::mem::take(&mut self.blank) {
            self.text.push('\n');
        }
    }

    fn write(&mut self, line: &Line<'a>, lines: &[Written<'a>], column: usize) {
        let (first, below) =
            line.comments.split_first().map_or((None, &[][..]), |(first, below)| (Some(*first), below));
        let mut start = 0;
        for (place, written) in lines.iter().enumerate() {
            let last = place + 1 == lines.len();
            self.text.push_str(written.code.trim_end());
            let width = written.width - (written.code.len() - written.code.trim_end().len());
            let comment = written.comment.or(first.filter(|_| last));
            if let Some(comment) = comment {
                let alone = written.code.trim_end().is_empty();
                start = match (alone, lines.len() == 1) {
                    (true, _) => written.width,
                    (false, true) => column.max(width + 2),
                    (false, false) => width + 2,
                };
                push_blanks(&mut self.text, start - if alone { 0 } else { width });
                self.text.push_str(comment);
            }
            self.text.push('\n');
        }
        for comment in below {
            push_blanks(&mut self.text, start);
            self.text.push_str(comment);
            self.text.push('\n');
        }
    }
}

fn push_blanks(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n(' ', count));
}

/// How far the lines of a block are indented, by how deep it stands.
pub(super) fn indent(depth: usize) -> usize {
    (INDENT * depth).min(DEEPEST_INDENT)
}
