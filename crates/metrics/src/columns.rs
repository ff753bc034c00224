//! All points of a run in memory, stored by key.

/// The step of each call of `track()`; evenly spaced steps (0, 1, 2 … or every k-th) need constant
/// space.
#[derive(Debug, Clone, PartialEq)]
pub enum Steps {
    /// No call had a step.
    Unknown(usize),
    /// Evenly spaced.
    Even { first: f64, stride: f64, count: usize },
    /// Arbitrary steps.
    Any(Vec<f64>),
}

impl Default for Steps {
    fn default() -> Self {
        Self::Unknown(0)
    }
}

impl Steps {
    pub fn push(&mut self, step: f64) {
        match self {
            Self::Unknown(count) if step.is_nan() => *count += 1,
            Self::Unknown(0) => *self = Self::Even { first: step, stride: 0.0, count: 1 },
            Self::Even { first, stride, count: count @ 1 } if step.is_finite() => {
                *stride = step - *first;
                *count = 2;
            }
            Self::Even { first, stride, count } if at(*first, *stride, *count) == step => {
                *count += 1;
            }
            Self::Any(steps) => steps.push(step),
            Self::Unknown(_) | Self::Even { .. } => {
                let mut steps: Vec<f64> = (0..self.len()).map(|index| self.get(index)).collect();
                steps.push(step);
                *self = Self::Any(steps);
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Unknown(count) | Self::Even { count, .. } => *count,
            Self::Any(steps) => steps.len(),
        }
    }

    /// NaN if the call has no step.
    pub fn get(&self, call: usize) -> f64 {
        match self {
            Self::Unknown(_) => f64::NAN,
            Self::Even { first, stride, .. } => at(*first, *stride, call),
            Self::Any(steps) => steps.get(call).copied().unwrap_or(f64::NAN),
        }
    }

    fn bytes(&self) -> usize {
        if let Self::Any(steps) = self { steps.capacity() * 8 } else { 0 }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a place in memory is below 2^53")]
fn at(first: f64, stride: f64, index: usize) -> f64 {
    first + stride * index as f64
}

/// The calls that have a point of a key: all from one on, or a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Calls {
    From { first: usize, count: usize },
    These(Vec<u32>),
}

impl Calls {
    fn new(first: usize) -> Self {
        Self::From { first, count: 0 }
    }

    fn push(&mut self, call: usize) {
        match self {
            Self::From { first, count } if *first + *count == call => *count += 1,
            Self::These(calls) => calls.push(narrow(call)),
            Self::From { first, count } => {
                let mut calls: Vec<u32> = (*first..*first + *count).map(narrow).collect();
                calls.push(narrow(call));
                *self = Self::These(calls);
            }
        }
    }

    pub fn get(&self, index: usize) -> usize {
        match self {
            Self::From { first, .. } => first + index,
            Self::These(calls) => calls.get(index).map_or(usize::MAX, |call| *call as usize),
        }
    }

    /// The index of a call among them.
    fn find(&self, call: usize) -> Option<usize> {
        match self {
            Self::From { first, count } => call.checked_sub(*first).filter(|index| index < count),
            Self::These(calls) => calls.binary_search(&narrow(call)).ok(),
        }
    }

    fn bytes(&self) -> usize {
        if let Self::These(calls) = self { calls.capacity() * 4 } else { 0 }
    }
}

/// Runs with more calls than `u32::MAX` are never stored in memory.
fn narrow(call: usize) -> u32 {
    u32::try_from(call).unwrap_or(u32::MAX)
}

/// The points of one key.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyColumn {
    pub calls: Calls,
    pub y: Vec<f64>,
}

impl KeyColumn {
    /// The value of the key in a call.
    pub fn in_call(&self, call: usize) -> Option<f64> {
        self.calls.find(call).and_then(|index| self.y.get(index)).copied()
    }
}

/// The points of all keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PointColumns {
    pub t: Vec<f64>,
    pub steps: Steps,
    /// Indexed like the keys of the run.
    pub keys: Vec<KeyColumn>,
    points: usize,
}

impl PointColumns {
    /// Starts a new call; the points that follow belong to it.
    pub fn call(&mut self, t: f64, step: f64) {
        self.t.push(t);
        self.steps.push(step);
    }

    pub fn point(&mut self, key: usize, y: f64) {
        let call = self.t.len().saturating_sub(1);
        while self.keys.len() <= key {
            self.keys.push(KeyColumn { calls: Calls::new(call), y: Vec::new() });
        }
        if let Some(column) = self.keys.get_mut(key) {
            column.calls.push(call);
            column.y.push(y);
            self.points += 1;
        }
    }

    /// Whether a point with this step belongs to the last call: the call has this step and no point
    /// of the key.
    pub fn belongs_to_last_call(&self, key: usize, step: f64) -> bool {
        let Some(call) = self.t.len().checked_sub(1) else {
            return false;
        };
        let has = self.keys.get(key).is_some_and(|key| key.in_call(call).is_some());
        self.steps.get(call) == step && !has
    }

    pub fn points(&self) -> usize {
        self.points
    }

    /// Memory usage in bytes.
    pub fn bytes(&self) -> usize {
        let keys = self.keys.iter().map(|key| key.y.capacity() * 8 + key.calls.bytes());
        self.t.capacity() * 8 + self.steps.bytes() + keys.sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn columns_contain_the_pushed_values(
            calls in prop::collection::vec(
                (prop_oneof![Just(f64::NAN), (0_u8..9).prop_map(f64::from)], prop::collection::vec(0_usize..3, 0..3)),
                0..40,
            ),
            even in any::<bool>(),
        ) {
            let mut columns = PointColumns::default();
            let mut wanted: Vec<Vec<(usize, f64)>> = vec![Vec::new(); 3];
            let mut steps = Vec::new();
            for (call, (step, keys)) in calls.into_iter().enumerate() {
                let step = if even { call as f64 * 5.0 } else { step };
                columns.call(call as f64, step);
                steps.push(step);
                let mut seen = Vec::new();
                for key in keys.into_iter().filter(|key| { let new = !seen.contains(key); seen.push(*key); new }) {
                    columns.point(key, call as f64 + 0.5);
                    wanted[key].push((call, call as f64 + 0.5));
                }
            }
            for (call, step) in steps.iter().enumerate() {
                let got = columns.steps.get(call);
                prop_assert!(got == *step || got.is_nan() && step.is_nan());
            }
            for (key, column) in columns.keys.iter().enumerate() {
                let got: Vec<_> = column.y.iter().enumerate().map(|(i, y)| (column.calls.get(i), *y)).collect();
                prop_assert_eq!(&got, &wanted[key]);
                for (call, y) in &wanted[key] {
                    prop_assert_eq!(column.in_call(*call), Some(*y));
                }
            }
        }
    }
}
