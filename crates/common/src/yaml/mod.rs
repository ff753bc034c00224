//! Reads and writes configurations: read like PyYAML, written so that every parser reads the same.
//!
//! The reader is the YAML 1.2 parser of the YAML crate with three features of YAML 1.1 that
//! configuration files rely on: `yes`/`no`/`on`/`off`, digits grouped by `_`, and merge keys. The
//! writer quotes every string that either version would parse as another type.

mod big_int;
mod edit;
mod entry;
mod error;
mod flow;
mod json;
mod merge;
mod number;
mod plain;
mod quote;
mod read;
mod scalar;
mod write;

pub use big_int::big_int;
pub use edit::{edit, locate};
pub use error::{MappingError, YamlError};
pub use flow::to_flow;
pub use json::{from_json, key_text, mapping_from_json, to_json};
pub use number::short_number;
pub use quote::in_quotes;
pub use read::{parse, parse_mapping};
pub use scalar::scalar;
pub use write::to_text;

/// Maximum nesting depth.
pub const MAX_DEPTH: usize = 64;

#[cfg(test)]
mod pyyaml;
#[cfg(test)]
mod tests;
