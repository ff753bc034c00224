//! Live curves of runs: fetched, updated by events, drawn. Used by every page with curves.

mod cache;
mod fetch;
mod follow;
mod labels;
mod view;

pub(crate) use follow::{CurveState, follow};
pub(crate) use labels::{LabelledRun, run_id};
pub(crate) use view::{CurveView, Curves};
