#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

pub mod batch;
pub mod clock;
pub mod disk;
mod error;
pub mod parallel;
pub mod provenance;
pub mod random;
pub mod script_info;
pub mod settings;
pub mod task;

pub use error::{Error, Result};
