//! Layout: which line each part of a file comes to stand on. What a file means is not looked at.

use std::ops::Range;

use super::line::{BLOCK, Cell, FLOW, Line};
use super::paper::{Paper, indent};
use super::phrase::{Phrases, WIDEST};
use crate::syntax::ast::{Ast, Attribute, Item, ItemKind, Scenario};

/// A file that is being laid out.
pub(super) struct Layout<'t, 'a> {
    pub phrases: &'t Phrases<'a>,
    pub paper: Paper<'a>,
}

/// The file, as it is to be written; its lines end in `\n`.
pub(super) fn lay_out(tree: &Ast, phrases: &Phrases<'_>) -> String {
    let mut layout = Layout { phrases, paper: Paper::new() };
    let at = layout.items(&tree.items, (0, 0));
    layout.gap(at..phrases.tokens.count(), (0, phrases.tokens.count()));
    layout.paper.finished(phrases)
}

impl<'a> Layout<'_, 'a> {
    /// Declarations one below the other, from a token on; where the last of them ends.
    fn items(&mut self, items: &[Item], (from, depth): (usize, usize)) -> usize {
        let mut at = from;
        for item in items {
            let tokens = self.phrases.tokens.of_span(item.span);
            let documented = tokens.start - item.above.len();
            self.gap(at..tokens.start, (depth, documented));
            match &item.kind {
                ItemKind::Scenario(scenario) => self.scenario(scenario, tokens.clone()),
                _ => self.item(item, (tokens.clone(), depth)),
            }
            at = tokens.end;
        }
        at
    }

    /// A scenario: what stands in its braces is laid out as a file is. One that says but one thing may stay a line.
    fn scenario(&mut self, scenario: &Scenario, tokens: Range<usize>) {
        let Some(open) = self.brace(&tokens) else { return self.alone(tokens, 0) };
        if scenario.items.len() < 2 && self.fits_one_line(&(open..tokens.end), &tokens, 0) {
            return self.alone(tokens, 0);
        }
        self.alone(tokens.start..open + 1, 0);
        self.paper.at_edge();
        let at = self.items(&scenario.items, (open + 1, 1));
        self.gap(at..tokens.end - 1, (1, usize::MAX));
        self.paper.at_edge();
        self.alone(tokens.end - 1..tokens.end, 0);
    }

    pub fn line(&mut self, line: Line<'a>) {
        self.paper.line(line, self.phrases);
    }

    /// A line that stands alone, whatever is above and below it.
    pub fn alone(&mut self, tokens: Range<usize>, depth: usize) {
        let mut line = Line::new(indent(depth), "", vec![Cell::new(tokens, 0)]);
        line.hang = Some(8);
        self.line(line);
    }

    /// What stands between declarations or attributes: comments, commas and blank lines. From a place on, comments
    /// belong to what follows, and no blank line parts a doc comment from it.
    pub fn gap(&mut self, tokens: Range<usize>, (depth, documented): (usize, usize)) {
        let all = &self.phrases.tokens;
        let mut docs = false;
        let next = tokens.end;
        for place in tokens {
            let (text, breaks) = (all.text(place), all.breaks(place));
            if breaks > 1 && !docs {
                self.paper.blank();
            }
            if !all.is_comment(place) {
                continue;
            }
            let behind = breaks == 0 && place > 0;
            docs = text.starts_with("///") && !text.starts_with("////") && place >= documented;
            let below = breaks == 1 && !text.starts_with("///");
            let placed = behind && self.paper.comment_behind(text, all.column(place))
                || below && self.paper.comment_below(text, all.column(place), self.phrases);
            if !placed {
                self.paper.comment(indent(depth), text, self.phrases);
            }
        }
        if all.breaks(next) > 1 && !docs {
            self.paper.blank();
        }
    }

    fn item(&mut self, item: &Item, (tokens, depth): (Range<usize>, usize)) {
        let block = attributes(&item.kind).and_then(|attributes| Some((attributes, self.brace(&tokens)?)));
        if let Some((attributes, open)) = block
            && !self.fits_one_line(&(open..tokens.end), &tokens, depth)
        {
            let whole = self.phrases.tokens.on_one_line(&(open..tokens.end));
            self.alone(tokens.start..open + 1, depth);
            self.block(attributes, (open, tokens.end - 1), (depth + 1, whole));
            self.alone(tokens.end - 1..tokens.end, depth);
            return;
        }
        let (family, starts) = columns(item, self.phrases);
        let mut cells = cells(&tokens, &starts);
        let mut line = Line::new(indent(depth), family, Vec::new());
        if let Some((attributes, open)) = block {
            if let Some(last) = cells.last_mut() {
                last.tokens.end = open;
            }
            self.block_cells(attributes, open..tokens.end, (&mut cells, &mut line.keys));
        } else if wraps(&item.kind) {
            line.hang = Some(if begins_with_sign(&item.kind) { 2 } else { 0 });
        }
        let heads = cells.last().map_or(tokens.start, |last| last.tokens.start);
        let broken = (tokens.start..heads).any(|place| self.phrases.tokens.is_comment(place));
        if broken || line.hang.is_none() && self.too_wide(&tokens, depth) {
            return self.alone(tokens, depth);
        }
        line.cells = cells;
        self.line(line);
    }

    fn too_wide(&self, tokens: &Range<usize>, depth: usize) -> bool {
        self.phrases.width_within(tokens.clone(), WIDEST - indent(depth)).is_none()
            || self.has_comment(tokens)
    }

    pub fn has_comment(&self, tokens: &Range<usize>) -> bool {
        // A comment ends its line.
        !self.phrases.tokens.on_one_line(tokens)
            && tokens.clone().any(|place| self.phrases.tokens.is_comment(place))
    }

    /// Whether a block was written on one line, and there is room for it and what stands before it.
    pub fn fits_one_line(&self, block: &Range<usize>, all: &Range<usize>, depth: usize) -> bool {
        (block.len() == 2 || self.phrases.tokens.on_one_line(block))
            && self.phrases.width_within(all.clone(), WIDEST - indent(depth)).is_some()
            && !self.has_comment(all)
    }

    /// The first opening brace.
    pub fn brace(&self, tokens: &Range<usize>) -> Option<usize> {
        tokens.clone().find(|place| self.phrases.tokens.text(*place) == "{")
    }
}

/// The attributes of a declaration that may have a block.
fn attributes(kind: &ItemKind) -> Option<&[Attribute]> {
    match kind {
        ItemKind::Participant(participant) => Some(&participant.attributes),
        ItemKind::Flow(flow) => Some(&flow.attributes),
        ItemKind::Analysis(analysis) => Some(&analysis.attributes),
        ItemKind::Import(import) => Some(&import.attributes),
        ItemKind::Change { attributes, .. } => Some(attributes),
        ItemKind::Model { .. }
        | ItemKind::Currency { .. }
        | ItemKind::Units { .. }
        | ItemKind::DerivedUnit { .. }
        | ItemKind::Medium { .. }
        | ItemKind::Role { .. }
        | ItemKind::Measure { .. }
        | ItemKind::Param(_)
        | ItemKind::Expect { .. }
        | ItemKind::Use { .. }
        | ItemKind::Scenario(_)
        | ItemKind::Set { .. }
        | ItemKind::Remove { .. }
        | ItemKind::Later { .. } => None,
    }
}

/// Whether a declaration that is too long is broken within its last cell, the others staying in their columns.
const fn wraps(kind: &ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Currency { .. }
            | ItemKind::Units { .. }
            | ItemKind::DerivedUnit { .. }
            | ItemKind::Measure { .. }
            | ItemKind::Param(_)
            | ItemKind::Set { .. }
            | ItemKind::Remove { .. }
            | ItemKind::Expect { .. }
    )
}

/// Whether the last cell begins with a `=`.
const fn begins_with_sign(kind: &ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Currency { .. } | ItemKind::DerivedUnit { .. } | ItemKind::Param(_) | ItemKind::Set { .. }
    )
}

/// The family of a declaration, and the tokens that begin a cell, each with its column.
fn columns(item: &Item, phrases: &Phrases<'_>) -> (&'static str, Vec<(usize, usize)>) {
    let first = phrases.tokens.of_span(item.span).start;
    let at = |span| phrases.tokens.of_span(span).start;
    let behind = |span| phrases.tokens.of_span(span).end;
    match &item.kind {
        ItemKind::Model { .. } => ("model", vec![]),
        ItemKind::Use { .. } => ("use", vec![]),
        ItemKind::Currency { name, worth } => {
            ("currency", worth.iter().map(|_| (behind(name.span), 1)).collect())
        }
        ItemKind::Units { names } => ("unit", names.iter().take(1).map(|name| (at(name.span), 2)).collect()),
        ItemKind::DerivedUnit { name, .. } => ("unit", vec![(behind(name.span), 1)]),
        ItemKind::Medium { label, .. } => ("medium", label.iter().map(|label| (at(label.span), 1)).collect()),
        ItemKind::Role { label, .. } => ("role", label.iter().map(|label| (at(label.span), 1)).collect()),
        ItemKind::Measure { unit, .. } => ("measure", vec![(at(unit.span), 1)]),
        ItemKind::Param(param) => ("param", vec![(behind(param.name.span), 1)]),
        ItemKind::Participant(participant) => {
            let label = participant.label.iter().map(|label| (at(label.span), 2));
            let company = participant.company.iter().map(|company| (at(company.span).saturating_sub(1), 3));
            (
                "participant",
                std::iter::once((at(participant.role.span), 1)).chain(label).chain(company).collect(),
            )
        }
        ItemKind::Flow(flow) => {
            let name = at(flow.name.span).saturating_sub(1);
            let stops = flow.stops.first().map(|stop| [(at(stop.span), 2), (behind(stop.span), 3)]);
            let label = flow.label.iter().map(|label| (at(label.span), 4));
            (FLOW, std::iter::once((name, 1)).chain(stops.into_iter().flatten()).chain(label).collect())
        }
        ItemKind::Analysis(analysis) => {
            let label = analysis.label.iter().map(|label| (at(label.span), 1));
            (analysis.word.name(), label.collect())
        }
        ItemKind::Expect { .. } => ("expect", vec![(first + 1, 1)]),
        ItemKind::Import(import) => ("import", vec![(at(import.path.span).saturating_sub(1), 1)]),
        ItemKind::Set { name, .. } => ("set", vec![(behind(name.span), 1)]),
        ItemKind::Change { .. } => ("change", vec![]),
        ItemKind::Remove { .. } => ("remove", vec![(first + 1, 1)]),
        ItemKind::Scenario(_) | ItemKind::Later { .. } => ("", vec![]),
    }
}

/// A line cut into cells.
fn cells(tokens: &Range<usize>, starts: &[(usize, usize)]) -> Vec<Cell> {
    let mut cells = vec![Cell::new(tokens.clone(), 0)];
    for (start, column) in starts {
        let Some(last) = cells.last_mut() else { continue };
        // Parts in another order than usual are no cells of their own.
        if *start > last.tokens.start && *start < last.tokens.end {
            last.tokens.end = *start;
            cells.push(Cell::new(*start..tokens.end, *column));
        }
    }
    cells
}

impl<'a> Layout<'_, 'a> {
    /// A block on one line as cells: each key, and each value.
    pub fn block_cells(
        &self,
        attributes: &[Attribute],
        block: Range<usize>,
        (cells, keys): (&mut Vec<Cell>, &mut Vec<&'a str>),
    ) {
        let tokens = &self.phrases.tokens;
        let mut start = block.start;
        for (place, attribute) in attributes.iter().enumerate() {
            let key = tokens.of_span(attribute.key.span);
            let value = key.end + 1;
            let next = attributes.get(place + 1).map_or(block.end, |next| tokens.of_span(next.span).start);
            keys.extend(key.clone().map(|place| tokens.text(place)));
            cells.push(Cell::new(start..value, BLOCK + 2 * place));
            let mut cell = Cell::new(value..next, BLOCK + 2 * place + 1);
            cell.counted = self.counted(value..tokens.of_span(attribute.span).end);
            cells.push(cell);
            start = next;
        }
        if attributes.is_empty() {
            cells.push(Cell::new(block, BLOCK));
        }
    }

    /// The unit of a value that is but a number.
    fn counted(&self, value: Range<usize>) -> Option<String> {
        let texts = value.clone().map(|place| self.phrases.tokens.text(place));
        let signed = usize::from(self.phrases.tokens.text(value.start) == "-");
        let mut texts = texts.skip(signed);
        let number = texts.next().filter(|text| text.starts_with(|letter: char| letter.is_ascii_digit()));
        let unit: Vec<&str> = number.map(|_| texts.collect())?;
        let word = |text: &&str| text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
        let rate = unit
            .iter()
            .enumerate()
            .all(|(place, text)| if place % 2 == 0 { word(text) } else { *text == "/" });
        rate.then(|| unit.concat())
    }
}
