//! A configuration with axes, expanded lazily, one task at a time.

use serde_yaml::{Mapping, Value};

use super::axis::{Axis, AxisKind, Dimension, Filter, digits};
use super::condition::Condition;
use super::error::BatchError;
use super::expr::{self, Expr};
use super::param::{Param, dotted, each_leaf, put, try_each_leaf, value_at};
use super::preview;
use super::sampled::Samples;
use super::types::{TypeMismatch, check_types, check_value};
use super::values::Values;

/// All tasks represented by one configuration.
#[derive(Debug, Clone)]
pub struct Grid {
    base: Mapping,
    /// Slowest first: products in the configuration's order, then samples, then zips.
    axes: Vec<Dimension>,
    filter: Filter,
}

impl Grid {
    /// The grid of exactly this configuration; its values are not parsed as batch syntax.
    #[must_use]
    pub fn single(config: Mapping) -> Self {
        Self { base: config, axes: Vec::new(), filter: Filter::all() }
    }

    /// Parses the batch expressions in the leaves of a configuration. The template's types
    /// distinguish times and ratios from ranges.
    ///
    /// # Errors
    /// When an expression is invalid, the zip parameters have different lengths, or the samples
    /// contradict each other.
    pub fn parse(config: &Mapping, template: Option<&Mapping>) -> Result<Self, BatchError> {
        let mut grid = Self::single(config.clone());
        let (mut samples, mut zip) = (Samples::default(), Vec::new());
        try_each_leaf(config, &mut |path, leaf| {
            let Value::String(text) = leaf else { return Ok(()) };
            let hint = template.and_then(|template| value_at(template, path));
            let expr = expr::parse(text, hint).map_err(|error| error.of(&dotted(path)))?;
            let mut product = |values| {
                let params = vec![Param { path: path.to_vec(), values }];
                grid.axes.push(Dimension { kind: AxisKind::Product, params });
            };
            match expr {
                Expr::Literal(value) => put(&mut grid.base, path, value),
                Expr::Product(list) => product(Values::List(list)),
                Expr::Range(range) => product(Values::Range(range)),
                Expr::Zip(list) => {
                    zip.push(Param { path: path.to_vec(), values: Values::List(list) });
                }
                Expr::Sample(sample) => samples.add(path, sample),
            }
            Ok(())
        })?;
        check_zip(&zip)?;
        for (kind, params) in [(AxisKind::Sample, samples.params()?), (AxisKind::Zip, zip)] {
            if !params.is_empty() {
                grid.axes.push(Dimension { kind, params });
            }
        }
        Ok(grid)
    }

    /// Removes the combinations that do not fulfil a condition; a blank one removes nothing. The
    /// parameters in the condition then vary slowest.
    ///
    /// # Errors
    /// When the condition is invalid, nothing fulfils it, or it refers to too many combinations.
    pub fn only_where(mut self, condition: &str) -> Result<Self, BatchError> {
        self.filter = Filter::all();
        if condition.trim().is_empty() {
            return Ok(self);
        }
        let mut paths = Vec::new();
        each_leaf(&self.base, &mut |path, _| paths.push(path.to_vec()));
        let find = |key: &str| find_path(&paths, key);
        let condition = Condition::parse(condition, &find).map_err(BatchError::in_condition)?;
        self.filter = Filter::new(&condition, &paths, &self.base, &self.axes)
            .map_err(BatchError::in_condition)?;
        Ok(self)
    }

    /// The dimensions, slowest first: products in the configuration's order, then the samples,
    /// then the zip.
    #[must_use]
    pub fn axes(&self) -> Vec<Axis> {
        self.axes.iter().map(Dimension::axis).collect()
    }

    /// Number of tasks; at most `u64::MAX`.
    #[must_use]
    pub fn count(&self) -> u64 {
        (self.filter.accepted.len() as u64).saturating_mul(self.free_count())
    }

    /// Number of tasks without the condition.
    #[must_use]
    pub fn count_without_condition(&self) -> u64 {
        self.axes.iter().fold(1, |count, axis| count.saturating_mul(axis.len()))
    }

    /// Indices of the dimensions that the condition does not refer to.
    fn free(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.axes.len()).filter(|at| !self.filter.named.contains(at))
    }

    fn free_count(&self) -> u64 {
        self.free().fold(1, |count, at| count.saturating_mul(self.axes[at].len()))
    }

    /// The configuration of the task at an index, from 0; the last axis varies fastest.
    #[must_use]
    pub fn nth(&self, index: u64) -> Option<Mapping> {
        let indices = self.indices(index)?;
        let mut config = self.base.clone();
        self.axes.iter().zip(indices).for_each(|(axis, index)| axis.put(&mut config, index));
        Some(config)
    }

    /// The value index on every axis of the task at an index.
    pub(super) fn indices(&self, index: u64) -> Option<Vec<u64>> {
        if index >= self.count() {
            return None;
        }
        let free_count = self.free_count();
        let filtered =
            usize::try_from(index / free_count).ok().and_then(|at| self.filter.accepted.get(at));
        let mut indices = vec![0; self.axes.len()];
        let mut put_all = |axes: &[usize], combination: u64| {
            let lens: Vec<u64> = axes.iter().map(|at| self.axes[*at].len()).collect();
            for (at, index) in axes.iter().zip(digits(combination, &lens)) {
                indices[*at] = index;
            }
        };
        put_all(&self.filter.named, u64::from(*filtered?));
        put_all(&self.free().collect::<Vec<_>>(), index % free_count);
        Some(indices)
    }

    /// The values common to all tasks; for a parameter that varies, its placeholder.
    pub(super) fn base(&self) -> &Mapping {
        &self.base
    }

    /// The parameter at a path, and the index of its axis, if it varies.
    pub(super) fn find_param(&self, path: &[Value]) -> Option<(usize, &Param)> {
        self.axes.iter().enumerate().find_map(|(at, axis)| {
            let param = axis.params.iter().find(|param| param.path == path)?;
            Some((at, param))
        })
    }

    /// The configurations of all tasks, built one at a time.
    pub fn configs(&self) -> impl Iterator<Item = Mapping> + '_ {
        (0..self.count()).map_while(|index| self.nth(index))
    }

    /// One line that distinguishes a configuration of this grid from the others: varying parameters
    /// first, at most six parameters.
    #[must_use]
    pub fn preview(&self, config: &Mapping) -> String {
        let varying = self.params().map(|param| param.path.as_slice());
        preview::line(config, &varying.collect::<Vec<_>>())
    }

    /// The first values of a parameter, by its dotted key, and the number of its values.
    #[must_use]
    pub fn values_of(&self, key: &str, max_values: u64) -> Option<(Vec<String>, u64)> {
        let param = self.params().find(|param| param.key() == key)?;
        let count = param.values.len();
        let displayed = |index| preview::display(&param.values.get(index));
        Some(((0..count.min(max_values)).map(displayed).collect(), count))
    }

    /// Checks every value of any task against the template, without expanding the grid.
    ///
    /// # Errors
    /// Names the first parameter, in the configuration's order, that has another type.
    pub fn check_types(&self, template: &Mapping) -> Result<(), TypeMismatch> {
        if let Some(first) = self.nth(0) {
            check_types(&first, template)?;
        }
        for param in self.params() {
            let Some(expected) = value_at(template, &param.path) else { continue };
            for value in param.values.samples() {
                check_value(&param.key(), &value, expected)?;
            }
        }
        Ok(())
    }

    /// The path of a parameter by its dotted key, or by the last part of it if that is unique.
    pub(super) fn path_of(&self, key: &str) -> Option<Vec<Value>> {
        let mut paths = Vec::new();
        each_leaf(&self.base, &mut |path, _| paths.push(path.to_vec()));
        find_path(&paths, key).map(|at| paths.swap_remove(at))
    }

    /// How a parameter varies, and its values; `None` if it does not vary.
    pub(super) fn axis_of(&self, path: &[Value]) -> Option<(AxisKind, &Values)> {
        let (at, param) = self.find_param(path)?;
        Some((self.axes[at].kind, &param.values))
    }

    /// The dotted keys of each axis that has more than one value.
    pub(super) fn axis_keys(&self) -> Vec<Vec<String>> {
        let varying = self.axes.iter().filter(|axis| axis.len() > 1);
        varying.map(|axis| axis.axis().keys).collect()
    }

    /// All parameters that vary, those of the slowest axis first.
    fn params(&self) -> impl Iterator<Item = &Param> {
        self.axes.iter().flat_map(|axis| &axis.params)
    }
}

fn check_zip(zip: &[Param]) -> Result<(), BatchError> {
    let keys: Vec<String> = zip.iter().map(Param::key).collect();
    let lengths: Vec<(&str, u64)> =
        keys.iter().map(String::as_str).zip(zip.iter().map(|param| param.values.len())).collect();
    match lengths.iter().all(|(_, length)| *length == lengths[0].1) {
        true => Ok(()),
        false => Err(BatchError::zip_lengths(&lengths)),
    }
}

fn find_path(paths: &[Vec<Value>], key: &str) -> Option<usize> {
    if let Some(at) = paths.iter().position(|path| dotted(path) == key) {
        return Some(at);
    }
    let is_short = |path: &&Vec<Value>| {
        path.last().is_some_and(|last| dotted(std::slice::from_ref(last)) == key)
    };
    match paths.iter().filter(is_short).count() {
        1 => paths.iter().position(|path| is_short(&path)),
        _ => None,
    }
}

/// Whether a configuration would expand if it were parsed as a batch. YAML mode does not expand
/// anything, and rejects such texts.
#[must_use]
pub fn has_batch_syntax(config: &Mapping, template: Option<&Mapping>) -> bool {
    batch_key(config, template).is_some()
}

/// The dotted key of the first value for which [`has_batch_syntax`] is true.
#[must_use]
pub fn batch_key(config: &Mapping, template: Option<&Mapping>) -> Option<String> {
    try_each_leaf(config, &mut |path, leaf| {
        let Value::String(text) = leaf else { return Ok(()) };
        let hint = template.and_then(|template| value_at(template, path));
        match expr::parse(text, hint) {
            Ok(Expr::Literal(_)) => Ok(()),
            Ok(_) => Err(dotted(path)),
            // A ratio such as 16:9 is a range that never reaches its stop; in plain YAML it is a
            // ratio.
            Err(_) if text.contains('|') => Err(dotted(path)),
            Err(_) => Ok(()),
        }
    })
    .err()
}
