//! The tasks that the list displays, and the columns that depend on them. Made by `listing`, read by the
//! table and the cards.

use leptos::prelude::*;

use crate::pages::live_rows::TaskRow;

/// The columns that depend on the tasks, and the rows.
#[derive(Clone, Copy)]
pub(super) struct Displayed {
    pub(super) rows: Memo<Vec<TaskRow>>,
    /// How many tasks do not stand where they belong, because the order is held.
    pub(super) changed: Memo<usize>,
    /// Parameters that differ between the tasks of this page.
    pub(super) parameters: Memo<Vec<String>>,
    /// Record keys with a column of their own.
    pub(super) metrics: Memo<Vec<String>>,
}
