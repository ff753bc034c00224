//! Parses JSON as Python writes it: with bare `NaN`, `Infinity` and `-Infinity`.

use serde_json::Value;

/// Parses JSON; if that fails, parses it again with Python's bare non-finite numbers replaced by
/// the strings that represent them in task files.
///
/// # Errors
/// The syntax error, with line and column.
pub(super) fn parse_lenient(text: &str) -> Result<Value, String> {
    let strict = serde_json::from_str(text);
    match strict {
        Ok(value) => Ok(value),
        Err(error) if text.contains("NaN") || text.contains("Infinity") => {
            serde_json::from_str(&quote_non_finite(text)).map_err(|_| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    }
}

fn quote_non_finite(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    let mut in_string = false;
    while let Some(c) = rest.chars().next() {
        let word = ["-Infinity", "Infinity", "NaN"].into_iter().find(|word| rest.starts_with(word));
        if let (false, Some(word)) = (in_string, word) {
            out.push('"');
            out.push_str(word);
            out.push('"');
            rest = &rest[word.len()..];
            continue;
        }
        let escaped = in_string && c == '\\';
        in_string ^= c == '"';
        // The character after a backslash is always data.
        let taken =
            if escaped { rest.chars().take(2).map(char::len_utf8).sum() } else { c.len_utf8() };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bare_non_finite_numbers_become_their_names() {
        let value =
            parse_lenient(r#"{"a": [NaN, -Infinity, 1.5, Infinity], "NaN": "Infinity \" NaN"}"#);
        let wanted = json!({"a": ["NaN", "-Infinity", 1.5, "Infinity"], "NaN": "Infinity \" NaN"});
        assert_eq!(value, Ok(wanted));
    }

    #[test]
    fn errors_have_a_position() {
        let error = parse_lenient("{\"a\": NaN,,}").unwrap_err();
        assert!(error.contains("line 1"), "{error}");
    }
}
