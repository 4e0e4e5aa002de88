//! The shape of texts as loopc sees it: every declaration, attribute and expression with its place.

use std::fmt::Write as _;
use std::path::Path;

use loopc::source::{FileId, SourceFile, Span};
use loopc::syntax::ast::{Attribute, Expr, ExprKind, Item, ItemKind, Value};
use loopc::syntax::parse;

/// What is told of: by these names the tree has it, and the captures of `test/outline.scm`.
pub const KINDS: [&str; 32] = [
    "and",
    "attribute",
    "change",
    "closure",
    "comparison",
    "currency",
    "expect",
    "flow",
    "import",
    "in",
    "loop",
    "measure",
    "medium",
    "model",
    "not",
    "or",
    "param",
    "participant",
    "path",
    "plan",
    "power",
    "product",
    "quantity",
    "reference",
    "remove",
    "role",
    "scenario",
    "set",
    "sign",
    "sum",
    "unit",
    "use",
];

/// Something with its place: rows and columns from zero, columns in bytes, as tree-sitter counts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    path: String,
    pub kind: &'static str,
    place: [usize; 4],
}

/// The shape of many texts.
#[derive(Debug, Default)]
pub struct Outline {
    pub files: Vec<String>,
    pub lines: Vec<Line>,
}

impl Outline {
    /// Takes in a text, unless its syntax is at fault.
    pub fn add(&mut self, path: &str, source: &SourceFile) {
        let (tree, faults) = parse(FileId(0), source);
        if !faults.is_empty() || tree.items.is_empty() {
            return;
        }
        self.files.push(path.to_owned());
        let mut walk = Walk { path, text: &source.text, lines: &mut self.lines };
        tree.items.iter().for_each(|item| walk.item(item));
    }

    /// Writes the paths to `files.txt`, the shape to `outline.txt`.
    pub fn write(&mut self, folder: &Path) {
        self.lines.sort();
        let mut text = String::new();
        for Line { path, kind, place: [row, column, end_row, end_column] } in &self.lines {
            writeln!(text, "{kind} {row}:{column}-{end_row}:{end_column} {path}").unwrap();
        }
        std::fs::write(folder.join("outline.txt"), text).unwrap();
        std::fs::write(folder.join("files.txt"), self.files.join("\n") + "\n").unwrap();
    }
}

struct Walk<'a> {
    path: &'a str,
    text: &'a str,
    lines: &'a mut Vec<Line>,
}

impl Walk<'_> {
    fn tell(&mut self, kind: &'static str, span: Span) {
        let place = |offset: u32| {
            let before = &self.text[..offset as usize];
            let line = before.rfind('\n').map_or(0, |at| at + 1);
            (before.matches('\n').count(), before.len() - line)
        };
        let ((row, column), (end_row, end_column)) = (place(span.start), place(span.end));
        self.lines.push(Line { path: self.path.to_owned(), kind, place: [row, column, end_row, end_column] });
    }

    fn item(&mut self, item: &Item) {
        self.tell(kind_of(&item.kind), item.span);
        match &item.kind {
            ItemKind::Currency { worth: Some(value), .. }
            | ItemKind::DerivedUnit { worth: value, .. }
            | ItemKind::Measure { unit: value, .. }
            | ItemKind::Expect { claim: value }
            | ItemKind::Set { value, .. } => self.expression(value),
            ItemKind::Param(param) => {
                self.expression(&param.value);
                let range = param.range.iter().flat_map(|(low, high)| [low, high]);
                let shape = param.distribution.iter().flat_map(|shape| &shape.arguments);
                range.chain(shape).for_each(|value| self.expression(value));
            }
            ItemKind::Participant(participant) => self.attributes(&participant.attributes),
            ItemKind::Flow(flow) => self.attributes(&flow.attributes),
            ItemKind::Analysis(analysis) => self.attributes(&analysis.attributes),
            ItemKind::Import(import) => self.attributes(&import.attributes),
            ItemKind::Change { attributes, .. } => self.attributes(attributes),
            ItemKind::Scenario(scenario) => scenario.items.iter().for_each(|item| self.item(item)),
            _ => {}
        }
    }

    fn attributes(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            self.tell("attribute", attribute.span);
            match &attribute.value {
                Value::Block(inner) => self.attributes(inner),
                Value::Terms(terms) => {
                    terms.iter().for_each(|term| {
                        self.expression(&term.value);
                        term.to.iter().for_each(|to| self.expression(to));
                    });
                }
            }
        }
    }

    fn expression(&mut self, expression: &Expr) {
        let mut all = |kind, inner: Vec<&Expr>| {
            self.tell(kind, expression.span);
            inner.into_iter().for_each(|inner| self.expression(inner));
        };
        match &expression.kind {
            ExprKind::Broken | ExprKind::Number(_) | ExprKind::Text => {}
            ExprKind::Counted(value, _) => all("quantity", vec![value]),
            ExprKind::Reference(name) => all("reference", name.arguments.iter().flatten().collect()),
            ExprKind::Negative(inner) => all("sign", vec![inner]),
            ExprKind::Not(inner) => all("not", vec![inner]),
            ExprKind::Sum(row) => all("sum", row.iter().map(|(_, inner)| inner).collect()),
            ExprKind::Product(row) => all("product", row.iter().map(|(_, inner)| inner).collect()),
            ExprKind::Power(base, exponent) => all("power", vec![base, exponent]),
            ExprKind::Comparison(first, rest) => {
                all(
                    "comparison",
                    std::iter::once(&**first).chain(rest.iter().map(|(_, inner)| inner)).collect(),
                );
            }
            ExprKind::And(row) => all("and", row.iter().collect()),
            ExprKind::Or(row) => all("or", row.iter().collect()),
            ExprKind::In(left, right) => all("in", vec![left, right]),
        }
    }
}

fn kind_of(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Model { .. } => "model",
        ItemKind::Currency { .. } => "currency",
        ItemKind::Units { .. } | ItemKind::DerivedUnit { .. } => "unit",
        ItemKind::Medium { .. } => "medium",
        ItemKind::Role { .. } => "role",
        ItemKind::Measure { .. } => "measure",
        ItemKind::Param(_) => "param",
        ItemKind::Participant(_) => "participant",
        ItemKind::Flow(_) => "flow",
        ItemKind::Analysis(analysis) => analysis.word.name(),
        ItemKind::Expect { .. } => "expect",
        ItemKind::Use { .. } => "use",
        ItemKind::Import(_) => "import",
        ItemKind::Scenario(_) => "scenario",
        ItemKind::Set { .. } => "set",
        ItemKind::Change { .. } => "change",
        ItemKind::Remove { .. } => "remove",
        ItemKind::Later { .. } => "later",
    }
}

/// The models in the pages of the documentation, each with a name of its own.
pub fn blocks_of_pages() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["", "docs", "docs/errors"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let page = std::fs::read_to_string(&path).unwrap();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            for (part, number) in page.split("```loop\n").skip(1).zip(1..) {
                let text = part.split("\n```").next().unwrap();
                found.push((format!("{stem}-{number}.loop"), format!("{text}\n")));
            }
        }
    }
    found.sort();
    found
}
