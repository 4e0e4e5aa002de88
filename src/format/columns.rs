//! Columns: the lines of a run, and where their cells stand below each other.

use std::collections::BTreeMap;

use super::line::{BLOCK, Cell, FLOW, Line};
use super::phrase::Phrases;

/// No cell is moved to the right by more columns for the sake of a longer neighbour, which sticks out instead.
const MOST_MOVED: usize = 24;

/// How often a run is aligned anew without the lines that it has no room for.
const MOST_ROUNDS: usize = 8;

/// The word before `flow` is moved by so many columns, as `cash` beside `goods` or `service`; beside a longer one, a gap
/// in the middle of three words would be hard to read.
const MOST_MOVED_WORD: usize = 3;

/// A run of lines whose columns are being found: how far each line has come.
struct Columns<'l, 'a> {
    lines: &'l mut [Line<'a>],
    /// Which cell of each line comes next, and where the one before it ends.
    next: Vec<(usize, usize)>,
    /// The first line of the group in which the block of each line begins.
    blocks: Vec<usize>,
    /// Which lines stand for themselves.
    alone: &'l [bool],
}

/// Moves the cells of a run of lines into columns.
pub(super) fn align(lines: &mut [Line<'_>], phrases: &Phrases<'_>) {
    let mut most = 0;
    for line in lines.iter_mut() {
        for cell in &mut line.cells {
            let widths =
                phrases.pieces(cell.tokens.clone()).map(|piece| piece.width + usize::from(piece.space));
            cell.width = widths.sum();
            most = most.max(cell.column);
        }
    }
    let mut alone = vec![false; lines.len()];
    for round in 0..MOST_ROUNDS {
        lines.iter_mut().flat_map(|line| &mut line.cells).for_each(|cell| cell.moved = 0);
        let next = lines.iter().map(|line| (0, line.indent)).collect();
        let blocks = vec![usize::MAX; lines.len()];
        let mut columns = Columns { lines, next, blocks, alone: &alone };
        for column in 0..=most {
            let groups = if column < BLOCK { columns.alike(column) } else { columns.adjacent(column) };
            groups.iter().for_each(|group| columns.group(group));
        }
        // The widest of those that there is no room for stands for itself, and the others are aligned without it.
        let widest = lines.iter().filter(|line| !line.fits()).map(Line::width).max();
        let Some(widest) = widest else { return };
        for (line, alone) in lines.iter_mut().zip(&mut alone).filter(|(line, _)| !line.fits()) {
            if round + 1 == MOST_ROUNDS || line.width() == widest {
                line.cells.iter_mut().for_each(|cell| cell.moved = 0);
                *alone = true;
            }
        }
    }
}

impl Columns<'_, '_> {
    /// The cell of a line in a column, if it is the line's next one.
    fn cell(&self, line: usize, column: usize) -> Option<&Cell> {
        let next = self.lines[line].cells.get(self.next[line].0);
        next.filter(|cell| cell.column == column && !self.alone[line])
    }

    /// The column of the cell before a line's next one.
    fn before(&self, line: usize) -> Option<usize> {
        let before = self.next[line].0.checked_sub(1)?;
        self.lines[line].cells.get(before).map(|cell| cell.column)
    }

    /// The lines that have a column, parted by what stands before it.
    fn alike(&self, column: usize) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for line in (0..self.lines.len()).filter(|line| self.cell(*line, column).is_some()) {
            groups.entry(self.before(line)).or_default().push(line);
        }
        groups.into_values().collect()
    }

    /// The same of a column inside blocks: of lines directly below each other, and blocks of the same attributes.
    fn adjacent(&self, column: usize) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for line in (0..self.lines.len()).filter(|line| self.cell(*line, column).is_some()) {
            let above = |above: usize| {
                let same_keys = || self.lines[line].keys == self.lines[above].keys;
                let inside = || self.blocks[line] == self.blocks[above] && same_keys();
                above + 1 == line && self.before(line) == self.before(above) && (column == BLOCK || inside())
            };
            match groups.last_mut().filter(|group| group.last().is_some_and(|last| above(*last))) {
                Some(group) => group.push(line),
                None => groups.push(vec![line]),
            }
        }
        groups
    }

    fn group(&mut self, group: &[usize]) {
        let Some(first) = group.first() else { return };
        if self.next[*first].0 > 0 {
            let ends: Vec<(usize, usize)> = group.iter().map(|line| (*line, self.next[*line].1)).collect();
            let (nearest, most) = (ends.iter().map(|end| end.1).min(), ends.iter().map(|end| end.1).max());
            let word = self.lines[*first].family == FLOW && self.next[*first].0 == 1;
            if !word || most <= nearest.map(|nearest| nearest + MOST_MOVED_WORD) {
                self.even_out(ends);
            }
        }
        let counted = |line: usize| self.lines[line].cells[self.next[line].0].counted.as_ref();
        if counted(*first).is_some() && group.iter().all(|line| counted(*line) == counted(*first)) {
            // Numbers end in one column.
            let width = |line: usize| self.lines[line].cells[self.next[line].0].width;
            let widths = group.iter().map(|line| (*line, width(*line))).collect();
            self.even_out(widths);
        }
        for line in group {
            let (at, end) = self.next[*line];
            if self.lines[*line].cells[at].column == BLOCK {
                self.blocks[*line] = *first;
            }
            let cell = &self.lines[*line].cells[at];
            self.next[*line] = (at + 1, end + usize::from(at > 0) + cell.moved + cell.width);
        }
    }

    /// Moves the next cells of some lines by what each measures less than the furthest.
    fn even_out(&mut self, measures: Vec<(usize, usize)>) {
        let most = furthest(measures.iter().map(|(_, measure)| *measure));
        for (line, measure) in measures {
            let at = self.next[line].0;
            self.lines[line].cells[at].moved += most.saturating_sub(measure);
        }
    }
}

/// The furthest of some ends, those left out that are further from the nearest than anything is moved.
pub(super) fn furthest(ends: impl Iterator<Item = usize> + Clone) -> usize {
    let nearest = ends.clone().min().unwrap_or(0);
    ends.filter(|end| *end <= nearest + MOST_MOVED).max().unwrap_or(nearest)
}
