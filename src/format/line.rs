//! Lines: cells side by side, and how a line is written, or broken where it is too long.

use std::ops::Range;

use super::phrase::{Comment, Phrases, Piece, WIDEST};

/// Where the rest of a broken row begins at the latest.
const DEEPEST_HANG: usize = 60;

/// The column of a block's opening brace; what stands in the block is to the right of it.
pub(super) const BLOCK: usize = 8;

/// The family of flows.
pub(super) const FLOW: &str = "flow";

/// A part of a line that stands in a column.
#[derive(Debug)]
pub(super) struct Cell {
    pub tokens: Range<usize>,
    /// Which column it is; cells of one column stand below each other.
    pub column: usize,
    /// The unit of what is but a number, for that stands to the right of its column.
    pub counted: Option<String>,
    /// How many spaces stand before it besides the usual one.
    pub moved: usize,
    /// How many columns it takes on one line.
    pub width: usize,
}

/// A line of code, or what would be one if it were not too long.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub indent: usize,
    /// Lines of one family, directly below each other, are aligned; those of no family stand alone.
    pub family: &'static str,
    pub cells: Vec<Cell>,
    /// The attributes of its block: columns inside blocks are aligned where these are the same.
    pub keys: Vec<&'a str>,
    /// Whether it may be broken in its last cell, and how far to the right of that the rest begins.
    pub hang: Option<usize>,
    /// The comment behind it, and those that go on below that one.
    pub comments: Vec<&'a str>,
    /// In which column of the source the comment behind it stands.
    pub comment_column: usize,
}

impl Cell {
    pub fn new(tokens: Range<usize>, column: usize) -> Self {
        Self { tokens, column, counted: None, moved: 0, width: 0 }
    }
}

impl<'a> Line<'a> {
    pub fn new(indent: usize, family: &'static str, cells: Vec<Cell>) -> Self {
        Self { indent, family, cells, keys: Vec::new(), hang: None, comments: Vec::new(), comment_column: 0 }
    }

    /// How many columns the line takes where no cell is moved.
    pub fn width(&self) -> usize {
        let width: usize = self.cells.iter().map(|cell| cell.width + 1).sum();
        self.indent + width.saturating_sub(1)
    }

    /// Whether no cell has been moved, or there is room for the line as its cells stand now.
    pub fn fits(&self) -> bool {
        let moved: usize = self.cells.iter().map(|cell| cell.moved).sum();
        moved == 0 || self.hang.is_some() || self.width() + moved <= WIDEST
    }
}

/// A line as it is written: its code, and the comment behind it.
#[derive(Debug, Default)]
pub(super) struct Written<'a> {
    pub code: String,
    pub width: usize,
    pub comment: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// The line as it is written, or the lines where it must be broken.
    pub fn written(&self, phrases: &Phrases<'a>) -> Vec<Written<'a>> {
        let mut writer = Writer { lines: vec![Written::default()], hang: 0 };
        writer.blanks(self.indent);
        for (place, cell) in self.cells.iter().enumerate() {
            let last = place + 1 == self.cells.len();
            let start = writer.column() + usize::from(place > 0) + cell.moved;
            let pieces: Vec<Piece<'a>> = phrases.pieces(cell.tokens.clone()).collect();
            let hang = self.hang.filter(|_| last).map_or(self.indent + 8, |hang| start + hang);
            writer.hang = if hang > DEEPEST_HANG { self.indent + 8 } else { hang };
            writer.pieces(&pieces, start, last && self.hang.is_some());
        }
        writer.lines
    }
}

struct Writer<'a> {
    lines: Vec<Written<'a>>,
    /// Where the rest of what is broken begins.
    hang: usize,
}

impl<'a> Writer<'a> {
    fn column(&self) -> usize {
        self.lines.last().map_or(0, |line| line.width)
    }

    fn blanks(&mut self, count: usize) {
        if let Some(line) = self.lines.last_mut() {
            line.code.extend(std::iter::repeat_n(' ', count));
            line.width += count;
        }
    }

    fn new_line(&mut self) {
        self.lines.push(Written::default());
        self.blanks(self.hang);
    }

    /// Writes pieces from a column on; breaks the row where it `may` be, and behind comments.
    fn pieces(&mut self, pieces: &[Piece<'a>], start: usize, may: bool) {
        self.blanks(start.saturating_sub(self.column()));
        let mut fresh = true;
        for segment in pieces.chunk_by(|left, right| left.comment.is_none() && right.comment.is_none()) {
            if let Some(comment) = segment[0].comment {
                self.comment(segment[0].text, comment);
                fresh = false;
                continue;
            }
            let mut rest = segment;
            while !rest.is_empty() {
                if !std::mem::take(&mut fresh) {
                    self.new_line();
                }
                let room = WIDEST.saturating_sub(self.column());
                let (row, below) = rest.split_at(if may { fitting(rest, room) } else { rest.len() });
                self.row(row);
                rest = below;
            }
        }
    }

    fn row(&mut self, pieces: &[Piece<'a>]) {
        let Some(line) = self.lines.last_mut() else { return };
        for (place, piece) in pieces.iter().enumerate() {
            if place > 0 && piece.space {
                line.code.push(' ');
                line.width += 1;
            }
            line.code.push_str(piece.text);
            line.width += piece.width;
        }
    }

    fn comment(&mut self, text: &'a str, stands: Comment) {
        if stands == Comment::Alone || self.lines.last().is_some_and(|line| line.comment.is_some()) {
            self.new_line();
        }
        if let Some(line) = self.lines.last_mut() {
            line.comment = Some(text);
        }
    }
}

/// How many pieces stand on the first line of a row: all, if they fit; else up to the last of the loosest seams that do.
fn fitting(pieces: &[Piece<'_>], room: usize) -> usize {
    let (mut width, mut best) = (0, None::<(u32, usize)>);
    for (place, piece) in pieces.iter().enumerate() {
        if let Some(rank) = piece.seam.filter(|_| place > 0) {
            if width > room && best.is_none() {
                return place;
            }
            if width <= room && best.is_none_or(|(loosest, _)| rank <= loosest) {
                best = Some((rank, place));
            }
        }
        width += piece.width + usize::from(piece.space && place > 0);
        if let (true, Some((_, place))) = (width > room, best) {
            return place;
        }
    }
    pieces.len()
}
