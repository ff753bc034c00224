//! Detection of the library that a script uses.

use common::launcher::ConfigSource;

use super::corpus::{folder, read};

#[test]
fn every_kind_of_script_is_recognised() {
    for (script, source, word) in [
        ("load_yaml.py", ConfigSource::PyrunsLoad, ""),
        ("load_module.py", ConfigSource::PyrunsLoad, ""),
        ("load_elsewhere/main.py", ConfigSource::PyrunsLoad, ""),
        ("hydra_app.py", ConfigSource::Hydra, "Hydra"),
        ("click_app.py", ConfigSource::Unknown, "click"),
        ("typer_app.py", ConfigSource::Unknown, "typer"),
        ("fire_app.py", ConfigSource::Unknown, "Fire"),
        ("tyro_app.py", ConfigSource::Unknown, "tyro"),
        ("hf_app.py", ConfigSource::Unknown, "HfArgumentParser"),
        ("argv_app.py", ConfigSource::Unknown, "sys.argv"),
        ("nothing.py", ConfigSource::Unknown, "No parameters"),
    ] {
        let form = read(&folder().join("other").join(script));
        assert_eq!(form.source, source, "{script}");
        assert!(form.arguments.is_empty(), "{script}");
        let text = form.warnings.join("\n");
        assert!(text.contains(word), "{script}: {text}");
    }
}
