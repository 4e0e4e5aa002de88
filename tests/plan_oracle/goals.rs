//! Random objectives and requirements over a model.

use loopc::exact::Rational;

use super::books::Books;
use super::describe::{About, Form, Kind, Requirement, Term, What, World};
use super::draw::{Taste, number};
use super::formulate::formulate;
use super::random::Random;
use super::solve::{Constraint, Outcome, Relation, maximize};

pub fn nothing() -> Form {
    Form { kind: Kind::Money, terms: Vec::new(), constant: Rational::ZERO }
}

fn plain(what: What) -> Term {
    Term { factor: Rational::ONE, what, about: About::All }
}

/// A total of anything that a plan counts.
fn term(random: &mut Random, world: &World) -> Term {
    let what = random.pick(&[
        What::Cost,
        What::Cost,
        What::Revenue,
        What::Profit,
        What::Delay,
        What::Volume,
        What::Volume,
        What::Moved,
    ]);
    let party = About::Party(random.below(world.parties.len()));
    let flow = About::Flow(random.below(world.flows.len()));
    let tagged = world.flows.iter().any(|flow| flow.tagged);
    let about = match (what, random.below(6)) {
        (What::Moved, _) => flow,
        (What::Cost | What::Revenue | What::Profit | What::Volume, 0 | 1) => party,
        (_, 2 | 3) => flow,
        (_, 4) if tagged => About::Tag,
        _ => About::All,
    };
    let factor = match random.chance(70) {
        true => Rational::ONE,
        false => number(random, &[(2, 1), (1, 2), (-1, 1), (-1, 3), (3, 1)]),
    };
    Term { factor, what, about }
}

/// A form of the first term's own kind, with so many terms at most.
fn form(random: &mut Random, world: &World, first: Term, most: usize) -> Form {
    let kind = world.kind(&first);
    let mut terms = vec![first];
    for _ in 1..most {
        if random.chance(40) {
            terms.push(term(random, world));
        }
    }
    Form { kind, terms, constant: Rational::ZERO }
}

pub fn goal(random: &mut Random, world: &mut World, taste: Taste) {
    let first = match random.below(10) {
        0..4 => plain(What::Profit),
        4..6 => plain(What::Revenue),
        6 => plain(What::Cost),
        _ => term(random, world),
    };
    // What earns is made large, what costs small, most of the time.
    let costs = matches!(first.what, What::Cost | What::Delay);
    world.minimize = if random.chance(85) { costs } else { !costs };
    world.above = form(random, world, first, 2);
    if random.chance(20) {
        world.above.constant = number(random, &[(1, 1), (10, 1), (-5, 1), (7, 2)]);
    }
    if taste.ratio {
        let first = match random.below(10) {
            0..6 => plain(What::Cost),
            6 => plain(What::Volume),
            7 => plain(What::Delay),
            _ => term(random, world),
        };
        let most = if random.chance(25) { 2 } else { 1 };
        let mut below = form(random, world, first, most);
        if random.chance(30) {
            below.constant = number(random, &[(1, 1), (10, 1), (1, 2), (-1, 1)]);
        }
        world.below = Some(below);
    }
}

/// What a form comes to for some plan of no great size, so that a requirement may be met, and may bind.
fn somewhere(random: &mut Random, world: &World, form: &Form) -> Option<Rational> {
    let program = formulate(world);
    let books = Books { world };
    let mut constraints = program.constraints();
    let factors = vec![Rational::ONE; program.columns.len()];
    constraints.push(Constraint { factors, relation: Relation::AtMost, right: Rational::from(40) });
    let weights: Vec<Rational> =
        (0..program.columns.len()).map(|_| number(random, &[(0, 1), (1, 1), (-1, 1)])).collect();
    match maximize(&constraints, &weights) {
        Outcome::Best { point, .. } => Some(
            program.columns.iter().zip(&point).map(|(column, turns)| books.form(form, *column) * turns).sum(),
        ),
        Outcome::Infeasible | Outcome::Unbounded => None,
    }
}

pub fn requirements(random: &mut Random, world: &mut World, taste: Taste) {
    let many = random.pick(&[0, 0, 1, 1, 2, 3]);
    for _ in 0..many {
        let first = term(random, world);
        let form = form(random, world, first, 3);
        let sides: &[(i64, i64)] = if taste.flat {
            &[(0, 1), (10, 1), (20, 1)]
        } else {
            &[(0, 1), (1, 1), (5, 1), (10, 1), (20, 1), (15, 2), (-2, 1), (40, 3)]
        };
        let side = number(random, sides);
        let mut lower = number(random, &[(0, 1), (1, 1), (2, 1), (5, 1), (-3, 1), (1, 2)]);
        let near = if random.chance(65) { somewhere(random, world, &form) } else { None };
        let slack = number(random, &[(0, 1), (0, 1), (1, 1), (3, 1)]);
        let mut side = near.as_ref().map_or(side, |near| near + &slack);
        if let Some(near) = &near {
            lower = near - &slack;
        }
        let (lower, upper) = match random.below(10) {
            0..5 => (None, Some(side)),
            5..8 => (Some(lower), None),
            8 => {
                side = near.unwrap_or(side);
                (Some(side.clone()), Some(side))
            }
            // Never the greater first: that conflicts with itself, and is told no mend.
            _ => {
                let other = number(random, &[(1, 1), (3, 1), (10, 1)]);
                (Some(side.clone()), Some(&side + &other))
            }
        };
        world.requirements.push(Requirement { form, lower, upper });
    }
}
