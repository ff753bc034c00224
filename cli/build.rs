//! Linker options of the binary.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).as_deref() == Ok(value);
    if is("CARGO_CFG_TARGET_OS", "linux") {
        // Without position-independent code, because `pyr supervise` is started for every run and relocation would take
        // most of its start time.
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    // Identical code folding merges identical functions. Rust includes LLD for this target; linkers of other targets may
    // not support the option.
    if is("TARGET", "x86_64-unknown-linux-gnu") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
    }
}
