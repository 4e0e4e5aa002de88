//! The oracle for closures: which flows are on a loop, and what is connected (mathematics §5).

use super::graph::{Rule, arcs, ends, reached, rests};

/// What a closure analysis must find.
#[derive(Debug)]
pub struct Closing {
    /// The participants in scope, ascending.
    pub parties: Vec<usize>,
    /// Flows on no loop, and the rests on none: the flow, and whether it is its rest.
    pub open: Vec<(usize, bool)>,
    pub connected: bool,
    /// The weakly connected parts: participants, whether all flows there are on loops, flows that mend it.
    pub pieces: Vec<(Vec<usize>, bool, usize)>,
    /// All that leads from one participant to another: flows and rests.
    pub arcs: Vec<(usize, usize)>,
}

/// Nothing where nothing is in scope.
pub fn closing(rule: &Rule<'_>, scope: &[usize]) -> Option<Closing> {
    let world = rule.world;
    let rests = rests(rule, scope);
    let mut all = arcs(world, scope);
    all.extend(rests.iter().map(|(_, tail, back)| (*tail, *back)));
    let mut parties = ends(world, scope);
    parties.extend(rests.iter().map(|(_, _, back)| *back));
    parties.extend(rule.only_parties().into_iter().flatten().filter(|party| !rule.is_avoided(*party)));
    parties.sort_unstable();
    parties.dedup();
    if parties.is_empty() {
        return None;
    }
    let flows = scope.iter().map(|flow| (*flow, false)).chain(rests.iter().map(|(flow, ..)| (*flow, true)));
    let mut open: Vec<(usize, bool)> = flows
        .zip(&all)
        .filter(|(_, (tail, head))| !reached(&all, *head).contains(tail))
        .map(|(flow, _)| flow)
        .collect();
    open.sort_unstable();
    let connected = parties.iter().all(|party| reached(&all, *party) == parties);
    Some(Closing { pieces: pieces(&all, &parties), parties, open, connected, arcs: all })
}

fn pieces(arcs: &[(usize, usize)], parties: &[usize]) -> Vec<(Vec<usize>, bool, usize)> {
    let both: Vec<(usize, usize)> =
        arcs.iter().flat_map(|(tail, head)| [(*tail, *head), (*head, *tail)]).collect();
    let mut pieces: Vec<Vec<usize>> = parties.iter().map(|party| reached(&both, *party)).collect();
    pieces.sort();
    pieces.dedup();
    pieces.into_iter().map(|piece| (piece.clone(), is_round(arcs, &piece), mends(arcs, &piece))).collect()
}

fn is_round(arcs: &[(usize, usize)], piece: &[usize]) -> bool {
    piece.iter().all(|party| reached(arcs, *party) == piece)
}

/// The greater of the numbers of components that nothing leads to and that nothing leads on from.
fn mends(arcs: &[(usize, usize)], piece: &[usize]) -> usize {
    if is_round(arcs, piece) {
        return 0;
    }
    let backward: Vec<(usize, usize)> = arcs.iter().map(|(tail, head)| (*head, *tail)).collect();
    // A component at the end is all that its members reach; each is counted at its least member.
    let extremes = |onward: &[(usize, usize)]| {
        let is_end = |party: &&usize| {
            let found = reached(onward, **party);
            found[0] == **party && found.iter().all(|other| reached(onward, *other) == found)
        };
        piece.iter().filter(is_end).count()
    };
    extremes(arcs).max(extremes(&backward))
}
