//! The corpus: typical scripts, each with the expected result.
//!
//! `UPDATE_EXPECTED=1` rewrites the expected files; review the difference before committing it.

use std::fs;
use std::path::{Path, PathBuf};

use common::argument::ScriptForm;
use script::argparse::{default_yaml, read_script};

/// The scripts of the corpus whose parser `CPython` can build in this environment.
pub(crate) fn scripts() -> Vec<PathBuf> {
    let folder = folder().join("corpus");
    let mut scripts: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "py"))
        .collect();
    for project in ["project_imports", "package_imports"] {
        scripts.push(folder.join(project).join("train.py"));
    }
    scripts.sort();
    assert!(scripts.len() >= 40);
    scripts
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/argparse")
}

pub(crate) fn read(path: &Path) -> ScriptForm {
    read_script(path).unwrap_or_else(|error| panic!("{error}"))
}

fn check(script: &Path) -> Option<String> {
    let form = read(script);
    let mut text = format!("# {:?}\n{}", form.source, default_yaml(&form));
    for warning in &form.warnings {
        text.push_str(&format!("#! {warning}\n"));
    }
    let file = script.with_extension("expected.yaml");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    (text != expected).then(|| format!("{}:\n{text}\nbut expected\n{expected}", script.display()))
}

#[test]
fn every_script_gives_its_expected_defaults_and_warnings() {
    let wrong: Vec<String> = scripts().iter().filter_map(|script| check(script)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn scripts_that_no_parser_can_be_built_for_say_why() {
    let others = fs::read_dir(folder().join("other")).unwrap().map(|entry| entry.unwrap().path());
    let scripts = others.filter(|path| path.extension().is_some_and(|it| it == "py"));
    let scripts = scripts.filter(|path| !path.ends_with("broken.py"));
    let wrong: Vec<String> = scripts.filter_map(|script| check(&script)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
