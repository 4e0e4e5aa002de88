//! From declarations to files: plainly, or with everything changed that must not matter.

use super::random::Random;
use super::write::{Attribute, Piece, PieceKind};

/// One line a declaration.
pub fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| format!("{}\n", written(piece, &mut || ", ".to_owned()))).collect()
}

fn written(piece: &Piece, gap: &mut dyn FnMut() -> String) -> String {
    let attributes: Vec<String> = piece
        .attributes
        .iter()
        .map(|attribute| match attribute {
            Attribute::Plain(text) => text.clone(),
            Attribute::Block(key, inner) => format!("{key}: {{ {} }}", joined(inner, gap)),
        })
        .collect();
    if attributes.is_empty() {
        return piece.head.clone();
    }
    format!("{} {{ {} }}", piece.head, joined(&attributes, gap))
}

fn joined(parts: &[String], gap: &mut dyn FnMut() -> String) -> String {
    let mut text = String::new();
    for (place, part) in parts.iter().enumerate() {
        text.push_str(part);
        if place + 1 < parts.len() {
            text.push_str(&gap());
        }
    }
    text
}

/// The same declarations in other files: attributes in another order, kinds of declarations mixed, white space
/// and comments between, and the beginning in a file that the rest uses. The last file is the main one.
pub fn shuffled(pieces: &[Piece], random: &mut Random) -> Vec<(String, String)> {
    let mut pieces = interleaved(pieces, random);
    for piece in &mut pieces {
        for attribute in &mut piece.attributes {
            if let Attribute::Block(_, inner) = attribute {
                random.shuffle(inner);
            }
        }
        random.shuffle(&mut piece.attributes);
    }
    let cut = if random.chance(60) { random.below(pieces.len()) } else { 0 };
    let (first, rest) = pieces.split_at(cut);
    let mut main = body(rest, random);
    if first.is_empty() {
        return vec![("main.loop".to_owned(), main)];
    }
    // Where a file is used does not matter: it comes first.
    match random.chance(50) {
        true => main.insert_str(0, "use \"part.loop\"\n"),
        false => main.push_str("\nuse \"part.loop\"\n"),
    }
    vec![("part.loop".to_owned(), body(first, random)), ("main.loop".to_owned(), main)]
}

/// Kinds of declarations mixed at random, each kind in its own order.
fn interleaved(pieces: &[Piece], random: &mut Random) -> Vec<Piece> {
    let kinds = [PieceKind::Value, PieceKind::Party, PieceKind::Flow, PieceKind::Ask, PieceKind::Claim];
    let of = |kind| pieces.iter().filter(move |piece| piece.kind == kind).rev().cloned().collect();
    let mut waiting: Vec<Vec<Piece>> = kinds.into_iter().map(of).collect();
    let mut mixed = Vec::new();
    while mixed.len() < pieces.len() {
        let kind = random.below(waiting.len());
        mixed.extend(waiting[kind].pop());
    }
    mixed
}

fn body(pieces: &[Piece], random: &mut Random) -> String {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(
            ["", "\n", "// A remark: f0 { cost: 1 CNY }\n", "// loopc: allow L0503, L0501, L0502\n"]
                [random.below(4)],
        );
        if piece.kind == PieceKind::Flow && random.chance(20) {
            text.push_str("/// What it is for.\n");
        }
        let gaps = [", ", " ,\n    ", "\n\t", "\n    // and\n    ", "\r\n", "   ,   // beside it\n"];
        let mut gap = || random.pick(&gaps).to_owned();
        text.push_str(&written(piece, &mut gap));
        text.push_str(["\n", "\n\n", "   // done\n", "\r\n"][random.below(4)]);
    }
    text
}
