//! The table of runs: one row per run, one column per known value.

mod cell;
mod column;
mod import;
mod page;
mod request;
mod view;
mod words;

pub use cell::Cell;
pub use column::{Column, ColumnKind, Fixed};
pub use import::{DeleteImportRequest, Import, ImportKind, ImportList, ImportRequest};
pub use page::{ColumnInfo, GroupCell, GroupRow, RunRow, RunsPage};
pub use request::{ColumnList, RankParametersRequest, RunsQuery, SortKey, WhichRuns};
pub use view::{DeleteViewRequest, RunsView, ViewList};
pub use words::{
    cell_text, cell_text_in, column_label, group_text, group_text_cell, group_text_in, is_best,
    is_number, text_cell,
};
