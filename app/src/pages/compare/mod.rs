//! Compare: the differences between runs and their effect on the results.

mod api;
mod brushes;
mod chosen;
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
#[cfg(feature = "ssr")]
mod rank;
mod scatter;
mod state;
mod tab;
mod ticks;

pub(crate) use chosen::compare_href;
pub use page_view::ComparePage;
