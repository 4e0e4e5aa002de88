//! The keys that stand behind the cursor, in the block around it.

use super::{Kind, is_of_word, token};
use crate::syntax::words;

/// The keys from an offset to the end of its block, or to where another declaration begins: a block that is being
/// written may have no end.
pub(super) fn keys(text: &str, offset: usize) -> Vec<String> {
    // The word at the cursor is being written.
    let rest = &text[offset..];
    let mut at = offset + rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
    let (mut depth, mut found, mut before) = (0_usize, Vec::new(), ["", ""]);
    while let Some(token) = token(text, at, text.len()) {
        let said = &text[token.range.clone()];
        let begins_line = token.range.start == 0 || text[..token.range.start].ends_with(['\n', '\r']);
        if begins_line && words::begins_declaration(&text[token.range.start..]) {
            break;
        }
        match (token.kind, said, depth) {
            (Kind::Comment, ..) => {}
            (Kind::Sign, "}", 0) => break,
            (Kind::Sign, "}", _) => depth -= 1,
            (Kind::Sign, "{", _) => depth += 1,
            (Kind::Sign, ":", 0) if !before[1].is_empty() => found.push(match before {
                [each @ ("hop" | "each"), word] => format!("{each} {word}"),
                [_, word] => word.to_owned(),
            }),
            _ => {}
        }
        if token.kind != Kind::Comment {
            before = [before[1], if token.kind == Kind::Word { said } else { "" }];
        }
        at = token.range.end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::keys;

    fn at(text: &str) -> Vec<String> {
        keys(&text.replacen('|', "", 1), text.find('|').unwrap())
    }

    #[test]
    fn keys_to_the_end_of_the_block() {
        let whole = "f: a -> b {\n    co|\n    yield: 5% // cost: 1\n    each hop: { revenue: 1 }, hop 2: { amount: 1 }\n    tags: x }\nloop l { top: 2 }";
        assert_eq!(at(whole), ["yield", "each hop", "hop 2", "tags"]);
        assert_eq!(at("cash flow f: a -> b { hop 1: { | cost: 1 }, yield: 1 }"), ["cost"]);
        assert_eq!(at("a { |cost: 5 CNY, yield: 1 }"), ["yield"]);
        assert_eq!(at("a { | \"x: y\" }"), [""; 0]);
    }

    #[test]
    fn a_block_without_an_end_ends_where_others_begin() {
        assert_eq!(at("cash flow f: a -> b {\n    |\n    cost: 1\nparticipant p: business"), ["cost"]);
        assert_eq!(at("cash flow f: a -> b {|"), [""; 0]);
        assert_eq!(at("cash flow f: a -> b {\n    |\n商 flow g: a -> b { cost: 1"), [""; 0]);
    }
}
