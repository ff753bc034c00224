//! Licences and sources of all dependencies, as `deny.toml` allows them: for machines without `cargo deny`.

use std::fs;

use crate::checkout::{metadata_with_dependencies, root};

/// The list `allow` of `deny.toml`.
fn allowed() -> Vec<String> {
    let text = fs::read_to_string(root().join("deny.toml")).unwrap();
    let lines = text.lines().skip_while(|line| !line.starts_with("allow = [")).skip(1);
    let quoted = |line: &str| line.trim().trim_end_matches(',').trim_matches('"').to_owned();
    lines.take_while(|line| !line.starts_with(']')).map(quoted).collect()
}

/// Whether an SPDX expression without nested parentheses can be fulfilled with these licences.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], "");
    let is_known = |licence: &str| allowed.iter().any(|known| known == licence.trim());
    let all = |part: &str| part.split(" AND ").all(is_known);
    // In `(A OR B) AND C` every licence on both sides has to be looked at.
    match expression.contains('(') {
        true => plain.split(" AND ").all(|part| part.split(" OR ").any(is_known)),
        false => plain.split(" OR ").any(all),
    }
}

#[test]
fn every_dependency_has_an_allowed_licence_and_comes_from_the_registry() {
    let metadata = metadata_with_dependencies();
    let allowed = allowed();
    assert!(allowed.iter().any(|licence| licence == "MIT"), "{allowed:?}");
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let Some(source) = package["source"].as_str() else { continue };
        assert!(source.contains("github.com/rust-lang/crates.io-index"), "{name} is of {source}");
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence, &allowed), "{name} is under {licence:?}");
    }
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = ["MIT", "ISC", "Unicode-3.0"].map(str::to_owned);
    for good in ["MIT", "MIT OR GPL-3.0", "GPL-2.0/MIT", "(GPL-3.0 OR MIT) AND Unicode-3.0"] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR AGPL-3.0) AND MIT"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}
