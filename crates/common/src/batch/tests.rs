//! Tests of the complete grammar.

use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

use super::*;
use crate::yaml;

fn config(text: &str) -> Mapping {
    Mapping::from_iter([("a".into(), text.into())])
}

fn values(text: &str) -> Vec<Value> {
    let grid = Grid::parse(&config(text), None).unwrap();
    grid.configs().map(|config| config["a"].clone()).collect()
}

fn list(text: &str) -> Vec<Value> {
    yaml::parse(text).unwrap().as_sequence().unwrap().clone()
}

fn error(text: &str) -> String {
    Grid::parse(&config(text), None).unwrap_err().to_string()
}

#[test]
fn products_and_zips_are_ordered_as_users_know_it() {
    let config = yaml::parse_mapping("b: (x | y)\na: 1 | 2\nc: (3 | 4)\nd: 0").unwrap();
    let grid = Grid::parse(&config, None).unwrap();
    assert_eq!(grid.count(), 4);
    let lines: Vec<String> = grid.configs().map(|config| grid.preview(&config)).collect();
    assert_eq!(
        lines,
        ["a=1, b=x, c=3, d=0", "a=1, b=y, c=4, d=0", "a=2, b=x, c=3, d=0", "a=2, b=y, c=4, d=0"]
    );
    let keys: Vec<Value> = grid.nth(0).unwrap().into_keys().collect();
    assert_eq!(keys, ["b", "a", "c", "d"]);
    let axes: Vec<(String, u64, AxisKind)> =
        grid.axes().into_iter().map(|axis| (axis.keys.join(" "), axis.len, axis.kind)).collect();
    let expected = [("a", 2, AxisKind::Product), ("b c", 2, AxisKind::Zip)];
    assert_eq!(axes, expected.map(|(key, len, kind)| (key.to_owned(), len, kind)));
}

#[test]
fn alternatives_get_the_types_of_yaml() {
    assert_eq!(values("1 | 0.5 | 5e-3 | true | null | x"), list("[1, 0.5, 5e-3, true, null, x]"));
    assert_eq!(values("[1, 2] | [3] | {a: 1}"), list("[[1, 2], [3], {a: 1}]"));
    assert_eq!(values("(a | b)"), list("[a, b]"));
    assert_eq!(values("log(x) | exp(y)"), list("[log(x), exp(y)]"));
    assert_eq!(values("'b|c' | \"d\" | it's | ''"), list("['b|c', d, \"it's\", '']"));
    assert_eq!(values("b\\|c | d"), list("['b|c', d]"));
    assert_eq!(values("-1 | 007 | a b"), list("[-1, '007', a b]"));
}

#[test]
fn ranges_include_the_stop_and_do_not_drift() {
    assert_eq!(values("10:100:10"), list("[10, 20, 30, 40, 50, 60, 70, 80, 90, 100]"));
    assert_eq!(values("5:1:-1"), list("[5, 4, 3, 2, 1]"));
    assert_eq!(values("0:1:0.1"), list("[0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]"));
    assert_eq!(values("1:10:4"), list("[1, 5, 9]"));
    assert_eq!(values(" -1 : 1 "), list("[-1, 0, 1]"));
    assert_eq!(values("1e-3:3e-3:1e-3"), list("[0.001, 0.002, 0.003]"));
    assert_eq!(values("3:3"), list("[3]"));
    assert_eq!(values("18446744073709551614:18446744073709551615").len(), 2);
}

#[test]
fn text_that_resembles_batch_syntax_is_literal() {
    for text in [
        "",
        "|",
        "||",
        "f(x|y)",
        "^(foo|bar)$",
        "[a|b]",
        ":)",
        "(a)",
        "(1:3)",
        "a:b",
        "12:30:05",
        "C:\\x",
        "1:2:3:4",
        "1:",
        ":5",
        "'b'",
        "it's",
        "'",
        "(",
        "a)",
        "cat x | head\nrm y | z",
        "0x1:0x5",
        "http://x:80",
        "05:10",
        "{a: 'x|y'}",
        "~",
        "~/data",
        "~log",
        "~log (1, 2)",
        "~gauss(1, 2)",
        "~choice(a, b)/x",
        "x ~int(1, 2)",
        "when: a == 1",
    ] {
        assert_eq!(values(text), [Value::from(text)], "{text}");
    }
    assert_eq!(values("'b|c'"), list("['b|c']"));
    assert_eq!(values("\"1:3\""), list("['1:3']"));
    assert_eq!(values("b\\|c"), list("['b|c']"));
    assert_eq!(values("'it''s | x'"), list("[\"it's | x\"]"));
    let template = yaml::parse_mapping("a: '10:00'\nb: x").unwrap();
    for text in ["12:30:15", "16:9", "5:1", "1:3:0"] {
        assert_eq!(Grid::parse(&config(text), Some(&template)).unwrap().count(), 1, "{text}");
    }
    let inside = yaml::parse_mapping("a: ['1|2']\nb: [{c: 1|2}]").unwrap();
    assert_eq!(Grid::parse(&inside, None).unwrap().nth(0).unwrap(), inside);
}

#[test]
fn mistakes_name_the_key_and_the_column() {
    assert_eq!(error("1:3:0"), "a: the range 1:3:0 has step 0");
    assert!(error("5:1").starts_with("a: the range 5:1 never reaches 1"));
    assert!(error("1:5:-1").ends_with("never reaches 5: its step is -1"));
    assert!(error("1:1e25:1e-30").contains("too far apart"));
    assert!(error("x | (a | b").ends_with("this ( is never closed (column 5)"));
    assert!(error("a | b)").ends_with("nothing opens this ) (column 6)"));
    assert!(error("训 | 'b | c").ends_with("this quote is never closed (column 5)"));
    assert!(error("(a | b) | c").contains("(column 1)"));
    assert!(error("(a | )").contains("an alternative is empty"));
    let nested = yaml::parse_mapping("m: {n: 'a | '}").unwrap();
    let nested = Grid::parse(&nested, None).unwrap_err();
    assert_eq!((nested.key.as_str(), nested.column), ("m.n", Some(4)));
    let zips = yaml::parse_mapping("a: (1 | 2)\nb: (1 | 2 | 3)").unwrap();
    let zips = Grid::parse(&zips, None).unwrap_err();
    assert_eq!(zips.to_string(), "All (zip) parameters must have equal length. Got: a=2, b=3");
    assert_eq!(zips.key, "b");
}

#[test]
fn a_huge_grid_costs_nothing() {
    let config = yaml::parse_mapping("a: 1:1e18\nb: 1:1000000000\nc: 1:1000000000\nd: x").unwrap();
    let grid = Grid::parse(&config, None).unwrap();
    assert_eq!(grid.count(), u64::MAX);
    assert_eq!(grid.configs().take(3).count(), 3);
    let last = grid.nth(999_999_999_999_999_999).unwrap();
    assert_eq!((&last["b"], &last["c"]), (&1_000_000_000.into(), &1_000_000_000.into()));
    assert!(grid.nth(u64::MAX).is_none());
}

#[test]
fn types_follow_the_template() {
    let template =
        yaml::parse_mapping("i: 1\nf: 1.0\nb: true\ns: x\nn: null\nl: [1]\nm: {i: 1}\n").unwrap();
    let check = |text: &str| {
        let config = yaml::parse_mapping(text).unwrap();
        Grid::parse(&config, Some(&template)).unwrap().check_types(&template)
    };
    for good in
        ["f: 1", "f: 1 | 2.5", "s: 1 | x", "n: [1]", "l: '[x] | []'", "m: {i: 1:5}", "new: x"]
    {
        assert_eq!(check(good), Ok(()), "{good}");
    }
    for bad in
        ["i: 1 | 2.5", "i: 1 | true", "b: 1", "l: 1 | 2", "f: x", "i: 0:1:0.1", "m: {i: x}", "m: 1"]
    {
        assert!(check(bad).is_err(), "{bad}");
    }
    let mismatch = check("m: {i: 1 | x}").unwrap_err();
    assert_eq!(
        (mismatch.key.as_str(), mismatch.expected.as_str(), mismatch.actual.as_str()),
        ("m.i", "int", "str")
    );
    assert_eq!(
        mismatch.to_string(),
        "Parameter 'm.i' must be int as in the template, but x is str."
    );
}

#[test]
fn yaml_mode_refuses_batches_and_nothing_else() {
    let has = |text: &str| has_batch_syntax(&yaml::parse_mapping(text).unwrap(), None);
    assert!(has("a: 1 | 2") && has("a: {b: 1:3}") && has("a: (1 | 2)") && has("a: 1 | (2"));
    assert!(!has("a: '16:9'") && !has("a: \"'x|y'\"") && !has("a: ['1|2']") && !has("a: x\\|y"));
}

#[test]
fn previews_show_varying_parameters_first() {
    let config = yaml::parse_mapping(
        "p0: 0\np1: 1\nm: {x: 1 | 2}\nn: {x: 5}\np2: 2\np3: 3\np4: 4\np5: true\n",
    )
    .unwrap();
    let grid = Grid::parse(&config, None).unwrap();
    assert_eq!(grid.preview(&grid.nth(1).unwrap()), "m.x=2, p0=0, p1=1, n.x=5, p2=2, p3=3 …+2");
}

#[test]
fn a_cell_shows_its_first_values_and_its_last() {
    let shown = cell("1:100", None).unwrap();
    assert_eq!((shown.count, shown.kind), (100, Some(AxisKind::Product)));
    assert_eq!(shown.preview, ["1", "2", "3", "4", "5", "6", "7", "8", "…", "100"]);
    assert_eq!(cell("(a | b)", None).unwrap().kind, Some(AxisKind::Zip));
    assert_eq!(cell("~int(1, 9) × 5", None).unwrap().count, 5);
    assert!(!cell("x", None).unwrap().is_batch());
    assert_eq!(cell("x", None).unwrap().preview, ["x"]);
    assert_eq!(cell("1:3", Some(&"x".into())).unwrap().count, 1);
    assert_eq!(cell("a | ", None).unwrap_err().column, Some(4));
}

#[test]
fn samples_are_one_axis_and_always_the_same() {
    let written = yaml::parse_mapping(
        "lr: ~log(1e-5, 1e-1) × 20\ndrop: ~uniform(0, 0.5)\nseed: 1:3\nopt: ~choice(sgd, 'a, b', [1])\nwidth: ~logint(16, 1024)\n",
    )
    .unwrap();
    let grid = Grid::parse(&written, None).unwrap();
    assert_eq!(grid.count(), 60);
    let axes: Vec<(String, u64)> =
        grid.axes().into_iter().map(|axis| (axis.keys.join(" "), axis.len)).collect();
    assert_eq!(axes, [("seed".to_owned(), 3), ("lr drop opt width".to_owned(), 20)]);
    let all: Vec<Mapping> = grid.configs().collect();
    assert_eq!(all, Grid::parse(&written, None).unwrap().configs().collect::<Vec<_>>());
    // Each seed always yields the same samples.
    assert_eq!((&all[0]["lr"], &all[0]["opt"]), (&all[20]["lr"], &all[20]["opt"]));
    let different: std::collections::HashSet<String> =
        all[..20].iter().map(|one| format!("{:?}", one["lr"])).collect();
    assert_eq!(different.len(), 20);
    for one in &all {
        let number = |key: &str| one[key].as_f64().unwrap();
        assert!((1e-5..=1e-1).contains(&number("lr")) && (0.0..=0.5).contains(&number("drop")));
        assert!((16.0..=1024.0).contains(&number("width")) && one["width"].is_u64());
        assert!(list("[sgd, 'a, b', [1]]").contains(&one["opt"]));
    }
    // About half of them are below the middle of the logarithms.
    let low = all[..20].iter().filter(|one| one["lr"].as_f64() < Some(1e-3)).count();
    assert!((4..=16).contains(&low), "{low}");
    assert_eq!(values("~int(1, 6, seed=3) x 4"), values("~int(1, 6, seed = 3)*4"));
    assert_ne!(values("~int(1, 600, seed=3) x 4"), values("~int(1, 600, seed=4) x 4"));
    assert_eq!(values("~choice(a)"), list("[a]"));
    assert_eq!(values("'~int(1, 2)'"), list("['~int(1, 2)']"));
    let template = yaml::parse_mapping("a: 1").unwrap();
    let check = |text: &str| Grid::parse(&config(text), None).unwrap().check_types(&template);
    assert!(check("~int(1, 5) × 3").is_ok() && check("~uniform(1, 5) × 3").is_err());
    assert!(check("~choice(1, 2, x)").is_err());
}

#[test]
fn samples_that_make_no_sense_say_where() {
    assert_eq!(
        error("~log(0, 1)"),
        "a: ~log() needs numbers above 0: there is no logarithm of 0 (column 6)"
    );
    assert!(
        error("~uniform(2, 1)").ends_with("2 is above 1: the lower end comes first (column 10)")
    );
    assert!(error("~uniform(1, x)").ends_with("x is not a number (column 13)"));
    assert!(error("~int(1.5, 2)").ends_with("1.5 is not a whole number (column 6)"));
    assert!(
        error("~uniform(1)").contains("takes two numbers")
            && error("~log(1, 2").contains("never closed")
    );
    assert!(
        error("~choice()").contains("lacks a value")
            && error("~choice(a, )").contains("(column 12)")
    );
    assert!(error("~int(1, 2) × 0").ends_with("(column 12)"));
    assert!(error("~int(1, 2, seed=x)").ends_with("(column 12)"));
    assert!(error("~int(1, 2) | 3").contains("must be the whole value"));
    let counts = yaml::parse_mapping("a: ~int(1, 2) × 3\nb: ~int(1, 2) × 4").unwrap();
    let counts = Grid::parse(&counts, None).unwrap_err();
    assert_eq!(counts.key, "b");
    assert!(counts.to_string().contains("one count, but a says 3 and b says 4"));
}

fn wanted(config: &str, condition: &str) -> Vec<String> {
    let grid = Grid::parse(&yaml::parse_mapping(config).unwrap(), None).unwrap();
    let grid = grid.only_where(condition).unwrap_or_else(|error| panic!("{error}"));
    let lines: Vec<String> = grid.configs().map(|config| grid.preview(&config)).collect();
    assert_eq!(grid.count(), lines.len() as u64);
    lines
}

#[test]
fn a_condition_leaves_out_combinations() {
    let config = "opt: sgd | adam\nmomentum: 0 | 0.9\nseed: 1:2\n";
    assert_eq!(
        wanted(config, "opt == sgd or momentum == 0"),
        [
            "opt=sgd, momentum=0, seed=1",
            "opt=sgd, momentum=0, seed=2",
            "opt=sgd, momentum=0.9, seed=1",
            "opt=sgd, momentum=0.9, seed=2",
            "opt=adam, momentum=0, seed=1",
            "opt=adam, momentum=0, seed=2",
        ]
    );
    assert_eq!(wanted(config, " ").len(), 8);
    assert_eq!(wanted(config, "not (opt == sgd) and seed < 2").len(), 2);
    assert_eq!(wanted(config, "opt in (adam, 'x y') and momentum not in [0]").len(), 2);
    assert_eq!(wanted(config, "momentum").len(), 4);
    assert_eq!(wanted("a: 1:3\nb: 1:3", "a < b").len(), 3);
    assert_eq!(wanted("m: {a: 1:3}\nz: (1 | 2)\ny: (x | y)", "m.a != 2 and y == y").len(), 4);
    assert_eq!(wanted("m: {a: 1:3}\ny: (x | y)", "a >= 2.0 and y == 'y'").len(), 2);
    assert_eq!(
        wanted("lr: ~log(1e-4, 1) × 100", "lr < 0.01 and lr >= 0.0001").len(),
        wanted("lr: ~log(1e-4, 1) × 100", "lr < 0.01").len()
    );
    assert_eq!(wanted("a: 1\nb: 1:3", "a == 1").len(), 3);
}

#[test]
fn conditions_that_make_no_sense_say_where() {
    let config = yaml::parse_mapping("opt: sgd | adam\nlr: 1 | 2").unwrap();
    let grid = Grid::parse(&config, None).unwrap();
    let error = |text: &str| grid.clone().only_where(text).unwrap_err();
    for (text, column) in [
        ("optt == sgd", 1),
        ("opt = sgd", 5),
        ("opt == ", 8),
        ("opt sgd", 5),
        ("(opt == sgd", 12),
        ("opt == sgd)", 11),
        ("opt == 'sgd", 8),
        ("opt in sgd", 8),
        ("opt == sgd && lr == 1", 12),
        ("lr == 1 and", 12),
    ] {
        let error = error(text);
        assert_eq!((error.column, error.in_condition), (Some(column), true), "{text}: {error}");
    }
    assert_eq!(error("lr > 5").to_string(), "Condition: no combination fulfils the condition");
    let huge = yaml::parse_mapping("a: 1:10000\nb: 1:10000\nc: 1:9").unwrap();
    let huge = Grid::parse(&huge, None).unwrap();
    assert!(huge.clone().only_where("a < b").is_err());
    assert_eq!(huge.only_where("a == 7").unwrap().count(), 90_000);
}

/// Texts that are likely to contain syntax.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-c ]{0,3}",
        "[|()'\":\\\\\\[\\]{},0-9. -]{0,6}",
        Just(" | ".to_owned()),
        "~(log|int|choice|uniform)\\([0-9,.a-c =-]{0,8}\\)?( ?× ?[0-9]{0,2})?",
        "\\PC{0,2}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn small_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec("[a-z0-9]{1,2}", 1..4).prop_map(|all| all.join(" | ")),
        prop::collection::vec("[a-z0-9]{1,2}", 3..4).prop_map(|all| format!("({})", all.join("|"))),
        (-5i32..5, 0i32..6, 1i32..3).prop_map(|(at, len, by)| format!("{at}:{}:{by}", at + len)),
        (1u32..4).prop_map(|len| format!("~int({len}, 9) x 3")),
        Just("~choice(a, 1, null)".to_owned()),
        Just("plain".to_owned()),
    ]
}

proptest! {
    #[test]
    fn the_count_is_the_length_of_the_expansion(cells in prop::collection::vec(small_cell(), 0..5)) {
        let config: Mapping =
            (0..).zip(&cells).map(|(at, cell): (u32, _)| (at.to_string().into(), cell.as_str().into())).collect();
        let grid = Grid::parse(&config, None).unwrap();
        let all: Vec<Mapping> = grid.configs().collect();
        prop_assert_eq!(grid.count(), all.len() as u64);
        prop_assert_eq!(grid.count(), grid.axes().iter().map(|axis| axis.len).product::<u64>());
        prop_assert!(all.iter().all(|one| one.keys().eq(config.keys())));
    }

    #[test]
    fn a_condition_selects_exactly_the_combinations_that_fulfil_it(lens in prop::collection::vec(1i64..5, 3), limit in 1i64..6) {
        let text = format!("a: 1:{}\nb: 1:{}\nc: 1:{}\n", lens[0], lens[1], lens[2]);
        let grid = Grid::parse(&yaml::parse_mapping(&text).unwrap(), None).unwrap();
        let fulfils = |one: &Mapping| one["a"].as_i64() <= one["c"].as_i64() || one["c"].as_i64() == Some(limit);
        let mut expected: Vec<Mapping> = grid.configs().filter(fulfils).collect();
        match grid.only_where(&format!("a <= c or c == {limit}")) {
            Ok(grid) => {
                let mut all: Vec<Mapping> = grid.configs().collect();
                prop_assert_eq!(grid.count(), all.len() as u64);
                let order = |one: &Mapping| yaml::to_text(one);
                all.sort_by_key(order);
                expected.sort_by_key(order);
                prop_assert_eq!(all, expected);
            }
            Err(_) => prop_assert!(expected.is_empty()),
        }
    }

    #[test]
    fn no_condition_breaks_the_parser(text in "(a|b|and|or|not|in|==|<=|[(),='\"0-9 ]){0,12}") {
        let config = yaml::parse_mapping("a: 1:3\nb: x | y").unwrap();
        let grid = Grid::parse(&config, None).unwrap();
        match grid.only_where(&text) {
            Ok(grid) => prop_assert!((1..=6).contains(&grid.count())),
            Err(error) => prop_assert!(error.column.is_none_or(|at| at <= text.chars().count() + 1)),
        }
    }

    #[test]
    fn no_text_breaks_the_parser(text in odd_text()) {
        let config = config(&text);
        match (Grid::parse(&config, None), cell(&text, None)) {
            (Ok(grid), Ok(cell)) => {
                prop_assert_eq!(grid.count(), cell.count);
                prop_assert_eq!(grid.configs().take(50).count() as u64, cell.count.min(50));
            }
            (Err(whole), Err(cell)) => {
                prop_assert_eq!(whole.message, cell.message);
                let column = cell.column.unwrap_or(1);
                prop_assert!(1 <= column && column <= text.chars().count() + 1);
            }
            (grid, cell) => prop_assert!(false, "{:?} {:?}", grid, cell),
        }
    }

    #[test]
    fn a_protected_text_is_itself(text in odd_text()) {
        let grid = Grid::parse(&config(&protect(&text)), None).unwrap();
        prop_assert_eq!(&grid.nth(0).unwrap()["a"], &Value::from(text));
    }

    #[test]
    fn tokens_lose_nothing(text in odd_text()) {
        let all: String = token::lex(&text).iter().map(|token| token.text).collect();
        prop_assert_eq!(all, text);
    }
}
