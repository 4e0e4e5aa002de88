//! `loopc lsp`: the language server, over standard input and output.

use std::path::PathBuf;

use lsp_server::Connection;

use super::{Exit, Refusal};
use crate::lsp::{Ended, serve};

pub(super) fn run() -> Result<Exit, Refusal> {
    let (connection, threads) = Connection::stdio();
    let ended = serve(connection, pages())
        .map_err(|why| Refusal::new(format!("the editor cannot be heard: {why}")))?;
    // What reads and writes ends with the conversation; what it could not write, nobody hears.
    drop(threads.join());
    Ok(if ended == Ended::Well { Exit::Well } else { Exit::Model })
}

/// The folder for pages of codes: where the system keeps what programs of a user can write anew.
fn pages() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Caches"))
    } else {
        named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))
    };
    cache.map(|cache| cache.join("loopc").join("pages"))
}
