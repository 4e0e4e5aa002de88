//! The exact simplex method: bases, pivots, prices.
//!
//! What lives here: linear programs solved in exact arithmetic, whatever start is suggested; feasibility with
//! Farkas vectors, optima with prices, rays, faces, and one optimum out of many by further objectives. No
//! double ever does, and nothing is believed here that the checker in `certify` would not find out.

mod basis;
mod branch;
mod branch_conflict;
mod choose;
mod conflict;
mod crash;
mod dual;
mod eliminate;
mod face;
mod factor;
mod feasible;
mod lexicographic;
mod matrix;
mod optimal;
mod price;
mod range;
mod ratio;
mod vertex;
mod walk;

pub use branch::{BranchEnd, Branched, Task, Told, Until, Whole, branch_and_bound, branch_and_bound_telling};
pub use conflict::{Condition, Conflict};
pub use crash::Crash;
pub use feasible::Feasibility;
pub use lexicographic::{LexicographicEnd, Optimum, lexicographic};
pub use optimal::End;
pub use price::{Direction, Ends, Price, Sensitivity, Side};
pub use range::{Budget, Exhausted};
pub use vertex::{Simplex, Variable};
