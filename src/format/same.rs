//! Whether two texts say the same: the same tokens, trees and comments, in the same order.

use super::flat::Flat;
use super::token::Tokens;
use crate::source::Span;
use crate::syntax::ast::{Ast, Comment, Item};

/// A text and its tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'a> {
    pub text: &'a str,
    pub tree: &'a Ast,
    pub tokens: &'a Tokens<'a>,
}

/// Where a text first says something else than another, if it does.
pub(super) fn difference(left: Side<'_>, right: Side<'_>) -> Option<Span> {
    let whole = Span::new(left.tree.file, 0..left.text.len());
    let items = left.tree.items.iter().zip(&right.tree.items);
    let other = |(one, two): &(&Item, &Item)| {
        one.above != two.above || Flat::of(left.text, one).atoms != Flat::of(right.text, two).atoms
    };
    let item = items.into_iter().find(other).map(|(item, _)| item.span);
    let comments = left.tree.comments.iter().zip(&right.tree.comments);
    let other = |(one, two): &(&Comment, &Comment)| {
        one.doc != two.doc || shown(left.text, one) != shown(right.text, two)
    };
    let comment = comments.into_iter().find(other).map(|(comment, _)| comment.span);
    let counts = |tree: &Ast| (tree.items.len(), tree.comments.len());
    let same = counts(left.tree) == counts(right.tree) && words(left.tokens).eq(words(right.tokens));
    item.or(comment).or((!same).then_some(whole))
}

fn shown<'a>(text: &'a str, comment: &Comment) -> &'a str {
    text.get(comment.span.range()).unwrap_or("").trim_end()
}

/// All that is written but comments, and commas, which may stand or not before a brace and at the end of a line. Which
/// commas part values is seen from the tree.
fn words<'a>(tokens: &'a Tokens<'a>) -> impl Iterator<Item = &'a str> {
    let visible = (0..tokens.count()).filter(|place| !tokens.is_comment(*place));
    visible.map(|place| tokens.text(place)).filter(|text| *text != ",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, SourceFile};
    use crate::syntax::parse;

    fn differs(left: &str, right: &str) -> bool {
        let side = |text: &str| SourceFile::from_text("a.loop".to_owned(), text.to_owned());
        let (left, right) = (side(left), side(right));
        let (one, two) = (parse(FileId(0), &left), parse(FileId(0), &right));
        assert!(one.1.is_empty() && two.1.is_empty());
        let tokens = (Tokens::of(&left.text), Tokens::of(&right.text));
        let one = Side { text: &left.text, tree: &one.0, tokens: &tokens.0 };
        difference(one, Side { text: &right.text, tree: &two.0, tokens: &tokens.1 }).is_some()
    }

    const TEXT: &str = "/// X.\nparam x = (1 + 2) CNY // one\n// two\nloop l { over: a, b, top: 3 }\n";

    #[test]
    fn white_space_and_idle_commas_say_nothing() {
        for (from, to) in
            [(" =", "="), ("a, b", "a,\n  b"), ("3 }", "3, }"), (", top", "\n top"), (" //", "    //")]
        {
            assert!(TEXT.contains(from) && !differs(TEXT, &TEXT.replace(from, to)), "{from}");
        }
    }

    #[test]
    fn all_else_is_seen() {
        let changes = [
            ("1 +", "1 -"),
            ("(1 + 2) CNY", "1 + 2 CNY"),
            ("(1 + 2)", "((1 + 2))"),
            ("1 +", "1.0 +"),
            ("CNY", "EUR"),
            ("a, b", "a"),
            ("a, b", "b, a"),
            ("over", "only"),
            ("loop l", "plan l"),
            ("// one", "// two"),
            ("// two\n", ""),
            ("/// X.", "// X."),
            (" // one\n// two", "// one\n\nparam y = 1\n// two"),
            (" // one\n// two", "\n// one\n// two"),
            ("/// X.\nparam", "param"),
            ("3 }\n", "3 }\nuse \"a\"\n"),
            ("top: 3", "each hop: { top: 3 }"),
        ];
        for (from, to) in changes {
            assert!(TEXT.contains(from) && differs(TEXT, &TEXT.replace(from, to)), "{from} for {to}");
        }
    }
}
