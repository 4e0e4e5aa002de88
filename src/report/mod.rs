//! Reports: what was found, as plain data, and how it is written.
//!
//! [`Report`] holds words and exact numbers in the units that are shown; each renderer is one function of it.
//! Nothing is computed here but totals that run along a loop, and no renderer looks at the model.

mod build;
mod build_parts;
mod build_plan;
mod columns;
pub mod compare;
mod declared;
mod document;
mod drawing;
mod json;
mod json_plan;
mod json_restricted;
mod listed;
mod plan;
mod restricted;
mod spreadsheet;
mod text;
mod text_plan;
mod text_prices;
mod text_restricted;
mod text_walk;

pub use build::{MOST_LOOPS, build, digests, draw};
pub use columns::Digits;
pub use declared::declared;
pub use document::Document;
pub use drawing::{Arrow, Drawing, Node, dot, mermaid};
pub use json::{analysis as json_analysis, document, json, write_all_json, write_json};
pub use plan::{NoPlanReport, PlanReport};
pub use restricted::{Proof, RestrictedReport, RestrictionsReport, UnmetReport};
pub use spreadsheet::spreadsheet;
pub use text::{Paint, text, text_in};

use crate::analysis::Decided;
use crate::exact::Rational;

/// A whole report.
#[derive(Clone, Debug)]
pub struct Report {
    pub title: Option<String>,
    pub files: Vec<FileDigest>,
    pub asked: Asked,
    pub participants: usize,
    pub flows: usize,
    /// The reporting currency; empty where there is none.
    pub money: String,
    pub analyses: Vec<AnalysisReport>,
    pub claims: Vec<Decided>,
    /// The diagnostics as JSON objects.
    pub diagnostics: Vec<serde_json::Value>,
}

/// In which state a model was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// `--set` values.
    pub settings: Vec<(String, String)>,
    /// How many bad rows of each table were to be left out, and whether files from outside the project were allowed.
    pub allowed: (usize, bool),
    /// The scenario that was laid over it, and its label.
    pub scenario: Option<(String, Option<String>)>,
    /// How many loops of a plan are listed at the most; nothing for all.
    pub loops: Option<usize>,
}

/// A source file and the SHA-256 of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDigest {
    pub path: String,
    pub sha256: String,
}

#[derive(Clone, Debug)]
pub struct AnalysisReport {
    pub name: String,
    pub label: Option<String>,
    /// `loop`, `path`, `closure` or `plan`.
    pub kind: &'static str,
    pub status: Status,
    /// Whose money it is, under `for:`.
    pub whose: Option<String>,
    pub objective: Option<ObjectiveReport>,
    /// How many flows and participants were in scope.
    pub flows: usize,
    pub participants: usize,
    pub body: Body,
}

/// How an analysis ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Optimal,
    /// There is no loop, or no path.
    None,
    /// The question has no answer for some loop in scope.
    Refused,
    /// Something was found, and is not proved to be the best.
    Found,
    Closed,
    Open,
    /// No plan meets all that is required.
    Infeasible,
    /// The objective improves without limit.
    Unbounded,
    /// A ratio that ever larger plans come near, and none reaches.
    Approached,
    /// The search reached its limit, and found nothing.
    Failed,
}

impl Status {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::None => "none",
            Self::Refused => "refused",
            Self::Found => "found",
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Infeasible => "infeasible",
            Self::Unbounded => "unbounded",
            Self::Approached => "approached",
            Self::Failed => "failed",
        }
    }
}

#[derive(Clone, Debug)]
pub struct ObjectiveReport {
    pub sense: &'static str,
    pub text: String,
    pub unit: String,
    pub value: Option<Rational>,
}

#[derive(Clone, Debug)]
pub enum Body {
    /// Nothing more is to be said than the diagnostic says.
    Nothing,
    Loops(LoopReport),
    Path(PathReport),
    Closure(ClosureReport),
    Restricted(Box<RestrictedReport>),
    Unmet(UnmetReport),
    Plan(Box<PlanReport>),
    NoPlan(Box<NoPlanReport>),
    /// No loop: ranks that fall along every flow.
    Acyclic {
        ranks: Vec<(String, u32)>,
    },
    /// No path: all participants that the start leads to.
    Unreachable {
        reached: Vec<String>,
    },
    /// A loop that makes the question meaningless: each flow with what it adds.
    Culprit {
        flows: Vec<(String, Rational)>,
        unit: String,
    },
}

#[derive(Clone, Debug)]
pub struct LoopReport {
    pub walks: Vec<WalkReport>,
    pub exhausted: bool,
    pub complete: bool,
    pub tied: bool,
    pub tie_at_cut: bool,
    /// The flows on some best loop, where the best is tied.
    pub critical: Vec<String>,
    pub gaps: Vec<(String, Rational)>,
    pub gap_unit: String,
    pub certificate: CertificateReport,
}

/// A loop or path. Units: the reporting currency, and each measure's own.
#[derive(Clone, Debug)]
pub struct WalkReport {
    pub value: Rational,
    pub hops: Vec<HopReport>,
    /// Where it stands, in order; a path's end is the last.
    pub stops: Vec<String>,
    pub cost: Rational,
    pub revenue: Rational,
    pub ratio: Option<Rational>,
    pub theta: Option<Rational>,
    pub measures: Vec<MeasureReport>,
    pub accounts: Vec<AccountReport>,
}

#[derive(Clone, Debug)]
pub struct HopReport {
    pub from: String,
    pub to: String,
    pub flow: String,
    pub medium: String,
    pub via: Vec<String>,
    pub cost: Rational,
    pub revenue: Rational,
    pub measures: Vec<MeasureReport>,
    pub tries: Option<Rational>,
    pub riders: Vec<RiderReport>,
}

/// What happens with a flow. Units: turns for each turn of a loop or path that arrives; of a plan, by its period.
#[derive(Clone, Debug)]
pub struct RiderReport {
    pub flow: String,
    pub from: String,
    pub to: String,
    pub medium: String,
    pub turns: Rational,
}

#[derive(Clone, Debug)]
pub struct MeasureReport {
    pub name: String,
    pub unit: String,
    pub value: Rational,
}

#[derive(Clone, Debug)]
pub struct AccountReport {
    pub participant: String,
    /// The company whose desk it is.
    pub of: Option<String>,
    pub earns: Rational,
    pub pays: Rational,
}

/// The proof of a list of loops, with names for places.
#[derive(Clone, Debug)]
pub struct CertificateReport {
    pub lambda: Rational,
    pub participants: Vec<String>,
    pub rho: Vec<Rational>,
    pub rank: Vec<u32>,
    pub nodes: Vec<NodeReport>,
}

#[derive(Clone, Debug)]
pub struct NodeReport {
    pub removed: Vec<String>,
    pub cycle: Vec<String>,
    pub lambda: Rational,
    pub pi: Vec<Rational>,
}

#[derive(Clone, Debug)]
pub struct PathReport {
    pub walk: WalkReport,
    pub tied: bool,
    pub participants: Vec<String>,
    pub pi: Vec<Option<Rational>>,
}

#[derive(Clone, Debug)]
pub struct ClosureReport {
    pub closed: bool,
    pub connected: bool,
    pub pieces: Vec<(Vec<String>, bool)>,
    pub open: Vec<OpenReport>,
    pub mends: Vec<MendReport>,
}

#[derive(Clone, Debug)]
pub struct OpenReport {
    pub flow: String,
    pub rest: bool,
    pub stuck_at: String,
    pub begun_at: String,
}

/// A flow to add, as source to paste.
#[derive(Clone, Debug)]
pub struct MendReport {
    pub from: String,
    pub to: String,
    pub source: String,
}
