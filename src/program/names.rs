//! Names that every reader of MPS and LP files takes, and that still lead back to the source.

use std::collections::BTreeSet;

/// Readers take at least this much.
const LONGEST: usize = 100;

/// Words that mean something in an LP file, whatever their case.
const RESERVED: [&str; 32] = [
    "bin", "binaries", "binary", "bound", "bounds", "end", "free", "gen", "general", "generals", "inf",
    "infinity", "int", "integer", "integers", "max", "maximise", "maximize", "maximum", "min", "minimise",
    "minimize", "minimum", "nan", "sec", "semi", "sin", "sos", "sos1", "sos2", "st", "subject",
];

/// Names that were given, each once.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// A name for what is called `wanted`: itself where a reader takes it and it is free; else what is left of
    /// it, with its number; else `kind` with its number.
    pub fn give(&mut self, wanted: &str, kind: &str, number: usize) -> String {
        let plain = plain(wanted);
        let whole = plain == wanted || plain.strip_prefix('_') == Some(wanted);
        if whole && !wanted.is_empty() && self.taken.insert(plain.clone()) {
            return plain;
        }
        let stem = if plain.chars().any(char::is_alphabetic) { plain.as_str() } else { kind };
        let stem = stem.trim_end_matches('_');
        let mut name = format!("{stem}_{number}");
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        name
    }
}

/// The name in letters, digits, points and underscores, as neither a number nor a word of the format.
fn plain(name: &str) -> String {
    let kept = |letter: char| letter.is_ascii_alphanumeric() || letter == '.' || letter == '_';
    let mut plain = String::new();
    for letter in name.chars().take(LONGEST) {
        if kept(letter) {
            plain.push(letter);
        } else if !plain.ends_with('_') {
            plain.push('_');
        }
    }
    let mut letters = plain.chars();
    let (first, second) = (letters.next(), letters.next());
    let number = |letter: Option<char>| letter.is_none_or(|letter| letter.is_ascii_digit() || letter == '.');
    // `e1` behind a number is an exponent.
    let exponent = matches!(first, Some('e' | 'E')) && number(second);
    let reserved = RESERVED.iter().any(|word| plain.eq_ignore_ascii_case(word));
    if number(first) || exponent || reserved { format!("_{plain}") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_or_numbered() {
        let mut names = Names::default();
        let mut give = |wanted: &str, number| names.give(wanted, "column", number);
        assert_eq!(give("consult.1", 1), "consult.1");
        assert_eq!(give("consult.1", 2), "consult.1_2");
        assert_eq!(give("consult.1_2", 3), "consult.1_2_3");
        assert_eq!(give("顾客", 4), "column_4");
        assert_eq!(give("balance_顾客", 5), "balance_5");
        assert_eq!(give("a b", 6), "a_b_6");
        assert_eq!(give("Free", 7), "_Free");
        assert_eq!(give("e1", 8), "_e1");
        assert_eq!(give("", 9), "column_9");
        assert_eq!(give("1st", 10), "_1st");
    }
}
