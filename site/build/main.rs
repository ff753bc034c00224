//! Builds the browser side and embeds it, so that one `cargo build` makes one self-contained binary.
//!
//! `PYRUNS_SITE=skip` embeds nothing: for lints and tests that open no page.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

mod asset;
mod bundles;
mod frontend;
mod module;
mod styles;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};

use asset::Asset;

/// The inputs of the site. Folders are watched recursively.
const INPUTS: [&str; 10] = [
    "app/Cargo.toml",
    "app/js/chart.js",
    "app/js/editor.js",
    "app/src",
    "crates/common",
    "frontend/Cargo.toml",
    "frontend/src",
    "public",
    "style",
    "Cargo.lock",
];

/// The result of a build step.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("..").canonicalize()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    println!("cargo::rerun-if-env-changed=PYRUNS_SITE");
    let skipped = std::env::var("PYRUNS_SITE").is_ok_and(|word| word == "skip");
    let assets = if skipped { Vec::new() } else { build(&root, &out)? };
    table::write(&out, &assets)
}

fn build(root: &Path, out: &Path) -> Result<Vec<Asset>> {
    for input in INPUTS {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    let release = std::env::var("PROFILE")? == "release";
    let mut assets = bundles::collect(root)?;
    assets.push(styles::bundle(root)?);
    assets.extend(frontend::build(root, out, release)?);
    Ok(assets)
}
