//! What is best, by trying every vertex: no pivots, no bases, dense elimination.

use loopc::exact::Rational;
use loopc::program::Program;

/// A condition `a·x = b`.
type Equation = (Vec<Rational>, Rational);

/// The vertex with the greatest tuple of levels; none where there is no vertex within bounds.
///
/// Every column must have a lower bound, so that what is not empty has a vertex.
pub fn best(program: &Program, levels: &[Vec<Rational>]) -> Option<(Vec<Rational>, Vec<Rational>)> {
    let tight = tight(program);
    let count = program.columns().len();
    let mut best: Option<(Vec<Rational>, Vec<Rational>)> = None;
    let mut chosen = Vec::new();
    each_choice(tight.len(), count, &mut chosen, &mut |places| {
        let Some(point) = meet(places.iter().map(|place| tight[*place].clone()).collect()) else { return };
        if program.is_feasible(&point) {
            let worth =
                |level: &Vec<Rational>| level.iter().zip(&point).map(|(cost, value)| cost * value).sum();
            let worth: Vec<Rational> = levels.iter().map(worth).collect();
            if best.as_ref().is_none_or(|(before, _)| worth > *before) {
                best = Some((worth, point));
            }
        }
    });
    best
}

/// Every bound and every side as an equation.
fn tight(program: &Program) -> Vec<Equation> {
    let count = program.columns().len();
    let mut found: Vec<Equation> = Vec::new();
    let mut add = |factors: &Vec<Rational>, ends: [&Option<Rational>; 2]| {
        for end in ends.into_iter().flatten() {
            let equation = (factors.clone(), end.clone());
            if !found.contains(&equation) {
                found.push(equation);
            }
        }
    };
    for (place, column) in program.columns().iter().enumerate() {
        let mut factors = vec![Rational::ZERO; count];
        factors[place] = Rational::ONE;
        add(&factors, [&column.lower, &column.upper]);
    }
    for row in program.rows() {
        let mut factors = vec![Rational::ZERO; count];
        row.terms.iter().for_each(|(column, factor)| factors[column.index()] = factor.clone());
        add(&factors, [&row.lower, &row.upper]);
    }
    found
}

fn each_choice(count: usize, size: usize, chosen: &mut Vec<usize>, visit: &mut impl FnMut(&[usize])) {
    if chosen.len() == size {
        return visit(chosen);
    }
    let first = chosen.last().map_or(0, |last| last + 1);
    for place in first..count {
        chosen.push(place);
        each_choice(count, size, chosen, visit);
        chosen.pop();
    }
}

/// The one point that keeps all equations.
fn meet(mut equations: Vec<Equation>) -> Option<Vec<Rational>> {
    for place in 0..equations.len() {
        let pivot = (place..equations.len()).find(|other| !equations[*other].0[place].is_zero())?;
        equations.swap(place, pivot);
        let (mut factors, mut right) = equations[place].clone();
        let scale = factors[place].reciprocal()?;
        factors.iter_mut().for_each(|factor| *factor = &*factor * &scale);
        right = right * scale;
        for (other, (others, value)) in equations.iter_mut().enumerate() {
            if other != place && !others[place].is_zero() {
                let times = others[place].clone();
                others.iter_mut().zip(&factors).for_each(|(entry, factor)| *entry -= &(&times * factor));
                *value -= &(&times * &right);
            }
        }
        equations[place] = (factors, right);
    }
    Some(equations.into_iter().map(|(_, right)| right).collect())
}
