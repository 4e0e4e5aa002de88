//! What a value may be made of: by its key, and by the words before the cursor.

use gen_lsp_types::CompletionItemKind as Kind;

use super::super::block::Frame;
use super::super::reference;
use super::names::Names;
use super::{Offer, kind_of};
use crate::model::AnalysisKind;
use crate::syntax::words::FUNCTIONS;
use crate::units::Dimension;

/// In the value of a key.
pub(super) fn values(names: &Names<'_>, frames: &[Frame], (key, words): (&str, &[String])) -> Vec<Offer> {
    let Some(frame) = frames.last() else { return Vec::new() };
    let kind = kind_of(names, frame);
    let (last, words): (Option<&str>, Vec<&str>) =
        (words.last().map(String::as_str), words.iter().map(String::as_str).collect());
    if kind == "import" {
        return imported(names, key);
    }
    match key {
        "payer" | "earner" | "from" | "to" | "for" => names.participants(),
        "over" => joined([names.media(), names.tags()]),
        "only" | "avoid" | "through" => joined([names.participants(), names.flows(true)]),
        "tags" => names.tags(),
        "rides" if words.is_empty() => names.flows(true),
        "integral" => ["yes", "no"].map(|word| Offer::new(word, Kind::Value)).to_vec(),
        "source" | "sink" if words.is_empty() => {
            joined([vec![Offer::new("unlimited", Kind::Value).rank(0)], expression(names, &words)])
        }
        "yield" if last == Some("else") => names.participants(),
        "yield" if !words.is_empty() => vec![Offer::word("else").rank(0)],
        "period" => names.units(),
        "maximize" | "minimize" | "require" => totals(names, kind, &words),
        _ => with_units(expression(names, &words), wanted(names, key), names),
    }
}

fn joined<const COUNT: usize>(lists: [Vec<Offer>; COUNT]) -> Vec<Offer> {
    lists.into_iter().flatten().collect()
}

/// In an import every value is made of columns, and of what is declared.
fn imported(names: &Names<'_>, key: &str) -> Vec<Offer> {
    match key {
        "medium" => names.media(),
        "role" => names.roles(),
        "self" => ["skip", "error"].map(|word| Offer::new(word, Kind::Value)).to_vec(),
        _ => {
            let totals = ["sum", "mean", "min", "max", "count", "first"];
            let totals = totals.map(|word| Offer::new(word, Kind::Function).rank(2));
            joined([names.columns(), totals.to_vec(), names.params(), names.units()])
        }
    }
}

/// What an objective or a requirement adds up.
fn totals(names: &Names<'_>, kind: &str, words: &[&str]) -> Vec<Offer> {
    if let [.., _, "("] = words {
        return joined([names.participants(), names.flows(true), names.tags()]);
    }
    let mut known = vec!["cost", "revenue", "profit"];
    if kind == "plan" {
        known.extend(["volume", "moved"]);
    }
    let own = known.into_iter().map(|word| Offer::new(word, Kind::Property).rank(0)).collect();
    joined([own, names.measures(), expression(names, words)])
}

/// In an expression: params, units, functions; in a claim what analyses have.
pub(super) fn expression(names: &Names<'_>, words: &[&str]) -> Vec<Offer> {
    if words.first() == Some(&"expect") {
        return claim(names, words);
    }
    let mut all = joined([names.params(), functions()]);
    // A unit stands behind a number, and its own word is one of it.
    let number =
        words.last().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()) || *last == ")");
    all.extend(names.units().into_iter().map(|offer| offer.rank(if number { 0 } else { 2 })));
    all
}

fn functions() -> Vec<Offer> {
    let function = |name: &&str| Offer {
        documentation: reference::function(name),
        snippet: Some(format!("{name}($0)")),
        ..Offer::new(*name, Kind::Function).rank(2)
    };
    FUNCTIONS.iter().map(function).collect()
}

fn claim(names: &Names<'_>, words: &[&str]) -> Vec<Offer> {
    match words {
        [.., analysis, "."] => properties(names.analysis(analysis)),
        [.., _, ".", "profit", "("] => names.participants(),
        [.., _, ".", "volume", "("] => names.flows(true),
        [.., "in"] => names.analyses(),
        _ => {
            let joins = ["and", "or", "not", "in"].map(|word| Offer::new(word, Kind::Keyword).rank(2));
            joined([
                names.analyses().into_iter().map(|offer| offer.rank(0)).collect(),
                joins.to_vec(),
                names.participants(),
                names.flows(false),
                names.units(),
            ])
        }
    }
}

/// What an analysis of a kind has.
fn properties(kind: Option<AnalysisKind>) -> Vec<Offer> {
    let own: &[&str] = match kind {
        Some(AnalysisKind::Closure) => &["closed"],
        Some(AnalysisKind::Plan) => &["value", "ratio", "cost", "revenue", "profit", "volume", "proved"],
        _ => &["value", "ratio", "cost", "revenue", "profit", "length", "proved"],
    };
    own.iter().map(|word| Offer::new(*word, Kind::Property)).collect()
}

/// The dimension that a key takes, where there is one.
fn wanted(names: &Names<'_>, key: &str) -> Option<Dimension> {
    let units = &names.checked.units;
    if matches!(key, "cost" | "revenue" | "fixed") {
        return Some(units.dimension(&names.checked.money_unit()));
    }
    let model = names.model();
    let place = model.measures.iter().position(|id| model.value(*id).declared.name == key)?;
    Some(units.dimension(names.checked.measures.get(place)?))
}

/// Units that fit come first.
fn with_units(offers: Vec<Offer>, wanted: Option<Dimension>, names: &Names<'_>) -> Vec<Offer> {
    let Some(wanted) = wanted else { return offers };
    let fits = |label: &str| {
        let model = names.model();
        let place = model.values.iter().position(|value| value.declared.name == label);
        let quantity = place.and_then(|place| names.checked.values.get(place)?.as_ref());
        quantity.is_some_and(|quantity| names.checked.units.dimension(&quantity.unit) == wanted)
    };
    let ranked = offers.into_iter().map(|offer| {
        let fits = matches!(offer.kind, Kind::Unit | Kind::Variable) && fits(&offer.label);
        let rank = if fits { 0 } else { offer.rank.max(1) };
        offer.rank(rank)
    });
    ranked.collect()
}
