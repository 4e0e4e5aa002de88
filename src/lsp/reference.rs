//! What the language's own page says of a word: the hovers of keys and keywords are cut out of it.

/// The page, as users read it.
const PAGE: &str = include_str!("../../docs/language.md");

/// The sections whose tables tell of keys, by the kind of declaration.
const TABLES: [(&str, &[&str]); 7] = [
    ("flow", &["#### Attributes of a flow", "### Attributes of a flow"]),
    ("participant", &["### participant"]),
    ("loop", &["## 6. Analyses"]),
    ("path", &["## 6. Analyses"]),
    ("closure", &["## 6. Analyses"]),
    ("plan", &["## 6. Analyses", "### plan"]),
    ("import", &["### import"]),
];

/// What follows a heading, up to the next one.
fn section(heading: &str) -> Option<&'static str> {
    let start = PAGE
        .match_indices(heading)
        .map(|(place, _)| place)
        .find(|place| PAGE[..*place].ends_with('\n') && PAGE[place + heading.len()..].starts_with('\n'))?;
    let body = &PAGE[start + heading.len()..];
    Some(&body[..body.find("\n#").unwrap_or(body.len())])
}

/// The row of a table that tells of a word in its first cell, as a sentence: the word, then the other cells.
fn row(section: &str, word: &str) -> Option<String> {
    let quoted = format!("`{word}`");
    let row = section.lines().find(|line| {
        let first = line.strip_prefix("| ").and_then(|line| line.split(" | ").next());
        first.is_some_and(|first| {
            first.split(", ").any(|cell| cell == quoted || cell.starts_with(&format!("`{word}(")))
        })
    })?;
    let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
    let told = cells.iter().skip(1).filter(|cell| !cell.is_empty() && !matches!(**cell, "✓" | "–"));
    Some(format!("**{}** · {}", cells.first()?, told.copied().collect::<Vec<_>>().join(" · ")))
}

/// What the page says of a key of a kind of declaration.
pub(super) fn key(kind: &str, key: &str) -> Option<String> {
    let (_, headings) = TABLES.iter().find(|(known, _)| *known == kind)?;
    headings.iter().filter_map(|heading| section(heading)).find_map(|section| row(section, key))
}

/// What the page says of a function.
pub(super) fn function(name: &str) -> Option<String> {
    row(section("### Functions")?, name)
}

/// What the page says of what an analysis may be asked for in an expectation.
pub(super) fn property(name: &str) -> Option<String> {
    let row = row(section("### Expectations")?, &format!("a.{name}"))?;
    // Behind the name stands what it is, then which analyses have it.
    Some(row.split(" · ").nth(1)?.to_owned())
}

/// The first paragraphs that the page has for a word that begins a declaration.
pub(super) fn keyword(word: &str) -> Option<String> {
    let headings = match word {
        "medium" | "role" => "### medium, role".to_owned(),
        "expect" => "### Expectations".to_owned(),
        "scenario" | "set" | "change" | "remove" => "## 7. Scenarios".to_owned(),
        "currency" | "unit" => {
            return row(section("## 4. Declarations")?, &format!("{word} ")).or_else(|| form(word));
        }
        word => format!("### {word}"),
    };
    let body = section(&headings)?;
    let short = body.split("\n```").next().unwrap_or(body).split("\n|").next().unwrap_or(body).trim();
    if short.is_empty() { form(word) } else { Some(short.to_owned()) }
}

/// The row of the table of declarations that begins with a word.
fn form(word: &str) -> Option<String> {
    let begin = format!("| `{word} ");
    let row = section("## 4. Declarations")?.lines().find(|line| line.starts_with(&begin))?;
    let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
    Some(format!("{}: {}", cells.first()?, cells.get(1)?))
}

#[cfg(test)]
mod tests {
    use super::{function, key, keyword, property};
    use crate::syntax::words;

    #[test]
    fn every_function_and_declaration_has_its_words() {
        for name in words::FUNCTIONS {
            assert!(function(name).is_some(), "{name}");
        }
        for word in [
            "model",
            "currency",
            "unit",
            "medium",
            "role",
            "measure",
            "param",
            "participant",
            "flow",
            "loop",
            "path",
            "closure",
            "plan",
            "expect",
            "use",
            "import",
            "scenario",
        ] {
            let told = keyword(word).unwrap_or_default();
            assert!(told.len() > 20, "{word}: {told}");
        }
    }

    #[test]
    fn every_property_has_its_words() {
        for name in ["value", "ratio", "cost", "revenue", "profit", "volume", "length", "closed", "proved"] {
            assert!(property(name).is_some_and(|told| told.len() > 10), "{name}");
        }
    }

    #[test]
    fn every_key_has_its_words() {
        for kind in ["flow", "participant", "loop", "path", "closure", "plan"] {
            for one in crate::resolve::keys_of(kind) {
                assert!(key(kind, one).is_some(), "{kind} {one}");
            }
        }
    }
}
