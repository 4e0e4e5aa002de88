//! From the best plan's values to its proof: from the values alone, so that it is the same however they were found.

use super::finding::{Aim, Level, PlanCertificate, PlanFinding, Standing};
use super::levels::preferences;
use super::network;
use super::prices::{priced, unpriced};
use super::ratio::{Linear, Scale};
use super::sensing::Sensing;
use super::solve::Search;
use super::worth::{Best, Spread, finding};
use crate::exact::Rational;
use crate::min_cost_flow::Network;
use crate::program::{Column, ColumnId, Origin, Program, Row, RowId};
use crate::simplex::{
    Budget, Crash, End, Exhausted, LexicographicEnd, Optimum, Simplex, Variable, lexicographic,
};

/// The most pivots from a plan's values to its proof: none, but where they are degenerate.
const MOST_PIVOTS: u64 = 50_000;

/// A best ratio, and at which scale its plan is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    pub lambda: Rational,
    pub scale: Scale,
}

/// What is maximised, one after the other.
pub(super) fn aims(search: &Search<'_>, ratio: Option<&Ratio>) -> Vec<(Aim, Vec<Rational>)> {
    let mut aims = match (&search.below, ratio) {
        (Some(below), Some(ratio)) => {
            let mut aims = vec![(Aim::Objective, search.above.less(below, &ratio.lambda).counts)];
            match ratio.scale {
                Scale::Largest => aims.push((Aim::Largest, below.counts.clone())),
                Scale::Smallest => aims.push((Aim::Smallest, below.negative().counts)),
                Scale::Any => {}
            }
            aims
        }
        _ => vec![(Aim::Objective, search.above.counts.clone())],
    };
    aims.extend(preferences(search.plan));
    aims
}

/// A best plan to be settled.
#[derive(Clone, Copy)]
pub(super) enum Plan<'p> {
    Values(&'p [Rational]),
    /// The network method found it, and its potentials.
    Proved(&'p Optimum),
}

impl<'p> Plan<'p> {
    pub fn values(self) -> &'p [Rational] {
        match self {
            Self::Values(values) => values,
            Self::Proved(optimum) => &optimum.values,
        }
    }
}

/// The proof of a best plan, and all that follows from it.
///
/// # Errors
/// The values are so degenerate that the budget is exhausted.
pub(super) fn settle(
    search: &Search<'_>,
    plan: Plan<'_>,
    ratio: Option<Ratio>,
) -> Result<PlanFinding, Exhausted> {
    let any_scale = ratio.as_ref().is_some_and(|ratio| ratio.scale == Scale::Any);
    let scaled = search.below.as_ref().filter(|_| any_scale).map(|below| at_one(&search.plan.program, below));
    let program = scaled.as_ref().unwrap_or(&search.plan.program);
    let aims = aims(search, ratio.as_ref());
    let objectives: Vec<Vec<Rational>> = aims.iter().map(|(_, counts)| counts.clone()).collect();
    // The row that sets a scale is none of a network's.
    let network = if any_scale { None } else { Network::of(program) };
    let mut simplex = None;
    let by_network =
        network.as_ref().and_then(|network| network::proved(search, network, (&objectives, plan)));
    let Proved { optimum, positive, spread, sensing } = match by_network {
        Some(proved) => proved,
        None => generally(search, &mut simplex, (program, &objectives, plan.values()))?,
    };
    // Without a scale of their own the best plans are as small and as large as one likes.
    let spread = if any_scale { Some(Spread { least: Rational::ZERO, most: None }) } else { spread };
    let lambda = ratio.map(|ratio| ratio.lambda);
    let value = lambda.clone().unwrap_or_else(|| search.above.at(&optimum.values));
    let certificate = PlanCertificate {
        lambda,
        columns: columns(program),
        rows: rows(program),
        values: optimum.values.clone(),
        levels: proved(&aims, &optimum),
        denominator: positive,
        cases: Vec::new(),
        denominator_cases: Vec::new(),
    };
    let value = search.turned(value);
    let standing = Standing::Best;
    let unique = Some(optimum.unique);
    let stopped = search.given_up;
    let mut best = Best { search, program, value, any_scale, certificate, standing, unique, spread, stopped };
    let mut uses = if stopped { unpriced(&best) } else { priced(&best, sensing) };
    if !stopped && search.stop().is_asked() {
        (best.stopped, uses) = (true, unpriced(&best));
    }
    Ok(finding(best, uses))
}

/// A proved optimum, and what follows from how it was proved.
pub(super) struct Proved<'a> {
    pub optimum: Optimum,
    /// Prices that prove that no denominator is negative.
    pub positive: Option<Vec<Rational>>,
    pub spread: Option<Spread>,
    pub sensing: Sensing<'a>,
}

/// The proof by the general method.
fn generally<'a>(
    search: &Search<'_>,
    simplex: &'a mut Option<Simplex>,
    (program, objectives, values): (&Program, &[Vec<Rational>], &[Rational]),
) -> Result<Proved<'a>, Exhausted> {
    let mut budget = Budget::until(search.stop(), MOST_PIVOTS);
    let simplex = simplex.insert(Simplex::new(program, &start(program, values)));
    let LexicographicEnd::Optimal(optimum) = lexicographic(simplex, objectives, &mut budget)? else {
        return Err(Exhausted);
    };
    let (mut positive_prices, mut denominators) = (None, None);
    if let Some(below) = &search.below {
        positive_prices = Some(positive(search, below, (&optimum.values, &mut budget))?);
        denominators = Some(spread(simplex.clone(), (&objectives[0], below), &mut budget)?);
    }
    let sensing = Sensing::General(simplex.sensitivity(&objectives[0]));
    Ok(Proved { optimum, positive: positive_prices, spread: denominators, sensing })
}

/// The least and the greatest denominator of all best plans.
fn spread(
    mut simplex: Simplex,
    (objective, below): (&[Rational], &Linear),
    budget: &mut Budget,
) -> Result<Spread, Exhausted> {
    simplex.maximize(objective, budget)?;
    simplex.keep_face();
    simplex.maximize(&below.negative().counts, budget)?;
    let least = below.at(&simplex.values());
    let end = simplex.maximize(&below.counts, budget)?;
    Ok(Spread { least, most: (end == End::Optimal).then(|| below.at(&simplex.values())) })
}

/// Prices that prove a ratio's denominator never to be negative.
fn positive(
    search: &Search<'_>,
    below: &Linear,
    (values, budget): (&[Rational], &mut Budget),
) -> Result<Vec<Rational>, Exhausted> {
    let mut simplex = Simplex::new(&search.plan.program, &start(&search.plan.program, values));
    let negative = below.negative().counts;
    simplex.maximize(&negative, budget)?;
    Ok(simplex.duals(&negative))
}

fn proved(aims: &[(Aim, Vec<Rational>)], optimum: &Optimum) -> Vec<Level> {
    let least = optimum.minimized.iter().map(|column| Aim::Least(column.0));
    let aims = aims.iter().map(|(aim, _)| *aim).chain(least);
    aims.zip(&optimum.duals).map(|(aim, duals)| Level { aim, duals: duals.clone() }).collect()
}

/// The program with a ratio's denominator set to 1.
pub(super) fn at_one(program: &Program, below: &Linear) -> Program {
    let mut scaled = program.clone();
    let terms = below.counts.iter().enumerate().map(|(place, count)| (ColumnId::at(place), count.clone()));
    let right = &Rational::ONE - &below.constant;
    scaled.add_row(Row::equal("scale".to_owned(), Origin::Normal, terms.collect(), right));
    scaled
}

/// Where a simplex stands, as a start for a program with the same columns.
pub(super) fn standing(simplex: &Simplex, program: &Program) -> Crash {
    let columns = (0..program.columns().len()).map(|place| Variable::Column(ColumnId::at(place)));
    let basic = columns.filter(|column| simplex.is_basic(*column)).collect();
    Crash { basic, at_upper: at_upper(program, &simplex.values()) }
}

/// Values as a start: what stands strictly between its bounds should be basic.
pub(super) fn start(program: &Program, values: &[Rational]) -> Crash {
    let between = |value: &Rational, lower: &Option<Rational>, upper: &Option<Rational>| {
        lower.as_ref() != Some(value) && upper.as_ref() != Some(value)
    };
    let rows = program.rows().iter().enumerate();
    let rows = rows.filter(|(_, row)| between(&row.sum(values), &row.lower, &row.upper));
    let columns = program.columns().iter().zip(values).enumerate();
    let columns = columns.filter(|(_, (column, value))| between(value, &column.lower, &column.upper));
    let rows = rows.map(|(place, _)| Variable::Row(RowId::at(place)));
    let columns = columns.map(|(place, _)| Variable::Column(ColumnId::at(place)));
    Crash { basic: rows.chain(columns).collect(), at_upper: at_upper(program, values) }
}

/// Which columns stand at their upper bounds.
fn at_upper(program: &Program, values: &[Rational]) -> Vec<bool> {
    let stands = |(column, value): (&Column, &Rational)| column.upper.as_ref() == Some(value);
    program.columns().iter().zip(values).map(stands).collect()
}

pub(super) fn columns(program: &Program) -> Vec<String> {
    program.columns().iter().map(|column| column.name.clone()).collect()
}

pub(super) fn rows(program: &Program) -> Vec<String> {
    program.rows().iter().map(|row| row.name.clone()).collect()
}
