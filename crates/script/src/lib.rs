#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

pub mod argparse;
pub mod argv;
mod error;
pub mod interpreter;
mod shell_runtime;

pub use error::{Error, Result};
pub use shell_runtime::shell_runtime;
