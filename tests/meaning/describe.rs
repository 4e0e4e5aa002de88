//! What a model says, before it is written down: plain data that both the text and the oracle start from.

use loopc::exact::Rational;

/// Units: money in the reporting currency, delays in days; per turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    pub cost: Rational,
    pub revenue: Rational,
    pub delay: Rational,
}

#[derive(Clone, Debug, Default)]
pub struct Party {
    pub own: Own,
    pub company: Option<usize>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Amount {
    #[default]
    None,
    Money(Rational),
    Parcels(Rational),
}

/// The media by number; the last is declared, the others are built in.
pub const MEDIA: [&str; 5] = ["cash", "information", "goods", "service", "points"];
pub const CASH: usize = 0;
pub const TAGS: usize = 3;

#[derive(Clone, Debug, Default)]
pub struct Flow {
    pub medium: usize,
    pub tail: usize,
    pub head: usize,
    pub via: Vec<usize>,
    pub own: Own,
    pub amount: Amount,
    pub payer: Option<usize>,
    pub earner: Option<usize>,
    /// What arrives of what is tried, and where the rest returns.
    pub yields: Option<(Rational, Option<usize>)>,
    pub rides: Option<(usize, Rational)>,
    pub tags: Vec<usize>,
    /// The chain that this is a hop of, and which, from one.
    pub chain: Option<(usize, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Party(usize),
    Flow(usize),
    Chain(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    Medium(usize),
    Tag(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Cost,
    Revenue,
    Profit,
    Delay,
}

/// A sum of totals, each with a factor; of the whole model where it names nobody.
pub type Form = Vec<(Rational, What, Option<Subject>)>;

#[derive(Clone, Debug)]
pub struct Goal {
    pub minimize: bool,
    pub above: Form,
    pub below: Option<Form>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Loop { top: usize },
    Path { from: usize, to: usize },
    Closure,
}

/// An analysis.
#[derive(Clone, Debug)]
pub struct Ask {
    pub kind: Kind,
    pub over: Vec<Pick>,
    pub only: Vec<Subject>,
    pub avoid: Vec<Subject>,
    pub whose: Option<usize>,
    /// What must be passed, and the fewest and the most flows.
    pub through: Vec<Subject>,
    pub length: Option<(usize, usize)>,
    /// Nothing for a closure, and for a loop with the default goal.
    pub goal: Option<Goal>,
}

#[derive(Clone, Debug, Default)]
pub struct World {
    pub parties: Vec<Party>,
    /// In declaration order, hops of chains included.
    pub flows: Vec<Flow>,
    pub chains: usize,
    pub asks: Vec<Ask>,
}

pub fn fraction(above: i64, below: i64) -> Rational {
    &Rational::from(above) / &Rational::from(below)
}

impl World {
    /// How a flow is named where it is used.
    pub fn flow_name(&self, flow: usize) -> String {
        match self.flows[flow].chain {
            Some((chain, hop)) => format!("c{chain}.{hop}"),
            None => format!("f{flow}"),
        }
    }

    pub fn subject_name(&self, subject: Subject) -> String {
        match subject {
            Subject::Party(party) => format!("p{party}"),
            Subject::Flow(flow) => self.flow_name(flow),
            Subject::Chain(chain) => format!("c{chain}"),
        }
    }

    pub fn hops(&self, chain: usize) -> Vec<usize> {
        let of = |flow: &usize| self.flows[*flow].chain.is_some_and(|(own, _)| own == chain);
        (0..self.flows.len()).filter(of).collect()
    }

    /// Whether a flow is what a subject names.
    pub fn is_named(&self, flow: usize, subject: Subject) -> bool {
        match subject {
            Subject::Party(_) => false,
            Subject::Flow(named) => named == flow,
            Subject::Chain(chain) => self.hops(chain).contains(&flow),
        }
    }

    /// Whether a participant is this company or one of its desks, near or far.
    pub fn belongs(&self, party: usize, company: usize) -> bool {
        party == company || self.parties[party].company.is_some_and(|above| self.belongs(above, company))
    }

    /// The flow that a rider rides in the end; a flow that rides none is its own.
    pub fn root(&self, flow: usize) -> usize {
        self.flows[flow].rides.as_ref().map_or(flow, |(ridden, _)| self.root(*ridden))
    }

    /// How often a rider happens for each try of its root.
    pub fn times(&self, flow: usize) -> Rational {
        self.flows[flow]
            .rides
            .as_ref()
            .map_or(Rational::ONE, |(ridden, factor)| factor * &self.times(*ridden))
    }

    /// Whether a flow is this one, or rides it, or rides what rides it.
    pub fn rides_on(&self, flow: usize, other: usize) -> bool {
        flow == other
            || self.flows[flow].rides.as_ref().is_some_and(|(ridden, _)| self.rides_on(*ridden, other))
    }
}
