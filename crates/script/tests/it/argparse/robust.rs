//! No file content makes reading panic or hang.

use std::fs;

use proptest::prelude::*;
use script::argparse::{default_yaml, merge_defaults, read_script};

use super::corpus::scripts;

fn read_bytes(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.py");
    fs::write(&path, bytes).unwrap();
    if let Ok(form) = read_script(&path) {
        let text = default_yaml(&form);
        serde_yaml::from_str::<serde_yaml::Value>(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        assert_eq!(merge_defaults(&text, &form), text);
    }
}

/// Fragments that form arguments of all kinds when they happen to fit together.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("import argparse\np = argparse.ArgumentParser()\n".to_owned()),
        Just("for i in range(3):\n    p.add_argument(f'--x{i}', default=i)\n".to_owned()),
        Just("def f(p, *a, **k):\n    f(p, *a, **k)\nf(p)\n".to_owned()),
        Just(
            "class A(A if 0 else object):\n    def __init__(self): self.x = A()\nA()\n".to_owned()
        ),
        Just("while True:\n    x = [x, x]\n".to_owned()),
        Just("args = p.parse_args()\n".to_owned()),
        ("[a-z-]{1,5}", ".{0,12}", ".{0,12}").prop_map(|(name, default, help)| format!(
            "p.add_argument('--{name}', default={default:?}, help={help:?})\n"
        )),
        (any::<i64>(), any::<f64>()).prop_map(|(a, b)| format!(
            "p.add_argument('--n', default={a} * {b:?} ** {a} % {a} // {b:?})\n"
        )),
        ".{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_bytes(&bytes);
    }

    #[test]
    fn any_lines_are_read_or_refused(lines in prop::collection::vec(line(), 0..12)) {
        read_bytes(format!("import argparse\np = argparse.ArgumentParser()\n{}", lines.concat()).as_bytes());
    }

    #[test]
    fn broken_copies_of_real_scripts_are_read_or_refused(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        cut in 0usize..60,
        put in ".{0,6}",
    ) {
        let scripts = scripts();
        let mut bytes = fs::read(which.get(&scripts)).unwrap();
        let start = at.index(bytes.len());
        let end = (start + cut).min(bytes.len());
        bytes.splice(start..end, put.into_bytes());
        read_bytes(&bytes);
    }
}

#[test]
fn deep_nesting_ends() {
    for unit in ["[", "(", "-", "not ", "a.", "f(", "x if y else ", "lambda: ", "{1:"] {
        read_bytes(unit.repeat(30_000).as_bytes());
    }
    read_bytes(format!("x = {}1{}\n", "[".repeat(20_000), "]".repeat(20_000)).as_bytes());
    read_bytes(format!("x = {}1\n", "1 + ".repeat(100_000)).as_bytes());
    read_bytes(format!("x = a{}\n", ".b".repeat(100_000)).as_bytes());
}

#[test]
fn endless_scripts_end() {
    let nested: String = (0..90)
        .map(|depth| format!("{}for x{depth} in range(2000):\n", " ".repeat(depth)))
        .collect();
    read_bytes(format!("{nested}{}pass\n", " ".repeat(90)).as_bytes());
    read_bytes(
        b"x = ['a' * 9000] * 1000\nfor i in range(2000):\n    x = [x, x, x]\n    y = str(x)\n",
    );
    read_bytes(b"def f(n):\n    f(n)\n    f(n)\n    f(n)\nf(0)\n");
}
