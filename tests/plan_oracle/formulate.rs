//! The oracle's linear program, straight from the mathematics: tries of flows, turns that enter and leave.
//!
//! Source: mathematics §1 and §4.

use loopc::exact::Rational;

use super::books::Books;
use super::describe::{Form, Limit, World};
use super::program::{Column, Linear, Program, Row, Stated};

/// Participants in scope: the ends of flows, of the rests of yields, and of deliveries.
fn parties(world: &World) -> Vec<usize> {
    let scope = world.scope();
    let inside = |party: &usize| {
        let ends = |flow: &usize| {
            let about = &world.flows[*flow];
            let back = about.yields.as_ref().filter(|(share, _)| *share < Rational::ONE);
            about.tail == *party || about.head == *party || back.is_some_and(|(_, back)| back == party)
        };
        let delivered = |rider: usize| {
            let ride = world.flows[rider].rides.as_ref();
            let brings = ride.is_some_and(|ride| !ride.delivers.is_zero());
            brings && world.flows[rider].head == *party && scope.contains(&world.root(rider))
        };
        scope.iter().any(ends) || (0..world.flows.len()).any(delivered)
    };
    (0..world.parties.len()).filter(inside).collect()
}

/// How many turns more leave than arrive at a participant, for one of a column.
fn leaving(world: &World, column: Column, party: usize) -> Rational {
    let at = |other: usize| if other == party { Rational::ONE } else { Rational::ZERO };
    match column {
        Column::Used(_) => Rational::ZERO,
        Column::Enters(other) => -at(other),
        Column::Leaves(other) => at(other),
        Column::Flow(flow) => {
            let about = &world.flows[flow];
            let mut turns = at(about.tail) - at(about.head) * &world.arrives(flow);
            if let Some((share, back)) = &about.yields {
                turns -= &((&Rational::ONE - share) * at(*back));
            }
            for (rider, of) in world.flows.iter().enumerate() {
                if let Some(ride) = of.rides.as_ref().filter(|_| world.root(rider) == flow) {
                    turns -= &(&ride.delivers * &world.times(rider) * at(of.head));
                }
            }
            turns
        }
    }
}

pub fn formulate(world: &World) -> Program {
    let (scope, parties) = (world.scope(), parties(world));
    let open = |limit: &dyn Fn(usize) -> bool| {
        parties.iter().copied().filter(|party| limit(*party)).collect::<Vec<_>>()
    };
    let sources = open(&|party| world.parties[party].source.is_some());
    let sinks = open(&|party| world.parties[party].sink.is_some());
    let mut columns: Vec<Column> = scope.iter().copied().map(Column::Flow).collect();
    columns.extend(sources.iter().copied().map(Column::Enters));
    columns.extend(sinks.iter().copied().map(Column::Leaves));
    let paid = |flow: &usize| world.flows[*flow].fixed.as_ref().is_some_and(Rational::is_positive);
    columns.extend(scope.iter().copied().filter(paid).map(Column::Used));
    let books = Books { world };
    let form = |form: &Form| Linear {
        factors: columns.iter().map(|column| books.form(form, *column)).collect(),
        constant: form.constant.clone(),
    };
    let zero = Some(Rational::ZERO);
    let mut rows = Vec::new();
    for party in &parties {
        let factors = columns.iter().map(|column| leaving(world, *column, *party)).collect();
        rows.push(Row { factors, lower: zero.clone(), upper: zero.clone(), stated: None });
    }
    for (place, one) in world.requirements.iter().enumerate() {
        let factors = form(&one.form).factors;
        let stated = Some(Stated::Requirement(place));
        rows.push(Row { factors, lower: one.lower.clone(), upper: one.upper.clone(), stated });
    }
    let program = Program {
        rows,
        minimize: world.minimize,
        above: form(&world.above),
        below: world.below.as_ref().map(form),
        columns,
    };
    bounded(world, program)
}

/// Adds what flows and participants bound.
fn bounded(world: &World, mut program: Program) -> Program {
    let mut rows = Vec::new();
    for (place, column) in program.columns.iter().enumerate() {
        let mut add = |lower: Option<Rational>, upper: Option<Rational>, stated| {
            let factors = program.single(place);
            rows.push(Row { factors, lower, upper, stated: Some(stated) });
        };
        let most = |limit: &Option<Limit>| match limit {
            Some(Limit::Most(most)) => Some(most.clone()),
            Some(Limit::Unlimited) | None => None,
        };
        match *column {
            Column::Enters(party) => {
                let most = most(&world.parties[party].source);
                most.into_iter().for_each(|most| add(None, Some(most), Stated::Source(party)));
            }
            Column::Used(_) => {}
            Column::Leaves(party) => {
                let most = most(&world.parties[party].sink);
                most.into_iter().for_each(|most| add(None, Some(most), Stated::Sink(party)));
            }
            Column::Flow(flow) => {
                let about = &world.flows[flow];
                let (capacity, minimum, volume) = (&about.capacity, &about.minimum, &about.volume);
                capacity.iter().for_each(|most| add(None, Some(most.clone()), Stated::Capacity(flow)));
                minimum.iter().for_each(|least| add(Some(least.clone()), None, Stated::Minimum(flow)));
                volume.iter().for_each(|both| {
                    add(Some(both.clone()), Some(both.clone()), Stated::Volume(flow));
                });
            }
        }
    }
    for flow in world.scope() {
        let Some(share) = &world.flows[flow].share else { continue };
        let count = |column: &Column| {
            let Column::Flow(other) = *column else { return Rational::ZERO };
            let own = if other == flow { Rational::ONE } else { Rational::ZERO };
            let leaves = world.flows[other].tail == world.flows[flow].tail;
            if leaves { own - share } else { own }
        };
        let factors = program.columns.iter().map(count).collect();
        let zero = Some(Rational::ZERO);
        rows.push(Row { factors, lower: zero.clone(), upper: zero, stated: Some(Stated::Share(flow)) });
    }
    program.rows.append(&mut rows);
    program
}
