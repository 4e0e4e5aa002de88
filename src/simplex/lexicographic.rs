//! One optimum out of many: several objectives, one after the other.

use super::optimal::End;
use super::{Budget, Exhausted, Simplex};
use crate::exact::Rational;
use crate::program::ColumnId;

/// How maximising several objectives ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LexicographicEnd {
    Optimal(Optimum),
    /// Among the optima of the levels before, this one has none: from the vertex reached, the ray improves it.
    Unbounded {
        level: usize,
        ray: Vec<Rational>,
    },
    Infeasible {
        farkas: Vec<Rational>,
    },
}

/// The one optimum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Optimum {
    /// For each column. Invariant: the same from every crash.
    pub values: Vec<Rational>,
    /// For each level its prices: one for each row, for that level maximised.
    pub duals: Vec<Vec<Rational>>,
    /// Whether the first level alone has no other optimum.
    pub unique: bool,
    /// Columns minimised, in this order, after the last level still left a choice; their prices follow in
    /// `duals`, each for the column's negative maximised.
    pub minimized: Vec<ColumnId>,
}

/// Maximises each level over the optima of those before; where that leaves a choice, the first column is made
/// least, then the second, and so on.
///
/// Afterwards no face is kept, and the basis is optimal for the first level, and for the tuple of all.
///
/// # Errors
/// The budget is exhausted.
///
/// Source: mathematics §4 (which optimum).
pub fn lexicographic(
    simplex: &mut Simplex,
    levels: &[Vec<Rational>],
    budget: &mut Budget,
) -> Result<LexicographicEnd, Exhausted> {
    simplex.release_face();
    let end = descend(simplex, levels, budget);
    simplex.release_face();
    end
}

fn descend(
    simplex: &mut Simplex,
    levels: &[Vec<Rational>],
    budget: &mut Budget,
) -> Result<LexicographicEnd, Exhausted> {
    let mut unique = false;
    for (level, objective) in levels.iter().enumerate() {
        if level > 0 && simplex.is_still() {
            break;
        }
        match simplex.maximize(objective, budget)? {
            End::Optimal => simplex.keep_face(),
            End::Unbounded { ray } => return Ok(LexicographicEnd::Unbounded { level, ray }),
            End::Infeasible { farkas } => return Ok(LexicographicEnd::Infeasible { farkas }),
        }
        if level == 0 {
            unique = simplex.is_unique(budget)?;
        }
    }
    let settled = unique || simplex.is_unique(budget)?;
    let minimized = if settled { Vec::new() } else { least_columns(simplex, budget)? };
    let prices = |objective: &Vec<Rational>| simplex.duals(objective);
    let broken = minimized.iter().map(|column| simplex.duals(&negative(simplex, *column)));
    let duals = levels.iter().map(prices).chain(broken).collect();
    Ok(LexicographicEnd::Optimal(Optimum { values: simplex.values(), duals, unique, minimized }))
}

/// Minimises column after column until one point is left; the columns that made a difference to the face.
///
/// A column without a lower end is maximised by nothing here: it stays where it stands, which keeps the rest
/// exact though not least.
fn least_columns(simplex: &mut Simplex, budget: &mut Budget) -> Result<Vec<ColumnId>, Exhausted> {
    let mut minimized = Vec::new();
    for place in 0..simplex.values().len() {
        let column = ColumnId(u32::try_from(place).unwrap_or(u32::MAX));
        if let End::Optimal = simplex.maximize(&negative(simplex, column), budget)?
            && simplex.keeps_more()
        {
            simplex.keep_face();
            minimized.push(column);
            if simplex.is_unique(budget)? {
                break;
            }
        }
    }
    Ok(minimized)
}

/// The objective whose maximum is the least of a column.
fn negative(simplex: &Simplex, column: ColumnId) -> Vec<Rational> {
    let mut objective = vec![Rational::ZERO; simplex.matrix.columns()];
    if let Some(entry) = objective.get_mut(column.index()) {
        *entry = Rational::from(-1);
    }
    objective
}
