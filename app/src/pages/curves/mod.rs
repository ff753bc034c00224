//! Curves of runs, live: asked for, kept up to date, drawn. For every page that shows any.

mod fetch;
mod follow;
mod held;
mod named;
mod view;

pub(crate) use follow::{Followed, follow};
pub(crate) use named::{Named, run_id};
pub(crate) use view::{CurveView, Curves};
