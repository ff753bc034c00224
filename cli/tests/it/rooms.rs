//! Nothing imports upwards: the order of the rooms, checked against their manifests.

use std::fs;
use std::path::Path;

/// Each room with the rooms it may use, and crates that must not be found in it.
const ROOMS: [(&str, &[&str], &[&str]); 7] = [
    ("common", &[], &["tokio", "axum", "leptos", "rustix", "jiff"]),
    ("engine", &["common"], &["axum", "leptos", "tower", "tower-http", "hyper", "http"]),
    ("site", &[], &["tokio", "axum", "leptos"]),
    ("app", &["common", "engine"], &["axum"]),
    ("frontend", &["app"], &["tokio", "axum"]),
    ("server", &["common", "engine", "app", "site"], &["clap"]),
    ("cli", &["common", "engine", "server"], &["axum", "leptos"]),
];

/// Names of the dependencies of a manifest, tests' ones left out.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.contains("dev-dependencies");
        } else if inside && let Some((name, _)) = line.split_once(['.', '=', ' ']) {
            names.push(name.trim().to_owned());
        }
    }
    names
}

#[test]
fn no_room_uses_one_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rooms: Vec<&str> = ROOMS.iter().map(|(room, ..)| *room).collect();
    for (room, may_use, never) in ROOMS {
        let manifest = fs::read_to_string(root.join(room).join("Cargo.toml")).unwrap();
        let used = dependencies(&manifest);
        assert!(manifest.contains("[lints]\nworkspace = true"), "{room} escapes the lints");
        for name in used.iter().map(String::as_str).filter(|name| rooms.contains(name)) {
            assert!(may_use.contains(&name), "{room} uses {name}, which is above it");
        }
        for name in never {
            assert!(!used.iter().any(|used| used == name), "{room} must not use {name}");
        }
    }
}

#[test]
fn the_reader_of_manifests_sees_every_form() {
    let manifest = "[dependencies]\na.workspace = true\nb = \"1\"\nc = { path = \"x\" }\n\n[dev-dependencies]\nd = \"1\"\n[target.'cfg(unix)'.dependencies]\ne = \"1\"\n";
    assert_eq!(dependencies(manifest), ["a", "b", "c", "e"]);
}

#[test]
fn the_engine_reaches_the_interface_only_on_the_server() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let manifest = fs::read_to_string(root.join("app/Cargo.toml")).unwrap();
    assert!(manifest.contains("engine = { workspace = true, optional = true }"));
}
