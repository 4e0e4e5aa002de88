//! What a model with one plan says, before it is written down: plain data that the text and the oracle start from.

use loopc::exact::Rational;

/// Units: the reporting currency, days; per turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    pub cost: Rational,
    pub revenue: Rational,
    pub delay: Rational,
}

/// How many turns may enter or leave. Units: turns by the plan's period.
#[derive(Clone, Debug)]
pub enum Limit {
    Unlimited,
    Most(Rational),
}

#[derive(Clone, Debug, Default)]
pub struct Party {
    pub own: Own,
    pub company: Option<usize>,
    pub source: Option<Limit>,
    pub sink: Option<Limit>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Amount {
    #[default]
    None,
    Money(Rational),
    Parcels(Rational),
}

pub const MEDIA: [&str; 3] = ["cash", "information", "goods"];
pub const CASH: usize = 0;

/// What a rider rides, how often for each try of that, and how many turns it brings each time.
#[derive(Clone, Debug)]
pub struct Ride {
    pub flow: usize,
    pub factor: Rational,
    pub delivers: Rational,
}

/// Units: bounds are turns by the plan's period.
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
    pub yields: Option<(Rational, usize)>,
    pub rides: Option<Ride>,
    pub share: Option<Rational>,
    pub capacity: Option<Rational>,
    pub minimum: Option<Rational>,
    pub volume: Option<Rational>,
    /// Whether it takes whole turns only; what is paid once if it is used at all, by the plan's period.
    pub integral: bool,
    pub fixed: Option<Rational>,
    pub tagged: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Cost,
    Revenue,
    Profit,
    Delay,
    Volume,
    Moved,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    All,
    Party(usize),
    Flow(usize),
    /// All flows with the tag.
    Tag,
}

/// What a form is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Money,
    Days,
    Turns,
    Parcels,
}

#[derive(Clone, Debug)]
pub struct Term {
    /// Units: the form's by the term's own.
    pub factor: Rational,
    pub what: What,
    pub about: About,
}

/// A sum of totals and a constant. Units: its kind's, by the plan's period.
///
/// Invariant: the first term is of the form's own kind.
#[derive(Clone, Debug)]
pub struct Form {
    pub kind: Kind,
    pub terms: Vec<Term>,
    pub constant: Rational,
}

/// Invariant: the form has no constant; at least one side is given.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub form: Form,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
}

/// Units of time by name, with their days.
pub const TIMES: [(&str, i64, i64); 5] =
    [("day", 1, 1), ("week", 7, 1), ("month", 365, 12), ("year", 365, 1), ("fortnight", 14, 1)];

#[derive(Clone, Debug)]
pub struct World {
    pub parties: Vec<Party>,
    pub flows: Vec<Flow>,
    /// The place of the period among the units of time; nothing for a single round.
    pub period: Option<usize>,
    pub over: Vec<usize>,
    pub avoid: Vec<usize>,
    /// `for:`
    pub whose: Option<usize>,
    pub minimize: bool,
    pub above: Form,
    pub below: Option<Form>,
    pub requirements: Vec<Requirement>,
}

pub fn fraction(above: i64, below: i64) -> Rational {
    &Rational::from(above) / &Rational::from(below)
}

/// How many days a unit of time has.
pub fn days(time: usize) -> Rational {
    fraction(TIMES[time].1, TIMES[time].2)
}

impl World {
    /// Whether a participant is this company or one of its desks, near or far.
    pub fn belongs(&self, party: usize, company: usize) -> bool {
        party == company || self.parties[party].company.is_some_and(|above| self.belongs(above, company))
    }

    /// The flow that a rider rides in the end; a flow that rides none is its own.
    pub fn root(&self, flow: usize) -> usize {
        self.flows[flow].rides.as_ref().map_or(flow, |ride| self.root(ride.flow))
    }

    /// How often a rider happens for each try of its root.
    pub fn times(&self, flow: usize) -> Rational {
        let ride = self.flows[flow].rides.as_ref();
        ride.map_or(Rational::ONE, |ride| &ride.factor * &self.times(ride.flow))
    }

    /// Whether a flow is this one, or rides it, or rides what rides it.
    pub fn rides_on(&self, flow: usize, other: usize) -> bool {
        flow == other || self.flows[flow].rides.as_ref().is_some_and(|ride| self.rides_on(ride.flow, other))
    }

    /// What arrives of what is tried.
    pub fn arrives(&self, flow: usize) -> Rational {
        self.flows[flow].yields.as_ref().map_or(Rational::ONE, |(share, _)| share.clone())
    }

    /// Flows in scope: riders are not, by themselves.
    pub fn scope(&self) -> Vec<usize> {
        let inside = |place: &usize| {
            let flow = &self.flows[*place];
            let chosen = self.over.is_empty() || self.over.contains(&flow.medium);
            flow.rides.is_none() && chosen && !self.avoid.contains(place)
        };
        (0..self.flows.len()).filter(inside).collect()
    }

    /// What a term is counted in, by itself.
    pub fn kind(&self, term: &Term) -> Kind {
        match (term.what, term.about) {
            (What::Cost | What::Revenue | What::Profit, _) => Kind::Money,
            (What::Delay, _) => Kind::Days,
            (What::Moved, About::Flow(flow)) => match self.flows[flow].amount {
                Amount::None => Kind::Turns,
                Amount::Money(_) => Kind::Money,
                Amount::Parcels(_) => Kind::Parcels,
            },
            (What::Volume | What::Moved, _) => Kind::Turns,
        }
    }
}
