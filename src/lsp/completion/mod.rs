//! Completion: what may stand at the cursor, told from the words before it and from what the model declares.

mod names;
mod snippets;
mod values;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, Documentation,
    InsertTextFormat, MarkupContent, MarkupKind, Position, TextEdit,
};

use super::block::{self, Frame, Place, Spot};
use super::reference;
use super::view::View;
use names::Names;

/// A longer list is cut, and asked for anew when more letters are there.
const MOST: usize = 500;

/// Something that may stand at the cursor.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub label: String,
    pub kind: CompletionItemKind,
    pub detail: Option<String>,
    pub documentation: Option<String>,
    /// What is written, with places to fill in; the label, where nothing else is.
    pub snippet: Option<String>,
    /// Those of a lower rank come first.
    pub rank: u8,
    /// Where it stands among those of its rank; names stand in the order of their letters.
    pub order: usize,
}

impl Offer {
    pub fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        let label = label.into();
        Self { label, kind, detail: None, documentation: None, snippet: None, rank: 1, order: 0 }
    }

    pub fn word(label: &str) -> Self {
        let documentation = reference::keyword(label);
        Self { documentation, ..Self::new(label, CompletionItemKind::Keyword) }
    }

    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    pub fn rank(self, rank: u8) -> Self {
        Self { rank, ..self }
    }
}

pub(super) fn completions(view: &View<'_>, at: Position, snippets: bool) -> CompletionList {
    let offset = view.offset(at);
    let place = block::place(view.text(), offset);
    let mut offers = if in_number(view.text(), place.word.start) { Vec::new() } else { offers(view, &place) };
    let written = &view.text()[place.word.clone()];
    let prefix = written.trim_start_matches('\'').to_lowercase();
    offers.retain(|offer| offer.label.to_lowercase().contains(&prefix));
    // What begins with the letters that are there, before what has them further in.
    let begins = |offer: &Offer| offer.label.trim_start_matches('\'').to_lowercase().starts_with(&prefix);
    offers.sort_by_cached_key(|one| (!begins(one), one.rank, one.order, one.label.clone()));
    offers.dedup_by(|a, b| a.label == b.label && a.kind == b.kind);
    let is_incomplete = offers.len() > MOST;
    offers.truncate(MOST);
    let range = view.range(view.span(place.word.clone()));
    let items = offers.into_iter().enumerate().map(|offer| item(offer, (range, snippets))).collect();
    CompletionList { is_incomplete, items, ..CompletionList::default() }
}

/// Whether the point before a byte is that of a number, or stands for itself: no name goes on so.
fn in_number(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix('.') else { return false };
    let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let word = &before[before.trim_end_matches(is_of_word).len()..];
    match word.chars().next() {
        Some(first) => first.is_ascii_digit(),
        None => before.ends_with(char::is_whitespace),
    }
}

fn item((place, offer): (usize, Offer), (range, snippets): (gen_lsp_types::Range, bool)) -> CompletionItem {
    let snippet = offer.snippet.filter(|_| snippets);
    let format = snippet.as_ref().map(|_| InsertTextFormat::Snippet);
    let new_text = snippet.unwrap_or_else(|| offer.label.clone());
    let markdown = |value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value });
    CompletionItem {
        sort_text: Some(format!("{place:03}")),
        // A name in quotes is found by its letters, with or without them.
        filter_text: Some(offer.label.clone()),
        label: offer.label,
        kind: Some(offer.kind),
        detail: offer.detail,
        documentation: offer.documentation.map(markdown),
        insert_text_format: format,
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text })),
        ..CompletionItem::default()
    }
}

fn offers(view: &View<'_>, place: &Place) -> Vec<Offer> {
    let names = Names::of(view, place);
    match &place.spot {
        Spot::Comment => Vec::new(),
        Spot::Declaration { in_scenario } => {
            let mut all = snippets::declarations(*in_scenario);
            // A flow begins with its medium.
            all.extend(names.media().into_iter().map(|offer| {
                let snippet =
                    Some(format!("{} flow ${{1:name}}: ${{2:from}} -> ${{3:to}} {{ $0 }}", offer.label));
                Offer { snippet, ..offer }
            }));
            all
        }
        Spot::Head(words) => head(&names, words),
        Spot::Text(words) => names.paths(words, &view.text()[place.word.clone()]),
        Spot::Key => keys(&names, &place.frames),
        Spot::Value(key, words) => values::values(&names, &place.frames, (key, words)),
    }
}

/// In the head of a declaration: what its words ask for.
fn head(names: &Names<'_>, words: &[String]) -> Vec<Offer> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [_, "flow"] | [_] if words.first() != Some(&"expect") && words.first() != Some(&"set") => {
            match words.as_slice() {
                ["change" | "remove"] => names.changeable(),
                ["import"] => ["flows", "participants", "params"].map(Offer::word).to_vec(),
                [medium] if names.is_medium(medium) => vec![Offer::word("flow").rank(0)],
                _ => Vec::new(),
            }
        }
        ["set"] => names.params(),
        ["set", _, "="] | ["expect", ..] | ["set", _, "=", ..] => values::expression(names, &words),
        ["import", _] => vec![Offer::word("from")],
        ["scenario", _] => vec![Offer::word("from")],
        ["scenario", _, .., "from"] => names.scenarios(),
        ["remove", .., ","] => names.changeable(),
        ["participant", _, ":"] => names.roles(),
        ["participant", .., "of"] => names.participants(),
        ["participant", _, ":", _, ..] => vec![Offer::word("of")],
        [_, "flow", _, ":"] | [_, "flow", _, ":", .., "->" | "via"] => names.participants(),
        [_, "flow", _, ":", .., ","] if words.contains(&"via") => names.participants(),
        [_, "flow", _, ":", ..] => vec![Offer::word("via")],
        ["param" | "currency" | "unit", _, "=", ..] | ["measure", _, ":", ..] => {
            values::expression(names, &words)
        }
        _ => Vec::new(),
    }
}

/// The keys that a block still lacks.
fn keys(names: &Names<'_>, frames: &[Frame]) -> Vec<Offer> {
    let Some(frame) = frames.last() else { return Vec::new() };
    let of_chain = frame.opener == "flow" && names.is_chain(&frame.name);
    if of_chain {
        let hop = |label: &str, snippet: &str| Offer {
            snippet: Some(snippet.to_owned()),
            ..Offer::new(label, CompletionItemKind::Property)
        };
        let given = frame.given.iter().any(|given| given == "each hop");
        let each = (!given).then(|| hop("each hop", "each hop: { $0 }"));
        return each.into_iter().chain([hop("hop", "hop ${1:2}: { $0 }")]).collect();
    }
    let kind = kind_of(names, frame);
    let repeats = |key: &str| key == "require";
    let known = crate::resolve::keys_of(kind).iter().copied();
    let own = known
        .chain(import_keys(kind))
        .filter(|key| repeats(key) || !frame.given.iter().any(|given| given == key));
    // In the order of the reference: it tells of the common ones first.
    let mut all: Vec<Offer> = own
        .enumerate()
        .map(|(order, key)| Offer {
            documentation: reference::key(kind, key),
            snippet: Some(format!("{key}: $0")),
            order,
            ..Offer::new(key, CompletionItemKind::Property)
        })
        .collect();
    if matches!(kind, "flow" | "participant") {
        let measures = names.measures().into_iter().filter(|offer| !frame.given.contains(&offer.label));
        let order = all.len();
        all.extend(measures.map(|offer| Offer {
            snippet: Some(format!("{}: $0", offer.label)),
            order,
            ..offer
        }));
    }
    all
}

fn import_keys(kind: &str) -> impl Iterator<Item = &'static str> + use<> {
    let keys: &[&str] = if kind == "import" {
        &[
            "medium",
            "name",
            "from",
            "to",
            "role",
            "label",
            "value",
            "where",
            "group",
            "self",
            "amount",
            "cost",
            "revenue",
            "capacity",
            "minimum",
            "volume",
            "tags",
            "delimiter",
            "sheet",
        ]
    } else {
        &[]
    };
    keys.iter().copied()
}

/// What the block of a frame belongs to.
fn kind_of<'a>(names: &Names<'_>, frame: &'a Frame) -> &'a str {
    match frame.opener.as_str() {
        "change" => names.kind_of(&frame.name),
        opener if opener.starts_with("each") || opener.starts_with("hop") => "flow",
        opener => opener,
    }
}
