//! One case of the comparison: a model, solved by loopc and by the oracle.

use loopc::exact::Rational;
use loopc::pipeline::Compilation;

use super::claims::{Claim, claims};
use super::compare::Comparison;
use super::describe::{Ask, Kind, World};
use super::draw::world;
use super::graph::{Rule, arcs, ends, loops, reached, rests, usable};
use super::judge::{Verdict, judge};
use super::layout::plain;
use super::random::Random;
use super::run::{Outcome, Tally, faults, run};
use super::spell::Speller;
use super::write::{Piece, PieceKind, pieces};

/// The model and what is wrong with it; nothing where all is as it must be.
pub fn differences(seed: u64, tally: &mut Tally) -> Option<String> {
    let world = world(seed);
    let wanted: Vec<Verdict> = world.asks.iter().map(|ask| judge(&world, ask)).collect();
    wanted.iter().for_each(|verdict| tally.count(verdict));
    let claims = claims(&world, &wanted, &mut Random::new(!seed));
    let mut written = pieces(&world, &mut Speller::new(seed, ("CNY", Rational::ONE)));
    written.extend(claims.iter().map(|(text, _)| claim(text)));
    let text = plain(&written);
    let outcome = run(&[("main.loop".to_owned(), text.clone())]);
    let differences = compared(&world, &wanted, &claims, &outcome);
    (!differences.is_empty()).then(|| format!("{text}\n{}", differences.join("\n")))
}

fn claim(text: &str) -> Piece {
    Piece { kind: PieceKind::Claim, head: format!("expect {text}"), attributes: Vec::new() }
}

fn compared(world: &World, wanted: &[Verdict], claims: &[Claim], outcome: &Outcome) -> Vec<String> {
    let Some(findings) = &outcome.findings else {
        return vec![format!("refused: {:?}", faults(&outcome.compilation))];
    };
    let mut comparison = Comparison { world, checked: &outcome.compilation.checked, differences: Vec::new() };
    for (place, ((ask, wanted), found)) in world.asks.iter().zip(wanted).zip(findings).enumerate() {
        comparison.verdict(&format!("a{place}"), ask, wanted, found);
        let sizes = (found.flows, found.participants);
        comparison.same(&format!("scope of a{place}"), &scope_sizes(world, ask, wanted), &sizes);
    }
    for ((text, holds), found) in claims.iter().zip(&outcome.claims) {
        comparison.same(&format!("expect {text}"), holds, &found.holds);
    }
    comparison.same("how many claims", &claims.len(), &outcome.claims.len());
    comparison.same("errors", &errors(wanted, claims), &codes(&outcome.compilation));
    comparison.same("on no loop", &on_no_loop(world), &said_to_be_on_no_loop(&outcome.compilation));
    comparison.differences
}

/// How many flows and participants an analysis looks at.
fn scope_sizes(world: &World, ask: &Ask, wanted: &Verdict) -> (usize, usize) {
    let mut scope = Rule { world, ask }.flows();
    if let Kind::Path { from, to } = ask.kind {
        scope = usable(world, &scope, (from, to));
    }
    match wanted {
        Verdict::Closing(found) => (scope.len(), found.parties.len()),
        _ => (scope.len(), ends(world, &scope).len()),
    }
}

fn errors(wanted: &[Verdict], claims: &[Claim]) -> Vec<String> {
    let mut codes: Vec<&str> = wanted
        .iter()
        .flat_map(|verdict| match verdict {
            Verdict::Empty => vec!["L0411"],
            Verdict::Leaking(flows) => vec!["L0408"; flows.len()],
            Verdict::NoLoop | Verdict::NoPath(_) => vec!["L0412"],
            Verdict::Refused(_) => vec!["L0410"],
            Verdict::Unmet => vec!["L0423"],
            Verdict::Loops(_) | Verdict::Path(..) | Verdict::Kept(_) | Verdict::Closing(_) => vec![],
        })
        .collect();
    codes.extend(claims.iter().filter(|(_, holds)| *holds != Some(true)).map(|_| "L0421"));
    codes.sort_unstable();
    codes.into_iter().map(str::to_owned).collect()
}

fn codes(compilation: &Compilation) -> Vec<String> {
    let errors = compilation.diagnostics.iter().filter(|one| one.is_error());
    let mut codes: Vec<String> = errors.map(|one| one.code.name().to_owned()).collect();
    codes.sort_unstable();
    codes
}

/// Flows that no loop or closure analysis has a loop for. Where a loop analysis finds no loop at all it says so,
/// and that is enough.
fn on_no_loop(world: &World) -> Vec<String> {
    let covered = |flow: usize, ask: &Ask| {
        let rule = Rule { world, ask };
        let scope = rule.flows();
        let mut arcs = arcs(world, &scope);
        arcs.extend(rests(&rule, &scope).into_iter().map(|(_, tail, back)| (tail, back)));
        let closes = reached(&arcs, world.flows[flow].head).contains(&world.flows[flow].tail);
        let silent = matches!(ask.kind, Kind::Loop { .. }) && loops(world, &scope).is_empty();
        scope.contains(&flow) && (closes || silent)
    };
    let asks = || world.asks.iter().filter(|ask| !matches!(ask.kind, Kind::Path { .. }));
    let bare = |flow: &usize| world.flows[*flow].rides.is_none() && !asks().any(|ask| covered(*flow, ask));
    (0..world.flows.len()).filter(bare).map(|flow| world.flow_name(flow)).collect()
}

fn said_to_be_on_no_loop(compilation: &Compilation) -> Vec<String> {
    let said = compilation.diagnostics.iter().filter(|one| one.code.name() == "L0501");
    said.filter_map(|one| one.message.split('`').nth(1).map(str::to_owned)).collect()
}
