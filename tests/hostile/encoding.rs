//! Bytes that are no text, line ends of every kind, and the byte order mark.

use super::{refused, survive, survive_source};
use loopc::diagnostic::{Diagnostic, Format, render};
use loopc::source::SourceFile;

fn bytes(bytes: Vec<u8>) -> Vec<String> {
    survive_source(SourceFile::from_bytes("model.loop".to_owned(), bytes)).codes
}

#[test]
fn no_text_at_all() {
    assert!(bytes(vec![0xff; 1 << 20]).contains(&"L0114".to_owned()));
    assert!(bytes(vec![0x00; 1 << 20]).contains(&"L0114".to_owned()));
    assert!(bytes((0..=255).collect()).contains(&"L0114".to_owned()));
    assert!(bytes(b"param a = 1\n\xc3".to_vec()).contains(&"L0114".to_owned()));
    assert!(bytes(b"\xff\xfep\0a\0r\0a\0m\0".to_vec()).contains(&"L0114".to_owned()));
    assert!(bytes(b"param a = \"\xed\xa0\x80\"\n".to_vec()).contains(&"L0114".to_owned()));
    assert_eq!(bytes(Vec::new()), ["L0509"]);
    assert_eq!(bytes(b"\xef\xbb\xbf".to_vec()), ["L0509"]);
}

#[test]
fn control_characters() {
    refused("param a\0 = 1\n".to_owned(), "L0114");
    refused("param a = 1\n\x1b[2J\n".to_owned(), "L0114");
    refused("model \"\x07\"\n".to_owned(), "L0114");
    refused("// \x7f\n".to_owned(), "L0114");
    refused("param a = 1 \x0c\n".repeat(50_000), "L0114");
}

/// A drawing must not pass on what would steer a terminal.
#[test]
fn nothing_steers_the_terminal() {
    let survived = survive("param a\x1b[31m = b\nparam c = d\x07\n".to_owned());
    for diagnostic in &survived.diagnostics {
        for format in [super::common::plain(80), Format::Short, Format::Json] {
            let drawn = render(diagnostic, &survived.compilation.sources, format);
            assert!(!drawn.contains(['\x1b', '\x07']), "{drawn}");
        }
    }
}

/// What a fault says, without its places.
fn said(diagnostics: &[Diagnostic]) -> Vec<(String, String, Vec<String>)> {
    let told = |one: &Diagnostic| {
        let labels = one.labels.iter().map(|label| label.text.clone()).collect();
        (one.code.name().to_owned(), one.message.clone(), labels)
    };
    diagnostics.iter().map(told).collect()
}

/// Where each fault stands, by line and column.
fn places(text: String) -> Vec<(usize, usize)> {
    let survived = survive(text);
    let place = |one: &Diagnostic| {
        let span = one.place().unwrap();
        let at = survived.compilation.sources.file(span.file).position(span.start as usize);
        (at.line, at.column)
    };
    survived.diagnostics.iter().map(place).collect()
}

/// Every model and every fault of the corpus is the same with other line ends and with a byte order mark.
#[test]
fn line_ends_and_byte_order_marks() {
    for path in super::common::files(&["models", "tests/ui"]) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if text.contains("use \"") || text.contains('\r') || text.contains('\u{feff}') {
            continue;
        }
        let plain = survive(text.clone());
        for other in [
            text.replace('\n', "\r\n"),
            format!("\u{feff}{text}"),
            format!("\u{feff}{}", text.replace('\n', "\r\n")),
        ] {
            let survived = survive(other.clone());
            assert_eq!(said(&plain.diagnostics), said(&survived.diagnostics), "{}", path.display());
            assert_eq!(places(text.clone()), places(other), "{}", path.display());
        }
    }
}
