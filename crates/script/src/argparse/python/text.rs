//! Formats values like Python.

use super::value::PyValue;

/// `str(value)`; `None` if it cannot be determined.
pub(crate) fn display(value: &PyValue) -> Option<String> {
    match value {
        PyValue::Str(text) | PyValue::Path(text) => Some(text.to_string()),
        other => repr(other),
    }
}

/// `repr(value)`; `None` if it cannot be determined.
pub(crate) fn repr(value: &PyValue) -> Option<String> {
    Some(match value {
        PyValue::None => "None".into(),
        PyValue::Bool(true) => "True".into(),
        PyValue::Bool(false) => "False".into(),
        PyValue::Int(number) => number.to_string(),
        PyValue::Float(number) => float(*number),
        PyValue::Str(text) => quoted(text),
        PyValue::List(items) => format!("[{}]", joined(items)?),
        PyValue::Tuple(items) if items.len() == 1 => format!("({},)", joined(items)?),
        PyValue::Tuple(items) => format!("({})", joined(items)?),
        PyValue::Dict(items) => {
            let parts: Option<Vec<_>> = items
                .iter()
                .map(|(key, value)| Some(format!("{}: {}", repr(key)?, repr(value)?)))
                .collect();
            format!("{{{}}}", parts?.join(", "))
        }
        _ => return None,
    })
}

fn joined(items: &[PyValue]) -> Option<String> {
    let parts: Option<Vec<_>> = items.iter().map(repr).collect();
    Some(parts?.join(", "))
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// `repr` of a float: `1e-05`, `0.0001`, `3.0`, `inf`.
pub(crate) fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{number}");
        return if plain.contains('.') { plain } else { format!("{plain}.0") };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::float;

    #[test]
    fn floats_print_as_python_prints_them() {
        for (number, expected) in [
            (1e-5, "1e-05"),
            (1e-4, "0.0001"),
            (3.0, "3.0"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (-0.5, "-0.5"),
            (123_456_789.0, "123456789.0"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(float(number), expected);
        }
    }
}
