//! Checks the written text with PyYAML.

use std::io::Write;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_yaml::{Mapping, Value};

use super::tests::any_value;
use super::{big_int, to_text};

/// Number of compared configurations.
const CASES: usize = 3000;

/// Prints one line per document with exact types and values.
const READER: &str = r#"
import struct, sys, yaml
def text_of(value):
    if value is None: return "null"
    if isinstance(value, bool): return "bool " + str(value).lower()
    if isinstance(value, int): return "int " + str(value)
    if isinstance(value, float):
        return "float nan" if value != value else "float " + struct.pack(">d", value).hex()
    if isinstance(value, str): return "str " + value.encode("utf-8").hex()
    if isinstance(value, list): return "[" + ", ".join(map(text_of, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(text_of(k) + ": " + text_of(v) for k, v in value.items()) + "}"
    return type(value).__name__
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for text in sys.stdin.buffer.read().decode("utf-8").split("\0"):
    print(text_of(yaml.load(text, loader)))
"#;

fn description(value: &Value) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("bool {value}"),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) if float.is_nan() => "float nan".to_owned(),
            Some(float) => format!("float {}", hex(&float.to_be_bytes())),
            None => format!("int {number}"),
        },
        Value::String(text) => format!("str {}", hex(text.as_bytes())),
        Value::Sequence(list) => {
            format!("[{}]", list.iter().map(description).collect::<Vec<_>>().join(", "))
        }
        Value::Mapping(map) => {
            let entry = |(key, value)| format!("{}: {}", description(key), description(value));
            format!("{{{}}}", map.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Tagged(_) => format!("int {}", big_int(value).unwrap_or_default()),
    }
}

/// The Python of the tests, or any that has PyYAML.
fn python() -> Option<String> {
    if let Ok(python) = std::env::var("PYRUNS_TEST_PYTHON") {
        return Some(python);
    }
    let has_yaml = Command::new("python3").args(["-c", "import yaml"]).output();
    has_yaml.is_ok_and(|it| it.status.success()).then(|| "python3".to_owned())
}

#[test]
fn pyyaml_reads_what_was_written() {
    let Some(python) = python() else {
        println!("SKIPPED: no python3 with PyYAML here, and PYRUNS_TEST_PYTHON names none");
        return;
    };
    let mut runner = TestRunner::deterministic();
    let strategy = any_value();
    let values = (0..CASES).map(|_| strategy.new_tree(&mut runner).unwrap().current());
    let configs: Vec<Mapping> = values
        .map(|value| Mapping::from_iter([("k".into(), value), ("z".into(), 1.into())]))
        .collect();
    let texts: Vec<String> = configs.iter().map(to_text).collect();
    assert!(texts.iter().all(|text| !text.contains('\0')));
    let mut child = Command::new(python)
        .args(["-X", "utf8", "-c", READER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let text = texts.join("\0");
    let writer = std::thread::spawn(move || to.write_all(text.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), configs.len());
    for ((config, text), line) in configs.iter().zip(&texts).zip(lines) {
        assert_eq!(description(&Value::Mapping(config.clone())), line, "{text}");
    }
}
