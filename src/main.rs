//! The command `loopc`.

use std::process::ExitCode;

fn main() -> ExitCode {
    loopc::cli::run()
}
