//! Parses numbers like the YAML parser, and writes floats that both YAML versions parse.

use serde_yaml::{Number, Value};

use super::big_int::big_int_value;

/// The number of a plain scalar, by the parser's rules.
pub(super) fn read(text: &str) -> Option<Value> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    match body {
        ".inf" | ".Inf" | ".INF" if negative => return Some(f64::NEG_INFINITY.into()),
        ".inf" | ".Inf" | ".INF" => return Some(f64::INFINITY.into()),
        ".nan" | ".NaN" | ".NAN" if body == text => return Some(f64::NAN.into()),
        _ => {}
    }
    if !body.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    radix(body, negative).or_else(|| decimal(body, negative))
}

fn radix(body: &str, negative: bool) -> Option<Value> {
    let (digits, radix) = match body.get(..2)? {
        "0x" => (&body[2..], 16),
        "0o" => (&body[2..], 8),
        "0b" => (&body[2..], 2),
        _ => return None,
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    integer(u128::from_str_radix(digits, radix).ok()?, negative)
}

fn decimal(body: &str, negative: bool) -> Option<Value> {
    if body.bytes().all(|byte| byte.is_ascii_digit()) {
        if body.len() > 1 && body.starts_with('0') {
            // `007` is a name. YAML 1.1 would parse it as octal, which is not intended.
            return None;
        }
        if let Some(value) = body.parse().ok().and_then(|digits| integer(digits, negative)) {
            return Some(value);
        }
    }
    let float: f64 = body.parse().ok().filter(|float: &f64| float.is_finite())?;
    Some(if negative { -float } else { float }.into())
}

fn integer(digits: u128, negative: bool) -> Option<Value> {
    if !negative {
        return Some(match u64::try_from(digits) {
            Ok(small) => small.into(),
            Err(_) => big_int_value(digits.to_string()),
        });
    }
    let value = i128::try_from(digits).ok()?.checked_neg()?;
    Some(match i64::try_from(value) {
        Ok(small) => small.into(),
        Err(_) => big_int_value(value.to_string()),
    })
}

/// A number with grouped digits: `1_000`, `0x_ff`, `1_000.5`.
pub(super) fn read_grouped(text: &str) -> Option<Value> {
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = body.starts_with(|first: char| first.is_ascii_digit())
        && body.chars().all(|letter| letter.is_ascii_hexdigit() || "xX_.+-".contains(letter));
    is_number.then(|| read(&text.replace('_', ""))).flatten()
}

/// A number in short form: `1e-5`, where a file for YAML 1.1 needs `1.0e-05`.
#[must_use]
pub fn short_number(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => format!("{float:?}"),
        _ => number.to_string(),
    }
}

/// A float with a dot and a signed exponent, which YAML 1.1 requires.
pub(super) fn write_float(float: f64) -> String {
    if float.is_nan() {
        return ".nan".to_owned();
    }
    if float.is_infinite() {
        return if float > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let text = format!("{float:?}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let dot = if mantissa.contains('.') { "" } else { ".0" };
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    format!("{mantissa}{dot}e{sign}{digits:0>2}")
}
