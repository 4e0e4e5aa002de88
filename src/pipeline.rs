//! The pipeline: the only file that names every phase. What the command line, editors and tests call.

mod bring;
mod costs;
mod editing;
mod lints;
pub mod memory;
mod mended;
mod scenarios;

use std::path::PathBuf;

use self::bring::Read;
pub use self::editing::{Opened, Solved};
use self::lints::Lints;
use self::memory::{Beside, Memory, Stage, Texts};
pub use self::mended::Mended;
pub use self::scenarios::{Laid, States, Unknown, compile_each, reports, unread};
use crate::analysis::{self, Decided, Finding, Ground, Walk};
use crate::check::Checked;
use crate::diagnostic::{self, Diagnostic, Imported, Levels};
use crate::model::{AnalysisId, FlowId};
use crate::program::{self, Format, Notes, Origin, Program, Unwritable};
use crate::report::{self, Asked, Drawing, FileDigest, Report};
use crate::solve::{Choice, Engine};
use crate::source::{Files, SourceFile, Sources};
use crate::stop::{Phase, Stop};
use crate::syntax::Allowance;
use crate::syntax::ast::Ast;
use crate::verify::{self, Verified};

/// A compiled model, or what keeps it from being one.
#[derive(Debug)]
pub struct Compilation {
    pub sources: Sources,
    pub checked: Checked,
    /// Faults found so far; not sorted, and lints not yet silenced: see [`Compilation::report`].
    pub diagnostics: Vec<Diagnostic>,
    allowances: Vec<Allowance>,
    /// The trees of its files, where it is one that an editor holds.
    trees: Vec<Ast>,
    /// `--set` values, as they were given.
    pub settings: Vec<(String, String)>,
    /// How many bad rows of each table were to be left out, and whether files from outside the project were allowed.
    pub allowed: (usize, bool),
    /// Who is asked for hints; no answer depends on it.
    pub solver: Choice,
    /// By which method answers are looked for; none depends on it.
    pub engine: Engine,
    /// What lints weigh.
    pub levels: Levels,
    /// How many loops of a plan a report lists at the most; nothing for all.
    pub loops: Option<usize>,
    /// Whether somebody asked to stop.
    pub stop: Stop,
    /// The scenario that is laid over the model, if one is.
    pub laid: Option<Laid>,
    /// How much memory may be needed, and how large the texts are.
    memory: Memory,
    texts: Texts,
    /// What the other states of the model weigh.
    beside: Beside,
}

/// What a model was asked, and what came of it.
#[derive(Debug)]
pub struct Solution {
    pub findings: Vec<Finding>,
    pub claims: Vec<Decided>,
}

/// Compiles a file and all that it uses, up to what needs the graph.
///
/// Errors: every code of the families 01 to 04 but those of [`Compilation::examine`] and [`Compilation::solve`].
#[must_use]
pub fn compile(main: (PathBuf, SourceFile), settings: &[(String, String)], files: &dyn Files) -> Compilation {
    let options = Options { settings: settings.to_vec(), ..Options::default() };
    compile_with(main, options, files)
}

/// What the command line, a project or an editor may ask of a compilation.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Params and the values that they are given.
    pub settings: Vec<(String, String)>,
    /// How many bad rows of each table are left out rather than refused.
    pub most_bad_rows: usize,
    /// Whether files outside the project's folder may be used and imported.
    pub allow_outside: bool,
    /// What lints weigh.
    pub levels: Levels,
    /// Who is asked for hints, and by which method answers are looked for.
    pub solver: Choice,
    pub engine: Engine,
    /// How much memory it may need; more is refused before it is taken.
    pub memory: Memory,
    /// How a search is asked to stop, and where all phases say how far they are.
    pub stop: Stop,
}

/// The same as [`compile`], with all that may be asked.
///
/// Errors: also L0730.
#[must_use]
pub fn compile_with(main: (PathBuf, SourceFile), options: Options, files: &dyn Files) -> Compilation {
    let read = Read::new(main, options, files);
    read.base(None)
}

impl Compilation {
    /// Whether anything keeps the model from being solved.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Adds the faults that only the graph can show; a model with errors has no graph.
    pub fn examine(&mut self) {
        if !self.has_errors() {
            self.stop.progress().begin(Phase::Examining, 0);
            let mut found = analysis::examine(&Ground::new(&self.checked));
            self.diagnostics.append(&mut found);
        }
    }

    /// Solves the analyses of these names, or all; a model with errors has no solution.
    ///
    /// Errors: L0702, L0703 and L0730, with which there is no solution either; what [`analysis::solve`] finds.
    pub fn solve(&mut self, named: &[String]) -> Option<Solution> {
        let (solution, mut found) = self.solved(named);
        self.diagnostics.append(&mut found);
        solution
    }

    /// The same, with what it found beside it.
    #[must_use]
    pub fn solved(&self, named: &[String]) -> (Option<Solution>, Vec<Diagnostic>) {
        if self.has_errors() {
            return (None, Vec::new());
        }
        let refused = self.refused(Stage::Solving, named);
        if let Some(fault) = analysis::lacking(self.solver).or(refused) {
            return (None, vec![fault]);
        }
        let ground = Ground::new(&self.checked).with_solver(self.solver).with_engine(self.engine);
        let ground = ground.until(self.stop.clone());
        let name = |id: AnalysisId| &self.checked.model.analysis(id).declared.name;
        let chosen = |id: AnalysisId| named.is_empty() || named.contains(name(id));
        let count = self.checked.model.analyses.len();
        let asked = (0..count).filter(|place| chosen(AnalysisId::at(*place))).count();
        self.stop.progress().begin(Phase::Solving, asked as u64);
        let (findings, mut found) = analysis::solve(&ground, &chosen);
        let (claims, mut unmet) = analysis::decide(&self.checked, &findings, &self.sources);
        found.append(&mut unmet);
        (Some(Solution { findings, claims }), found)
    }

    /// What keeps the analyses of these names, or all, from being solved or verified, if `--max-memory` does.
    ///
    /// Errors: L0730.
    #[must_use]
    pub fn refused(&self, stage: Stage, named: &[String]) -> Option<Diagnostic> {
        let model = &self.checked.model;
        let asked = |place: usize| {
            named.is_empty() || named.contains(&model.analysis(AnalysisId::at(place)).declared.name)
        };
        self.refuses(stage, memory::solving_beside((&self.texts, self.beside), model, &asked))
    }

    /// What keeps the report of a solution from being written, if `--max-memory` does.
    ///
    /// Errors: L0730.
    #[must_use]
    pub fn unwritable(&self, solution: &Solution) -> Option<Diagnostic> {
        let held = (&self.texts, self.beside);
        self.refuses(Stage::Writing, memory::writing_beside(held, &self.checked.model, &solution.findings))
    }

    fn refuses(&self, stage: Stage, need: u64) -> Option<Diagnostic> {
        let main = self.sources.iter().next().map_or("", |(_, file)| file.path.as_str());
        self.memory.refuses(stage, (&format!("`{main}`"), need))
    }

    /// The linear program that an analysis is answered by, if there is one; a model with errors has none.
    #[must_use]
    pub fn program(&self, id: AnalysisId) -> Option<Program> {
        if self.has_errors() {
            return None;
        }
        analysis::program(&Ground::new(&self.checked), id)
    }

    /// The same as a file for other solvers.
    ///
    /// # Errors
    /// [`Unwritable`]
    pub fn exported(&self, id: AnalysisId, program: &Program, format: Format) -> Result<String, Unwritable> {
        let model = &self.checked.model;
        let analysis = model.analysis(id);
        let (name, kind) = (&analysis.declared.name, analysis.kind.word());
        let file = self.sources.iter().next().map_or("", |(_, file)| file.path.as_str());
        let mut head = vec![format!("loopc {}: the {kind} {name} of {file}", env!("CARGO_PKG_VERSION"))];
        head.extend(self.settings.iter().map(|(name, value)| format!("with {name} = {value}")));
        head.push(analysis::meaning(&self.checked, id));
        let place = |origin: Origin| {
            let span = analysis::place(&self.checked, id, origin)?;
            let file = self.sources.file(span.file);
            Some(format!("{}:{}", file.path, file.position(span.start as usize).line))
        };
        program::written(program, format, &Notes { name, head: &head, place: &place })
    }

    /// Holds a report against this model, without a solver.
    #[must_use]
    pub fn verify(&self, document: &serde_json::Value) -> Verified {
        self.stop.progress().begin(Phase::Verifying, 0);
        verify::verify(document, &self.checked, &self.sources)
    }

    /// The files and their digests.
    #[must_use]
    pub fn digests(&self) -> Vec<FileDigest> {
        report::digests(&self.sources)
    }

    /// The drawing of the model, with the best loops or paths of a solution marked.
    #[must_use]
    pub fn drawing(&self, solution: Option<&Solution>) -> Drawing {
        let findings = solution.map_or(&[][..], |solution| &solution.findings);
        let best = findings.iter().filter_map(Finding::best);
        let marked: Vec<FlowId> = best.flat_map(Walk::flows).collect();
        report::draw(&self.checked.model, &marked)
    }

    /// The report of a solution, with the diagnostics that were shown.
    #[must_use]
    pub fn written(&self, solution: &Solution, shown: &[Diagnostic]) -> Report {
        self.stop.progress().begin(Phase::Writing, 0);
        let found = (solution.findings.as_slice(), solution.claims.as_slice());
        let scenario =
            self.laid.as_ref().map(|laid| (laid.scenario.name.clone(), laid.scenario.label.clone()));
        let (settings, allowed) = (self.settings.clone(), self.allowed);
        let asked = Asked { settings, allowed, scenario, loops: self.loops };
        report::build(&self.checked, &self.sources, found, asked, shown)
    }

    /// The diagnostics as they are shown: sorted, allowed lints left out, and denied ones errors.
    #[must_use]
    pub fn report(&self) -> Vec<Diagnostic> {
        self.placed(self.kept(&[]))
    }

    /// The same before places are added, of this state's diagnostics and more.
    fn kept(&self, more: &[Diagnostic]) -> Vec<Diagnostic> {
        let scenario = self.laid.as_ref().map(|laid| laid.scenario.item);
        let imported = self.imported();
        let all: Vec<Diagnostic>;
        let diagnostics = if more.is_empty() {
            &self.diagnostics
        } else {
            all = self.diagnostics.iter().chain(more).cloned().collect();
            &all
        };
        let mut shown = Lints::new(diagnostics, (&self.allowances, scenario), &imported).kept();
        if let Some(laid) = &self.laid {
            shown.retain(|one| one.is_error() || laid.says(one));
        }
        self.levels.weigh(&mut shown);
        diagnostic::sort(&mut shown);
        shown
    }

    /// The same, with the imports and the scenario that the places belong to.
    fn placed(&self, shown: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let shown = match &self.laid {
            Some(laid) => shown.into_iter().map(|one| laid.placed(one)).collect(),
            None => shown,
        };
        diagnostic::of_rows(shown, &self.imported())
    }

    /// Where each table is imported.
    fn imported(&self) -> Vec<Imported> {
        let imports = self.checked.model.imports.iter();
        imports.map(|one| Imported { file: one.file, path: one.path, item: one.item }).collect()
    }
}
