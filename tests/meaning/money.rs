//! The oracle's books: what one turn through a flow brings about, all riders included (mathematics §1).

use loopc::exact::Rational;

use super::describe::{Amount, CASH, Form, Own, Subject, What, World};

/// Whose money, and in which direction.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Paid(usize),
    Earned(usize),
    Moved(usize, usize),
    Days,
}

/// A sum that one turn through a flow brings about, and the flow or rider that causes it.
#[derive(Clone, Debug)]
pub struct Line {
    pub kind: Kind,
    pub value: Rational,
    pub cause: usize,
}

pub struct Books<'a> {
    pub world: &'a World,
    lines: Vec<Vec<Line>>,
}

impl<'a> Books<'a> {
    /// The books of loops, or of paths that end at a participant.
    pub fn new(world: &'a World, end: Option<usize>) -> Self {
        let lines = (0..world.flows.len()).map(|flow| lines(world, flow, end)).collect();
        Self { world, lines }
    }

    /// What a form comes to for one turn through a flow.
    pub fn form(&self, form: &Form, whose: Option<usize>, flow: usize) -> Rational {
        let total = |(factor, what, subject): &(Rational, What, Option<Subject>)| {
            let owner = whose.filter(|_| *what != What::Delay).map(Subject::Party);
            factor * &self.total(*what, subject.or(owner), flow)
        };
        form.iter().map(total).sum()
    }

    pub fn total(&self, what: What, subject: Option<Subject>, flow: usize) -> Rational {
        self.lines[flow].iter().map(|line| self.counted(what, subject, line)).sum()
    }

    fn counted(&self, what: What, subject: Option<Subject>, line: &Line) -> Rational {
        if !self.is_about(subject, line.cause) {
            return Rational::ZERO;
        }
        let owner = match subject {
            Some(Subject::Party(owner)) => Some(owner),
            _ => None,
        };
        let of = |party: usize| owner.is_none_or(|owner| self.world.belongs(party, owner));
        let (inward, outward) = match line.kind {
            Kind::Days if what == What::Delay => return line.value.clone(),
            Kind::Days => (false, false),
            Kind::Paid(payer) => (false, of(payer)),
            Kind::Earned(earner) => (of(earner), false),
            // Cash that changes hands is nothing to the model, nor to the company of both.
            Kind::Moved(from, to) => {
                (owner.is_some() && of(to) && !of(from), owner.is_some() && of(from) && !of(to))
            }
        };
        match (what, inward, outward) {
            (What::Revenue | What::Profit, true, _) | (What::Cost, _, true) => line.value.clone(),
            (What::Profit, _, true) => -&line.value,
            _ => Rational::ZERO,
        }
    }

    /// Whether what a flow or rider causes is the subject's: its own flow's, or that of a flow it rides.
    fn is_about(&self, subject: Option<Subject>, cause: usize) -> bool {
        let named = |flow: usize, flows: Subject| self.world.is_named(flow, flows);
        match subject {
            None | Some(Subject::Party(_)) => true,
            Some(flows) => {
                (0..self.world.flows.len()).any(|flow| named(flow, flows) && self.world.rides_on(cause, flow))
            }
        }
    }
}

fn own(of: &Own, owners: (usize, usize), cause: usize, times: (&Rational, &Rational)) -> Vec<Line> {
    let line = |kind, value: &Rational, times: &Rational| Line { kind, value: value * times, cause };
    vec![
        line(Kind::Paid(owners.0), &of.cost, times.0),
        line(Kind::Earned(owners.1), &of.revenue, times.1),
        line(Kind::Days, &of.delay, times.0),
    ]
}

fn lines(world: &World, flow: usize, end: Option<usize>) -> Vec<Line> {
    if world.flows[flow].rides.is_some() {
        return Vec::new();
    }
    let tries = tries(world, flow);
    let mut lines = Vec::new();
    let happens = (0..world.flows.len()).filter(|cause| world.root(*cause) == flow);
    for cause in happens {
        let about = &world.flows[cause];
        let times = &world.times(cause) * &tries;
        // What a flow earns and carries counts what arrives; of a rider, every time that it happens.
        let arrives = if cause == flow { Rational::ONE } else { times.clone() };
        let owners = (about.payer.unwrap_or(about.tail), about.earner.unwrap_or(about.head));
        lines.extend(own(&about.own, owners, cause, (&times, &arrives)));
        if let (Amount::Money(amount), CASH) = (&about.amount, about.medium) {
            lines.push(Line { kind: Kind::Moved(about.tail, about.head), value: amount * &arrives, cause });
        }
        let left = [about.tail].into_iter().filter(|_| cause == flow);
        for party in left.chain(about.via.iter().copied()) {
            lines.extend(own(&world.parties[party].own, (party, party), cause, (&times, &times)));
        }
    }
    if let Some(end) = end.filter(|end| *end == world.flows[flow].head) {
        let once = Rational::ONE;
        lines.extend(own(&world.parties[end].own, (end, end), flow, (&once, &once)));
    }
    lines
}

/// How often a flow is tried for each turn that arrives.
pub fn tries(world: &World, flow: usize) -> Rational {
    let arrives = world.flows[flow].yields.as_ref().map_or(Rational::ONE, |(share, _)| share.clone());
    &Rational::ONE / &arrives
}
