//! A small random forest for regression, used only to determine which columns it splits by.
//!
//! Breiman, *Random Forests* (2001). The importance of a column is the mean decrease of variance:
//! the reduction of the target's variance by the splits of that column, weighted by their number of
//! rows, as a share of the reduction by all splits. It does not show the direction, and columns
//! with the same information share their importance.

/// Number of trees.
const TREES: usize = 100;
/// Minimum number of rows in a leaf.
const MIN_LEAF: usize = 2;
/// Maximum depth of a tree.
const MAX_DEPTH: usize = 12;

/// The result of a forest.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// One share per column; their sum is 1, or all are 0 if nothing could be split.
    pub importance: Vec<f64>,
    /// How much of the target's variance the trees explain in rows that they were not trained on
    /// (out-of-bag coefficient of determination); a value below 0 means that they have no
    /// predictive value.
    pub explained: Option<f64>,
}

/// Grows a forest. `columns` have the length of `target`; a non-finite value is treated like the
/// smallest.
///
/// The same input always yields the same forest.
#[must_use]
pub fn grow(columns: &[Vec<f64>], target: &[f64]) -> Forest {
    let rows = target.len();
    let mut forest = Forest { importance: vec![0.0; columns.len()], explained: None };
    if rows < 2 * MIN_LEAF || columns.is_empty() {
        return forest;
    }
    let mut chance = Xorshift(0x9E37_79B9_7F4A_7C15);
    let mut unseen = vec![(0.0, 0_u32); rows];
    for _ in 0..TREES {
        let bag: Vec<usize> = (0..rows).map(|_| chance.below(rows)).collect();
        let mut tree = Tree { columns, target, chance: &mut chance, gain: &mut forest.importance };
        let root = tree.split(&bag, 0);
        let mut seen = vec![false; rows];
        bag.iter().for_each(|row| seen[*row] = true);
        for row in (0..rows).filter(|row| !seen[*row]) {
            unseen[row].0 += root.value(columns, row);
            unseen[row].1 += 1;
        }
    }
    let total: f64 = forest.importance.iter().sum();
    if total > 0.0 {
        forest.importance.iter_mut().for_each(|share| *share /= total);
    }
    forest.explained = explained(&unseen, target);
    forest
}

/// The coefficient of determination over the out-of-bag rows.
fn explained(unseen: &[(f64, u32)], target: &[f64]) -> Option<f64> {
    let predictions: Vec<(f64, f64)> = unseen
        .iter()
        .zip(target)
        .filter(|((_, trees), _)| *trees > 0)
        .map(|((sum, trees), target)| (sum / f64::from(*trees), *target))
        .collect();
    let spread = super::spread(predictions.iter().map(|(_, target)| *target))?;
    let total: f64 = predictions.iter().map(|(_, target)| (target - spread.mean).powi(2)).sum();
    let missed: f64 = predictions.iter().map(|(guess, target)| (target - guess).powi(2)).sum();
    (total > 0.0).then(|| 1.0 - missed / total)
}

enum Node {
    Leaf(f64),
    Split { column: usize, below: f64, left: Box<Node>, right: Box<Node> },
}

impl Node {
    fn value(&self, columns: &[Vec<f64>], row: usize) -> f64 {
        match self {
            Self::Leaf(value) => *value,
            Self::Split { column, below, left, right } => {
                let goes_left = at(&columns[*column], row) < *below;
                if goes_left { left } else { right }.value(columns, row)
            }
        }
    }
}

/// Non-finite values are treated like the smallest value.
fn at(column: &[f64], row: usize) -> f64 {
    if column[row].is_finite() { column[row] } else { f64::MIN }
}

struct Tree<'a> {
    columns: &'a [Vec<f64>],
    target: &'a [f64],
    chance: &'a mut Xorshift,
    /// The reduction of the variance by each column so far.
    gain: &'a mut [f64],
}

struct Split {
    column: usize,
    below: f64,
    gain: f64,
}

impl Tree<'_> {
    fn split(&mut self, rows: &[usize], depth: usize) -> Node {
        let mean = rows.iter().map(|row| self.target[*row]).sum::<f64>() / size(rows.len());
        if rows.len() < 2 * MIN_LEAF || depth >= MAX_DEPTH {
            return Node::Leaf(mean);
        }
        let Some(cut) = self.best_split(rows) else { return Node::Leaf(mean) };
        self.gain[cut.column] += cut.gain;
        let (left, right): (Vec<usize>, Vec<usize>) =
            rows.iter().partition(|row| at(&self.columns[cut.column], **row) < cut.below);
        Node::Split {
            column: cut.column,
            below: cut.below,
            left: Box::new(self.split(&left, depth + 1)),
            right: Box::new(self.split(&right, depth + 1)),
        }
    }

    /// The best split by one of a random third of the columns, at least two.
    fn best_split(&mut self, rows: &[usize]) -> Option<Split> {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        self.chance.shuffle(&mut order);
        let tried = order.len().div_ceil(3).max(2);
        let mut best: Option<Split> = None;
        for (place, column) in order.into_iter().enumerate() {
            // A constant column does not count as a candidate.
            if place >= tried && best.is_some() {
                break;
            }
            if let Some(cut) = self.split_by(column, rows)
                && best.as_ref().is_none_or(|best| cut.gain > best.gain)
            {
                best = Some(cut);
            }
        }
        best
    }

    fn split_by(&self, column: usize, rows: &[usize]) -> Option<Split> {
        let mut pairs: Vec<(f64, f64)> =
            rows.iter().map(|row| (at(&self.columns[column], *row), self.target[*row])).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = pairs.iter().map(|(_, y)| y).sum();
        let n = size(pairs.len());
        let (mut sum, mut best) = (0.0, None::<Split>);
        for count in 1..pairs.len() {
            sum += pairs[count - 1].1;
            let (before, after) = (pairs[count - 1].0, pairs[count].0);
            if before == after || count < MIN_LEAF || pairs.len() - count < MIN_LEAF {
                continue;
            }
            let left = size(count);
            // The decrease of the sum of squares.
            let gain = sum * sum / left + (total - sum).powi(2) / (n - left) - total * total / n;
            if gain > 1e-12 && best.as_ref().is_none_or(|best| gain > best.gain) {
                best = Some(Split { column, below: before / 2.0 + after / 2.0, gain });
            }
        }
        best
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^53")]
fn size(count: usize) -> f64 {
    count as f64
}

/// `xorshift64*`: a fast deterministic generator.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).unwrap_or(0) % limit.max(1)
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for place in (1..order.len()).rev() {
            order.swap(place, self.below(place + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_that_decides_is_found() {
        let mut chance = Xorshift(7);
        let mut column = || (0..120).map(|_| chance.below(100) as f64).collect::<Vec<_>>();
        let columns = vec![column(), column(), column()];
        let target: Vec<f64> =
            (0..120).map(|row| if columns[1][row] > 50.0 { 5.0 } else { 1.0 }).collect();
        let forest = grow(&columns, &target);
        assert!(forest.importance[1] > 0.8, "{forest:?}");
        assert!((forest.importance.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(forest.explained.unwrap() > 0.8, "{forest:?}");
        assert_eq!(forest, grow(&columns, &target), "the same input gives the same forest");
    }

    #[test]
    fn noise_explains_nothing() {
        let mut chance = Xorshift(3);
        let mut column = || (0..200).map(|_| chance.below(1000) as f64).collect::<Vec<_>>();
        let forest = grow(&[column(), column()], &column());
        assert!(forest.explained.unwrap() < 0.2, "{forest:?}");
    }

    #[test]
    fn too_little_is_no_forest() {
        assert_eq!(grow(&[vec![1.0, 2.0]], &[1.0, 2.0]).importance, [0.0]);
        assert_eq!(grow(&[], &[1.0; 9]).importance, Vec::<f64>::new());
        let constant = grow(&[vec![1.0; 9]], &[3.0; 9]);
        assert_eq!((constant.importance, constant.explained), (vec![0.0], None));
    }
}
