//! The crate's integration tests, one module per part of the crate.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]

mod argparse;
