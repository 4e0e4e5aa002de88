pub mod diagnostic;
pub mod exact;
pub mod source;
pub mod syntax;
pub mod units;
pub mod model;
pub mod resolve;
pub mod check;
