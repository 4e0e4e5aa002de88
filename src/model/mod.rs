//! The model: everything that is declared, with names resolved to ids and every value still an expression.
//!
//! What lives here: plain types and the ids that tie them together. No rule of the language is checked here,
//! and nothing here knows how a file is spelled: all it keeps of the source is spans.

mod analysis;
mod column;
mod expr;
mod flow;
mod flow_rows;
mod flows;
mod import;
mod participants;
mod runs;
mod texts;
mod uses;

pub use analysis::{
    Analysis, AnalysisKind, Claim, Length, Objective, Property, Requirement, Selector, Sense, Subject,
    SubjectKind, Total, What, Whose,
};
pub use column::Column;
pub use expr::{Comparison, Expr, ExprKind, Function};
pub use flow::{Chain, DeclaredFlow, Flow, Given, Name, Numeric, Rides, Yield};
pub use flow_rows::{FlowRow, FlowRows};
pub use flows::Flows;
pub use import::{Import, Row};
pub use participants::{DeclaredParticipant, Participant, ParticipantRow, ParticipantRows, Participants};
pub use texts::Texts;
pub use uses::{Symbol, Use};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::exact::{Rational, Short};
use crate::source::Span;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of a place in its table.
            #[must_use]
            pub fn at(place: usize) -> Self {
                Self(u32::try_from(place).unwrap_or(u32::MAX))
            }

            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        })*
    };
}

ids! {
    /// A name of the values' namespace: a unit, a currency, a measure or a param.
    ValueId
    MeasureId
    MediumId
    RoleId
    TagId
    ParticipantId
    /// A flow, or one hop of a chain. The order of ids is declaration order: it breaks ties.
    FlowId
    ChainId
    AnalysisId
    ImportId
}

/// A declared name: how it is called, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    pub name: String,
    pub label: Option<String>,
    /// Where the name stands; nowhere for what is built in.
    pub span: Option<Span>,
}

impl Declared {
    #[must_use]
    pub fn built_in(name: &str) -> Self {
        Self { name: name.to_owned(), label: None, span: None }
    }
}

/// A declaration of the values' namespace.
#[derive(Debug)]
pub struct Value {
    pub declared: Declared,
    pub kind: ValueKind,
}

#[derive(Debug)]
pub enum ValueKind {
    /// A unit of the language itself.
    BuiltIn,
    /// A currency; the first one has no worth, it is what the others are measured in.
    Currency {
        worth: Option<Expr>,
    },
    Unit,
    DerivedUnit {
        worth: Expr,
    },
    Measure {
        id: MeasureId,
        unit: Expr,
    },
    Param(Box<Param>),
}

#[derive(Debug)]
pub struct Param {
    /// Shared by all rows of an import.
    pub value: Arc<Expr>,
    /// Where it comes from a table.
    pub row: Option<Row>,
    pub range: Option<(Expr, Expr)>,
    pub distribution: Option<Distribution>,
}

#[derive(Debug)]
pub struct Distribution {
    pub name: String,
    pub span: Span,
    pub arguments: Vec<Expr>,
    pub truncated: bool,
}

/// A resolved model.
///
/// Invariant: every id points into its table; tables are in declaration order.
#[derive(Debug, Default)]
pub struct Model {
    pub title: Option<String>,
    pub values: Vec<Value>,
    /// The value that each measure is.
    pub measures: Vec<ValueId>,
    pub media: Vec<Declared>,
    pub roles: Vec<Declared>,
    pub tags: Vec<Declared>,
    pub participants: Participants,
    pub flows: Flows,
    pub chains: Vec<Chain>,
    pub imports: Vec<Import>,
    pub analyses: Vec<Analysis>,
    pub claims: Vec<Claim>,
    /// What lays changes over this model, and the names that stand there.
    pub scenarios: Vec<Declared>,
    pub mentioned: BTreeSet<String>,
    /// Where names are used, in the order in which they were looked up; nothing unless it was asked for.
    pub uses: Vec<Use>,
}

impl Model {
    #[must_use]
    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.index()]
    }

    #[must_use]
    #[inline]
    pub fn participant(&self, id: ParticipantId) -> Participant<'_> {
        self.participants.get(id)
    }

    #[must_use]
    #[inline]
    pub fn flow(&self, id: FlowId) -> Flow<'_> {
        self.flows.get(id)
    }

    #[must_use]
    pub fn import(&self, id: ImportId) -> &Import {
        &self.imports[id.index()]
    }

    /// Where a row is imported, for a diagnostic about it.
    #[must_use]
    pub fn imported_at(&self, row: Option<Row>) -> Option<(Span, String)> {
        row.map(|row| (self.import(row.import).path, "imported here".to_owned()))
    }

    /// The number that a row has in a column of its import.
    #[must_use]
    pub fn cell(&self, row: Row, column: u32) -> Option<Rational> {
        Some(self.import(row.import).columns.get(column as usize)?.get(row.place as usize))
    }

    /// The same, where it is kept as a word.
    #[must_use]
    pub fn short_cell(&self, row: Row, column: u32) -> Option<Short> {
        self.import(row.import).columns.get(column as usize)?.short(row.place as usize)
    }

    #[must_use]
    pub fn analysis(&self, id: AnalysisId) -> &Analysis {
        &self.analyses[id.index()]
    }

    #[must_use]
    pub fn measure_name(&self, id: MeasureId) -> &str {
        &self.value(self.measures[id.index()]).declared.name
    }

    #[must_use]
    pub fn medium(&self, id: MediumId) -> &str {
        &self.media[id.index()].name
    }

    pub fn flow_ids(&self) -> impl Iterator<Item = FlowId> + use<> {
        (0..self.flows.len()).map(FlowId::at)
    }

    pub fn participant_ids(&self) -> impl Iterator<Item = ParticipantId> + use<> {
        (0..self.participants.len()).map(ParticipantId::at)
    }

    /// Whether a participant is `company`, or one of its desks, or a desk of those.
    #[must_use]
    pub fn is_of(&self, participant: ParticipantId, company: ParticipantId) -> bool {
        let mut at = Some(participant);
        // Desks do not stand in a ring (L0420); the count guards against a model with that fault.
        for _ in 0..=self.participants.len() {
            match at {
                Some(here) if here == company => return true,
                Some(here) => at = self.participant(here).company,
                None => return false,
            }
        }
        false
    }
}

/// The medium of money: only its flows' amounts change hands.
pub const CASH: MediumId = MediumId(0);
/// The media that need no declaration.
pub const MEDIA: [&str; 4] = ["cash", "information", "goods", "service"];
/// Goods, whose flows often ride a flow of cash.
pub const GOODS: MediumId = MediumId(2);
/// The roles that need no declaration.
pub const ROLES: [&str; 8] =
    ["platform", "consumer", "business", "life_service", "finance", "payment", "logistics", "messaging"];
