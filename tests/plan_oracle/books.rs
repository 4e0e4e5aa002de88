//! The oracle's books: what one try of a flow, or one turn that enters or leaves, brings about.
//!
//! Source: mathematics §1, by tries instead of by turns that arrive.

use loopc::exact::Rational;

use super::describe::{About, Amount, CASH, Form, Own, Term, What, World};
use super::program::Column;

/// Whose money, and in which direction.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Paid(usize),
    Earned(usize),
    Moved(usize, usize),
    Days,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub kind: Kind,
    pub value: Rational,
    /// The flow or rider that causes it; nothing where a turn ends.
    pub cause: Option<usize>,
}

#[derive(Clone, Copy)]
pub struct Books<'a> {
    pub world: &'a World,
}

fn own(of: &Own, owners: (usize, usize), cause: Option<usize>, times: (&Rational, &Rational)) -> [Line; 3] {
    let line = |kind, value: &Rational, times: &Rational| Line { kind, value: value * times, cause };
    [
        line(Kind::Paid(owners.0), &of.cost, times.0),
        line(Kind::Earned(owners.1), &of.revenue, times.1),
        line(Kind::Days, &of.delay, times.0),
    ]
}

fn count(holds: bool) -> Rational {
    if holds { Rational::ONE } else { Rational::ZERO }
}

impl Books<'_> {
    /// A flow and all that rides it, each with how often it happens for each try.
    fn causes(&self, flow: usize) -> Vec<(usize, Rational)> {
        let happens = (0..self.world.flows.len()).filter(|cause| self.world.root(*cause) == flow);
        happens.map(|cause| (cause, self.world.times(cause))).collect()
    }

    /// Participants whose own cost is borne, and how often.
    fn bearers(&self, column: Column) -> Vec<(usize, Option<usize>, Rational)> {
        match column {
            Column::Enters(_) | Column::Used(_) => Vec::new(),
            Column::Leaves(party) => vec![(party, None, Rational::ONE)],
            Column::Flow(flow) => {
                let mut found = vec![(self.world.flows[flow].tail, Some(flow), Rational::ONE)];
                for (cause, times) in self.causes(flow) {
                    let via = self.world.flows[cause].via.iter();
                    found.extend(via.map(|party| (*party, Some(cause), times.clone())));
                }
                found
            }
        }
    }

    pub fn lines(&self, column: Column) -> Vec<Line> {
        let mut lines = Vec::new();
        for (party, cause, times) in self.bearers(column) {
            lines.extend(own(&self.world.parties[party].own, (party, party), cause, (&times, &times)));
        }
        if let Column::Used(flow) = column {
            let about = &self.world.flows[flow];
            let kind = Kind::Paid(about.payer.unwrap_or(about.tail));
            lines.push(Line { kind, value: about.fixed.clone().unwrap_or_default(), cause: Some(flow) });
        }
        let Column::Flow(flow) = column else { return lines };
        for (cause, times) in self.causes(flow) {
            let about = &self.world.flows[cause];
            // What a flow earns and carries counts what arrives; of a rider, every time that it happens.
            let arrives = if cause == flow { self.world.arrives(flow) } else { times.clone() };
            let owners = (about.payer.unwrap_or(about.tail), about.earner.unwrap_or(about.head));
            lines.extend(own(&about.own, owners, Some(cause), (&times, &arrives)));
            if let (Amount::Money(amount), CASH) = (&about.amount, about.medium) {
                let (kind, value) = (Kind::Moved(about.tail, about.head), amount * &arrives);
                lines.push(Line { kind, value, cause: Some(cause) });
            }
        }
        lines
    }

    /// What a form counts for one of a column, its constant aside.
    pub fn form(&self, form: &Form, column: Column) -> Rational {
        form.terms.iter().map(|term| &term.factor * &self.term(term, column)).sum()
    }

    fn term(&self, term: &Term, column: Column) -> Rational {
        match term.what {
            What::Volume => self.volume(term.about, column),
            What::Moved => self.moved(term.about, column),
            What::Cost | What::Revenue | What::Profit | What::Delay => {
                let money = term.what != What::Delay;
                let owner = self.world.whose.filter(|_| money && term.about == About::All);
                let about = owner.map_or(term.about, About::Party);
                self.lines(column).iter().map(|line| self.counted(term.what, about, line)).sum()
            }
        }
    }

    pub fn counted(&self, what: What, about: About, line: &Line) -> Rational {
        if !self.names(about, line.cause) {
            return Rational::ZERO;
        }
        let owner = if let About::Party(owner) = about { Some(owner) } else { None };
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

    /// Whether what a flow or rider causes is a flow's: its own, or that of a flow it rides.
    fn names(&self, about: About, cause: Option<usize>) -> bool {
        let rides = |flow: usize| cause.is_some_and(|cause| self.world.rides_on(cause, flow));
        match about {
            About::All | About::Party(_) => true,
            About::Flow(flow) => rides(flow),
            About::Tag => {
                (0..self.world.flows.len()).any(|flow| self.world.flows[flow].tagged && rides(flow))
            }
        }
    }

    fn volume(&self, about: About, column: Column) -> Rational {
        let happens = |named: &dyn Fn(usize) -> bool| match column {
            Column::Flow(flow) => {
                self.causes(flow).iter().map(|(cause, times)| times * &count(named(*cause))).sum()
            }
            _ => Rational::ZERO,
        };
        match about {
            About::All => count(matches!(column, Column::Flow(_))),
            // Those turns that bear its own cost.
            About::Party(party) => {
                let bears = |(at, _, times): (usize, Option<usize>, Rational)| {
                    times * &count(self.world.belongs(at, party))
                };
                self.bearers(column).into_iter().map(bears).sum()
            }
            About::Flow(flow) => happens(&|cause| cause == flow),
            About::Tag => happens(&|cause| self.world.flows[cause].tagged),
        }
    }

    /// Amounts that arrive: of a flow its own, of a rider with every try.
    fn moved(&self, about: About, column: Column) -> Rational {
        let (About::Flow(named), Column::Flow(flow)) = (about, column) else { return Rational::ZERO };
        if self.world.root(named) != flow {
            return Rational::ZERO;
        }
        let times = if named == flow { self.world.arrives(flow) } else { self.world.times(named) };
        match &self.world.flows[named].amount {
            Amount::None => times,
            Amount::Money(amount) | Amount::Parcels(amount) => amount * &times,
        }
    }
}
