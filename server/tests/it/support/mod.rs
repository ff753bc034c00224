//! Test support: a project in a temporary folder, a server, and waiting for conditions.

mod app;
mod reply;
mod socket;
mod wait;

pub(crate) use app::{App, HOST};
pub(crate) use reply::Reply;
pub(crate) use socket::{Served, Socket};
pub(crate) use wait::wait_for;
