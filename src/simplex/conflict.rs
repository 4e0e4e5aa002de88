//! Which conditions cannot be kept together, and what would mend that.

use std::cmp::Ordering;

use super::feasible::Feasibility;
use super::optimal::{Climb, Reach};
use super::price::Side;
use super::range::Range;
use super::{Budget, Exhausted, Simplex, Variable};
use crate::exact::{Compact, Rational};
use crate::program::Case;

/// What stands or falls together: some bounds, each by its variable and side.
pub type Condition = Vec<(Variable, Side)>;

/// Conditions that cannot be kept together with the background, though all but any one of them can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Places in the list of conditions, in order; none where the background alone is contradictory.
    ///
    /// Invariant: the same from every start.
    pub members: Vec<usize>,
    /// The proof, for the program with these conditions and the background alone; see
    /// [`Feasibility::Infeasible`].
    pub farkas: Vec<Rational>,
    /// The same by cases, for whole points; then there are no factors.
    pub cases: Vec<Case>,
    /// Whether it is known that all but any one of them can be kept.
    pub irreducible: bool,
    /// For each member, by how much its one right-hand side must grow (or, where negative, shrink), at least,
    /// for this conflict to be gone; nothing where the condition has bounds of several variables.
    pub mends: Vec<Option<Rational>>,
}

impl Simplex {
    /// An irreducible conflict of an infeasible program; nothing where it is feasible.
    ///
    /// All bounds that no condition names are background. Each condition in turn is dropped for good if what
    /// is left is still infeasible; a proof that does not use it says so at once. So of several conflicts the
    /// one whose conditions come late is found, whatever the start. Afterwards all bounds are as before.
    ///
    /// # Errors
    /// The budget is exhausted; bounds are as before.
    ///
    /// Source: mathematics §4 (when there is no plan); Chinneck, Dravnieks 1991 (deletion filter).
    pub fn conflict(
        &mut self,
        conditions: &[Condition],
        budget: &mut Budget,
    ) -> Result<Option<Conflict>, Exhausted> {
        self.release_face();
        let stated = self.ranges.clone();
        let found = self.filtered(conditions, &stated, budget);
        self.restore(&stated);
        found
    }

    fn filtered(
        &mut self,
        conditions: &[Condition],
        stated: &[Range],
        budget: &mut Budget,
    ) -> Result<Option<Conflict>, Exhausted> {
        let Feasibility::Infeasible { mut farkas } = self.make_feasible(budget)? else { return Ok(None) };
        let mut members = Vec::new();
        for (place, condition) in conditions.iter().enumerate() {
            let used = condition.iter().any(|(variable, side)| self.uses(&farkas, *variable, *side));
            self.drop_condition(condition);
            if !used {
                continue;
            }
            match self.make_feasible(budget)? {
                Feasibility::Infeasible { farkas: other } => farkas = other,
                Feasibility::Feasible => {
                    members.push(place);
                    self.take_back(condition, stated);
                }
            }
        }
        let mut mends = Vec::with_capacity(members.len());
        for place in &members {
            let condition = &conditions[*place];
            self.drop_condition(condition);
            let mend = match self.make_feasible(budget)? {
                Feasibility::Feasible => self.mend(condition, stated, budget)?,
                Feasibility::Infeasible { .. } => None,
            };
            mends.push(mend);
            self.take_back(condition, stated);
        }
        Ok(Some(Conflict { members, farkas, cases: Vec::new(), irreducible: true, mends }))
    }

    /// Whether a proof of infeasibility needs this bound.
    fn uses(&self, farkas: &[Rational], variable: Variable, side: Side) -> bool {
        if let Some(crossed) = self.ranges.iter().position(Range::is_empty) {
            return self.place(variable) == Some(crossed);
        }
        let needed = match variable {
            Variable::Row(row) => farkas
                .get(row.index())
                .map_or(Ordering::Equal, |factor| factor.cmp(&Rational::ZERO).reverse()),
            Variable::Column(column) => {
                let mut sum = Rational::ZERO;
                if column.index() < self.matrix.columns() {
                    self.matrix.each_entry(column.index(), |row, factor| {
                        sum += &(&farkas[row] * &factor.to_rational());
                    });
                }
                sum.cmp(&Rational::ZERO)
            }
        };
        needed == if side == Side::Lower { Ordering::Greater } else { Ordering::Less }
    }

    pub(super) fn drop_condition(&mut self, condition: &Condition) {
        for (variable, side) in condition {
            let (lower, upper) = self.bounds(*variable);
            match side {
                Side::Lower => self.set_bounds(*variable, None, upper),
                Side::Upper => self.set_bounds(*variable, lower, None),
            }
        }
    }

    pub(super) fn take_back(&mut self, condition: &Condition, stated: &[Range]) {
        for (variable, side) in condition {
            let Some(place) = self.place(*variable) else { continue };
            let (lower, upper) = self.bounds(*variable);
            let end = stated[place].end(*side == Side::Upper).map(Compact::to_rational);
            match side {
                Side::Lower => self.set_bounds(*variable, end, upper),
                Side::Upper => self.set_bounds(*variable, lower, end),
            }
        }
    }

    pub(super) fn restore(&mut self, stated: &[Range]) {
        for (place, range) in stated.iter().enumerate() {
            let exact = |end: &Option<Compact>| end.as_ref().map(Compact::to_rational);
            self.set_bounds(self.variable(place), exact(&range.lower), exact(&range.upper));
        }
    }

    /// The least that the right-hand side of a dropped condition must move; from a vertex without it.
    fn mend(
        &mut self,
        condition: &Condition,
        stated: &[Range],
        budget: &mut Budget,
    ) -> Result<Option<Rational>, Exhausted> {
        let Some((first, _)) = condition.first() else { return Ok(None) };
        let Some(place) = self.place(*first).filter(|_| condition.iter().all(|(other, _)| other == first))
        else {
            return Ok(None);
        };
        for (_, side) in condition {
            let rising = *side == Side::Lower;
            let mut costs = vec![Compact::ZERO; self.values.len()];
            costs[place] = if rising { Compact::ONE } else { Compact::MINUS_ONE };
            let Some(bound) = stated[place].end(!rising) else { continue };
            if matches!(self.climb(&costs, Reach::Anywhere, budget)?, Climb::Top)
                && self.values[place].cmp(bound) == if rising { Ordering::Less } else { Ordering::Greater }
            {
                return Ok(Some(self.values[place].minus(bound).to_rational()));
            }
        }
        Ok(None)
    }
}
