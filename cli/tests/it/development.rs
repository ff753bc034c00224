//! Checks that the names in the development loop, CONTRIBUTING.md and docs/development.md exist: `cargo leptos watch` reads
//! the metadata only after minutes of building, and a wrong name ends it there.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::checkout::{metadata, root};

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("reading {path}: {error}"))
}

fn package<'a>(metadata: &'a Value, name: &str) -> &'a Value {
    let packages = metadata["packages"].as_array().unwrap();
    let found = packages.iter().find(|package| package["name"] == name);
    found.unwrap_or_else(|| panic!("the workspace has no package {name}"))
}

fn has_target(package: &Value, is_it: impl Fn(&Value) -> bool) -> bool {
    package["targets"].as_array().unwrap().iter().any(is_it)
}

fn is_of_kind(target: &Value, kind: &str) -> bool {
    target["crate_types"].as_array().unwrap().iter().any(|one| one == kind)
}

/// Cargo's own profiles and those of the manifest.
fn profiles() -> BTreeSet<String> {
    let manifest = text("Cargo.toml");
    let ours =
        manifest.lines().filter_map(|line| line.strip_prefix("[profile.")?.strip_suffix(']'));
    let own = ["dev", "release", "test", "bench"];
    ours.filter(|name| !name.contains('.')).chain(own).map(str::to_owned).collect()
}

/// The value of `key = "value"` in a file.
fn assigned(path: &str, key: &str) -> String {
    let text = text(path);
    let value = text.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == key).then(|| value.trim().trim_matches('"').to_owned())
    });
    value.unwrap_or_else(|| panic!("{path} sets no {key}"))
}

#[test]
fn the_metadata_of_cargo_leptos_fits_the_workspace() {
    let metadata = metadata();
    let project = &metadata["metadata"]["leptos"][0];
    let of = |key: &str| project[key].as_str().unwrap_or_else(|| panic!("{key} is missing"));

    let server = package(&metadata, of("bin-package"));
    for key in ["bin-target", "bin-exe-name"] {
        let is_it = |target: &Value| is_of_kind(target, "bin") && target["name"] == of(key);
        assert!(has_target(server, is_it), "{key}: {} builds no {}", of("bin-package"), of(key));
    }
    let frontend = package(&metadata, of("lib-package"));
    assert!(
        has_target(frontend, |target| is_of_kind(target, "cdylib")),
        "lib-package: {} is no cdylib",
        of("lib-package")
    );
    // Server and frontend must not share features: one has `ssr`, the other `hydrate`.
    for key in ["bin-default-features", "lib-default-features"] {
        assert_eq!(project[key], false, "{key}");
    }
    for (key, value) in project.as_object().unwrap() {
        if key.contains("-profile-") {
            assert!(profiles().contains(value.as_str().unwrap()), "{key}: no profile {value}");
        }
    }
    for key in ["style-file", "assets-dir"] {
        assert!(root().join(of(key)).exists(), "{key}: {} is not there", of(key));
    }
    let config = ".cargo/config.toml";
    assert_eq!(of("output-name"), assigned(config, "LEPTOS_OUTPUT_NAME"));
    assert_eq!(of("server-fn-prefix"), assigned(config, "SERVER_FN_PREFIX"));
    let served = format!("PYRUNS_SITE_DIR={}", of("site-root"));
    assert!(text("scripts/watch").contains(&served), "scripts/watch does not set {served}");
}

/// The commands in the code blocks of a document, without comments and prompts.
fn commands(document: &str) -> Vec<Vec<String>> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in document.lines() {
        if line.starts_with("```") {
            inside = line.starts_with("```sh");
        } else if inside {
            let command = line.split(" #").next().unwrap_or_default();
            found.extend(
                command.split("&&").map(|part| {
                    part.split_whitespace().map(str::to_owned).collect::<Vec<String>>()
                }),
            );
        }
    }
    found
}

/// Values of options such as `-p NAME`.
fn values_of<'a>(words: &'a [String], option: &str) -> Vec<&'a str> {
    let pairs = words.windows(2).filter(|pair| pair[0] == option);
    pairs.map(|pair| pair[1].as_str()).collect()
}

#[test]
fn the_commands_of_the_developers_manual_refer_to_existing_files() {
    let metadata = metadata();
    let makefile = text("Makefile");
    let commands = commands(&(text("CONTRIBUTING.md") + &text("docs/development.md")));
    assert!(commands.len() > 10, "the blocks of the two files were not understood");
    let mut folder = root();
    for words in commands {
        let line = words.join(" ");
        // Skip variable assignments before a command.
        let start = words.iter().position(|word| !word.contains('=')).unwrap_or(words.len());
        match words.get(start).map(String::as_str) {
            Some("cd") => folder = root().join(&words[start + 1]),
            Some("make") => {
                for target in words[start + 1..].iter().filter(|word| !word.contains('=')) {
                    let rule = |rule: &str| {
                        rule.split_once(':').is_some_and(|(names, _)| {
                            names.split_whitespace().any(|name| name == target)
                        })
                    };
                    assert!(makefile.lines().any(rule), "{line}: the Makefile has no {target}");
                }
            }
            Some("cargo") if words[start + 1] != "install" => {
                for name in values_of(&words, "-p") {
                    package(&metadata, name);
                }
                for name in values_of(&words, "--profile") {
                    assert!(profiles().contains(name), "{line}: no profile {name}");
                }
            }
            _ => {}
        }
        // Words that look like paths in the repository, except build outputs and external ones.
        for word in &words[start..] {
            let is_ours = word.contains('/')
                && !word.contains("://")
                && !["target/", "peer/", "/"].iter().any(|not| word.starts_with(not));
            let is_file = is_ours || word.ends_with(".config.ts");
            if is_file && words.get(start).is_some_and(|word| word != "export") {
                let at =
                    if folder.join(word).exists() { folder.join(word) } else { root().join(word) };
                assert!(at.exists(), "{line}: {word} is not there");
            }
        }
    }
}
