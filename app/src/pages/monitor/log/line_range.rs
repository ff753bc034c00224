//! Line ranges in the URL hash: `#L1234` and `#L1234-L1250`.

/// First and last line, from 0, inclusive.
pub(in crate::pages::monitor) type LineRange = (u64, u64);

/// Parses a URL hash.
pub(super) fn parse(hash: &str) -> Option<LineRange> {
    let rest = hash.strip_prefix('#').unwrap_or(hash);
    let line = |text: &str| text.strip_prefix('L')?.parse::<u64>().ok()?.checked_sub(1);
    match rest.split_once('-') {
        Some((from, to)) => {
            let (from, to) = (line(from)?, line(to)?);
            Some((from.min(to), from.max(to)))
        }
        None => line(rest).map(|line| (line, line)),
    }
}

/// Formats a URL hash.
pub(in crate::pages::monitor) fn hash((from, to): LineRange) -> String {
    match from == to {
        true => format!("#L{}", from + 1),
        false => format!("#L{}-L{}", from + 1, to + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_lines_they_were_made_for() {
        for range in [(0, 0), (1233, 1249)] {
            assert_eq!(parse(&hash(range)), Some(range));
        }
        assert_eq!(hash((1233, 1249)), "#L1234-L1250");
        assert_eq!(parse("#L9-L3"), Some((2, 8)));
        for text in ["", "#", "#L0", "#Lx", "#top", "#L1-2"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
