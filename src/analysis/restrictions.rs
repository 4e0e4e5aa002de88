//! What restricts a question, as sets of edges and a number of them.

use super::Question;
use crate::certify::restricted::{is_impossible, search};
use crate::exact::Rational;
use crate::model::{AnalysisKind, SubjectKind};
use crate::network::Edge;
use crate::program::RestrictedProblem;

/// Up to so many restrictions are searched for alone; of more, only what is plain is said.
const MOST_ALONE: usize = 8;

/// The restrictions of one analysis over its scope.
#[derive(Debug)]
pub(super) struct Restrictions {
    /// For each thing that must be passed the edges that pass it.
    pub items: Vec<Vec<Edge>>,
    /// For each item the subject of `through` that asks for it.
    subjects: Vec<usize>,
    /// How many subjects there are.
    count: usize,
    /// The fewest and the most edges, and whether the analysis says so.
    pub length: (usize, usize),
    has_length: bool,
}

impl Restrictions {
    pub fn of(question: &Question<'_>) -> Self {
        let analysis = question.analysis();
        let (mut items, mut subjects) = (Vec::new(), Vec::new());
        for (place, subject) in analysis.through.iter().enumerate() {
            let of_subject = items_of(question, &subject.kind);
            subjects.extend(of_subject.iter().map(|_| place));
            items.extend(of_subject);
        }
        Self {
            items,
            subjects,
            count: analysis.through.len(),
            length: question.checked().lengths[question.id.index()],
            has_length: analysis.length.is_some(),
        }
    }

    /// The restrictions that nothing in scope meets, taken one by one: places in `through`, and behind the last
    /// one the length.
    pub fn alone(&self, problem: &RestrictedProblem<'_>) -> Vec<usize> {
        let all = self.count + usize::from(self.has_length);
        (0..all).filter(|place| self.is_impossible(problem, *place)).collect()
    }

    fn is_impossible(&self, problem: &RestrictedProblem<'_>, place: usize) -> bool {
        let pairs = self.items.iter().zip(&self.subjects);
        let through: Vec<Vec<Edge>> =
            pairs.filter(|(_, subject)| **subject == place).map(|(item, _)| item.clone()).collect();
        // Whether there is any is the question, not which is best.
        let numerator = vec![Rational::ZERO; problem.graph.edge_count()];
        let alone = RestrictedProblem {
            numerator: &numerator,
            denominator: None,
            through: &through,
            length: if place == self.count { self.length } else { (1, usize::MAX) },
            ..*problem
        };
        if is_impossible(&alone) {
            return true;
        }
        let few = self.count + usize::from(self.has_length) <= MOST_ALONE;
        let searched = few.then(|| search(&alone, 1, &[]));
        searched.is_some_and(|found| found.closed && found.walks.is_empty())
    }
}

/// The items that a subject asks for: a participant is one, and so is each flow named.
fn items_of(question: &Question<'_>, subject: &SubjectKind) -> Vec<Vec<Edge>> {
    let (model, scope) = (question.model(), &question.scope);
    match subject {
        SubjectKind::Flows(flows) => {
            flows.iter().map(|flow| scope.edge(*flow).into_iter().collect()).collect()
        }
        SubjectKind::Participant(company) => {
            if let AnalysisKind::Path { from, .. } = question.analysis().kind
                && model.is_of(from, *company)
            {
                return Vec::new();
            }
            // Whatever passes a participant on a loop enters it; a path that does not begin there as well.
            let passes = |edge: &Edge| {
                let flow = model.flow(scope.flow(*edge));
                model.is_of(flow.head, *company) || flow.via.iter().any(|via| model.is_of(*via, *company))
            };
            vec![scope.graph.edges().filter(passes).collect()]
        }
    }
}
