//! Which variable moves next.

use super::Simplex;
use super::matrix::{Matrix, Sparse};
use super::ratio::{Stop, Ties};
use crate::exact::Compact;

/// Chooses entering variables: by the steepest slope in a frame of reference, and by Bland's rule after many
/// moves without length.
///
/// Squares of slopes over weights are compared by rough logarithms, in integers: an order is all it takes.
///
/// Source: Harris 1973 (devex); Bland 1977.
pub struct Choice {
    /// 256·log₂ of the weight of each variable.
    weights: Vec<i64>,
    without_length: usize,
    patience: usize,
}

impl Choice {
    pub fn new(matrix: &Matrix) -> Self {
        Self { weights: vec![0; matrix.variables()], without_length: 0, patience: 2 * matrix.rows() + 50 }
    }

    pub const fn ties(&self) -> Ties {
        if self.without_length > self.patience { Ties::First } else { Ties::Promising }
    }

    /// A mobile variable whose move gains, and whether it rises; none where none does.
    pub fn entering(&self, simplex: &Simplex, reduced: &[Compact]) -> Option<(usize, bool)> {
        let gains = |(variable, slope): (usize, &Compact)| {
            if slope.is_zero() || !simplex.is_mobile(variable) {
                return None;
            }
            let rising = slope.is_positive();
            simplex.ranges[variable].lets(rising, &simplex.values[variable]).then_some((variable, rising))
        };
        let mut candidates = reduced.iter().enumerate().filter_map(gains);
        if self.ties() == Ties::First {
            return candidates.next();
        }
        let promise = |variable: usize| 2 * reduced[variable].magnitude() - self.weights[variable];
        candidates.max_by_key(|(variable, _)| (promise(*variable), std::cmp::Reverse(*variable)))
    }

    pub fn moved(&mut self, stop: &Stop) {
        self.without_length = if stop.length.is_zero() { self.without_length + 1 } else { 0 };
    }

    /// Takes the row of an exchange into the weights: entering and its entry there, leaving, the row.
    pub fn exchanged(&mut self, (entering, entry): (usize, &Compact), leaving: usize, row: &Sparse) {
        let pivot = 2 * entry.magnitude();
        let weight = self.weights[entering];
        for (variable, other) in row.iter().filter(|(variable, _)| *variable != entering) {
            let seen = 2 * other.magnitude() - pivot + weight;
            self.weights[*variable] = self.weights[*variable].max(seen);
        }
        self.weights[leaving] = (weight - pivot).max(0);
    }
}
