//! The oracle's graph: scope, and all simple loops and paths by going through every one of them.

use super::describe::{Ask, Kind, Pick, Subject, World};

/// Whether an analysis may use what leads from one participant to another as a flow does.
pub struct Rule<'a> {
    pub world: &'a World,
    pub ask: &'a Ask,
}

impl Rule<'_> {
    /// The flows in scope, in declaration order. Riders are not among them.
    pub fn flows(&self) -> Vec<usize> {
        (0..self.world.flows.len()).filter(|flow| self.admits(*flow)).collect()
    }

    fn admits(&self, flow: usize) -> bool {
        let about = &self.world.flows[flow];
        let picked = |pick: &Pick| match pick {
            Pick::Medium(medium) => about.medium == *medium,
            Pick::Tag(tag) => about.tags.contains(tag),
        };
        let named = |subject: &Subject| self.world.is_named(flow, *subject);
        let flows_named = self.ask.only.iter().any(|subject| !matches!(subject, Subject::Party(_)));
        about.rides.is_none()
            && (self.ask.over.is_empty() || self.ask.over.iter().any(picked))
            && (!flows_named || self.ask.only.iter().any(named))
            && !self.ask.avoid.iter().any(named)
            && self.joins(about.tail, about.head)
            && !about.via.iter().any(|party| self.is_avoided(*party))
    }

    /// Whether what joins these two participants is among those that `only` and `avoid` leave.
    pub fn joins(&self, tail: usize, head: usize) -> bool {
        let among = |party| self.only_parties().is_none_or(|parties| parties.contains(&party));
        [tail, head].into_iter().all(|party| among(party) && !self.is_avoided(party))
    }

    /// The participants that `only` names, with their desks; nothing where it names none.
    pub fn only_parties(&self) -> Option<Vec<usize>> {
        let named = |party: &usize| self.names(&self.ask.only, *party);
        let any = self.ask.only.iter().any(|subject| matches!(subject, Subject::Party(_)));
        any.then(|| (0..self.world.parties.len()).filter(named).collect())
    }

    pub fn is_avoided(&self, party: usize) -> bool {
        self.names(&self.ask.avoid, party)
    }

    fn names(&self, subjects: &[Subject], party: usize) -> bool {
        let names = |subject: &Subject| matches!(subject, Subject::Party(company) if self.world.belongs(party, *company));
        subjects.iter().any(names)
    }
}

/// The flows that a simple path between two participants could use, of those in scope.
pub fn between(world: &World, scope: &[usize], (from, to): (usize, usize)) -> Vec<usize> {
    let usable: Vec<usize> = usable(world, scope, (from, to));
    let arcs = arcs(world, &usable);
    let after = reached(&arcs, from);
    let backward: Vec<(usize, usize)> = arcs.iter().map(|(tail, head)| (*head, *tail)).collect();
    let before = reached(&backward, to);
    let lies =
        |flow: &usize| after.contains(&world.flows[*flow].tail) && before.contains(&world.flows[*flow].head);
    usable.into_iter().filter(lies).collect()
}

/// Flows that neither return to the beginning of a path nor leave its end.
pub fn usable(world: &World, scope: &[usize], (from, to): (usize, usize)) -> Vec<usize> {
    let simple = |flow: &usize| world.flows[*flow].head != from && world.flows[*flow].tail != to;
    scope.iter().copied().filter(simple).collect()
}

pub fn arcs(world: &World, flows: &[usize]) -> Vec<(usize, usize)> {
    flows.iter().map(|flow| (world.flows[*flow].tail, world.flows[*flow].head)).collect()
}

/// All vertices that arcs lead to from one, itself included, ascending.
pub fn reached(arcs: &[(usize, usize)], from: usize) -> Vec<usize> {
    let mut found = vec![from];
    let mut place = 0;
    while place < found.len() {
        for (tail, head) in arcs {
            if *tail == found[place] && !found.contains(head) {
                found.push(*head);
            }
        }
        place += 1;
    }
    found.sort_unstable();
    found
}

/// All simple loops, each once, each from its least flow on.
pub fn loops(world: &World, scope: &[usize]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for (place, first) in scope.iter().enumerate() {
        let mut walk = vec![*first];
        extend(world, &scope[place + 1..], &mut walk, world.flows[*first].tail, &mut found);
    }
    found
}

/// All simple paths.
pub fn paths(world: &World, scope: &[usize], (from, to): (usize, usize)) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for first in scope.iter().filter(|flow| world.flows[**flow].tail == from) {
        extend(world, scope, &mut vec![*first], to, &mut found);
    }
    found
}

/// All ways to go on from a walk to a participant, meeting no participant twice but perhaps that one.
fn extend(world: &World, flows: &[usize], walk: &mut Vec<usize>, goal: usize, found: &mut Vec<Vec<usize>>) {
    let at = world.flows[walk[walk.len() - 1]].head;
    if at == goal {
        found.push(walk.clone());
        return;
    }
    for flow in flows {
        let next = &world.flows[*flow];
        let met = walk.iter().any(|walked| world.flows[*walked].tail == next.head) && next.head != goal;
        if next.tail == at && !met {
            walk.push(*flow);
            extend(world, flows, walk, goal, found);
            walk.pop();
        }
    }
}

/// Participants that flows touch, ascending.
pub fn ends(world: &World, flows: &[usize]) -> Vec<usize> {
    let mut found: Vec<usize> =
        arcs(world, flows).into_iter().flat_map(|(tail, head)| [tail, head]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The rests of yields in scope, which a closure counts as flows: the flow, where the rest leaves and returns.
pub fn rests(rule: &Rule<'_>, scope: &[usize]) -> Vec<(usize, usize, usize)> {
    if rule.ask.kind != Kind::Closure {
        return Vec::new();
    }
    let rest = |flow: &usize| {
        let about = &rule.world.flows[*flow];
        let (share, back) = about.yields.as_ref()?;
        let back = back.filter(|back| *back != about.tail && *share < loopc::exact::Rational::ONE)?;
        rule.joins(about.tail, back).then_some((*flow, about.tail, back))
    };
    scope.iter().filter_map(rest).collect()
}
