//! `loopc lsp`: the language server, over standard input and output.

use lsp_server::Connection;

use super::{Exit, Refusal};
use crate::lsp::{Ended, serve};

pub(super) fn run() -> Result<Exit, Refusal> {
    let (connection, threads) = Connection::stdio();
    let ended =
        serve(connection).map_err(|why| Refusal::new(format!("the editor cannot be heard: {why}")))?;
    // What reads and writes ends with the conversation; what it could not write, nobody hears.
    drop(threads.join());
    Ok(if ended == Ended::Well { Exit::Well } else { Exit::Model })
}
