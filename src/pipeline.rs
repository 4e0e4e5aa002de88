//! The pipeline: the only file that names every phase. What the command line, editors and tests call.

mod bring;
mod costs;
pub mod memory;
mod mended;

use std::path::PathBuf;

use self::bring::{Brought, brought};
use self::memory::{Memory, Stage, Texts};
pub use self::mended::Mended;
use crate::analysis::{self, Decided, Finding, Ground, Walk};
use crate::check::{Checked, check};
use crate::diagnostic::{self, Code, Diagnostic, Imported, Severity};
use crate::model::{AnalysisId, FlowId};
use crate::program::{self, Format, Notes, Origin, Program, Unwritable};
use crate::report::{self, Drawing, FileDigest, Report};
use crate::resolve;
use crate::solve::{Choice, Engine};
use crate::source::{Files, SourceFile, Sources, Span};
use crate::stop::{Phase, Stop};
use crate::syntax::{self, Allowance};
use crate::verify::{self, Verified};

/// A compiled model, or what keeps it from being one.
#[derive(Debug)]
pub struct Compilation {
    pub sources: Sources,
    pub checked: Checked,
    /// Faults found so far; not sorted, and lints not yet silenced: see [`Compilation::report`].
    pub diagnostics: Vec<Diagnostic>,
    allowances: Vec<Allowance>,
    /// `--set` values, as they were given.
    pub settings: Vec<(String, String)>,
    /// How many bad rows of each table were to be left out, and whether files from outside the project were allowed.
    pub allowed: (usize, bool),
    /// Who is asked for hints; no answer depends on it.
    pub solver: Choice,
    /// By which method answers are looked for; none depends on it.
    pub engine: Engine,
    /// Whether somebody asked to stop.
    pub stop: Stop,
    /// How much memory may be needed, and how large the texts are.
    memory: Memory,
    texts: Texts,
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

/// What the command line may ask of a compilation.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Params and the values that they are given.
    pub settings: Vec<(String, String)>,
    /// How many bad rows of each table are left out rather than refused.
    pub most_bad_rows: usize,
    /// Whether files outside the project's folder may be used and imported.
    pub allow_outside: bool,
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
    let progress = options.stop.progress();
    progress.begin(Phase::Loading, 0);
    let mut sources = Sources::default();
    let Brought { loaded, texts, mut diagnostics, refused } = brought(main, &options, (&mut sources, files));
    let mut allowances = Vec::new();
    for tree in &loaded.trees {
        let source = sources.file(tree.file);
        // Those above no declaration come last: they silence nothing.
        allowances.extend(syntax::allowances(tree, source));
        diagnostics.extend(syntax::stray_docs(tree));
    }
    allowances.sort_by_key(|allowance| (allowance.scope.is_none(), allowance.scope));
    progress.begin(Phase::Tables, texts.tables);
    // Where something could not be read, it may have declared what nobody else does: no other name is certainly meant.
    let torn = diagnostics.iter().any(|one| one.is_error() && one.mend.is_none());
    let (model, mut found) = resolve::resolve(loaded, &sources, (options.most_bad_rows, progress));
    if torn {
        found.iter_mut().for_each(|fault| fault.mend = None);
    }
    diagnostics.append(&mut found);
    progress.begin(Phase::Checking, 0);
    let (checked, mut found) = check(model);
    diagnostics.append(&mut found);
    if let Some(refused) = refused {
        // What was not read, and so is not declared, is no fault of its own.
        diagnostics = vec![refused];
    }
    let (settings, allowed) = (options.settings, (options.most_bad_rows, options.allow_outside));
    let (solver, engine, stop) = (Choice::Auto, Engine::Auto, options.stop);
    let memory = options.memory;
    Compilation {
        sources,
        checked,
        diagnostics,
        allowances,
        settings,
        allowed,
        solver,
        engine,
        stop,
        memory,
        texts,
    }
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
        if self.has_errors() {
            return None;
        }
        let refused = self.refused(Stage::Solving, named);
        if let Some(fault) = analysis::lacking(self.solver).or(refused) {
            self.diagnostics.push(fault);
            return None;
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
        self.diagnostics.append(&mut found);
        self.diagnostics.append(&mut unmet);
        Some(Solution { findings, claims })
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
        self.refuses(stage, memory::solving(&self.texts, model, &asked))
    }

    /// What keeps the report of a solution from being written, if `--max-memory` does; `json`: as JSON.
    ///
    /// Errors: L0730.
    #[must_use]
    pub fn unwritable(&self, solution: &Solution, json: bool) -> Option<Diagnostic> {
        let found = (solution.findings.as_slice(), json);
        self.refuses(Stage::Writing, memory::writing(&self.texts, &self.checked.model, found))
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
        report::build(&self.checked, &self.sources, found, (&self.settings, self.allowed), shown)
    }

    /// The diagnostics as they are shown: sorted, allowed lints left out, and with `deny` every warning an error.
    #[must_use]
    pub fn report(&self, deny: bool) -> Vec<Diagnostic> {
        let imported = self.imported();
        let mut shown = Lints::new(&self.diagnostics, &self.allowances, &imported).kept();
        if deny {
            shown.iter_mut().for_each(|diagnostic| diagnostic.severity = Severity::Error);
        }
        diagnostic::sort(&mut shown);
        diagnostic::of_rows(shown, &imported)
    }

    /// Where each table is imported.
    fn imported(&self) -> Vec<Imported> {
        let imports = self.checked.model.imports.iter();
        imports.map(|one| Imported { file: one.file, path: one.path, item: one.item }).collect()
    }
}

/// Lints that are allowed, or that only follow from a fault.
struct Lints<'a> {
    all: &'a [Diagnostic],
    allowances: &'a [Allowance],
    imported: &'a [Imported],
    /// Whether uses of names may have been lost with something that could not be read.
    lost: bool,
}

impl<'a> Lints<'a> {
    fn new(all: &'a [Diagnostic], allowances: &'a [Allowance], imported: &'a [Imported]) -> Self {
        let hides =
            |code: Code| ["L01", "L02", "L04", "L09"].iter().any(|family| code.name().starts_with(family));
        let lost = all.iter().any(|one| one.is_error() && hides(one.code) && !is_graphs(one.code));
        Self { all, allowances, imported, lost }
    }

    fn kept(&self) -> Vec<Diagnostic> {
        let mut used = vec![false; self.allowances.len()];
        let mut errors: Vec<Span> =
            self.all.iter().filter(|one| one.is_error()).filter_map(Diagnostic::place).collect();
        errors.sort();
        let mut kept: Vec<Diagnostic> = Vec::new();
        for one in self.all {
            let allowed = one
                .place()
                .filter(|_| !one.is_error())
                .is_some_and(|span| self.allowed(one.code, self.declared(one, span), &mut used));
            if !allowed && (one.is_error() || !self.follows(one, &errors)) {
                kept.push(one.clone());
            }
        }
        if !self.lost {
            kept.extend(self.idle(&used));
        }
        kept
    }

    /// Where what a lint points at is declared: a row, by its import.
    fn declared(&self, lint: &Diagnostic, span: Span) -> Span {
        let shown = |one: &&Imported| lint.labels.iter().any(|label| one.item.contains(label.span));
        let import = self.imported.iter().filter(|one| one.file == span.file).find(shown);
        import.map_or(span, |one| one.item)
    }

    fn allowed(&self, code: Code, span: Span, used: &mut [bool]) -> bool {
        let mut allowed = false;
        // Allowances stand in the order of their files and declarations, which do not overlap.
        let first = self.allowances.partition_point(|allowance| {
            allowance.scope.is_some_and(|scope| (scope.file, scope.end) < (span.file, span.end))
        });
        for (allowance, used) in self.allowances.iter().zip(used).skip(first) {
            let covers = allowance.scope.is_some_and(|scope| scope.contains(span));
            if !covers {
                break;
            }
            if allowance.codes.iter().any(|(known, _)| *known == Some(code)) {
                *used = true;
                allowed = true;
            }
        }
        allowed
    }

    /// Whether a lint is only the shadow of an error: in the same place, or of a use that was lost.
    fn follows(&self, lint: &Diagnostic, errors: &[Span]) -> bool {
        let unused = lint.code == Code::L0502 && self.lost;
        let beside = matches!(
            lint.code,
            Code::L0502 | Code::L0503 | Code::L0505 | Code::L0506 | Code::L0508 | Code::L0509
        );
        let shadow = |span: Span| {
            let after = errors.partition_point(|error| (error.file, error.start) < (span.file, span.start));
            let inside = errors.get(after).is_some_and(|error| span.contains(*error));
            inside
                || after
                    .checked_sub(1)
                    .and_then(|before| errors.get(before))
                    .is_some_and(|error| error.contains(span))
        };
        unused || beside && (self.lost || lint.labels.iter().any(|label| shadow(label.span)))
    }

    /// Allowances that silence nothing.
    fn idle(&self, used: &[bool]) -> Vec<Diagnostic> {
        let idle = self.allowances.iter().zip(used).filter(|(_, used)| !**used);
        let codes = idle.flat_map(|(allowance, _)| &allowance.codes);
        codes.map(|(code, span)| nothing_silenced(*code, *span)).collect()
    }
}

/// Faults of the graph come after all names were read.
fn is_graphs(code: Code) -> bool {
    matches!(code, Code::L0408 | Code::L0410 | Code::L0411 | Code::L0412 | Code::L0421 | Code::L0423)
}

fn nothing_silenced(code: Option<Code>, span: Span) -> Diagnostic {
    let why = match code {
        None => "there is no such code".to_owned(),
        Some(code) if code.severity() == Severity::Error => {
            format!("{code} is an error, and errors cannot be allowed")
        }
        Some(code) => format!("the declaration below has no {code}"),
    };
    Diagnostic::new(Code::L0507, "this allowance silences nothing").label(span, why).help("remove it")
}
