//! Minimum-cost flows: programs that are circulations, solved exactly as networks.
//!
//! What lives here: the recognition of a linear program whose rows are balances of a network and bounds of single
//! columns; the network simplex method and cost scaling, on whole numbers; the potentials that prove an optimum; and prices by shortest
//! walks and maximum flows. What it finds is what the general method in `simplex` would find, to the byte. No double
//! ever lives here, and where a program has no optimum the general method says why.
//!
//! Source: mathematics §4, *Networks*; Ahuja, Magnanti, Orlin 1993.

mod arcs;
mod both_ends;
mod descent;
mod network_simplex;
mod optimum;
mod pieces;
mod potentials;
mod prices;
mod pushed;
mod refine;
mod repricing;
mod residual;
mod scaling;
mod search;
mod shape;
mod tree;
mod word;

pub use optimum::{Method, Network, NetworkEnd};
pub use prices::{Pricer, Question};
