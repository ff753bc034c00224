//! What runs report: the journal while they go, the folded form afterwards.

mod journal;
mod series;

pub(crate) use journal::merge_journal;
