//! What two sets of names and values do not have in common.

/// How one name differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PairDiff {
    /// The name.
    pub(super) name: String,
    /// Its value at the left, if it is there.
    pub(super) left: Option<String>,
    /// Its value at the right.
    pub(super) right: Option<String>,
}

impl PairDiff {
    /// Whether both sides say the same.
    pub(super) fn is_same(&self) -> bool {
        self.left == self.right
    }
}

/// All names of both sides, in the order of the left one, then those of the right alone.
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
    fn both_sides_are_told() {
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
