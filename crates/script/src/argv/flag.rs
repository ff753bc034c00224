//! Rules for flags.

use common::argument::Argument;

/// Whether argparse would parse a text as a flag. Plain negative numbers are not flags.
pub(super) fn looks_like_flag(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-').filter(|digits| !digits.is_empty()) else {
        return false;
    };
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = match digits.split_once('.') {
        None => is_digits(digits),
        Some((integer, part)) => is_digits(integer) && !part.is_empty() && is_digits(part),
    };
    !is_number
}

/// The first long flag, or else the first flag.
pub(super) fn main_flag(argument: &Argument) -> &str {
    let is_long = |flag: &&String| {
        let mut chars = flag.chars();
        matches!((chars.next(), chars.next()), (Some(a), Some(b)) if a == b)
    };
    let long = argument.flags.iter().find(is_long).or(argument.flags.first());
    long.map_or("", String::as_str)
}
