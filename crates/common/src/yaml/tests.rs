//! Tests of reading and writing together.

use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

use super::*;

fn text_of(value: impl Into<Value>) -> String {
    to_text(&Mapping::from_iter([("k".into(), value.into())]))
}

#[test]
fn scalars_have_the_types_that_their_writers_mean() {
    let mapping = parse_mapping(
        "a: 5e-3\nb: yes\nc: \"yes\"\nd: Off\ne: 1_000\nf: 007\ng: 12:30\nh: 'no'\ni: ~\nj: 0x10\n\
         k: !!str yes\nl: |-\n  yes\nm: y\nn: 340282366920938463463374607431768211455\n",
    )
    .unwrap();
    assert_eq!(mapping["a"], Value::from(0.005));
    assert_eq!(mapping["b"], Value::from(true));
    assert_eq!(mapping["c"], Value::from("yes"));
    assert_eq!(mapping["d"], Value::from(false));
    assert_eq!(mapping["e"], Value::from(1000));
    assert_eq!(mapping["f"], Value::from("007"));
    assert_eq!(mapping["g"], Value::from("12:30"));
    assert_eq!(mapping["h"], Value::from("no"));
    assert_eq!(mapping["i"], Value::Null);
    assert_eq!(mapping["j"], Value::from(16));
    assert_eq!(mapping["k"], Value::from("yes"));
    assert_eq!(mapping["l"], Value::from("yes"));
    assert_eq!(mapping["m"], Value::from("y"));
    assert_eq!(big_int(&mapping["n"]), Some("340282366920938463463374607431768211455"));
}

#[test]
fn one_typed_value_is_read_as_in_a_file() {
    assert_eq!(scalar(" 5e-3 "), Value::from(0.005));
    assert_eq!(scalar("'007'"), Value::from("007"));
    assert_eq!(scalar("[1, a, {b: c}]"), parse("[1, a, {b: c}]").unwrap());
    assert_eq!(scalar(""), Value::Null);
    assert_eq!(scalar("-17"), Value::from(-17));
    assert_eq!(scalar("9223372036854775808"), Value::from(9_223_372_036_854_775_808_u64));
    for text in ["a: b", "# x", "- 1", "---", "it's", "[1", "'a", "nan", "1 # x", "&a b", "%x", "-"]
    {
        assert_eq!(scalar(text), Value::from(text));
    }
}

#[test]
fn ambiguous_scalars_are_quoted() {
    for (text, want) in [
        ("yes", "k: \"yes\"\n"),
        ("1e-3", "k: \"1e-3\"\n"),
        ("12:30", "k: \"12:30\"\n"),
        ("007", "k: \"007\"\n"),
        ("null", "k: \"null\"\n"),
        ("2026-01-01", "k: \"2026-01-01\"\n"),
        ("=", "k: \"=\"\n"),
        ("<<", "k: \"<<\"\n"),
        (" a", "k: \" a\"\n"),
        ("a ", "k: \"a \"\n"),
        ("", "k: \"\"\n"),
        ("C:\\x", "k: 'C:\\x'\n"),
        ("it's \"\\", "k: \"it's \\\"\\\\\"\n"),
        ("a\u{85}\u{feff}", "k: \"a\\x85\\ufeff\"\n"),
        ("emoji 🎉 训练", "k: \"emoji 🎉 训练\"\n"),
        ("sgd", "k: sgd\n"),
        ("/data/run 1", "k: /data/run 1\n"),
        ("a\nb\n", "k: |\n  a\n  b\n"),
        ("a\n\n  b", "k: |-\n  a\n\n    b\n"),
    ] {
        assert_eq!(text_of(text), want);
    }
    let floats = [1e-5, 0.1, 1.0, 1e16, 1.5e300, f64::NEG_INFINITY, f64::NAN, -0.0];
    let texts = floats.map(|float| to_flow(&float.into()));
    assert_eq!(texts, ["1.0e-05", "0.1", "1.0", "1.0e+16", "1.5e+300", "-.inf", ".nan", "-0.0"]);
}

#[test]
fn nesting_is_written_as_blocks() {
    let text = "a:\n  b: [1, 2]\n  c: {}\n  d:\n    - x: 1\n      z:\n        - - 1\n          - [2]\n    - z\ne: []\n";
    let mapping = parse_mapping(text).unwrap();
    assert_eq!(parse_mapping(&to_text(&mapping)).unwrap(), mapping);
    let again = "a:\n  b: [1, 2]\n  c: {}\n  d:\n    - x: 1\n      z:\n        - - 1\n";
    assert!(to_text(&mapping).starts_with(again), "{}", to_text(&mapping));
}

#[test]
fn errors_have_the_documented_texts_and_a_position() {
    assert_eq!(parse_mapping("").unwrap(), Mapping::new());
    assert_eq!(parse_mapping("# only this\n\n").unwrap(), Mapping::new());
    assert_eq!(parse_mapping("---\n").unwrap(), Mapping::new());
    let text = |text: &str| parse_mapping(text).unwrap_err().to_string();
    assert_eq!(text("- 1"), "YAML content must be a mapping at the root.");
    assert!(text("a: [1").starts_with("Invalid YAML: "), "{}", text("a: [1"));
    assert!(text("a: 1\nb: 2\na: 3").contains("duplicate key a"));
    let second = parse("a: 1\n---\nb: 2\n").unwrap_err();
    assert_eq!((second.line, second.column), (2, 1));
    let broken = parse("a: 1\nb: [1, 2\nc: 3\n").unwrap_err();
    assert!(broken.line >= 2 && !broken.message.contains(" at line "), "{broken:?}");
    assert_eq!(parse("\u{feff}a: 1").unwrap()["a"], Value::from(1));
}

#[test]
fn merge_keys_and_aliases_work_and_bombs_do_not() {
    let mapping =
        parse_mapping("base: &b {x: 1, y: 2}\nrun:\n  <<: *b\n  y: 3\nl: [*b]\n\"<<\": text\n")
            .unwrap();
    assert_eq!(mapping["run"], parse("{x: 1, y: 3}").unwrap());
    assert_eq!(mapping["l"][0], mapping["base"]);
    assert_eq!(mapping["<<"], Value::from("text"));
    assert_eq!(parse_mapping("\"<<\": {x: 1}").unwrap()["<<"]["x"], Value::from(1));
    assert_eq!(parse_mapping("<<: text").unwrap()["<<"], Value::from("text"));
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let refs = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{refs}]\n"));
    }
    assert!(parse(&bomb).is_err());
    let heavy = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 10_000].join(", "));
    assert!(parse(&heavy).is_err());
    assert!(parse(&"[".repeat(10_000)).is_err());
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse(&deep(MAX_DEPTH)).is_ok());
    assert!(parse(&deep(MAX_DEPTH + 1)).is_err());
}

#[test]
fn json_preserves_representable_values() {
    let value = parse("{1: .nan, b: [.inf, -.inf], true: 2, c: !t x, d: 1e3}").unwrap();
    let json = serde_json::json!(
        {"1": "NaN", "b": ["Infinity", "-Infinity"], "true": 2, "c": "x", "d": 1000.0}
    );
    assert_eq!(to_json(&value), json);
    assert_eq!(to_json(&from_json(&json)), json);
    let seed = parse("340282366920938463463374607431768211455").unwrap();
    assert_eq!(to_json(&seed), "340282366920938463463374607431768211455");
    assert_eq!(parse(&to_flow(&seed)).unwrap(), seed);
}

/// Values of every kind, with texts that writers often get wrong.
pub(crate) fn any_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        odd_text(),
        "[-+0-9.eExo_:~=<>!&*#%@`'\"|{}\\[\\], a-cyn]{0,6}".boxed(),
        prop::sample::select(vec![
            "yes", "No", "null", "~", "1e-3", "<<", "---", "...", "? a", "- a"
        ])
        .prop_map(String::from)
        .boxed(),
        any::<String>().boxed(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1e3..1e3).prop_map(Value::from),
        text.clone().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let keys = text.clone().prop_map(Value::from);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Sequence),
            prop::collection::vec((keys, inner), 0..5)
                .prop_map(|entries| Value::Mapping(entries.into_iter().collect())),
        ]
    })
}

/// Several lines with leading and trailing blanks.
fn odd_text() -> BoxedStrategy<String> {
    prop::collection::vec("[ \t]{0,2}[a-c:#-]{0,3}[ \t]{0,1}", 0..4)
        .prop_map(|lines| lines.join("\n"))
        .boxed()
}

proptest! {
    #[test]
    fn written_values_round_trip(value in any_value()) {
        let mapping = Mapping::from_iter([("k".into(), value.clone())]);
        let text = to_text(&mapping);
        prop_assert_eq!(parse_mapping(&text).unwrap(), mapping, "{}", text);
        let flow = to_flow(&value);
        prop_assert_eq!(parse(&flow).unwrap(), value, "{}", flow);
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[ \n\t:#\\[\\]{}&*!|>'\"%,?a-b0-9-]{0,40}") {
        if let Ok(value) = parse(&text) {
            prop_assert_eq!(parse(&to_flow(&value)).is_ok(), true);
        }
        let _ = scalar(&text);
    }

    #[test]
    fn plain_numbers_are_read_alike_alone_and_in_a_file(text in "[-+]?[0-9._exobXEaf]{1,8}") {
        let in_file = parse_mapping(&format!("k: {text}\n")).unwrap()["k"].clone();
        prop_assert_eq!(scalar(&text), in_file);
    }
}
