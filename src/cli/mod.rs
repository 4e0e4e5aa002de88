//! The command line: the only room with files, environment and printing; one file a subcommand.
//!
//! Diagnostics go to standard error, results to standard output; what `check` tells machines is its result. Exit 0: all is well; 1: the model, or the
//! project file, is at fault; 2: the command line is; 3: loopc itself is. No phase of the compiler lives here.

mod arguments;
mod changes;
mod check;
mod compare;
mod completions;
mod diff;
mod explain;
mod export;
mod find;
mod fix;
mod fmt;
mod graph;
mod interrupt;
mod lsp;
mod man;
mod members;
mod models;
mod narrow;
mod new;
mod output;
mod progress;
mod project;
mod revision;
mod snapshot;
mod solve;
mod test;
mod verify;
mod watch;

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use clap::Parser as _;

use arguments::{Arguments, Command};
use output::Screen;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Well,
    Model,
    CommandLine,
}

/// Why a command cannot be carried out: what is told of it, and whose fault it is.
struct Refusal {
    told: String,
    /// Whether that is told on standard output.
    as_result: bool,
    exit: Exit,
}

impl Refusal {
    /// The command line is at fault.
    fn new(why: impl AsRef<str>) -> Self {
        let told = format!("loopc: {}\n", why.as_ref());
        Self { told, as_result: false, exit: Exit::CommandLine }
    }

    /// A project file is.
    const fn of_project(told: String, as_result: bool) -> Self {
        Self { told, as_result, exit: Exit::Model }
    }

    /// Why, for whoever tells it in another way.
    fn why(&self) -> &str {
        self.told.strip_prefix("loopc: ").unwrap_or(&self.told).trim_end()
    }

    fn tell(self, screen: &Screen) -> Exit {
        // Who closed standard output does not want to know.
        if !self.as_result || screen.print(&self.told).is_err() {
            screen.error(&self.told);
        }
        self.exit
    }
}

/// Carries out the command line.
#[must_use]
pub fn run() -> ExitCode {
    // A fault of loopc must not look like a fault of the model, and one that an engine got over is nobody's news.
    let last = Arc::new(Mutex::new(String::new()));
    let keep = Arc::clone(&last);
    std::panic::set_hook(Box::new(move |fault| {
        if let Ok(mut last) = keep.lock() {
            *last = fault.to_string();
        }
    }));
    let carried_out = std::panic::catch_unwind(|| {
        let arguments = Arguments::parse();
        let screen = Screen::new(&arguments.look);
        let done = match &arguments.command {
            Command::Check(what) => check::run(what, &screen),
            Command::Fmt(what) => fmt::run(what, &screen),
            Command::Fix(what) => fix::run(what, &screen),
            Command::Solve(what) => solve::run(what, &screen),
            Command::Test(what) => test::run(what, &screen),
            Command::Compare(what) => compare::run(what, &screen),
            Command::Explain(what) => explain::run(what, &screen),
            Command::Verify(what) => verify::run(what, &screen),
            Command::Graph(what) => graph::run(what, &screen),
            Command::Export(what) => export::run(what, &screen),
            Command::New(what) => new::run(what, &screen),
            Command::Watch(what) => watch::run(what, &screen),
            Command::Lsp => lsp::run(),
            Command::Completions(what) => completions::run(what, &screen),
            Command::Man(what) => man::run(what, &screen),
        };
        done.unwrap_or_else(|refusal| refusal.tell(&screen))
    });
    match carried_out {
        Ok(Exit::Well) => ExitCode::SUCCESS,
        Ok(Exit::Model) => ExitCode::from(1),
        Ok(Exit::CommandLine) => ExitCode::from(2),
        Err(_) => {
            let fault = last.lock().map(|fault| fault.clone()).unwrap_or_default();
            let told =
                format!("loopc: this is a fault of loopc, not of the model; please report it\n{fault}\n");
            drop(std::io::stderr().write_all(told.as_bytes()));
            ExitCode::from(3)
        }
    }
}
