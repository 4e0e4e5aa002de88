//! Did you mean: the nearest name among those in scope.

/// Names longer than this are compared but for case alone: the distance takes time with the square of the length.
const LONGEST: usize = 100;

/// The candidate nearest to what was written, if one is near enough to be meant.
///
/// Near is: equal but for case, or a Damerau–Levenshtein distance of at most a third of the length.
/// Among equally near ones the first wins, so the order of candidates decides, not chance.
#[must_use]
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let (most, lower) = ((length / 3).clamp(1, 4), written.to_lowercase());
    let distance = |candidate: &str| {
        // Lengths that differ by more than `most` cannot be near: this keeps long lists cheap.
        if candidate.chars().count().abs_diff(length) > most {
            return usize::MAX;
        }
        if candidate.to_lowercase() == lower {
            return 0;
        }
        if length > LONGEST { usize::MAX } else { strsim::damerau_levenshtein(written, candidate) }
    };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != written)
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A name as the source writes it: in quotes where it is no identifier.
#[must_use]
pub fn spelled(name: &str) -> String {
    let plain =
        name.chars().all(|c| c.is_alphanumeric() || c == '_') && !name.starts_with(|c: char| c.is_numeric());
    if plain { name.to_owned() } else { format!("'{}'", name.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found() {
        assert_eq!(nearest("shopers", ["shops", "shoppers"]), Some("shoppers"));
        assert_eq!(nearest("CnY", ["USD", "CNY"]), Some("CNY"));
        assert_eq!(nearest("months", ["month", "day"]), Some("month"));
        assert_eq!(nearest("x", ["courier"]), None);
    }
}
