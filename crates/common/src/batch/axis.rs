//! The dimensions of a grid, and the filter for their combinations.

use crate::message::BatchText;
use serde_yaml::{Mapping, Value};

use super::condition::Condition;
use super::error::BatchError;
use super::param::{Param, value_at};

/// Maximum number of combinations for which a condition is evaluated.
const MAX_EVALUATED: u64 = 1_000_000;

/// How the parameters of an axis are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisKind {
    /// The values of one parameter.
    Product,
    /// All samples, which are drawn together.
    Sample,
    /// All zips, which vary in parallel.
    Zip,
}

/// One dimension of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Dotted keys of its parameters.
    pub keys: Vec<String>,
    /// Number of its values.
    pub len: u64,
    /// How its parameters are combined.
    pub kind: AxisKind,
}

/// A dimension with its parameters, which vary in parallel.
#[derive(Debug, Clone)]
pub(super) struct Dimension {
    pub(super) kind: AxisKind,
    pub(super) params: Vec<Param>,
}

impl Dimension {
    pub(super) fn len(&self) -> u64 {
        self.params.first().map_or(1, |param| param.values.len())
    }

    pub(super) fn axis(&self) -> Axis {
        Axis {
            keys: self.params.iter().map(Param::key).collect(),
            len: self.len(),
            kind: self.kind,
        }
    }

    pub(super) fn put(&self, config: &mut Mapping, index: u64) {
        self.params.iter().for_each(|param| param.put(config, index));
    }
}

/// The accepted combinations of the dimensions that a condition refers to.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// Indices of these dimensions, slowest first.
    pub(super) named: Vec<usize>,
    /// Their accepted combinations, numbered with the last dimension fastest.
    pub(super) accepted: Vec<u32>,
}

impl Filter {
    /// A filter that accepts everything.
    pub(super) fn all() -> Self {
        Self { named: Vec::new(), accepted: vec![0] }
    }

    /// Evaluates a condition for every combination of the dimensions that it refers to.
    pub(super) fn new(
        condition: &Condition,
        paths: &[Vec<Value>],
        base: &Mapping,
        axes: &[Dimension],
    ) -> Result<Self, BatchError> {
        let parameters = condition.parameters();
        let holds = |axis: &Dimension, index: &usize| {
            axis.params.iter().any(|param| param.path == paths[*index])
        };
        let named: Vec<usize> = (0..axes.len())
            .filter(|at| parameters.iter().any(|it| holds(&axes[*at], it)))
            .collect();
        let lens: Vec<u64> = named.iter().map(|at| axes[*at].len()).collect();
        let count = lens.iter().fold(1_u64, |count, len| count.saturating_mul(*len));
        if count > MAX_EVALUATED {
            return Err(BatchError::new(BatchText::ConditionTooLarge, &[&count, &MAX_EVALUATED]));
        }
        let columns: Vec<Column> = parameters
            .iter()
            .map(|index| {
                let at = named.iter().position(|at| holds(&axes[*at], index));
                Column::new(&paths[*index], base, at.map(|at| (at, &axes[named[at]])))
            })
            .collect();
        let accepted = (0..u32::try_from(count).unwrap_or(u32::MAX)).filter(|combination| {
            let indices = digits(u64::from(*combination), &lens);
            condition.holds(&|index| {
                let at = parameters.iter().position(|it| *it == index).unwrap_or_default();
                columns[at].value(&indices)
            })
        });
        let accepted: Vec<u32> = accepted.collect();
        match accepted.is_empty() {
            true => Err(BatchError::new(BatchText::ConditionEmpty, &[])),
            false => Ok(Self { named, accepted }),
        }
    }
}

/// The values of one parameter, computed once.
struct Column {
    /// Index among the dimensions; `None` if it does not vary.
    dimension: Option<usize>,
    values: Vec<Value>,
}

impl Column {
    fn new(path: &[Value], base: &Mapping, axis: Option<(usize, &Dimension)>) -> Self {
        let fixed = || vec![value_at(base, path).cloned().unwrap_or_default()];
        let Some((at, axis)) = axis else { return Self { dimension: None, values: fixed() } };
        let param = axis.params.iter().find(|param| param.path == path);
        let values = param.map_or_else(fixed, |param| {
            (0..param.values.len()).map(|index| param.values.get(index)).collect()
        });
        Self { dimension: Some(at), values }
    }

    fn value(&self, indices: &[u64]) -> &Value {
        let index = self.dimension.and_then(|at| usize::try_from(indices[at]).ok()).unwrap_or(0);
        self.values.get(index).unwrap_or(&Value::Null)
    }
}

/// The indices in dimensions of these lengths for the number of a combination; the last is fastest.
pub(super) fn digits(mut combination: u64, lens: &[u64]) -> Vec<u64> {
    let mut indices = vec![0; lens.len()];
    for (index, len) in indices.iter_mut().zip(lens).rev() {
        *index = combination % len;
        combination /= len;
    }
    indices
}
