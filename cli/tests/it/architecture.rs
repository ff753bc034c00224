//! The dependencies between the workspace's crates are those that ARCHITECTURE.md draws.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::checkout::{metadata, root};

/// External crates that our crates must not depend on directly.
const FORBIDDEN: [(&str, &[&str]); 6] = [
    ("common", &["tokio", "axum", "leptos", "rustix", "jiff"]),
    ("engine", &["axum", "leptos", "tower", "tower-http", "hyper", "http"]),
    ("supervisor", &["tokio", "axum", "leptos"]),
    ("app", &["axum"]),
    ("server", &["clap"]),
    ("cli", &["axum", "leptos"]),
];

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Every package of the workspace with its dependencies, without dev-dependencies.
fn packages() -> Graph {
    let metadata = metadata();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let used = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        all.filter(|it| it["kind"].is_null()).map(|it| text(&it["name"])).collect()
    };
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.map(|package| (text(&package["name"]), used(package))).collect()
}

/// The lines `name → dependencies` of the diagram.
fn drawn() -> Graph {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let lines = text.lines().skip_while(|line| *line != "```text dependencies").skip(1);
    let edge = |line: &str| {
        let (name, uses) = line.split_once('→')?;
        Some((name.trim().to_owned(), uses.split_whitespace().map(str::to_owned).collect()))
    };
    lines.take_while(|line| *line != "```").filter_map(edge).collect()
}

#[test]
fn the_diagram_shows_the_dependencies_as_they_are() {
    let packages = packages();
    let is_ours = |name: &&String| packages.contains_key(*name);
    let ours = |uses: &BTreeSet<String>| uses.iter().filter(is_ours).cloned().collect();
    let actual: Graph = packages.iter().map(|(name, uses)| (name.clone(), ours(uses))).collect();
    assert_eq!(drawn(), actual);
}

#[test]
fn crates_depend_only_on_lower_layers() {
    let packages = packages();
    for (name, forbidden) in FORBIDDEN {
        for used in forbidden {
            assert!(!packages[name].contains(*used), "{name} must not use {used}");
        }
    }
}

#[test]
fn every_crate_has_the_lints_and_those_of_the_library_a_readme() {
    for name in packages().keys() {
        let dir = ["", "crates"].map(|folder| root().join(folder).join(name));
        let dir = dir.into_iter().find(|dir| dir.join("Cargo.toml").exists()).unwrap();
        let manifest = fs::read_to_string(dir.join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name} escapes the lints");
        if dir.starts_with(root().join("crates")) {
            assert!(dir.join("README.md").exists(), "{name} has no README.md");
        }
    }
}

#[test]
fn the_engine_is_part_of_the_interface_only_on_the_server() {
    let manifest = fs::read_to_string(root().join("app/Cargo.toml")).unwrap();
    assert!(manifest.contains("engine = { workspace = true, optional = true }"));
}
