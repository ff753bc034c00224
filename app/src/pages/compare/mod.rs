//! Compare: the differences between runs and their effect on the results.

mod api;
mod brushes;
mod curves;
mod diff;
mod diff_lines;
mod heat_map;
mod images;
mod importance;
mod logs;
mod page_view;
mod pair_diff;
mod parallel;
mod plots;
mod run_selection;
mod scatter;
mod state;
mod tab;
mod ticks;

pub use page_view::ComparePage;
pub(crate) use run_selection::compare_href;
