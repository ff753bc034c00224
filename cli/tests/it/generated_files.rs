//! `pyr completions` and `pyr man`.

use std::process::Command;

fn pyr(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pyr")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_shell_gets_the_verbs_and_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = pyr(&["completions", shell]);
        assert!(script.contains("prioritize") && script.contains("detach"), "{shell}");
    }
    let unknown = Command::new(env!("CARGO_BIN_EXE_pyr")).args(["completions", "tcl"]).output();
    assert_eq!(unknown.unwrap().status.code(), Some(2));
}

#[test]
fn manual_pages_are_written_into_a_new_folder() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("share/man1");
    let paths = pyr(&["man", &dir.to_string_lossy()]);
    let mut written: Vec<String> = std::fs::read_dir(&dir)
        .unwrap()
        .map(|item| item.unwrap().path().to_string_lossy().into_owned())
        .collect();
    written.sort();
    let mut printed: Vec<&str> = paths.lines().collect();
    printed.sort_unstable();
    assert_eq!(printed, written);
    let run = std::fs::read_to_string(dir.join("pyr-run.1")).unwrap();
    assert!(run.contains(".TH pyr-run 1"), "{run}");
}
