//! What can be folded: declarations and blocks of several lines, comments, and files that are used one after another.

use gen_lsp_types::{FoldingRange, FoldingRangeKind};

use super::tree::attributes;
use super::view::View;
use crate::source::Span;
use crate::syntax::ast::{Attribute, Item, ItemKind, Value};

pub(super) fn ranges(view: &View<'_>) -> Option<Vec<FoldingRange>> {
    let tree = view.tree()?;
    let mut found = Found { view, ranges: Vec::new() };
    tree.items.iter().for_each(|item| found.item(item));
    found.rows(tree.comments.iter().filter(|one| one.alone).map(|one| one.span), FoldingRangeKind::Comment);
    let brings = |item: &&Item| matches!(item.kind, ItemKind::Use { .. } | ItemKind::Import(_));
    found.rows(tree.items.iter().filter(brings).map(|item| item.span), FoldingRangeKind::Imports);
    Some(found.ranges)
}

struct Found<'a> {
    view: &'a View<'a>,
    ranges: Vec<FoldingRange>,
}

impl Found<'_> {
    fn add(&mut self, span: Span, kind: Option<FoldingRangeKind>) {
        let range = self.view.range(span);
        if range.start.line < range.end.line {
            let (start_line, end_line) = (range.start.line, range.end.line);
            self.ranges.push(FoldingRange { start_line, end_line, kind, ..FoldingRange::default() });
        }
    }

    fn item(&mut self, item: &Item) {
        self.add(item.span, Some(FoldingRangeKind::Region));
        if let ItemKind::Scenario(scenario) = &item.kind {
            scenario.items.iter().for_each(|inner| self.item(inner));
        }
        self.blocks(attributes(&item.kind));
    }

    fn blocks(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            if let Value::Block(inner) = &attribute.value {
                self.add(attribute.span, Some(FoldingRangeKind::Region));
                self.blocks(inner);
            }
        }
    }

    /// Rows of one kind, as far as nothing but white space stands between.
    fn rows(&mut self, spans: impl Iterator<Item = Span>, kind: FoldingRangeKind) {
        let mut open: Option<Span> = None;
        for span in spans {
            let follows = open.filter(|open| {
                let between = self.view.text().get(open.end as usize..span.start as usize).unwrap_or("x");
                between.trim().is_empty() && between.matches('\n').count() <= 1
            });
            match follows {
                Some(first) => open = Some(first.to(span)),
                None => {
                    if let Some(done) = open.replace(span) {
                        self.add(done, Some(kind.clone()));
                    }
                }
            }
        }
        if let Some(done) = open {
            self.add(done, Some(kind));
        }
    }
}
