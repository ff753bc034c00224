//! Checks that the displayed text and the value that is sent agree.

use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

use super::text::Rules;
use super::*;
use crate::argument::{Action, Argument, DefaultValue, Nargs, ScriptForm, ValueType};
use crate::batch::Grid;
use crate::yaml;

fn mapping(text: &str) -> Mapping {
    yaml::parse_mapping(text).unwrap()
}

fn argument(dest: &str, value_type: ValueType, default: serde_json::Value) -> Argument {
    Argument {
        dest: dest.into(),
        flags: vec![format!("--{dest}")],
        action: Action::Store,
        value_type,
        default: DefaultValue::Known(default),
        choices: Vec::new(),
        nargs: None,
        required: false,
        help: format!("help of {dest}"),
        group: None,
        const_value: None,
        exclusive_group: None,
        alternatives: Vec::new(),
    }
}

const TEMPLATE: &str = "lr: 1.0e-05\nepochs: 3\nname: \"007\"\nwhen: \"12:30\"\nflag: \"yes\"\n\
    optim:\n  kind: sgd\n  betas: [0.9, 0.999]\nseed: null\nempty: \"\"\nextra: {}\n";

#[test]
fn an_untouched_form_gives_the_template() {
    let template = mapping(TEMPLATE);
    let form = Form::new(&template, None);
    let keys: Vec<String> = form.fields.iter().map(Field::key).collect();
    assert_eq!(
        keys,
        [
            "lr",
            "epochs",
            "name",
            "when",
            "flag",
            "optim.kind",
            "optim.betas",
            "seed",
            "empty",
            "extra"
        ]
    );
    let texts: Vec<&str> = form.fields.iter().map(|field| field.text.as_str()).collect();
    assert_eq!(texts, ["1e-5", "3", "007", "12:30", "yes", "sgd", "[0.9, 0.999]", "", "", "{}"]);
    // A text that looks like a range is sent in quotes, and parsed by the grid to the same text.
    assert_eq!(mapping(&form.to_yaml())["when"], Value::from("\"12:30\""));
    assert_eq!(form.grid().unwrap().count(), 1);
    assert_eq!(form.grid().unwrap().nth(0).unwrap(), template);
    assert_eq!(form.changed().count(), 0);
}

#[test]
fn edits_become_values_of_the_right_type_and_batches() {
    let mut form = Form::new(&mapping(TEMPLATE), None);
    for (key, text) in [
        ("lr", "5e-3 | 1"),
        ("name", "42"),
        ("optim.betas", "[1, 2]"),
        ("optim.kind", "'a|b'"),
        ("seed", "1:4"),
        ("when", "10:20:2"),
    ] {
        assert!(form.set(key, text));
    }
    assert!(!form.set("nothing", ""));
    let grid = form.grid().unwrap();
    assert_eq!(grid.count(), 8);
    assert_eq!(form.check_types(&grid), Ok(()));
    let first = grid.nth(0).unwrap();
    assert_eq!(first["lr"], Value::from(0.005));
    assert_eq!(first["name"], Value::from("42"));
    assert_eq!(first["optim"]["betas"], yaml::scalar("[1, 2]"));
    assert_eq!(first["optim"]["kind"], Value::from("a|b"));
    assert_eq!(first["seed"], Value::from(1));
    assert_eq!(first["when"], Value::from("10:20:2"));
    assert_eq!(form.changed().count(), 6);
    form.reset();
    assert_eq!(form.changed().count(), 0);
}

#[test]
fn a_bad_field_names_itself_and_the_column() {
    let mut form = Form::new(&mapping(TEMPLATE), None);
    form.set("optim.kind", "a | | b");
    let error = form.field("optim.kind").unwrap().cell().unwrap_err();
    assert_eq!((error.key.as_str(), error.column), ("optim.kind", Some(4)));
    assert_eq!(form.grid().unwrap_err(), error);
    form.set("optim.kind", "adam");
    form.set("epochs", "3.5");
    let grid = form.grid().unwrap();
    assert_eq!(form.check_types(&grid).unwrap_err().key, "epochs");
}

#[test]
fn the_scripts_own_defaults_are_never_batches() {
    let template = mapping("sep: \"|\"\npattern: a|b\nmodel: x | y\n");
    let script = ScriptForm {
        arguments: vec![
            argument("sep", ValueType::Str, "|".into()),
            argument("pattern", ValueType::Str, "a|b".into()),
            argument("model", ValueType::Str, "x".into()),
            Argument { nargs: Some(Nargs::Any), ..argument("layers", ValueType::Int, ().into()) },
        ],
        ..ScriptForm::default()
    };
    let mut form = Form::new(&template, Some(&script));
    let grid = form.grid().unwrap();
    assert_eq!(grid.count(), 2);
    assert_eq!(grid.nth(0).unwrap(), mapping("sep: \"|\"\npattern: a|b\nmodel: x\n"));
    assert_eq!(form.field("pattern").unwrap().help, "help of pattern");
    let layers = form.field("layers").unwrap();
    assert!(layers.is_left_to_script() && layers.kind == FieldKind::List);
    form.set("layers", "[1] | [2, 3]");
    assert_eq!(form.grid().unwrap().count(), 4);
    assert_eq!(Form::of_task(&template, None).grid().unwrap().nth(0).unwrap(), template);
}

#[test]
fn edits_in_yaml_are_preserved_on_return_to_the_form() {
    let (template, config) = (mapping("a: 1\nb: x\nc: 2\n"), mapping("b: y\na: 3 | 4\nd: 5\n"));
    let form = Form::over(&config, &template, None);
    let texts: Vec<&str> = form.fields.iter().map(|field| field.text.as_str()).collect();
    assert_eq!(texts, ["y", "3 | 4", "5"]);
    assert_eq!(form.field("a").unwrap().kind, FieldKind::Int);
    assert!(form.field("d").unwrap().is_changed());
    assert_eq!(form.to_mapping(), config);
}

#[test]
fn to_yaml_and_back_nothing_is_lost() {
    let template = mapping(TEMPLATE);
    let mut form = Form::new(&template, None);
    for (key, text) in
        [("lr", "1e-4 | 1"), ("optim.kind", "'a|b'"), ("when", "10:20"), ("seed", "1")]
    {
        assert!(form.set(key, text));
    }
    let plain = form.to_plain_mapping();
    assert_eq!(plain["optim"]["kind"], Value::from("a|b"));
    assert_eq!((&plain["when"], &plain["lr"]), (&"10:20".into(), &"1e-4 | 1".into()));
    let mut back = Form::over(&plain, &template, None);
    back.keep_texts_of(&form);
    assert_eq!(back.to_mapping(), form.to_mapping());
    assert_eq!(back.field("optim.kind").unwrap().text, "'a|b'");
}

/// Texts that are likely to contain syntax.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-c ]{0,3}",
        "[|()'\":\\\\\\[\\]{},#&*!%@`~ 0-9.eE_\n\t-]{0,6}",
        Just("yes".to_owned()),
        Just("1:3".to_owned()),
        Just("null".to_owned()),
        "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_text_that_is_a_value_survives_the_field_and_the_server(
        text in odd_text(),
        is_text in any::<bool>(),
        is_nullable in any::<bool>(),
        with_template in any::<bool>(),
    ) {
        let kind = if is_text { FieldKind::Str } else { FieldKind::Any };
        let rules = Rules { kind, is_nullable };
        let value = Value::String(text);
        let sent = rules.value_of(&rules.text_of(&value, true));
        let config = Mapping::from_iter([(Value::from("k"), sent)]);
        let config = mapping(&yaml::to_text(&config));
        let template = with_template.then(|| Mapping::from_iter([("k".into(), "text".into())]));
        let grid = Grid::parse(&config, template.as_ref()).unwrap();
        prop_assert_eq!(grid.count(), 1);
        prop_assert_eq!(&grid.nth(0).unwrap()["k"], &value);
    }

    #[test]
    fn no_text_breaks_a_form(text in odd_text()) {
        let mut form = Form::new(&mapping(TEMPLATE), None);
        for key in ["lr", "name", "optim.betas", "seed"] {
            form.set(key, &text);
            let cell = form.field(key).unwrap().cell();
            let grid = form.grid();
            prop_assert_eq!(cell.is_err(), grid.is_err());
            prop_assert!(yaml::parse_mapping(&form.to_yaml()).is_ok());
            form.reset();
        }
    }
}
