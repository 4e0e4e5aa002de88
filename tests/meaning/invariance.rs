//! What must not matter: how a model is laid out and spelled, and the currency that its money is counted in.

use loopc::analysis::{Finding, Verdict as Found, Walk};
use loopc::exact::Rational;

use super::describe::{World, fraction};
use super::draw::world;
use super::layout::{plain, shuffled};
use super::random::Random;
use super::run::{Outcome, faults, run};
use super::spell::Speller;
use super::write::pieces;

fn plainly(world: &World, seed: u64, currency: (&'static str, Rational)) -> (String, Outcome) {
    let text = plain(&pieces(world, &mut Speller::new(seed, currency)));
    let outcome = run(&[("main.loop".to_owned(), text.clone())]);
    (text, outcome)
}

/// Everything that was found, and the errors: names have places, so the texts are the same where the models are.
fn all(outcome: &Outcome) -> String {
    format!("{:#?}\n{:#?}", outcome.findings, faults(&outcome.compilation))
}

/// How a model differs from itself laid out in another way; nothing where it does not.
pub fn of_layout(seed: u64) -> Option<String> {
    let world = world(seed);
    let reporting = || ("CNY", Rational::ONE);
    let (text, first) = plainly(&world, seed, reporting());
    let random = &mut Random::new(!seed);
    let files = shuffled(&pieces(&world, &mut Speller::new(seed + 1, reporting())), random);
    let second = run(&files);
    let (first, second) = (all(&first), all(&second));
    let other = || files.iter().map(|(name, text)| format!("--- {name}\n{text}")).collect::<String>();
    (first != second).then(|| format!("{text}\n{}\n{}", other(), unlike(&first, &second)))
}

/// The first lines in which two texts differ.
fn unlike(left: &str, right: &str) -> String {
    let pairs = left.lines().zip(right.lines()).filter(|(left, right)| left != right);
    pairs.take(12).map(|(left, right)| format!("{left}   against   {right}\n")).collect()
}

/// How a model differs from itself with all money in a currency worth something else.
pub fn of_currency(seed: u64) -> Option<String> {
    let world = world(seed);
    let worth = fraction(5, 3);
    let (text, first) = plainly(&world, seed, ("CNY", Rational::ONE));
    let (other, second) = plainly(&world, seed, ("EUR", worth.clone()));
    let (first, second) = (taken(&first), taken(&second));
    let scaled = |(shape, money): (String, Vec<Rational>)| {
        (shape, money.into_iter().map(|one| one * &worth).collect::<Vec<_>>())
    };
    let first: Vec<_> = first.into_iter().map(scaled).collect();
    (first != second).then(|| format!("{text}\n{other}\n{first:?}\nagainst\n{second:?}"))
}

/// Of each finding what no currency changes, and the money in it.
fn taken(outcome: &Outcome) -> Vec<(String, Vec<Rational>)> {
    outcome.findings.iter().flatten().map(apart).collect()
}

fn apart(finding: &Finding) -> (String, Vec<Rational>) {
    match &finding.verdict {
        Found::Loops(found) => {
            let parts = found.loops.iter().map(walk);
            let (shapes, money): (Vec<_>, Vec<_>) = parts.unzip();
            let near: Vec<_> = found.gaps.iter().map(|gap| gap.flow).collect();
            let ties = (found.tied, found.tie_at_cut, &found.critical, near);
            (format!("{shapes:?} {ties:?}"), money.concat())
        }
        Found::Path(found) => {
            let (shape, money) = walk(&found.path);
            (format!("{shape} {}", found.tied), money)
        }
        Found::Restricted(found) => {
            let (shapes, money): (Vec<_>, Vec<_>) = found.walks.iter().map(walk).unzip();
            (format!("{shapes:?} {}", found.tied), money.concat())
        }
        Found::Refused { cycle } => {
            (format!("{:?}", cycle.iter().map(|(flow, _)| *flow).collect::<Vec<_>>()), Vec::new())
        }
        other => (format!("{other:?}"), Vec::new()),
    }
}

fn walk(found: &Walk) -> (String, Vec<Rational>) {
    let hops: Vec<_> =
        found.hops.iter().map(|hop| (hop.flow, &hop.tries, &hop.riders, &hop.measures)).collect();
    let owners: Vec<_> = found.accounts.iter().map(|account| account.participant).collect();
    let mut money = vec![found.cost.clone(), found.revenue.clone()];
    money.extend(found.hops.iter().flat_map(|hop| [hop.cost.clone(), hop.revenue.clone()]));
    money.extend(found.accounts.iter().flat_map(|account| [account.earns.clone(), account.pays.clone()]));
    (format!("{hops:?} {owners:?} {:?} {:?}", found.stops, found.ratio()), money)
}
