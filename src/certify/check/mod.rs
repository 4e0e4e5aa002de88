//! The checker: believes nothing, and finds out in one pass per proof.
//!
//! What lives here: verification of every certificate in exact arithmetic, from the problem and the plain
//! data alone. It shares no code with the searches (components, orders and potentials are its own), so that
//! a fault in one is not a fault in both. It never searches for a better answer and never repairs.

mod denominators;
mod gaps;
mod graph;
mod node;
mod path;
mod ratio;
mod restricted;
mod tree;

pub use denominators::no_loop;
pub use gaps::gaps;
pub use path::{improving, no_path, path};
pub use ratio::{Verified, loops, refused};
pub use restricted::{not_falling, restricted};

use crate::network::Vertex;

/// Why a certificate does not prove what it is said to prove. Nodes are counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A list has not one entry for each vertex or edge, or names what there is not.
    Shape,
    /// ρ is not the least denominator of a walk that leaves this vertex.
    LeastDenominator(Vertex),
    /// The rank is not the number of edges on the longest (tight) walk that leaves this vertex.
    Rank(Vertex),
    /// What is called a loop is none, or is not in its node.
    NotALoop { node: usize },
    /// The loop's ratio is not the λ that is stated.
    Ratio { node: usize },
    /// π is not what the heaviest walk that leaves this vertex weighs.
    Potential { node: usize, vertex: Vertex },
    /// The loop is best in its node, but is not the canonical one.
    NotCanonical { node: usize },
    /// This node is not the one that the listed loops call for here.
    Branch { node: usize },
    /// There are more or fewer nodes than the listed loops call for.
    Nodes,
    /// The listed loops are not the best ones of the nodes, in the one order.
    List,
    /// The loop that is said to be refused has a positive denominator, or improves nothing.
    NotRefused,
    /// The path does not lead from the one end to the other, or does not weigh what is stated.
    NotAPath,
    /// There is a way from the one end to the other.
    Reachable,
    /// A loop or path that is listed is none, or does not keep the restrictions.
    NotAdmitted,
    /// The search that starts from the list does not come back with it, or does not close.
    NotClosed,
    /// The ratio of a plan is not reached, or not approached, as it is said to be.
    NotReached,
    /// The proof of a linear program does not hold.
    Linear(super::linear::Fault),
}
