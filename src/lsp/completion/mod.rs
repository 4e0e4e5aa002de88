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
}

impl Offer {
    pub fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        let label = label.into();
        Self { label, kind, detail: None, documentation: None, snippet: None, rank: 1 }
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
    let mut offers = offers(view, &place);
    let written = &view.text()[place.word.clone()];
    let prefix = written.trim_start_matches('\'').to_lowercase();
    offers.retain(|offer| offer.label.to_lowercase().contains(&prefix));
    offers.sort_by(|a, b| (a.rank, &a.label).cmp(&(b.rank, &b.label)));
    offers.dedup_by(|a, b| a.label == b.label && a.kind == b.kind);
    let is_incomplete = offers.len() > MOST;
    offers.truncate(MOST);
    let range = view.range(view.span(place.word.clone()));
    let items = offers.into_iter().map(|offer| item(offer, (range, snippets))).collect();
    CompletionList { is_incomplete, items, ..CompletionList::default() }
}

fn item(offer: Offer, (range, snippets): (gen_lsp_types::Range, bool)) -> CompletionItem {
    let snippet = offer.snippet.filter(|_| snippets);
    let format = snippet.as_ref().map(|_| InsertTextFormat::Snippet);
    let new_text = snippet.unwrap_or_else(|| offer.label.clone());
    let markdown = |value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value });
    CompletionItem {
        sort_text: Some(format!("{}{}", offer.rank, offer.label)),
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
        return vec![hop("each hop", "each hop: { $0 }"), hop("hop", "hop ${1:2}: { $0 }")];
    }
    let kind = kind_of(names, frame);
    let repeats = |key: &str| key == "require";
    let known = crate::resolve::keys_of(kind).iter().copied();
    let own = known
        .chain(import_keys(kind))
        .filter(|key| repeats(key) || !frame.given.iter().any(|given| given == key));
    let mut all: Vec<Offer> = own
        .map(|key| Offer {
            documentation: reference::key(kind, key),
            snippet: Some(format!("{key}: $0")),
            ..Offer::new(key, CompletionItemKind::Property)
        })
        .collect();
    if matches!(kind, "flow" | "participant") {
        let measures = names.measures().into_iter().filter(|offer| !frame.given.contains(&offer.label));
        all.extend(measures.map(|offer| Offer { snippet: Some(format!("{}: $0", offer.label)), ..offer }));
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
