//! The pages: one folder per page with its components and server functions.

pub mod compare;
pub(crate) mod curves;
mod elapsed;
pub(crate) mod failure;
pub mod generator;
pub(crate) mod grid;
pub mod home;
mod keys;
pub mod launcher;
mod live_rows;
pub mod manager;
pub mod monitor;
mod no_workspace;
mod runs_table;
mod tab_address;
pub mod task;
mod varying;
