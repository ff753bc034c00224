//! Contents that runs were started with, each stored once under its SHA-256, and secrets kept out of them.

pub mod secrets;
mod store;

pub use store::Store;
