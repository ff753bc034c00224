//! Linking without relocation at run time: `pyr supervise` is started for every run, and moving the
//! whole program to a random address would take most of its start.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
