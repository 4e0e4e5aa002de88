//! A small exact solver, written plainly: a dense tableau, two phases, Bland's rule.

use loopc::exact::Rational;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    AtMost,
    AtLeast,
    Equal,
}

/// Shape: a factor for each variable.
#[derive(Clone, Debug)]
pub struct Constraint {
    pub factors: Vec<Rational>,
    pub relation: Relation,
    pub right: Rational,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Infeasible,
    Unbounded,
    Best { value: Rational, point: Vec<Rational> },
}

/// The greatest of a linear form over all `x ≥ 0` that keep these constraints.
pub fn maximize(constraints: &[Constraint], objective: &[Rational]) -> Outcome {
    let mut tableau = Tableau::new(constraints, objective.len());
    let artificial = (0..tableau.width).map(|place| match place < tableau.artificial {
        true => Rational::ZERO,
        false => Rational::from(-1),
    });
    let artificial: Vec<Rational> = artificial.collect();
    // Artificial variables cannot fall below zero, so the first phase always has a best point.
    tableau.climb(&artificial, tableau.width);
    if tableau.value(&artificial).is_negative() {
        return Outcome::Infeasible;
    }
    tableau.expel();
    let mut costs = objective.to_vec();
    costs.resize(tableau.width, Rational::ZERO);
    if !tableau.climb(&costs, tableau.artificial) {
        return Outcome::Unbounded;
    }
    Outcome::Best { value: tableau.value(&costs), point: tableau.point(objective.len()) }
}

/// Whether anything keeps these constraints.
pub fn is_feasible(constraints: &[Constraint], count: usize) -> bool {
    maximize(constraints, &vec![Rational::ZERO; count]) != Outcome::Infeasible
}

/// Rows `x_basis + Σ entries·x = right`, the right-hand side last.
struct Tableau {
    rows: Vec<Vec<Rational>>,
    basis: Vec<usize>,
    /// Where artificial variables begin, and how many variables there are in all.
    artificial: usize,
    width: usize,
}

impl Tableau {
    fn new(constraints: &[Constraint], count: usize) -> Self {
        let slacks = constraints.iter().filter(|one| one.relation != Relation::Equal).count();
        let artificial = count + slacks;
        let mut width = artificial;
        let (mut rows, mut basis, mut slack) = (Vec::new(), Vec::new(), count);
        for one in constraints {
            let mut row = one.factors.clone();
            row.resize(artificial + constraints.len() + 1, Rational::ZERO);
            let own = if one.relation == Relation::AtMost { Rational::ONE } else { Rational::from(-1) };
            let mut start = None;
            if one.relation != Relation::Equal {
                row[slack] = own;
                start = Some(slack);
                slack += 1;
            }
            let last = row.len() - 1;
            row[last] = one.right.clone();
            let positive = start.is_some_and(|start| row[start].is_positive());
            // The right-hand side is made not negative; a slack that is then negative starts nothing.
            if one.right.is_negative() || (one.right.is_zero() && start.is_some() && !positive) {
                row.iter_mut().for_each(|entry| *entry = -&*entry);
            }
            let start = start.filter(|start| row[*start].is_positive()).unwrap_or_else(|| {
                row[width] = Rational::ONE;
                width += 1;
                width - 1
            });
            rows.push(row);
            basis.push(start);
        }
        for row in &mut rows {
            let right = row.pop().unwrap();
            row.truncate(width);
            row.push(right);
        }
        Self { rows, basis, artificial, width }
    }

    fn right(&self, row: usize) -> &Rational {
        &self.rows[row][self.width]
    }

    fn value(&self, costs: &[Rational]) -> Rational {
        self.basis.iter().enumerate().map(|(row, basic)| &costs[*basic] * self.right(row)).sum()
    }

    fn point(&self, count: usize) -> Vec<Rational> {
        let mut point = vec![Rational::ZERO; count];
        for (row, basic) in self.basis.iter().enumerate().filter(|(_, basic)| **basic < count) {
            point[*basic] = self.right(row).clone();
        }
        point
    }

    /// Climbs to the best point over the first so many variables; false where there is none.
    fn climb(&mut self, costs: &[Rational], allowed: usize) -> bool {
        // What each variable would gain; kept up to date as one more row.
        let mut gains = costs.to_vec();
        gains.push(Rational::ZERO);
        for (row, basic) in self.rows.iter().zip(&self.basis) {
            subtract(&mut gains, row, &costs[*basic]);
        }
        while let Some(entering) = (0..allowed).find(|place| gains[*place].is_positive()) {
            let Some(leaving) = self.leaving(entering) else { return false };
            self.pivot(leaving, entering);
            let times = gains[entering].clone();
            subtract(&mut gains, &self.rows[leaving], &times);
        }
        true
    }

    /// The first to fall to zero; of several the one with the least place.
    fn leaving(&self, entering: usize) -> Option<usize> {
        let falls = (0..self.rows.len()).filter(|row| self.rows[*row][entering].is_positive());
        falls.min_by_key(|row| (self.right(*row) / &self.rows[*row][entering], self.basis[*row]))
    }

    fn pivot(&mut self, leaving: usize, entering: usize) {
        let scale = self.rows[leaving][entering].reciprocal().unwrap();
        for entry in self.rows[leaving].iter_mut().filter(|entry| !entry.is_zero()) {
            *entry = &*entry * &scale;
        }
        let pivot = self.rows[leaving].clone();
        for (place, row) in self.rows.iter_mut().enumerate().filter(|(place, _)| *place != leaving) {
            debug_assert_ne!(place, leaving);
            let times = row[entering].clone();
            subtract(row, &pivot, &times);
        }
        self.basis[leaving] = entering;
    }

    /// Takes artificial variables out of the basis; a row that has nothing else says nothing.
    fn expel(&mut self) {
        let mut row = 0;
        while row < self.rows.len() {
            if self.basis[row] < self.artificial {
                row += 1;
                continue;
            }
            match (0..self.artificial).find(|place| !self.rows[row][*place].is_zero()) {
                Some(entering) => self.pivot(row, entering),
                None => {
                    self.rows.remove(row);
                    self.basis.remove(row);
                }
            }
        }
    }
}

fn subtract(from: &mut [Rational], row: &[Rational], times: &Rational) {
    if times.is_zero() {
        return;
    }
    for (entry, other) in from.iter_mut().zip(row).filter(|(_, other)| !other.is_zero()) {
        *entry -= &(times * other);
    }
}
