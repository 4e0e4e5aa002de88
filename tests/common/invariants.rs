//! What holds of any bytes at all: what the fuzz targets and the replay of their corpus assert.

use std::io;
use std::path::{Path, PathBuf};

use loopc::diagnostic::{Diagnostic, Format, Look, Told, render, sarif};
use loopc::pipeline::{Options, States, compile_each, compile_with};
use loopc::source::{FileId, Files, SourceFile, Sources, Span};
use loopc::syntax::ast::{Ast, Attribute, Expr, ExprKind, Item, ItemKind, Value};
use loopc::syntax::parse;

/// Inputs above this are compiled and not solved: solving may rightly take long.
const MOST_SOLVED: usize = 8_192;

/// States of a model that are looked at.
const MOST_STATES: usize = 4;

/// Diagnostics that are drawn for each input.
const MOST_DRAWN: usize = 12;

/// No files at all: what is used cannot be read.
struct Nothing;

impl Files for Nothing {
    fn read(&self, _path: &Path) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_path_buf())
    }
}

/// Bytes parse; places lie in the text, on borders of characters; items stand in order and do not overlap.
pub fn parses(bytes: &[u8]) {
    let source = SourceFile::from_bytes("model.loop".to_owned(), bytes.to_vec());
    let (tree, faults) = parse(FileId(0), &source);
    let seen = Seen { text: &source.text };
    seen.tree(&tree);
    seen.faults(&faults);
}

/// Bytes compile, are solved where that is quick, and what is found is rendered, the same each time.
pub fn compiles(bytes: &[u8]) {
    let source = SourceFile::from_bytes("model.loop".to_owned(), bytes.to_vec());
    let main = (PathBuf::from("model.loop"), source);
    let states = compile_each(main, (Options::default(), &States::All), &Nothing).unwrap();
    for mut state in states.into_iter().take(MOST_STATES) {
        state.examine();
        if bytes.len() <= MOST_SOLVED {
            let _ = state.solve(&[]);
        }
        let shown = state.report();
        let errors = state.diagnostics.iter().any(Diagnostic::is_error);
        assert_eq!(errors, shown.iter().any(Diagnostic::is_error), "an error was silenced");
        let seen = Seen { text: &state.sources.file(FileId(0)).text };
        seen.faults(&shown);
        for diagnostic in shown.iter().take(MOST_DRAWN) {
            draw(diagnostic, &state.sources);
        }
    }
}

/// A model that imports one table in every way that there is.
const IMPORTS: &str = "currency EUR
measure far: km
unit km
import participants from \"t.csv\" { name: a, role: business, label: b, where: c != d and x > 0, delimiter: \",\" }
import params from \"t.csv\" { name: c, value: x * EUR / y, where: not (x <= 1) }
import flows from \"t.csv\" {
    medium: cash, name: d, from: a, to: b, role: business, self: skip, tags: c, payer: a, earner: b
    cost: (x + 2 * y) * EUR, revenue: max(x, y ^ 2) * EUR, amount: x * EUR, far: y * km, capacity: y * 1 turn
}
import flows from \"t.csv\" {
    group: a, b, medium: goods, from: a, to: b, role: business, label: first(c), where: b == \"q\" or x / y >= 1
    cost: mean(x / y) * EUR, revenue: (sum(x) + min(y) - max(x * y) + first(y)) * EUR + count() * 1 EUR
}
loop best
closure whole
";

/// The one table of [`IMPORTS`].
struct OneTable<'b>(&'b [u8]);

impl Files for OneTable<'_> {
    fn read(&self, _path: &Path) -> io::Result<Vec<u8>> {
        Ok(self.0.to_vec())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let here = std::env::current_dir()?.canonicalize()?;
        Ok(if path == Path::new(".") { here } else { here.join(path) })
    }
}

/// A table of any bytes is imported or refused; what is left out is left out; all that is said can be drawn.
pub fn imports(bytes: &[u8]) {
    for most_bad_rows in [0, usize::MAX] {
        let source = SourceFile::from_text("model.loop".to_owned(), IMPORTS.to_owned());
        let options = Options { most_bad_rows, ..Options::default() };
        let main = (PathBuf::from("model.loop"), source);
        let mut compilation = compile_with(main, options, &OneTable(bytes));
        compilation.examine();
        if bytes.len() <= MOST_SOLVED {
            let _ = compilation.solve(&[]);
        }
        for fault in compilation.report() {
            for label in &fault.labels {
                let text = &compilation.sources.file(label.span.file).text;
                assert!(text.get(label.span.range()).is_some(), "{fault:?}");
            }
        }
        for diagnostic in compilation.report().iter().take(MOST_DRAWN) {
            draw(diagnostic, &compilation.sources);
        }
    }
}

fn draw(diagnostic: &Diagnostic, sources: &Sources) {
    let human = |width, unicode, color| Format::Human(Look { width, unicode, color });
    for format in
        [human(40, true, false), human(120, false, true), Format::Short, Format::Json, Format::Github]
    {
        assert!(!render(diagnostic, sources, format).is_empty());
    }
    assert!(!sarif(&[Told { sources, diagnostics: std::slice::from_ref(diagnostic) }]).is_empty());
}

/// A walk over everything that has a place.
struct Seen<'a> {
    text: &'a str,
}

impl Seen<'_> {
    fn place(&self, span: Span) {
        assert!(self.text.get(span.range()).is_some(), "{span:?} is no place of {} bytes", self.text.len());
    }

    fn faults(&self, faults: &[Diagnostic]) {
        for fault in faults {
            assert!(!fault.labels.is_empty(), "{fault:?} stands nowhere");
            fault.labels.iter().for_each(|label| self.place(label.span));
            fault.mend.iter().flat_map(|mend| &mend.edits).for_each(|edit| self.place(edit.span));
            assert!(!fault.message.contains('\n'), "{}", fault.message);
        }
    }

    fn tree(&self, tree: &Ast) {
        for pair in tree.comments.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "comments overlap: {:?}", pair);
        }
        tree.comments.iter().for_each(|comment| self.place(comment.span));
        tree.lost.iter().for_each(|name| self.place(name.span));
        self.items(&tree.items, tree);
    }

    fn items(&self, items: &[Item], tree: &Ast) {
        for pair in items.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "items overlap: {:?}", pair);
        }
        for item in items {
            self.place(item.span);
            assert!(tree.comments.get(item.above.clone()).is_some(), "{:?}", item.above);
            self.item(&item.kind, item.span);
            if let ItemKind::Scenario(scenario) = &item.kind {
                scenario.items.iter().for_each(|inner| self.inside(item.span, inner.span));
                self.items(&scenario.items, tree);
            }
        }
    }

    fn inside(&self, outer: Span, inner: Span) {
        self.place(inner);
        assert!(outer.contains(inner), "{inner:?} reaches out of {outer:?}");
    }

    fn item(&self, kind: &ItemKind, span: Span) {
        match kind {
            ItemKind::Param(param) => {
                self.inside(span, param.name.span);
                self.expr(&param.value, span);
                param.range.iter().for_each(|(low, high)| {
                    self.expr(low, span);
                    self.expr(high, span);
                });
                param
                    .distribution
                    .iter()
                    .flat_map(|one| &one.arguments)
                    .for_each(|part| self.expr(part, span));
            }
            ItemKind::Participant(participant) => self.block(&participant.attributes, span),
            ItemKind::Analysis(analysis) => self.block(&analysis.attributes, span),
            ItemKind::Flow(flow) => {
                assert!(flow.stops.len() >= 2);
                flow.stops.iter().chain(&flow.via).for_each(|name| self.inside(span, name.span));
                self.block(&flow.attributes, span);
            }
            ItemKind::Expect { claim } => self.expr(claim, span),
            ItemKind::Set { value, .. } => self.expr(value, span),
            ItemKind::Change { attributes, .. } => self.block(attributes, span),
            _ => {}
        }
    }

    fn block(&self, attributes: &[Attribute], outer: Span) {
        for attribute in attributes {
            self.inside(outer, attribute.span);
            self.inside(attribute.span, attribute.key.span);
            match &attribute.value {
                Value::Block(inner) => self.block(inner, attribute.span),
                Value::Terms(terms) => terms.iter().for_each(|term| {
                    self.inside(attribute.span, term.span);
                    self.expr(&term.value, attribute.span);
                }),
            }
        }
    }

    fn expr(&self, expr: &Expr, outer: Span) {
        self.inside(outer, expr.span);
        match &expr.kind {
            ExprKind::Negative(inner) | ExprKind::Not(inner) | ExprKind::Counted(inner, _) => {
                self.expr(inner, expr.span);
            }
            ExprKind::Sum(parts) | ExprKind::Product(parts) => {
                parts.iter().for_each(|(_, part)| self.expr(part, expr.span));
            }
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                parts.iter().for_each(|part| self.expr(part, expr.span))
            }
            ExprKind::Power(left, right) | ExprKind::In(left, right) => {
                self.expr(left, expr.span);
                self.expr(right, expr.span);
            }
            ExprKind::Comparison(first, rest) => {
                self.expr(first, expr.span);
                rest.iter().for_each(|(_, side)| self.expr(side, expr.span));
            }
            ExprKind::Reference(reference) => {
                reference.arguments.iter().flatten().for_each(|part| self.expr(part, expr.span));
            }
            ExprKind::Broken | ExprKind::Number(_) | ExprKind::Text => {}
        }
    }
}
