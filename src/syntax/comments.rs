//! Comments: which stand above which declaration, what they document, and which lints they allow.

use super::ast::{Ast, Comment, Item, ItemKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};

/// `// loopc: allow L0512` above a declaration: lints of these codes inside it are not shown.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The codes, and those that do not exist as nothing.
    pub codes: Vec<(Option<Code>, Span)>,
    /// The declaration below; nowhere, if none is.
    pub scope: Option<Span>,
    /// The scenario that the declaration is, or stands in.
    pub scenario: Option<Span>,
}

impl Allowance {
    /// Whether the declaration below stands in a scenario.
    #[must_use]
    pub fn is_nested(&self) -> bool {
        self.scenario.is_some() && self.scenario != self.scope
    }
}

/// Gives each declaration the comments that stand directly above it.
pub(super) fn attach(items: &mut [Item], comments: &[Comment], text: &str) {
    for item in items {
        let next = comments.partition_point(|comment| comment.span.end <= item.span.start);
        let mut first = next;
        let mut below = item.span.start as usize;
        while let Some(comment) = first.checked_sub(1).and_then(|before| comments.get(before)) {
            let between = text.get(comment.span.end as usize..below).unwrap_or("");
            if !comment.alone || !between.trim().is_empty() {
                break;
            }
            below = comment.span.start as usize;
            first -= 1;
        }
        item.above = first..next;
        if let ItemKind::Scenario(scenario) = &mut item.kind {
            attach(&mut scenario.items, comments, text);
        }
    }
}

/// What the doc comments above a declaration say.
#[must_use]
pub fn doc(ast: &Ast, item: &Item, source: &SourceFile) -> Option<String> {
    let lines: Vec<&str> = ast.comments[item.above.clone()]
        .iter()
        .filter(|comment| comment.doc)
        .filter_map(|comment| source.text.get(comment.span.range()))
        .map(|line| line.trim_start_matches('/').trim())
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// All declarations, those of scenarios behind these, each with the scenario that it is or stands in.
fn all(ast: &Ast) -> impl Iterator<Item = (Option<Span>, &Item)> {
    ast.items.iter().flat_map(|item| {
        let (scenario, inner) = match &item.kind {
            ItemKind::Scenario(scenario) => (Some(item.span), scenario.items.as_slice()),
            _ => (None, &[][..]),
        };
        std::iter::once(item).chain(inner).map(move |item| (scenario, item))
    })
}

/// Doc comments that stand above no declaration.
///
/// Errors: L0508.
#[must_use]
pub fn stray_docs(ast: &Ast) -> Vec<Diagnostic> {
    let mut attached = vec![false; ast.comments.len()];
    for (_, item) in all(ast) {
        attached[item.above.clone()].fill(true);
    }
    let stray = ast.comments.iter().zip(attached).filter(|(comment, attached)| comment.doc && !attached);
    stray.map(|(comment, _)| nothing_documented(comment.span)).collect()
}

fn nothing_documented(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0508, "a doc comment with no declaration below it")
        .label(span, "this documents nothing")
        .help("put it above a declaration, or write `//`")
}

/// All allowances of a file.
#[must_use]
pub fn allowances(ast: &Ast, source: &SourceFile) -> Vec<Allowance> {
    let mut scopes = vec![(None, None); ast.comments.len()];
    for (scenario, item) in all(ast) {
        scopes[item.above.clone()].fill((Some(item.span), scenario));
    }
    let found = ast.comments.iter().zip(scopes);
    let allowed = |(comment, (scope, scenario))| {
        allowance(comment, source).map(|codes| Allowance { codes, scope, scenario })
    };
    found.filter_map(allowed).collect()
}

/// The codes that a comment allows, if it allows any.
fn allowance(comment: &Comment, source: &SourceFile) -> Option<Vec<(Option<Code>, Span)>> {
    let text = source.text.get(comment.span.range())?;
    let list = text
        .trim_start_matches('/')
        .trim_start()
        .strip_prefix("loopc:")?
        .trim_start()
        .strip_prefix("allow")?;
    let mut offset = comment.span.start as usize + text.len() - list.len();
    let mut codes = Vec::new();
    for part in list.split_inclusive([' ', ',', '\t']) {
        let word = part.trim_matches([' ', ',', '\t']);
        // Only what looks like a code is one: the rest of the comment may give the reason.
        if word.starts_with(['L', 'l'])
            && word.len() > 1
            && word[1..].bytes().all(|byte| byte.is_ascii_digit())
        {
            codes.push((Code::named(word), Span::new(comment.span.file, offset..offset + word.len())));
        }
        offset += part.len();
    }
    Some(codes)
}
