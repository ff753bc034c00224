//! The exact command lines.

use common::argument::ScriptForm;
use script::argparse::read_script;
use script::argv::build;

fn form(arguments: &[&str]) -> ScriptForm {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("train.py");
    let calls: String = arguments.iter().map(|it| format!("p.add_argument({it})\n")).collect();
    let source =
        format!("import argparse\np = argparse.ArgumentParser()\n{calls}args = p.parse_args()\n");
    std::fs::write(&path, source).unwrap();
    read_script(&path).unwrap()
}

fn line(arguments: &[&str], config: &str) -> String {
    let config = serde_yaml::from_str(config).unwrap();
    let quoted = |text: String| {
        if text.is_empty() || text.contains(' ') { format!("'{text}'") } else { text }
    };
    build(&form(arguments), &config).into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_documented_example_is_built() {
    let arguments = [
        "'--lr', type=float, default=0.01",
        "'dataset'",
        "'-e', '--epochs', '--num-epochs', type=int, default=1",
        "'--layers', type=int, nargs='+'",
        "'--tags', action='append'",
        "'--use-amp', action='store_true'",
        "'--no-aug', dest='aug', action='store_false'",
        "'-v', '--verbose', action='count', default=0",
        "'--flag', action=argparse.BooleanOptionalAction, default=True",
    ];
    let config = "{epochs: 3, dataset: mnist, layers: [4, 5], tags: [x, y], use_amp: true, aug: false, verbose: 2, flag: false, lr: 0.1}";
    assert_eq!(
        line(&arguments, config),
        "mnist --epochs 3 --layers 4 5 --tags x --tags y --use-amp --no-aug --verbose --verbose --no-flag --lr 0.1"
    );
}

#[test]
fn null_is_left_out_and_unknown_keys_are_passed() {
    let arguments = ["'--name'", "'--flag', type=str"];
    assert_eq!(
        line(&arguments, "{name: null, extra: 5, on: true, off_: null, many: [1, 2], flag: true}"),
        "--extra 5 --on True --many 1 2 --flag True"
    );
}

#[test]
fn texts_that_look_like_flags_are_joined() {
    let arguments =
        ["'--name'", "'--shift', type=float", "'place'", "'--eps', type=float, nargs='+'"];
    assert_eq!(
        line(&arguments, "{name: -x, shift: -1.0e-05, place: -p, eps: [-1.0e-05, 2.5]}"),
        "--name=-x --shift -0.00001 --eps -0.00001 2.5 -- -p"
    );
    assert_eq!(line(&arguments, "{name: '-5', place: p}"), "p --name -5");
}

#[test]
fn append_with_nargs_repeats_the_flag_with_its_values() {
    let arguments =
        ["'--pair', action='append', nargs=2", "'--tag', action='append', default=['a']"];
    assert_eq!(
        line(&arguments, "{pair: [[a, b], [c, d]], tag: [a, z]}"),
        "--pair a b --pair c d --tag z"
    );
}

#[test]
fn false_of_type_bool_is_the_empty_text() {
    let arguments = ["'--amp', type=bool, default=True"];
    assert_eq!(line(&arguments, "amp: false"), "--amp ''");
    assert_eq!(line(&arguments, "amp: true"), "--amp True");
}

#[test]
fn whole_floats_suit_int_and_numbers_read_equal() {
    let arguments = ["'--steps', type=int", "'--lr', type=float", "'--max', type=float"];
    assert_eq!(
        line(&arguments, "{steps: 1.0e6, lr: 1.0e-05, max: .inf}"),
        "--steps 1000000 --lr 1e-05 --max inf"
    );
}

#[test]
fn one_of_a_mutually_exclusive_group_is_passed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("train.py");
    let source = "import argparse\np = argparse.ArgumentParser()\ng = p.add_mutually_exclusive_group()\n\
                  g.add_argument('--a', default='x')\ng.add_argument('--b', type=int, default=1000)\np.parse_args()\n";
    std::fs::write(&path, source).unwrap();
    let form = read_script(&path).unwrap();
    let config = serde_yaml::from_str("{a: x, b: 5}").unwrap();
    assert_eq!(build(&form, &config), ["--b", "5"]);
}

#[test]
fn the_chosen_subcommand_follows_with_its_own_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("train.py");
    let source = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--seed', type=int)\n\
                  s = p.add_subparsers(dest='cmd')\na = s.add_parser('fit')\na.add_argument('data')\n\
                  a.add_argument('--lr', type=float)\nb = s.add_parser('test')\nb.add_argument('--lr', type=float)\np.parse_args()\n";
    std::fs::write(&path, source).unwrap();
    let form = read_script(&path).unwrap();
    let line = |config: &str| build(&form, &serde_yaml::from_str(config).unwrap()).join(" ");
    let config = "{seed: 1, fit: {lr: 0.1, data: x}, test: {lr: 2}, extra: 3, cmd: ";
    assert_eq!(line(&format!("{config}fit}}")), "--seed 1 --extra 3 fit x --lr 0.1");
    assert_eq!(line(&format!("{config}test}}")), "--seed 1 --extra 3 test --lr 2");
    assert_eq!(line(&format!("{config}null}}")), "--seed 1 --extra 3");
}
