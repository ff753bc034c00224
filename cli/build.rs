//! How the binary is linked.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).as_deref() == Ok(value);
    if is("CARGO_CFG_TARGET_OS", "linux") {
        // Without relocation at run time: `pyr supervise` is started for every run, and moving the whole
        // program to a random address would take most of its start.
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    // Functions of many types are often the same code: kept once, by a linker that can. Rust brings LLD
    // for this platform; others may have one that knows no such option.
    if is("TARGET", "x86_64-unknown-linux-gnu") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
    }
}
