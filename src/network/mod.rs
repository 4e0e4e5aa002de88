//! The graph of a model: who is tied to whom, and what is on a loop.
//!
//! What lives here: the compact multigraph, its components, its closure, and the two searches that every
//! analysis leans on (first walks, heaviest walks). Numbers appear only as the abstract [`Weight`], so that
//! the same search serves doubles that steer and integers that decide. Beside them stand the two bridges from the
//! model: the scope of an analysis, and the ledger of what a turn through each flow brings. No certificates;
//! petgraph is named in this room and nowhere else, and its indices stay inside.

mod circulation;
mod closure;
mod components;
mod digraph;
mod earliest;
mod forms;
mod heights;
mod ledger;
mod ratio;
mod rounds;
mod scope;
mod strong;
mod subgraph;
mod walks;
mod weight;

pub use circulation::{Arc, Circulation, Strand};
pub use closure::{Closure, OpenEdge, Piece, closure};
pub use components::{Components, longest_walks, weak_components};
pub use digraph::{Digraph, Edge, Vertex};
pub use earliest::{
    earliest_loop, earliest_loop_among, edges_on_loops, first_walk, has_other_walk, on_loops_among,
};
pub use heights::{Heights, Settled, Step, Weighed};
pub use ledger::{Entry, EntryKind, Ledger};
pub use ratio::{Heaviest, Maximum, Ratio, RatioTask, Watched, loops_of, maximum_ratio, step};
pub use scope::Scope;
pub use subgraph::Subgraph;
pub use walks::{Ends, Walks};
pub use weight::{Figures, Weight};
