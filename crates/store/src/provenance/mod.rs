//! Provenance store: the files that runs were started with, stored once each under their SHA-256,
//! with secret values masked.

pub mod secrets;
mod store;

pub use store::Store;
