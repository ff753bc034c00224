//! A project in a temporary folder, a server over it, and waiting for what happens there.

mod app;
mod reply;
mod socket;
mod wait;

pub(crate) use app::{App, HOST};
pub(crate) use reply::Reply;
pub(crate) use socket::{Served, Socket};
pub(crate) use wait::wait_for;
