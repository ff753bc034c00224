//! One folder a page: its view, its server functions, its parts.

mod elapsed;
pub mod generator;
pub mod home;
mod keys;
pub mod launcher;
mod live_rows;
pub mod manager;
pub mod monitor;
mod number;
pub(crate) mod query;
pub mod task;
mod varying;
