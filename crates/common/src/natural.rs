//! Natural sort order of names: `run2` before `run10`, independent of case.

use std::cmp::Ordering;

/// Compares two texts in natural order.
///
/// Consecutive digits are compared as one number of any length, everything else by lower-case
/// letters. Texts that differ only in case or in leading zeros are ordered by their bytes, so that
/// this is a total order: equal means the same text. Does not allocate.
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    // Names of one batch have a long common prefix.
    let shared = shared_bytes(a.as_bytes(), b.as_bytes());
    if let (Some(x), Some(y)) = (a.as_bytes().get(shared), b.as_bytes().get(shared)) {
        let is_plain = |byte: &u8| byte.is_ascii() && !byte.is_ascii_digit();
        let order = x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase());
        // Usually the first differing letters decide.
        if is_plain(x) && is_plain(y) && order.is_ne() {
            return order;
        }
    }
    // Digits before that position belong to the same number.
    let digits_before = a.as_bytes()[..shared].iter().rev();
    let digits_before = digits_before.take_while(|byte| byte.is_ascii_digit()).count();
    let start = floor_char_boundary(a, shared - digits_before);
    let (mut left, mut right) = (&a[start..], &b[start..]);
    loop {
        let (Some(x), Some(y)) = (left.as_bytes().first(), right.as_bytes().first()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (x, y) = (digits(&mut left), digits(&mut right));
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        } else if x.is_ascii() && y.is_ascii() {
            (left, right) = (&left[1..], &right[1..]);
            x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase())
        } else {
            lower_case(&mut left).cmp(lower_case(&mut right))
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Sorts items by the natural order of their texts. The sort is stable.
pub fn sort_by_text<T>(items: &mut [T], text: impl Fn(&T) -> &str) {
    items.sort_by(|a, b| compare(text(a), text(b)));
}

/// The leading digits without leading zeros. Advances `text` past them.
fn digits<'a>(text: &mut &'a str) -> &'a [u8] {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (number, remaining) = text.split_at(end);
    *text = remaining;
    let zeros = number.bytes().take_while(|byte| *byte == b'0').count();
    &number.as_bytes()[zeros..]
}

/// The first character in lower case. Advances `text` past it.
fn lower_case(text: &mut &str) -> impl Iterator<Item = char> + use<> {
    let mut chars = text.chars();
    let first = chars.next();
    *text = chars.as_str();
    first.into_iter().flat_map(char::to_lowercase)
}

/// The number of equal bytes at the start.
fn shared_bytes(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0);
    let start = blocks.take_while(|(x, y)| x == y).count() * 16;
    let remaining = a[start..].iter().zip(&b[start..]);
    start + remaining.take_while(|(x, y)| x == y).count()
}

/// The last boundary between characters at or before `byte`.
fn floor_char_boundary(text: &str, byte: usize) -> usize {
    (0..=byte).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(texts: &[&str]) -> Vec<String> {
        let mut texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        texts.sort_by(|a, b| compare(a, b));
        texts
    }

    #[test]
    fn numbers_in_names_count_as_numbers() {
        assert_eq!(
            sorted(&["run10.log", "run2.log", "error.log", "run1.log"]),
            ["error.log", "run1.log", "run2.log", "run10.log"]
        );
        assert_eq!(
            sorted(&["s_10-of-12", "s_2-of-12", "s_1-of-12", "s_11-of-12"]),
            ["s_1-of-12", "s_2-of-12", "s_10-of-12", "s_11-of-12"]
        );
        // Longer than any integer type.
        assert_eq!(
            sorted(&["a100000000000000000000000000000000000000001", "a9", "a10"]),
            ["a9", "a10", "a100000000000000000000000000000000000000001"]
        );
        assert_eq!(sorted(&["1.10", "1.9", "1.1"]), ["1.1", "1.9", "1.10"]);
    }

    #[test]
    fn case_and_leading_zeros_decide_only_between_otherwise_equal_names() {
        assert_eq!(sorted(&["b", "A", "a", "B"]), ["A", "a", "B", "b"]);
        assert_eq!(sorted(&["a01", "a1", "a001", "a2"]), ["a001", "a01", "a1", "a2"]);
        assert_eq!(sorted(&["a1b", "a01a", "a1a"]), ["a01a", "a1a", "a1b"]);
    }

    #[test]
    fn other_scripts_are_compared_by_their_letters() {
        assert_eq!(sorted(&["训练10", "训练9", "É2", "é10"]), ["É2", "é10", "训练9", "训练10"]);
        // Two characters with the same first byte must not be split.
        assert_eq!(sorted(&["1é", "1è"]), ["1è", "1é"]);
    }

    proptest! {
        #[test]
        fn it_is_a_total_order(
            texts in prop::collection::vec("[a-bA-B0-2 ._İıßéÉ训\\-]{0,6}", 3)
        ) {
            let [a, b, c] = [&texts[0], &texts[1], &texts[2]];
            prop_assert_eq!(compare(a, b), compare(b, a).reverse());
            prop_assert_eq!(compare(a, b).is_eq(), a == b);
            if compare(a, b).is_le() && compare(b, c).is_le() {
                prop_assert!(compare(a, c).is_le(), "{:?} {:?} {:?}", a, b, c);
            }
        }

        #[test]
        fn any_text_can_be_compared(a in any::<String>(), b in any::<String>()) {
            prop_assert_eq!(compare(&a, &b).is_eq(), a == b);
        }

        #[test]
        fn a_number_alone_is_compared_by_its_value(a in any::<u64>(), b in any::<u64>()) {
            prop_assert_eq!(compare(&format!("x{a}y"), &format!("x{b}y")), a.cmp(&b));
        }
    }
}
