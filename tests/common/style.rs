//! What holds of the formatter for any bytes at all: what its fuzz target and the replay of the corpus assert.

use loopc::diagnostic::Edit;
use loopc::format::{edits, formatted};
use loopc::source::{FileId, SourceFile};
use loopc::syntax::ast::Ast;
use loopc::syntax::parse;

/// Bytes are formatted, or are left alone for what is wrong with them; what is formatted says the same, and stays.
pub fn formats(bytes: &[u8]) {
    let source = SourceFile::from_bytes("model.loop".to_owned(), bytes.to_vec());
    let (tree, faults) = parse(FileId(0), &source);
    let text = match formatted(FileId(0), &source) {
        Ok(text) => text,
        Err(told) => {
            assert!(!faults.is_empty(), "{told:?}");
            assert_eq!(told, faults);
            return;
        }
    };
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(bones(&source.text), bones(&text), "{text}");
    let again = SourceFile::from_text("model.loop".to_owned(), text.clone());
    let (after, faults) = parse(FileId(0), &again);
    assert!(faults.is_empty(), "{faults:?}\n{text}");
    assert_eq!(shape(&tree, &source.text), shape(&after, &text), "{text}");
    assert_eq!(formatted(FileId(0), &again).as_ref(), Ok(&text));
    assert_eq!(edited(&source, &edits(FileId(0), &source, None).unwrap_or_default()), text);
    is_tidy(&text);
}

/// What edits make of a source.
pub fn edited(source: &SourceFile, edits: &[Edit]) -> String {
    let (mut text, mut at) = (String::new(), 0);
    for edit in edits {
        text.push_str(&source.text[at..edit.span.range().start]);
        text.push_str(&edit.replacement);
        at = edit.span.range().end;
    }
    text + &source.text[at..]
}

/// No blanks at the ends of lines, no two blank lines, none at the ends, one line break in the end.
fn is_tidy(text: &str) {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    assert!(text.is_empty() || text.ends_with('\n') && !text.starts_with('\n'), "{text:?}");
    assert!(!text.contains("\n\n\n") && !text.ends_with("\n\n") && !text.contains("\n\n}"), "{text:?}");
    assert!(!text.contains(" \n") && !text.contains("{\n\n"), "{text:?}");
}

/// A text without white space and commas.
fn bones(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, ',' | '\u{feff}')).collect()
}

/// A tree with what is written in place of each place.
fn shape(tree: &Ast, text: &str) -> String {
    let shown = format!("{:?} {:?}", tree.items, tree.comments.iter().map(|one| one.doc).collect::<Vec<_>>());
    let mut parts = shown.split("Span { file: FileId(0), start: ");
    let mut shape = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let Some((place, rest)) = part.split_once(" }") else { continue };
        let (start, end) = place.split_once(", end: ").unwrap_or(("0", "0"));
        let range = start.parse().unwrap_or(0)..end.parse().unwrap_or(0);
        shape.push_str(&bones(text.get(range).unwrap_or("")));
        shape.push_str(rest);
    }
    shape
}
