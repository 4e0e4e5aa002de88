//! Ratios of plans of whole numbers: Dinkelbach's iteration, each step a search by branch and bound.
//!
//! A ratio of whole numbers needs a limit: plans of whole turns have no scale, so that without one there may be no
//! best plan, only ever larger ones.
//!
//! Source: mathematics §4, *Whole numbers*; Dinkelbach 1967.

use super::super::Verdict;
use super::finding::{NoPlan, Standing};
use super::ratio::{Linear, RatioEnd, Scale, best_ratio, gone};
use super::settle::Ratio;
use super::whole::{Asked, Found, levels};
use super::worth::parts_along;
use crate::exact::Rational;
use crate::exact::scaling::whole_scale;
use crate::program::{Case, Sense, weights};
use crate::simplex::{BranchEnd, Budget, Crash, End, Simplex, Until, Whole};

/// The most pivots for the linear program without whole numbers.
const MOST_PIVOTS: u64 = 50_000;

/// The most pivots for a bound once a search was cut short.
const LAST_PIVOTS: u64 = 5_000;

impl Asked<'_> {
    pub fn ratio(&mut self, below: &Linear) -> Verdict {
        self.best(below).unwrap_or_else(|verdict| verdict)
    }

    /// The best ratio, or the verdict that there is none.
    fn best(&mut self, below: &Linear) -> Result<Verdict, Verdict> {
        let denominator_cases = self.positive(below)?;
        let relaxed = self.relaxed(below);
        let mut best = self.first(below, relaxed.as_ref())?;
        let above = self.search.above.clone();
        loop {
            let lambda = quotient(&above, below, &best.values);
            let gain = above.less(below, &lambda);
            let found =
                self.branch(std::slice::from_ref(&gain.counts), Until::Better, Some(vec![-&gain.constant]));
            match (found.best, found.end) {
                (Some(better), _) => best = better,
                (None, BranchEnd::Closed) => {
                    return Ok(self.proved((best, lambda), (found.cases, denominator_cases)));
                }
                (None, BranchEnd::Unbounded { ray, .. }) => {
                    return Err(self.beyond(Some(best), ray, |way, parts| NoPlan::Endless { way, parts }));
                }
                (None, BranchEnd::Cut) => {
                    let bound = relaxed.and_then(|bound| Some((self.at_most(below, &bound)?, bound)));
                    return Ok(self.within((best, lambda), bound, denominator_cases));
                }
            }
        }
    }

    /// The cases that show that no plan has a denominator below 0, or of 0 with a numerator above.
    fn positive(&mut self, below: &Linear) -> Result<Vec<Case>, Verdict> {
        let (levels, beat) = refusing(&self.search.above, below);
        let found = self.branch(&levels, Until::Better, Some(beat));
        match (found.best, found.end) {
            (Some(point), _) => Err(self.refused(point.values, below)),
            (None, BranchEnd::Closed) => Ok(found.cases),
            (None, BranchEnd::Unbounded { level: 0, ray }) => {
                let point = self.point()?.values;
                Err(self.refused(whole_along(&point, &ray, &below.negative()), below))
            }
            (None, BranchEnd::Unbounded { ray, .. }) => {
                Err(self.beyond(None, ray, |way, parts| NoPlan::Endless { way, parts }))
            }
            (None, BranchEnd::Cut) => Err(Self::none(NoPlan::Exhausted)),
        }
    }

    fn refused(&self, point: Vec<Rational>, below: &Linear) -> Verdict {
        Self::none(NoPlan::Denominator {
            columns: super::settle::columns(self.program),
            parts: parts_along(self.search.question, self.search.plan, &point),
            numerator: self.search.turned(self.search.above.at(&point)),
            denominator: below.at(&point),
            point,
        })
    }

    /// The best ratio of all plans, whole or not: none of whole numbers has a better one.
    fn relaxed(&self, below: &Linear) -> Option<Rational> {
        let mut simplex = Simplex::new(self.program, &Crash::default());
        let mut budget = Budget::until(self.search.stop(), MOST_PIVOTS);
        match best_ratio(&mut simplex, (&self.search.above, below), &mut budget).ok()? {
            RatioEnd::Reached { lambda, .. } | RatioEnd::Approached { lambda, .. } => Some(lambda),
            _ => None,
        }
    }

    /// A first plan with a denominator above 0.
    fn first(&mut self, below: &Linear, relaxed: Option<&Rational>) -> Result<Whole, Verdict> {
        let mut budget = Budget::until(self.search.stop(), MOST_PIVOTS);
        if let Ok(End::Unbounded { ray }) = self.simplex.maximize(&below.counts, &mut budget) {
            return Err(self.beyond(None, ray, |way, parts| NoPlan::Unlimited { way, parts }));
        }
        if let Some(lambda) = relaxed {
            let gain = self.search.above.less(below, lambda).counts;
            let asked = self.program.with_objective(Sense::Maximize, gain.clone());
            let known = self.suggested(&asked, &[gain, below.counts.clone()]);
            if let Some(known) = known.filter(|known| below.at(&known.values).is_positive()) {
                return Ok(known);
            }
        }
        let found =
            self.branch(std::slice::from_ref(&below.counts), Until::Better, Some(vec![-&below.constant]));
        match (found.best, found.end) {
            (Some(point), _) => Ok(point),
            (None, BranchEnd::Closed) => {
                // Either there is no plan at all, or all have a denominator of 0.
                let values = self.point()?.values;
                let certificate = self.search.certificate((values, Vec::new()), None, None);
                let certificate = super::PlanCertificate { cases: found.cases, ..certificate };
                Err(Self::none(NoPlan::Nothing { certificate }))
            }
            (None, _) => Err(Self::none(NoPlan::Exhausted)),
        }
    }

    /// The one plan among those with the best ratio: the largest, then by the preferences.
    fn proved(
        &mut self,
        (best, lambda): (Whole, Rational),
        (none_better, denominator_cases): (Vec<Case>, Vec<Case>),
    ) -> Verdict {
        let ratio = Ratio { lambda: lambda.clone(), scale: Scale::Largest };
        let (_, levels) = levels(self.search, Some(&ratio));
        let worth = |level: &Vec<Rational>| {
            Linear { counts: level.clone(), constant: Rational::ZERO }.at(&best.values)
        };
        let known = Whole { worth: levels.iter().map(worth).collect(), values: best.values.clone() };
        let found = self.branch(&levels, Until::Closed, Some(known.worth.clone()));
        let known = found.best.unwrap_or(known);
        if found.end != BranchEnd::Closed {
            // Which of the best it is was not settled; that none is better is proved.
            let bound = Some((none_better, lambda.clone()));
            return self.within((known, lambda), bound, denominator_cases);
        }
        let cases = self.again(&known, &levels).unwrap_or(found.cases);
        let standing = Standing::Best;
        self.settled(Found { values: known.values, ratio: Some(ratio), standing, cases, denominator_cases })
    }

    /// The best that was found, with what none exceeds.
    fn within(
        &mut self,
        (best, lambda): (Whole, Rational),
        bound: Option<(Vec<Case>, Rational)>,
        denominator_cases: Vec<Case>,
    ) -> Verdict {
        let (cases, bound) = bound.unzip();
        let bound = bound.map(|bound| self.search.turned(bound));
        let ratio = Some(Ratio { lambda, scale: Scale::Largest });
        let (standing, cases) = (Standing::Within { bound }, cases.unwrap_or_default());
        self.settled(Found { values: best.values, ratio, standing, cases, denominator_cases })
    }

    /// The proof that no ratio exceeds this one, from the linear program alone.
    fn at_most(&self, below: &Linear, bound: &Rational) -> Option<Vec<Case>> {
        let gain = self.search.above.less(below, bound);
        let mut simplex = Simplex::new(self.program, &Crash::default());
        // Somebody may have asked to stop; this much is known at once, and worth a moment.
        let end = simplex.maximize(&gain.counts, &mut Budget::of(LAST_PIVOTS)).ok()?;
        let value = gain.at(&simplex.values());
        let proves = end == End::Optimal && !value.is_positive();
        proves.then(|| vec![Case::Bounded { duals: vec![weights(simplex.duals(&gain.counts))] }])
    }
}

/// Levels, and what no plan may exceed in them: a denominator below 0, and of those at 0 a numerator above.
pub(super) fn refusing(above: &Linear, below: &Linear) -> (Vec<Vec<Rational>>, Vec<Rational>) {
    (vec![below.negative().counts, above.counts.clone()], vec![below.constant.clone(), -&above.constant])
}

/// The point at which a form that grows along a ray is positive, so many whole steps from a whole point that whole
/// numbers stay whole.
fn whole_along(point: &[Rational], ray: &[Rational], grows: &Linear) -> Vec<Rational> {
    let step = whole_scale(ray);
    let lacking = (&Rational::ONE - &grows.at(point)).max(Rational::ZERO);
    let steps = lacking.checked_div(&(grows.along(ray) * &step)).unwrap_or_default().ceil();
    gone(point, &(steps * step), ray)
}

fn quotient(above: &Linear, below: &Linear, values: &[Rational]) -> Rational {
    above.at(values).checked_div(&below.at(values)).unwrap_or_default()
}
