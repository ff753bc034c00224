//! Builds an option with exactly one value.

use super::flag::looks_like_flag;

/// `--flag text`, or `--flag=text` if the text would be parsed as a flag.
pub(super) fn push_one(out: &mut Vec<String>, flag: &str, text: String) {
    if looks_like_flag(&text) {
        out.push(format!("{flag}={text}"));
    } else {
        out.push(flag.to_owned());
        out.push(text);
    }
}
