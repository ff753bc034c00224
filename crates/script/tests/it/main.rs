//! The crate's integration tests, one folder per room.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]

mod argparse;
