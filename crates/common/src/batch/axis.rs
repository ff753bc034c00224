//! The dimensions of a grid, and which of their combinations are wanted.

use serde_yaml::{Mapping, Value};

use super::condition::Condition;
use super::error::BatchError;
use super::param::{Param, look_up};

/// The most combinations that a condition is asked about.
const MAX_LOOKED_AT: u64 = 1_000_000;

/// How the values of an axis came together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisKind {
    /// The values of one parameter.
    Product,
    /// All samples, drawn together.
    Sample,
    /// All zips, in step.
    Zip,
}

/// One dimension of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Dotted keys of its parameters.
    pub keys: Vec<String>,
    /// How many values it has.
    pub len: u64,
    /// How they came together.
    pub kind: AxisKind,
}

/// A dimension with its parameters, which take their values in step.
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

    pub(super) fn put(&self, config: &mut Mapping, place: u64) {
        self.params.iter().for_each(|param| param.put(config, place));
    }
}

/// The wanted combinations of those dimensions that a condition names.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// Places of these dimensions, slowest first.
    pub(super) named: Vec<usize>,
    /// Their wanted combinations, counted with the last dimension fastest.
    pub(super) kept: Vec<u32>,
}

impl Filter {
    /// Nothing is named, and all is wanted.
    pub(super) fn all() -> Self {
        Self { named: Vec::new(), kept: vec![0] }
    }

    /// Asks a condition about every combination of the dimensions that it names.
    pub(super) fn new(
        condition: &Condition,
        paths: &[Vec<Value>],
        base: &Mapping,
        axes: &[Dimension],
    ) -> Result<Self, BatchError> {
        let wanted = condition.parameters();
        let holds = |axis: &Dimension, place: &usize| {
            axis.params.iter().any(|param| param.path == paths[*place])
        };
        let named: Vec<usize> =
            (0..axes.len()).filter(|at| wanted.iter().any(|it| holds(&axes[*at], it))).collect();
        let lens: Vec<u64> = named.iter().map(|at| axes[*at].len()).collect();
        let count = lens.iter().fold(1_u64, |count, len| count.saturating_mul(*len));
        if count > MAX_LOOKED_AT {
            return Err(BatchError::new(format!(
                "the condition names parameters with {count} combinations; at most {MAX_LOOKED_AT} can be looked at"
            )));
        }
        let columns: Vec<Column> = wanted
            .iter()
            .map(|place| {
                let at = named.iter().position(|at| holds(&axes[*at], place));
                Column::new(&paths[*place], base, at.map(|at| (at, &axes[named[at]])))
            })
            .collect();
        let kept = (0..u32::try_from(count).unwrap_or(u32::MAX)).filter(|combination| {
            let places = digits(u64::from(*combination), &lens);
            condition.holds(&|place| {
                let at = wanted.iter().position(|it| *it == place).unwrap_or_default();
                columns[at].value(&places)
            })
        });
        let kept: Vec<u32> = kept.collect();
        match kept.is_empty() {
            true => Err(BatchError::new("no combination fulfils the condition")),
            false => Ok(Self { named, kept }),
        }
    }
}

/// The values that one parameter takes, worked out once.
struct Column {
    /// Among the named dimensions; nothing where it does not vary.
    dimension: Option<usize>,
    values: Vec<Value>,
}

impl Column {
    fn new(path: &[Value], base: &Mapping, axis: Option<(usize, &Dimension)>) -> Self {
        let fixed = || vec![look_up(base, path).cloned().unwrap_or_default()];
        let Some((at, axis)) = axis else { return Self { dimension: None, values: fixed() } };
        let param = axis.params.iter().find(|param| param.path == path);
        let values = param.map_or_else(fixed, |param| {
            (0..param.values.len()).map(|place| param.values.get(place)).collect()
        });
        Self { dimension: Some(at), values }
    }

    fn value(&self, places: &[u64]) -> &Value {
        let place = self.dimension.and_then(|at| usize::try_from(places[at]).ok()).unwrap_or(0);
        self.values.get(place).unwrap_or(&Value::Null)
    }
}

/// The places in dimensions of these lengths that a combination stands for; the last is fastest.
pub(super) fn digits(mut combination: u64, lens: &[u64]) -> Vec<u64> {
    let mut places = vec![0; lens.len()];
    for (place, len) in places.iter_mut().zip(lens).rev() {
        *place = combination % len;
        combination /= len;
    }
    places
}
