//! Curves of runs, live: asked for, kept up to date, drawn. For every page that shows any.

mod cache;
mod fetch;
mod follow;
mod labels;
mod view;

pub(crate) use follow::{CurveState, follow};
pub(crate) use labels::{LabelledRun, run_id};
pub(crate) use view::{CurveView, Curves};
