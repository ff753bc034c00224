//! Builds the WASM modules: an inner cargo for wasm32, then wasm-bindgen as a library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::Result;
use crate::asset::{Asset, walk};
use crate::module::{shorten_imports, without_names};

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds `frontend`; in a release build optimised for size, else quickly.
pub(crate) fn build(root: &Path, out: &Path, release: bool) -> Result<Vec<Asset>> {
    let wasm = compile(root, release)?;
    let pkg = out.join("pkg");
    // What an earlier build left must not be embedded.
    if pkg.exists() {
        fs::remove_dir_all(&pkg)?;
    }
    let main = split(&wasm, out, &pkg)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(main)
        .web(true)
        .map_err(|error| format!("wasm-bindgen: {error}"))?
        .typescript(false)
        // The pages' modules are linked to what the main one exports.
        .keep_lld_exports(true)
        .remove_name_section(release)
        .remove_producers_section(true)
        .out_name("pyruns");
    bindgen.generate(&pkg).map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    // The name that the page's hydration script asks for.
    fs::rename(pkg.join("pyruns_bg.wasm"), pkg.join("pyruns.wasm"))?;
    let mut assets = Vec::new();
    walk(&pkg, "/pkg", &mut assets)?;
    if release {
        make_smaller(&mut assets)?;
    }
    Ok(assets)
}

/// Removes debug names and shortens import names.
fn make_smaller(assets: &mut [Asset]) -> Result<()> {
    for asset in assets.iter_mut().filter(|asset| asset.path.ends_with(".wasm")) {
        asset.bytes = without_names(&asset.bytes)
            .ok_or_else(|| format!("{} is no WebAssembly module", asset.path))?;
    }
    let index_of = |path| assets.iter().position(|asset| asset.path == path).ok_or(path);
    let (module, script) = (index_of("/pkg/pyruns.wasm")?, index_of("/pkg/pyruns.js")?);
    let text = std::str::from_utf8(&assets[script].bytes)?;
    let (shorter, text) = shorten_imports(&assets[module].bytes, text)
        .ok_or("the imports of pyruns.wasm cannot be read")?;
    assets[module].bytes = shorter;
    assets[script].bytes = text.into_bytes();
    Ok(())
}

/// Splits the module into the main one, whose path is returned, and one per page, written to `pkg`.
fn split(wasm: &Path, out: &Path, pkg: &Path) -> Result<PathBuf> {
    let input = fs::read(wasm)?;
    let main = out.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = pkg;
    options.main_out_path = &main;
    options.main_module = "/pkg/pyruns.js";
    // The file name expected by leptos.
    options.link_name = "./__wasm_split.______________________.js";
    wasm_split_cli_support::transform(options)
        .map_err(|error| format!("splitting the module of the browser side: {error:#}"))?;
    Ok(main)
}

fn compile(root: &Path, release: bool) -> Result<PathBuf> {
    let (profile, folder) =
        if release { ("wasm-release", "wasm-release") } else { ("dev", "debug") };
    // A folder of its own: the outer cargo holds the lock of the other.
    let target = root.join("target/wasm");
    let mut cargo = Command::new(std::env::var("CARGO")?);
    for (key, _) in std::env::vars_os() {
        if key.to_str().is_some_and(set_by_outer_cargo) {
            cargo.env_remove(key);
        }
    }
    let status = cargo
        .current_dir(root)
        .args(["build", "--locked", "-p", "frontend", "--target", TARGET, "--profile", profile])
        .arg("--target-dir")
        .arg(&target)
        .status()?;
    if !status.success() {
        return Err(format!(
            "building the browser side for {TARGET} failed, see above. Is the target there? `rustup target add {TARGET}`"
        )
        .into());
    }
    Ok(target.join(TARGET).join(folder).join("frontend.wasm"))
}

/// Whether a variable describes the outer build and would change the inner one.
fn set_by_outer_cargo(key: &str) -> bool {
    let inherited = ["CARGO_HOME", "CARGO_HTTP", "CARGO_NET", "CARGO_REGISTRIES", "CARGO_SOURCE"];
    let named = [
        "TARGET",
        "HOST",
        "PROFILE",
        "OUT_DIR",
        "NUM_JOBS",
        "OPT_LEVEL",
        "DEBUG",
        "RUSTC",
        "RUSTDOC",
        "RUSTFLAGS",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_LINKER",
        "MAKEFLAGS",
        "CARGO",
        "CLIPPY_ARGS",
    ];
    named.contains(&key)
        || key.starts_with("CARGO_") && !inherited.iter().any(|prefix| key.starts_with(prefix))
}
