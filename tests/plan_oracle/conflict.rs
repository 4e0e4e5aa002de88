//! Conflicts: what is said to conflict does, nothing of it can be left out, and the mend is the nearest.

use loopc::exact::Rational;
use serde_json::Value;

use super::compare::Comparison;
use super::describe::fraction;
use super::program::{Program, Stated};
use super::said::{exact, list, scale, stated};
use super::solve::is_feasible;

fn feasible(program: &Program) -> bool {
    is_feasible(&program.constraints(), program.columns.len())
}

impl Comparison<'_> {
    pub fn conflict(&mut self) {
        let said = list(&self.said.found["conflict"]);
        let members: Option<Vec<Stated>> = said.iter().map(stated).collect();
        let Some(members) = members.filter(|members| !members.is_empty()) else {
            return self.holds(|| format!("no conflict: {said:?}"), false);
        };
        let conflict = self.program.only(&members);
        self.holds(|| "what is said to conflict does not".to_owned(), !feasible(&conflict));
        for (place, (member, said)) in members.iter().zip(said).enumerate() {
            let mut others = members.clone();
            others.remove(place);
            let rest = feasible(&self.program.only(&others));
            self.holds(|| format!("{member:?} can be left out of the conflict"), rest);
            self.mend(&conflict, *member, said);
        }
        let all = self.program.rows.iter().filter_map(|row| row.stated);
        let others: Vec<Stated> = all.filter(|other| !members.contains(other)).collect();
        let wanted = !feasible(&self.program.only(&others));
        self.same("other conflicts", &Some(wanted), &self.said.found["other_conflicts"].as_bool());
    }

    /// The stated mend ends this conflict, and nothing on the way to it does.
    fn mend(&mut self, conflict: &Program, member: Stated, said: &Value) {
        let Some(row) = conflict.row(member) else {
            return self.holds(|| format!("{member:?} is not stated"), false);
        };
        let scale = scale(self.world, said);
        let (lower, upper) = (row.lower.clone(), row.upper.clone());
        for (side, wanted) in [("lower", &lower), ("upper", &upper)] {
            let found = exact(&said[side]).map(|side| side * &scale);
            self.same(&format!("{side} of {member:?}"), wanted, &found);
        }
        let Some(mend) = exact(&said["mend"]).map(|mend| mend * &scale) else {
            let share = matches!(member, Stated::Share(_));
            return self.holds(|| format!("{member:?} has no mend"), share);
        };
        let moved = |to: &Rational| match (&lower, &upper) {
            (Some(lower), Some(upper)) if lower == upper => (Some(to.clone()), Some(to.clone())),
            (Some(lower), Some(upper)) if to > upper => (Some(lower.clone()), Some(to.clone())),
            (Some(_), upper) => (Some(to.clone()), upper.clone()),
            (None, _) => (None, Some(to.clone())),
        };
        let ends = feasible(&conflict.moved(member, moved(&mend)));
        self.holds(|| format!("{member:?} at {mend} does not end the conflict"), ends);
        let side = match (&lower, &upper) {
            (Some(_), Some(upper)) if mend > *upper => upper,
            (Some(lower), _) => lower,
            (None, Some(upper)) => upper,
            (None, None) => return,
        };
        let near = side + &(&(&mend - side) * &fraction(999, 1000));
        let early = feasible(&conflict.moved(member, moved(&near)));
        self.holds(|| format!("{member:?} at {near} ends the conflict before {mend}"), !early);
    }
}
