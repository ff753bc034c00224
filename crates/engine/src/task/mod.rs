//! Tasks: their index entries, and the commands that read and change them.

pub(crate) mod entry;
#[cfg(test)]
mod entry_tracks;
mod queue_position;
pub(crate) mod summary;
pub(crate) mod view;

mod cancel;
mod delete;
mod duplicate;
mod export_csv;
mod get;
mod hold;
mod list;
mod list_batches;
mod pin;
mod preview_text;
mod rename;
mod reorder;
mod requested_name;
mod rerun_batch;
mod run;
mod run_batch;
mod search;
mod search_text;
mod select;
pub(crate) mod serialized;
mod set_env;
mod set_notes;
mod set_options;
mod set_tags;
mod trash;
mod wait_reason;

pub(crate) use entry::TaskEntry;
pub(crate) use list::parse_status_filter;
pub(crate) use queue_position::{QueuePosition, QueueRank};
pub use requested_name::{requested_batch, requested_name};
pub(crate) use search::SearchTerms;
pub(crate) use search_text::display_value;
pub(crate) use set_env::{check_env, masked_without_value};
pub(crate) use wait_reason::WaitReason;
