//! Exact numbers: what lives here is arithmetic that never rounds, and its reading and printing.
//!
//! Everything that a report shows is computed with [`Rational`]. Doubles exist for solvers only, and
//! they leave and enter through one named door, [`door`]. No unit, no phase and no wording lives here.

pub mod cell;
mod compact;
pub mod decimal;
pub mod door;
pub mod literal;
mod numbers;
mod rational;
pub mod scaling;
mod short;
pub mod whole;
pub mod written;

pub use compact::Compact;
pub use numbers::{Numbers, Words};
pub use rational::Rational;
pub use short::Short;
