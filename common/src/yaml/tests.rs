//! Reading and writing, together.

use serde_yaml::{Mapping, Value};

use super::*;

fn value(text: &str) -> Value {
    parse(text).unwrap()
}

fn text_of(key: &str, value: impl Into<Value>) -> String {
    to_text(&Mapping::from_iter([(key.into(), value.into())]))
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
