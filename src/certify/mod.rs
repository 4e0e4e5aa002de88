//! Exact proofs: what decides.
//!
//! What lives here: the searches in exact numbers that end at the true optimum whatever they were told, the
//! canonical answers, their certificates as plain data, and in [`check`] an independent checker that shares
//! no code with the searches. No engine, no double, no wording and no file format ever does.

mod around;
pub mod cases;
pub mod check;
mod gaps;
pub mod linear;
mod number;
mod optimum;
pub mod path;
mod positive;
pub mod ratio;
pub mod restricted;
mod runners;

pub use gaps::{Gap, Gaps, MOST_GAPS};
