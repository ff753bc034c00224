//! Compares two texts line by line (Myers, 1986).

use serde::{Deserialize, Serialize};

/// Number of context lines around a difference.
const CONTEXT: usize = 3;
/// Texts that differ in more lines are shown as completely replaced.
const MAX_EDITS: usize = 2_000;

/// The position of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// In both texts.
    Both,
    /// Only in the left one.
    Left,
    /// Only in the right one.
    Right,
}

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiffLine {
    /// Its status.
    pub side: Side,
    /// The line, without its end.
    pub text: String,
}

/// Adjacent differences, with context lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hunk {
    /// The number of its first line in the left text, from 1.
    pub left: u64,
    /// In the right text.
    pub right: u64,
    /// Its lines.
    pub lines: Vec<DiffLine>,
}

/// The differences of two texts; empty if they are equal.
#[must_use]
pub fn line_diff(left: &str, right: &str) -> Vec<Hunk> {
    let (a, b): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let sides = edits(&a, &b);
    let changed: Vec<usize> =
        sides.iter().enumerate().filter(|(_, side)| **side != Side::Both).map(|it| it.0).collect();
    let (mut hunks, mut at, mut next) = (Vec::new(), (0, 0), 0);
    for group in changed.chunk_by(|one, other| other - one <= 2 * CONTEXT) {
        let from = group[0].saturating_sub(CONTEXT);
        let to = (group[group.len() - 1] + CONTEXT + 1).min(sides.len());
        // Between two hunks, both texts are equal.
        at = (at.0 + from - next, at.1 + from - next);
        next = to;
        let (left, right) = (at.0 as u64 + 1, at.1 as u64 + 1);
        let line = |side: &Side| {
            let text = if *side == Side::Right { b[at.1] } else { a[at.0] };
            at.0 += usize::from(*side != Side::Right);
            at.1 += usize::from(*side != Side::Left);
            DiffLine { side: *side, text: text.to_owned() }
        };
        let lines = sides[from..to].iter().map(line).collect();
        hunks.push(Hunk { left, right, lines });
    }
    hunks
}

/// The shortest edit script from one list to the other.
fn edits(a: &[&str], b: &[&str]) -> Vec<Side> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    let middle = shortest(a, b)
        .unwrap_or_else(|| [vec![Side::Left; a.len()], vec![Side::Right; b.len()]].concat());
    [vec![Side::Both; head], middle, vec![Side::Both; tail]].concat()
}

/// The furthest point on each diagonal for each number of edits, until the end is reached. `x`
/// counts lines of `a`; diagonals are offset by `zero`, so that no index is negative.
fn shortest(a: &[&str], b: &[&str]) -> Option<Vec<Side>> {
    let most = (a.len() + b.len()).min(MAX_EDITS);
    let zero = most + 1;
    let mut reach = vec![0; 2 * most + 3];
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for edit in 0..=most {
        let first = zero - edit;
        // The part of this round needed for backtracking: the visited diagonals and their
        // neighbours.
        rounds.push(reach[first - 1..=zero + edit + 1].to_vec());
        for diagonal in (first..=zero + edit).step_by(2) {
            let mut x = match is_insertion(&reach, diagonal, first, zero + edit) {
                true => reach[diagonal + 1],
                false => reach[diagonal - 1] + 1,
            };
            while let (Some(one), Some(other)) = (a.get(x), b.get(x + zero - diagonal))
                && one == other
            {
                x += 1;
            }
            reach[diagonal] = x;
            if x >= a.len() && x + zero - diagonal >= b.len() {
                return Some(backtrack(&rounds, a.len(), b.len(), zero));
            }
        }
    }
    None
}

/// Whether a diagonal is reached by a line of the right text.
fn is_insertion(reach: &[usize], diagonal: usize, first: usize, last: usize) -> bool {
    diagonal == first || diagonal != last && reach[diagonal - 1] < reach[diagonal + 1]
}

fn backtrack(rounds: &[Vec<usize>], mut x: usize, mut y: usize, zero: usize) -> Vec<Side> {
    let mut sides = Vec::new();
    for (edit, round) in rounds.iter().enumerate().skip(1).rev() {
        // A round stores its diagonals from one before its first.
        let start = zero - edit - 1;
        let diagonal = x + zero - y - start;
        let right = is_insertion(round, diagonal, 1, 2 * edit + 1);
        let before = if right { diagonal + 1 } else { diagonal - 1 };
        let from = round[before];
        while x > from + usize::from(!right) {
            sides.push(Side::Both);
            (x, y) = (x - 1, y - 1);
        }
        sides.push(if right { Side::Right } else { Side::Left });
        (x, y) = if right { (x, y - 1) } else { (x - 1, y) };
    }
    sides.extend(std::iter::repeat_n(Side::Both, x));
    sides.reverse();
    sides
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(left: &str, right: &str) -> Vec<String> {
        let line = |line: &DiffLine| match line.side {
            Side::Both => format!(" {}", line.text),
            Side::Left => format!("-{}", line.text),
            Side::Right => format!("+{}", line.text),
        };
        let hunk = |hunk: &Hunk| {
            let lines: Vec<String> = hunk.lines.iter().map(line).collect();
            format!("{},{}: {}", hunk.left, hunk.right, lines.join(" "))
        };
        line_diff(left, right).iter().map(hunk).collect()
    }

    #[test]
    fn only_differences_are_displayed() {
        assert!(shown("a\nb\n", "a\nb\n").is_empty());
        assert_eq!(shown("a\nb\nc\n", "a\nx\nc\n"), ["1,1:  a -b +x  c"]);
        assert_eq!(shown("", "a\n"), ["1,1: +a"]);
        assert_eq!(shown("a\n", ""), ["1,1: -a"]);
        let numbers = |skip: usize| -> String {
            (1..=20).filter(|at| *at != skip).map(|at| format!("{at}\n")).collect()
        };
        assert_eq!(shown(&numbers(0), &numbers(10)), ["7,7:  7  8  9 -10  11  12  13"]);
        let far = numbers(0).replace("2\n", "x\n");
        assert_eq!(shown(&numbers(0), &far).len(), 2);
    }

    #[test]
    fn the_way_is_the_shortest_one() {
        // The example of the paper: five edits transform one into the other.
        let letters = |text: &str| text.chars().map(|it| format!("{it}\n")).collect::<String>();
        let hunks = line_diff(&letters("ABCABBA"), &letters("CBABAC"));
        let edits = hunks.iter().flat_map(|it| &it.lines).filter(|it| it.side != Side::Both);
        assert_eq!(edits.count(), 5);
    }

    #[test]
    fn texts_without_anything_in_common_end_soon() {
        let lines = |name: &str| (0..5_000).map(|at| format!("{name}{at}\n")).collect::<String>();
        let hunks = line_diff(&lines("a"), &lines("b"));
        assert_eq!((hunks.len(), hunks[0].lines.len()), (1, 10_000));
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_it(left in "([abc]\n){0,12}", right in "([abc]\n){0,12}") {
            let (a, b): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
            let sides = edits(&a, &b);
            let (mut x, mut y) = (0, 0);
            for side in sides {
                if side == Side::Both {
                    prop_assert_eq!(a[x], b[y]);
                }
                x += usize::from(side != Side::Right);
                y += usize::from(side != Side::Left);
            }
            prop_assert_eq!((x, y), (a.len(), b.len()));
        }
    }
}
