//! Which conditions no whole point keeps together, and what would mend that.

use super::branch::{BranchEnd, Branched, Task, Until, branch_and_bound};
use super::conflict::{Condition, Conflict};
use super::price::Side;
use super::range::Range;
use super::{Budget, Simplex, Variable};
use crate::exact::{Compact, Rational};
use crate::program::ColumnId;

impl Simplex {
    /// An irreducible conflict of a program without a whole point, if the budget suffices to see that there is none.
    ///
    /// As [`Simplex::conflict`], each question answered by branch and bound. A condition stays where the budget does
    /// not suffice to see that it can go; then the conflict is not known to be irreducible.
    ///
    /// Source: mathematics §4 (when there is no plan); Chinneck, Dravnieks 1991 (deletion filter).
    pub fn whole_conflict(
        &mut self,
        whole: &[ColumnId],
        conditions: &[Condition],
        budget: &mut Budget,
    ) -> Option<Conflict> {
        self.release_face();
        let stated = self.ranges.clone();
        let mut filter = Filter { simplex: self, whole, stated: &stated, budget };
        let found = filter.run(conditions);
        self.restore(&stated);
        found
    }
}

struct Filter<'a> {
    simplex: &'a mut Simplex,
    whole: &'a [ColumnId],
    stated: &'a [Range],
    budget: &'a mut Budget,
}

impl Filter<'_> {
    fn run(&mut self, conditions: &[Condition]) -> Option<Conflict> {
        let mut cases = self.proof().ok().flatten()?;
        let (mut members, mut irreducible) = (Vec::new(), true);
        for (place, condition) in conditions.iter().enumerate() {
            self.simplex.drop_condition(condition);
            match self.proof() {
                Ok(Some(other)) => cases = other,
                answer => {
                    irreducible &= answer.is_ok();
                    members.push(place);
                    self.simplex.take_back(condition, self.stated);
                }
            }
        }
        let mends = members.iter().map(|place| self.mend(&conditions[*place])).collect();
        Some(Conflict { members, farkas: Vec::new(), cases, irreducible, mends })
    }

    /// The cases that prove that no whole point is there; nothing where there is one.
    ///
    /// # Errors
    /// The budget is exhausted.
    fn proof(&mut self) -> Result<Option<Vec<crate::program::Case>>, super::Exhausted> {
        let nothing = vec![Rational::ZERO; self.simplex.matrix.columns()];
        let Branched { best, end, cases } = self.search(nothing, Until::Better);
        match (best, end) {
            (Some(_), _) => Ok(None),
            (None, BranchEnd::Closed) => Ok(Some(cases)),
            (None, _) => Err(super::Exhausted),
        }
    }

    fn search(&mut self, objective: Vec<Rational>, until: Until) -> Branched {
        let task = Task { whole: self.whole, levels: &[objective], until };
        branch_and_bound(self.simplex, task, None, self.budget)
    }

    /// The least that the right-hand side of a condition must move for a whole point to be there: there may be some
    /// below its lower side, and some above its upper one.
    fn mend(&mut self, condition: &Condition) -> Option<Rational> {
        let (variable, _) = condition.first()?;
        let (own, linked): (Vec<_>, Vec<_>) = condition.iter().partition(|(other, _)| other == variable);
        let used = match linked.as_slice() {
            [] => None,
            [(Variable::Row(row), Side::Upper)] => Some(self.switch(*variable, row.index())?),
            _ => return None,
        };
        self.simplex.drop_condition(condition);
        // Beyond its limit a flow carries something, and so is used.
        let before = used.map(|used| (used, self.simplex.bounds(used)));
        if let Some((used, (_, upper))) = &before {
            self.simplex.set_bounds(*used, Some(Rational::ONE), upper.clone());
        }
        let moves: Vec<Rational> =
            own.iter().filter_map(|(_, side)| self.nearest(*variable, *side)).collect();
        if let Some((used, (lower, upper))) = before {
            self.simplex.set_bounds(used, lower, upper);
        }
        self.simplex.take_back(condition, self.stated);
        moves.into_iter().min_by_key(Rational::abs)
    }

    /// The column, one or none, that lets a limited column be more than 0: the other one in the row that ties both.
    fn switch(&self, limited: Variable, row: usize) -> Option<Variable> {
        let Variable::Column(limited) = limited else { return None };
        match self.simplex.matrix.row(row).as_slice() {
            [(one, _), (other, _)] | [(other, _), (one, _)] if *one == limited.index() => {
                Some(Variable::Column(ColumnId::at(*other)))
            }
            _ => None,
        }
    }

    /// How far the nearest whole point beyond one side of a dropped condition is.
    fn nearest(&mut self, variable: Variable, side: Side) -> Option<Rational> {
        let place = self.simplex.place(variable)?;
        let bound = self.stated[place].end(side == Side::Upper)?.to_rational();
        let (lower, upper) = self.simplex.bounds(variable);
        let (sign, beyond) = match side {
            Side::Lower => (Rational::ONE, (lower.clone(), Some(at_most(upper.clone(), &bound)))),
            Side::Upper => (Rational::from(-1), (Some(at_least(lower.clone(), &bound)), upper.clone())),
        };
        self.simplex.set_bounds(variable, beyond.0, beyond.1);
        let found = self.search(self.along(variable, &sign), Until::Closed);
        self.simplex.set_bounds(variable, lower, upper);
        let nearest = found.best.filter(|_| found.end == BranchEnd::Closed)?.worth.pop()?;
        Some(nearest * &sign - &bound)
    }

    /// The objective that is a variable, times a sign.
    fn along(&self, variable: Variable, sign: &Rational) -> Vec<Rational> {
        let mut objective = vec![Rational::ZERO; self.simplex.matrix.columns()];
        match variable {
            Variable::Column(column) => objective[column.index()] = sign.clone(),
            Variable::Row(row) => {
                let terms = self.simplex.matrix.row(row.index()).iter();
                terms.for_each(|(column, factor): &(usize, Compact)| {
                    objective[*column] = factor.to_rational() * sign;
                });
            }
        }
        objective
    }
}

fn at_most(upper: Option<Rational>, bound: &Rational) -> Rational {
    upper.map_or_else(|| bound.clone(), |upper| upper.min(bound.clone()))
}

fn at_least(lower: Option<Rational>, bound: &Rational) -> Rational {
    lower.map_or_else(|| bound.clone(), |lower| lower.max(bound.clone()))
}
