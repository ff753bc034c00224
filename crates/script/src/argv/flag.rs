//! How flags look.

use common::argument::Argument;

/// Whether argparse would take a text for a flag. It knows plain negative numbers.
pub(super) fn looks_like_flag(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-').filter(|rest| !rest.is_empty()) else {
        return false;
    };
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = match rest.split_once('.') {
        None => is_digits(rest),
        Some((whole, part)) => is_digits(whole) && !part.is_empty() && is_digits(part),
    };
    !is_number
}

/// The first long flag, or else the first.
pub(super) fn main_flag(argument: &Argument) -> &str {
    let is_long = |flag: &&String| {
        let mut chars = flag.chars();
        matches!((chars.next(), chars.next()), (Some(a), Some(b)) if a == b)
    };
    let long = argument.flags.iter().find(is_long).or(argument.flags.first());
    long.map_or("", String::as_str)
}
