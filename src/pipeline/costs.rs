//! What things weigh in memory, measured: bytes, at the most that are held while a phase runs.
//!
//! `tests/memory.rs` holds these numbers against what an allocator counts, on models that it makes: the sum may be off
//! by [`FACTOR`] either way. Whoever changes how things are stored changes them here, and nowhere else.

/// How far an estimate may be from what is measured, either way.
pub const FACTOR: u64 = 2;

/// Of the text of a table, by byte: it is held while the model is.
pub(super) const TABLE_BYTE: u64 = 1;

/// Of a source that is written by hand, by byte: its text, and its tree while names are resolved.
pub(super) const SOURCE_BYTE: u64 = 25;

/// Of a row of a table, while it is read.
pub(super) const ROW: u64 = 100;

/// Of a flow of a checked model, written by hand or the row of a table, and of a participant.
pub(super) const FLOW: u64 = 1_500;
pub(super) const TABLE_FLOW: u64 = 60;
pub(super) const PARTICIPANT: u64 = 500;
pub(super) const TABLE_PARTICIPANT: u64 = 40;

/// Of a flow in an analysis: while it is searched and proved.
pub(super) const WALK_FLOW: u64 = 115;
pub(super) const PLAN_FLOW: u64 = 3_000;

/// Of a flow on a loop or path that is listed, in a report.
pub(super) const HOP: u64 = 1_800;

/// Of a flow in what an analysis found, in a report.
pub(super) const WALK_FOUND: u64 = 40;
pub(super) const PLAN_FOUND: u64 = 4_000;

/// Of a report as JSON that is read to be verified, by byte.
pub(super) const DOCUMENT_BYTE: u64 = 8;
