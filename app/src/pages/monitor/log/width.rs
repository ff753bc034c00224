//! The width of a text in terminal cells.

/// The number of cells of a text: East Asian characters and emoji take two,
/// a tab extends to the next multiple of eight.
#[must_use]
pub fn width(text: &str) -> u64 {
    if text.is_ascii() && !text.contains('\t') {
        return text.len() as u64;
    }
    text.chars().fold(0, |cells, letter| match letter {
        '\t' => (cells / 8 + 1) * 8,
        letter if is_wide(letter) => cells + 2,
        _ => cells + 1,
    })
}

fn is_wide(character: char) -> bool {
    matches!(u32::from(character),
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn tabs_go_on_to_their_stops() {
        assert_eq!(["", "\t", "1234567\t", "12345678\tx", "训\t"].map(width), [0, 8, 8, 17, 8]);
    }
}
