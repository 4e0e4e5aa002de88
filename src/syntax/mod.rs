//! Syntax: from the text of a file to its tree, with every fault of spelling reported and the rest still read.
//!
//! What lives here: splitting a file into declarations, the grammar's walkers, recovery, comments. Names are
//! not looked up and values not computed here. This is the only room that names pest.

mod again;
pub mod ast;
mod attributes;
mod comments;
mod expressions;
mod faults;
mod grammar;
mod items;
mod moved;
mod operators;
mod parse;
mod scan;
mod scenario;
mod side_by_side;
mod walker;
pub mod words;

pub use again::Earlier;
pub use comments::{Allowance, allowances, doc, stray_docs};
pub use parse::{parse, parse_after, parse_value};
pub use words::{unquoted, unquoted_name};

/// How deep brackets and expressions may nest (language §3).
pub const DEEPEST: usize = 256;

/// After so many faults of syntax in one file, the rest of the file is not read.
pub const MOST_FAULTS: usize = 1_000;
