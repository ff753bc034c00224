//! Fuzz tests of the parsers.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]

mod fuzz;

#[path = "../../../../fuzz/harness.rs"]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    reason = "it throws dice"
)]
mod harness;
