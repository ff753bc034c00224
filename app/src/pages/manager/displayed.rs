//! The tasks that the list displays, and the columns that depend on them. Created by `listing`, read by the
//! table and the cards.

use leptos::prelude::*;

use crate::pages::live_rows::TaskRow;

/// The rows and the columns that depend on them.
#[derive(Clone, Copy)]
pub(super) struct DisplayedTasks {
    pub(super) rows: Memo<Vec<TaskRow>>,
    /// Number of tasks that are out of place because the order is held.
    pub(super) changed: Memo<usize>,
    /// Parameters that differ between the tasks of this page.
    pub(super) parameters: Memo<Vec<String>>,
    /// Record keys that have their own column.
    pub(super) metrics: Memo<Vec<String>>,
}
