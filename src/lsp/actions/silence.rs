//! A comment that lets a lint pass, above the declaration where it stands.

use super::fixes::Fixes;
use crate::diagnostic::{Code, Severity};
use crate::lsp::tree::around;
use crate::source::Span;
use crate::syntax::allowances;
use crate::syntax::ast::{Ast, Item};

impl Fixes<'_> {
    pub(super) fn silence(&mut self) {
        let code = self.one.code;
        // That an allowance silences nothing cannot itself be allowed.
        if self.one.severity != Severity::Warning || code == Code::L0507 {
            return;
        }
        let Some((tree, item)) = self.declaration() else { return };
        let edit = self.beside(tree, item).unwrap_or_else(|| self.above(item));
        self.add(format!("allow {code} here"), vec![edit], false);
    }

    /// The declaration that an allowance would stand above: that of the place, or the import whose row it is.
    fn declaration(&self) -> Option<(&Ast, &Item)> {
        let opened = &self.view.model.opened;
        self.one.labels.iter().find_map(|label| {
            let tree = opened.tree(label.span.file)?;
            Some((tree, around(tree, label.span.start as usize)?.item))
        })
    }

    /// Behind the codes that a comment above allows already.
    fn beside(&self, tree: &Ast, item: &Item) -> Option<(Span, String)> {
        let all = allowances(tree, self.view.model.source(tree.file));
        let own = all.iter().filter(|one| one.scope == Some(item.span));
        let (_, last) = own.filter_map(|one| one.codes.last()).next_back()?;
        Some((last.after(), format!(", {}", self.one.code)))
    }

    /// In a comment of its own.
    fn above(&self, item: &Item) -> (Span, String) {
        let at = Span { end: item.span.start, ..item.span };
        let text = &self.view.model.source(at.file).text[..at.start as usize];
        let line = text.rsplit('\n').next().unwrap_or("");
        let indent: String = line.chars().take_while(|letter| letter.is_whitespace()).collect();
        (at, format!("// loopc: allow {}\n{indent}", self.one.code))
    }
}
