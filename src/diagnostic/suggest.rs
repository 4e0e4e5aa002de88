//! Did you mean: the nearest name among those in scope.

/// Names longer than this are compared but for case alone: the distance takes time with the square of the length.
const LONGEST: usize = 100;

/// Names of fewer letters are near to too many others for one of them to be certainly meant.
const SHORTEST: usize = 4;

/// The candidate nearest to what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near<'a> {
    pub name: &'a str,
    /// Whether nothing else can be meant: no other candidate is near, and few letters differ, and no digit.
    pub certain: bool,
}

/// The candidate nearest to what was written, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(written, candidates).map(|near| near.name)
}

/// The candidate nearest to what was written, if one is near enough to be meant, and whether that is certain.
///
/// Near is: equal but for case, or a Damerau–Levenshtein distance of at most a third of the length.
/// Among equally near ones the first wins, so the order of candidates decides, not chance.
#[must_use]
pub fn near<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
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
    let candidates = candidates.into_iter().filter(|candidate| *candidate != written);
    let (mut best, mut others) = (None::<(usize, &str)>, false);
    for name in candidates {
        let distance = distance(name);
        if distance > most {
            continue;
        }
        match best {
            Some((_, known)) if known == name => continue,
            Some((least, _)) if least <= distance => others = true,
            _ => {
                others |= best.is_some();
                best = Some((distance, name));
            }
        }
    }
    let (distance, name) = best?;
    let few = distance == 0 || length >= SHORTEST && distance <= length / SHORTEST;
    Some(Near { name, certain: few && !others && digits(written).eq(digits(name)) })
}

/// `shop_2` is no slip for `shop_1`.
fn digits(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| letter.is_numeric())
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
    use super::{near, nearest};

    #[test]
    fn few_are_certain() {
        let certain = |written: &str, known: &[&str]| near(written, known.iter().copied()).unwrap().certain;
        assert!(certain("shopers", &["courier", "shoppers", "shoppers"]));
        assert!(certain("cny", &["CNY", "USD"]));
        assert!(!certain("shoper", &["shopper", "shopped"]), "another one is near");
        assert!(!certain("shop_2", &["shop_1"]), "a digit differs");
        assert!(!certain("fee", &["fees"]), "too short");
        assert!(!certain("takings", &["taking_x"]), "two letters of seven");
    }

    #[test]
    fn near_names_are_found() {
        assert_eq!(nearest("shopers", ["shops", "shoppers"]), Some("shoppers"));
        assert_eq!(nearest("CnY", ["USD", "CNY"]), Some("CNY"));
        assert_eq!(nearest("months", ["month", "day"]), Some("month"));
        assert_eq!(nearest("x", ["courier"]), None);
    }
}
