//! Compares two sets of name-value pairs.

/// The values of one name on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PairDiff {
    /// The name.
    pub(super) name: String,
    /// The value on the left side, if present.
    pub(super) left: Option<String>,
    /// The value on the right side, if present.
    pub(super) right: Option<String>,
}

impl PairDiff {
    /// Whether both sides are equal.
    pub(super) fn is_same(&self) -> bool {
        self.left == self.right
    }
}

/// All names of both sides: in the order of the left side, then those that only the right side has.
pub(super) fn pairs(left: &[(String, String)], right: &[(String, String)]) -> Vec<PairDiff> {
    let find = |side: &[(String, String)], name: &str| {
        side.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let of_left = left.iter().map(|(name, value)| PairDiff {
        name: name.clone(),
        left: Some(value.clone()),
        right: find(right, name),
    });
    let alone = right.iter().filter(|(name, _)| find(left, name).is_none());
    let of_right = alone.map(|(name, value)| PairDiff {
        name: name.clone(),
        left: None,
        right: Some(value.clone()),
    });
    of_left.chain(of_right).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_listed() {
        let side = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        let found = pairs(&side(&[("a", "1"), ("b", "2")]), &side(&[("c", "3"), ("b", "2")]));
        let words: Vec<String> = found
            .iter()
            .map(|it| format!("{} {:?} {:?} {}", it.name, it.left, it.right, it.is_same()))
            .collect();
        let want = [
            "a Some(\"1\") None false",
            "b Some(\"2\") Some(\"2\") true",
            "c None Some(\"3\") false",
        ];
        assert_eq!(words, want);
    }
}
