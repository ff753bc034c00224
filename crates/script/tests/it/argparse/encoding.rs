//! Files that are not plain UTF-8.

use std::fs;

use script::argparse::read_script;

use super::corpus::{folder, read};

#[test]
fn latin_1_and_a_byte_order_mark_are_read() {
    let street = &read(&folder().join("corpus/latin1.py")).arguments[0];
    assert_eq!(street.flags, ["--straße"]);
    let name = &read(&folder().join("corpus/utf8_bom.py")).arguments[0];
    assert_eq!(name.flags, ["--名前"]);
}

#[test]
fn an_unknown_encoding_is_read_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.py");
    let source = b"# coding: koi8-r\nimport argparse\np = argparse.ArgumentParser()\np.add_argument('--x', help='\xc1')\np.parse_args()\n";
    fs::write(&path, source).unwrap();
    let form = read_script(&path).unwrap();
    assert_eq!(form.arguments.len(), 1);
    assert!(form.warnings.iter().any(|warning| warning.contains("koi8-r")));
}

#[test]
fn a_syntax_error_has_its_line() {
    let error = read_script(&folder().join("other/broken.py")).unwrap_err().to_string();
    assert!(error.contains("broken.py") && error.contains("line "), "{error}");
}

#[test]
fn the_error_of_a_missing_script_has_its_path() {
    let error = read_script(&folder().join("other/absent.py")).unwrap_err().to_string();
    assert!(error.contains("absent.py"), "{error}");
}
