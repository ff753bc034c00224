//! `config_default.yaml`: written once, then only extended.

use common::argument::ScriptForm;
use script::argparse::{default_yaml, merge_defaults, read_script};

fn form(arguments: &str) -> ScriptForm {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("train.py");
    let source = format!(
        "import argparse\nimport os\np = argparse.ArgumentParser()\n{arguments}\np.parse_args()\n"
    );
    std::fs::write(&path, source).unwrap();
    read_script(&path).unwrap()
}

fn two() -> ScriptForm {
    form(
        "p.add_argument('--lr', type=float, default=1e-5, help='step size')\np.add_argument('--new', default='yes')",
    )
}

#[test]
fn defaults_are_lines_with_their_help() {
    let form = form(
        "p.add_argument('--lr', type=float, default=1e-5, help='step\\n  size')\n\
         p.add_argument('--user', default=os.getlogin(), help='who')\n\
         p.add_argument('data')\n\
         p.add_argument('--no')",
    );
    assert_eq!(
        default_yaml(&form),
        "lr: 1.0e-05  # step size\n\
         # user: os.getlogin()  (left to the script)  who\n\
         data: null  # required\n\
         \"no\": null\n"
    );
}

#[test]
fn new_arguments_are_added_and_nothing_else_changes() {
    let edited = "# mine\nlr:   0.5   # changed by hand";
    let merged = merge_defaults(edited, &two());
    assert_eq!(merged, format!("{edited}\nnew: \"yes\"\n"));
    assert_eq!(merge_defaults(&merged, &two()), merged);
}

#[test]
fn commented_out_keys_are_ignored() {
    let edited = "lr: 0.5\n# new: other\n";
    assert_eq!(merge_defaults(edited, &two()), edited);
}

#[test]
fn a_file_that_is_no_plain_mapping_is_left_alone() {
    for text in ["{lr: 1}\n", "- a\n", "lr: [1\n", "lr: 1\n...\n"] {
        assert_eq!(merge_defaults(text, &two()), text);
    }
}

#[test]
fn an_empty_file_gets_everything() {
    for text in ["", "{}\n", "# nothing\n"] {
        let merged = merge_defaults(text, &two());
        assert!(merged.ends_with(&default_yaml(&two())), "{merged}");
        assert!(serde_yaml::from_str::<serde_yaml::Mapping>(&merged).is_ok());
    }
}

#[test]
fn unprintable_characters_are_not_written() {
    let form = form(
        "p.add_argument('--x', default='a\\x07\\u2028', help='b\\x1bc')\np.add_argument('--y', default=f('\x07'))",
    );
    assert_eq!(
        default_yaml(&form),
        "x: \"a\\u0007\\u2028\"  # b c\n# y: f(' ')  (left to the script)\n"
    );
}

#[test]
fn subcommands_stand_below_their_names_and_are_added_to_files_of_before() {
    let form = form(
        "p.add_argument('--seed', type=int, default=1)\ns = p.add_subparsers(dest='cmd')\n\
         s.add_parser('fit').add_argument('--lr', type=float, default=0.1, help='step')\ns.add_parser('ls')",
    );
    let text = "seed: 1\ncmd: fit  # which subcommand runs\nfit:\n  lr: 0.1  # step\n";
    assert_eq!(default_yaml(&form), text);
    assert_eq!(merge_defaults("seed: 7\n", &form), text.replace("seed: 1", "seed: 7"));
    assert_eq!(merge_defaults(text, &form), text);
}
