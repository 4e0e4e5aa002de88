//! The answer to a restricted problem, with what is proved of it.

use super::{RankedWalk, Searched, ceiling, highest, search, search_until};
use crate::exact::Rational;
use crate::network::Edge;
use crate::program::{RestrictedProblem, Waiting};
use crate::stop::Stop;

/// The best walks, or the best that were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestrictedAnswer {
    /// In the one order, best first. There may be none: where that is proved, nothing meets the restrictions.
    pub walks: Vec<RankedWalk>,
    /// Whether the search that starts from these walks looks at everything and finds no other: so they are the
    /// best, proved. If not, they are no more than found.
    pub proved: bool,
    /// Whether there are as many as were asked for, or as there are. Where the best alone could be proved, it is
    /// listed alone.
    pub complete: bool,
    /// Whether another walk ties with the best; false where nothing is proved.
    pub tied: bool,
    /// Whether a walk that is not listed ties with the last that is; false where nothing is proved.
    pub tie_at_cut: bool,
    /// How many beginnings of walks the proof looks at; nothing proved, none.
    pub nodes: usize,
    /// A value that nothing exceeds, where nothing else is proved and one is known.
    pub ceiling: Option<Rational>,
}

impl RestrictedAnswer {
    /// Whether these are all walks that meet the restrictions, proved.
    #[must_use]
    pub fn exhausted(&self, top: usize) -> bool {
        self.proved && self.complete && self.walks.len() < top
    }
}

/// Where a search may start from: a walk that someone else suggests, who knows the best one met so far.
pub type Suggest<'s> = dyn Fn(&RestrictedProblem<'_>, Option<&[Edge]>) -> Option<Vec<Edge>> + 's;

/// The best `top` walks, at least one.
///
/// Nobody is asked for a suggestion unless the search does not close by itself, and a suggestion is a walk to
/// start from: what is proved is the same whatever was suggested. Where somebody asks to stop, what was found until
/// then is the answer, and not proved.
#[must_use]
pub fn best(
    problem: &RestrictedProblem<'_>,
    (top, waiting): (usize, &Waiting<'_>),
    suggest: &Suggest<'_>,
) -> RestrictedAnswer {
    let stop = waiting.stop;
    let search = |top, known: &[Vec<Edge>]| search_until(problem, (top, waiting), known);
    let mut found = search(top, &[]);
    if !found.closed && !stop.is_asked() {
        let mut known = edges(&found.walks);
        known.extend(from_above((problem, stop), found.walks.first()));
        let best = known.iter().max_by_key(|edges| problem.value(edges));
        let suggested = suggest(problem, best.map(Vec::as_slice));
        known.extend(suggested);
        found = search(top, &known);
    }
    if found.closed
        && let Some(answer) = proved(problem, (top, top), &edges(&found.walks))
    {
        return answer;
    }
    let first: Vec<Vec<Edge>> = edges(&found.walks).into_iter().take(1).collect();
    let alone = if top > 1 { search(1, &first) } else { found.clone() };
    if alone.closed
        && let Some(answer) = proved(problem, (1, top), &edges(&alone.walks))
    {
        return answer;
    }
    RestrictedAnswer {
        walks: found.walks,
        proved: false,
        complete: false,
        tied: false,
        tie_at_cut: false,
        nodes: 0,
        ceiling: ceiling(problem),
    }
}

/// How far down from the highest ratio towards the best known others are tried, in eighths.
const EIGHTHS: [i64; 6] = [0, 4, 4, 2, 4, 1];

/// Better walks of a ratio, met from above: at a λ that no loop exceeds no loop improves a walk, so that the
/// heaviest walk that is admitted is soon found; and one that is heaviest there is good at a lesser λ.
fn from_above(
    (problem, stop): (&RestrictedProblem<'_>, &Stop),
    found: Option<&RankedWalk>,
) -> Vec<Vec<Edge>> {
    let (Some(below), Some(high)) = (problem.denominator, highest(problem)) else { return Vec::new() };
    let (mut best, mut met) = (found.map(|walk| walk.value.clone()), Vec::new());
    let mut last = None;
    for eighths in EIGHTHS {
        let fall = best.as_ref().map_or(Rational::ZERO, |best| &high - best);
        let ratio = &high - &(&fall * &(&Rational::from(eighths) / &Rational::from(8)));
        if last.replace(ratio.clone()).as_ref() == Some(&ratio) {
            continue;
        }
        let weights = problem.numerator.iter().zip(below).map(|(above, below)| above - &(&ratio * below));
        let weights: Vec<Rational> = weights.collect();
        let linear = RestrictedProblem { numerator: &weights, denominator: None, ..*problem };
        let heaviest = search_until(&linear, (1, &Waiting::silently(stop)), &met);
        for walk in heaviest.walks {
            let value = problem.value(&walk.edges);
            if value > best {
                best = value;
                met = vec![walk.edges];
            }
        }
    }
    met
}

fn edges(walks: &[RankedWalk]) -> Vec<Vec<Edge>> {
    walks.iter().map(|walk| walk.edges.clone()).collect()
}

/// The answer that these walks are, if the search that starts from them finds that they are the best `proving`;
/// the second number is how many were asked for.
#[must_use]
pub fn proved(
    problem: &RestrictedProblem<'_>,
    (proving, top): (usize, usize),
    walks: &[Vec<Edge>],
) -> Option<RestrictedAnswer> {
    let Searched { walks: best, closed, tie_at_cut, nodes } = search(problem, proving, walks);
    let same = best.len() == walks.len() && best.iter().zip(walks).all(|(best, walk)| best.edges == *walk);
    if !closed || !same {
        return None;
    }
    let tied = match best.as_slice() {
        [_] => tie_at_cut,
        [first, second, ..] => first.value == second.value,
        [] => false,
    };
    let complete = proving == top || best.len() < proving;
    Some(RestrictedAnswer { walks: best, proved: true, complete, tied, tie_at_cut, nodes, ceiling: None })
}
