//! How much of a long list is shown, and which part: what matters most, and for the rest its number and its sum.

use super::text::{WIDTH, Writer};
use crate::exact::Rational;

/// How many flows, participants or conditions are listed.
pub(super) const MOST_LISTED: usize = 40;

/// How many of so many are shown: the limit, or all where it would leave out next to nothing.
pub(super) const fn shown(count: usize, limit: usize) -> usize {
    if count <= limit + limit / 10 { count } else { limit }
}

/// The entries that are shown: all of a short list; of a long one those with the greatest keys, greatest first, and
/// of equals the earlier.
pub(super) fn greatest<T: Copy, K: Ord>(list: &[T], limit: usize, key: impl Fn(T) -> K) -> Vec<T> {
    let mut chosen = list.to_vec();
    let shown = shown(list.len(), limit);
    if shown < chosen.len() {
        chosen.sort_by_cached_key(|one| std::cmp::Reverse(key(*one)));
        chosen.truncate(shown);
    }
    chosen
}

/// The same in the order of the list, as places.
pub(super) fn greatest_in_order<K: Ord>(count: usize, limit: usize, key: impl Fn(usize) -> K) -> Vec<usize> {
    let mut places = greatest(&(0..count).collect::<Vec<_>>(), limit, key);
    places.sort_unstable();
    places
}

/// The first names of a list, and how many more there are.
pub(super) fn first_names<'n>(names: impl ExactSizeIterator<Item = &'n String>, limit: usize) -> Vec<String> {
    let (count, most) = (names.len(), shown(names.len(), limit));
    let mut first: Vec<String> = names.take(most).cloned().collect();
    if count > most {
        first.push(format!("and {} more", count - most));
    }
    first
}

impl Writer<'_> {
    /// How many more there are than are shown, and what they come to.
    pub(super) fn more(&mut self, count: usize, limit: usize, sums: &str) {
        // Where all of it stands: a report that is long tells how it is asked for.
        let elsewhere = if count <= MOST_LISTED { "in the JSON report" } else { "with --format json" };
        self.more_elsewhere((count, limit), sums, elsewhere);
    }

    /// The same, with where all of it stands.
    pub(super) fn more_elsewhere(&mut self, (count, limit): (usize, usize), sums: &str, elsewhere: &str) {
        let Some(more @ 1..) = count.checked_sub(shown(count, limit)) else { return };
        let colon = if sums.is_empty() { "" } else { ": " };
        let line = format!("and {more} more{colon}{sums} (all {elsewhere})");
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for (row, line) in super::columns::wrapped(&words, " ", WIDTH - 6).iter().enumerate() {
            let indent = if row == 0 { 4 } else { 6 };
            self.line(&self.paint.dim(&format!("{}{line}", " ".repeat(indent))));
        }
    }
}

/// What a sum leaves when the part of it that is shown is taken off.
pub(super) fn rest<'n>(
    all: impl Iterator<Item = &'n Rational>,
    part: impl Iterator<Item = &'n Rational>,
) -> Rational {
    all.sum::<Rational>() - &part.sum::<Rational>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_a_little_above_its_limit_is_whole() {
        assert_eq!([40, 44, 45, 100_000].map(|count| shown(count, 40)), [40, 44, 40, 40]);
        assert_eq!([5, 6].map(|count| shown(count, 5)), [5, 5]);
    }

    #[test]
    fn the_greatest_come_first_and_of_equals_the_earlier() {
        let values = [3, 9, 1, 9, 4, 5];
        assert_eq!(greatest(&[0, 1, 2, 3, 4, 5], 4, |at: usize| values[at]), [1, 3, 5, 4]);
        assert_eq!(greatest_in_order(6, 4, |at| values[at]), [1, 3, 4, 5]);
        assert_eq!(greatest(&[2, 3, 1], 3, |one| one), [2, 3, 1], "a short list keeps its order");
    }

    #[test]
    fn names_beyond_the_limit_are_counted() {
        let names: Vec<String> = (0..100).map(|place| format!("n{place}")).collect();
        assert_eq!(first_names(names.iter(), 2), ["n0", "n1", "and 98 more"]);
        assert_eq!(first_names(names[..2].iter(), 2), ["n0", "n1"]);
    }
}
