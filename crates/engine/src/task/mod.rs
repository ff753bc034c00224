//! Tasks: their entries in the index, and every verb that changes one.

pub(crate) mod brief;
pub(crate) mod entry;
#[cfg(test)]
mod entry_tracks;
mod queue_place;
pub(crate) mod view;

mod cancel;
mod delete;
mod duplicate;
mod export_csv;
mod get;
mod hold;
mod list;
mod list_batches;
pub(crate) mod packed;
mod pin;
mod preview_text;
mod rename;
mod reorder;
mod rerun_batch;
mod run;
mod run_batch;
mod search;
mod set_env;
mod set_notes;
mod set_options;
mod set_tags;
mod trash;
mod wait_reason;

pub(crate) use entry::TaskEntry;
pub(crate) use list::wanted_status;
pub(crate) use queue_place::{QueuePlace, Turn};
pub(crate) use search::{Needles, show};
pub(crate) use set_env::{check_env, masked_without_value};
pub(crate) use wait_reason::WaitReason;
