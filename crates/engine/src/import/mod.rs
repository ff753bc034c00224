//! The folders of other trackers whose runs a workspace shows beside its own.

mod list;
