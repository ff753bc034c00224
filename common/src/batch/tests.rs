//! The grammar as a whole.

use serde_yaml::{Mapping, Value};

use super::*;
use crate::yaml;

fn grid(text: &str) -> Grid {
    Grid::parse(&yaml::parse_mapping(text).unwrap(), None).unwrap()
}

#[test]
fn products_and_zips_are_ordered_as_users_know_it() {
    let grid = grid("b: (x | y)\na: 1 | 2\nc: (3 | 4)");
    assert_eq!(grid.count(), 4);
    let lines: Vec<String> = grid.configs().map(|config| grid.preview(&config)).collect();
    assert_eq!(lines, ["a=1, b=x, c=3", "a=1, b=y, c=4", "a=2, b=x, c=3", "a=2, b=y, c=4"]);
    let keys: Vec<Value> = grid.nth(0).unwrap().into_keys().collect();
    assert_eq!(keys, ["b", "a", "c"]);
}

#[test]
fn ranges_include_the_stop_and_do_not_drift() {
    let values = |text: &str| -> Vec<Value> {
        let config = Mapping::from_iter([("a".into(), text.into())]);
        Grid::parse(&config, None).unwrap().configs().map(|config| config["a"].clone()).collect()
    };
    assert_eq!(values("5:1:-1"), [5, 4, 3, 2, 1].map(Value::from));
    assert_eq!(values("0:1:0.1")[3], Value::from(0.3));
    assert_eq!(values("0:1:0.1").len(), 11);
    assert_eq!(values("10:100:10").len(), 10);
}
