//! Imports of runs from the folders of other trackers.

mod list;
