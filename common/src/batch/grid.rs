//! A configuration with axes, expanded one task at a time.

use serde_yaml::{Mapping, Value};

use super::error::BatchError;
use super::expr;
use super::param::{Param, dotted, look_up, put, try_each_leaf};
use super::preview;
use super::types::{TypeMismatch, check_types, check_value};
use super::values::Values;

/// All tasks that one configuration stands for.
#[derive(Debug, Clone)]
pub struct Grid {
    base: Mapping,
    product: Vec<Param>,
    zip: Vec<Param>,
}

/// One dimension of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Dotted key; for the zip axis all its keys, `a, b`.
    pub key: String,
    /// How many values it has.
    pub len: u64,
    /// Whether it is the one axis of the zip parameters.
    pub zip: bool,
}

impl Grid {
    /// The grid of exactly this configuration, whatever its values look like.
    #[must_use]
    pub fn single(config: Mapping) -> Self {
        Self { base: config, product: Vec::new(), zip: Vec::new() }
    }

    /// Reads the batch expressions in the leaves of a configuration. The template's types tell
    /// times and ratios from ranges.
    ///
    /// # Errors
    /// When an expression makes no sense, or the zip parameters are not equally long.
    pub fn parse(config: &Mapping, template: Option<&Mapping>) -> Result<Self, BatchError> {
        let mut grid = Self::single(config.clone());
        try_each_leaf(config, &mut |path, leaf| {
            let Value::String(text) = leaf else { return Ok(()) };
            let hint = template.and_then(|template| look_up(template, path));
            let expr = expr::parse(text, hint).map_err(|error| error.of(&dotted(path)))?;
            match Values::of(expr) {
                Ok((values, true)) => grid.zip.push(Param { path: path.to_vec(), values }),
                Ok((values, false)) => grid.product.push(Param { path: path.to_vec(), values }),
                Err(literal) => put(&mut grid.base, path, literal),
            }
            Ok(())
        })?;
        grid.check_zip()?;
        Ok(grid)
    }

    fn check_zip(&self) -> Result<(), BatchError> {
        let keys: Vec<String> = self.zip.iter().map(Param::key).collect();
        let lengths: Vec<(&str, u64)> =
            keys.iter().map(String::as_str).zip(self.zip.iter().map(|p| p.values.len())).collect();
        match lengths.iter().all(|(_, length)| *length == lengths[0].1) {
            true => Ok(()),
            false => Err(BatchError::zip_lengths(&lengths)),
        }
    }

    /// The dimensions, slowest first: products in the configuration's order, then the zip.
    #[must_use]
    pub fn axes(&self) -> Vec<Axis> {
        let product = self.product.iter().map(|param| Axis {
            key: param.key(),
            len: param.values.len(),
            zip: false,
        });
        let zip = self.zip.first().map(|first| Axis {
            key: self.zip.iter().map(Param::key).collect::<Vec<_>>().join(", "),
            len: first.values.len(),
            zip: true,
        });
        product.chain(zip).collect()
    }

    /// How many tasks there are; at most `u64::MAX`.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.product
            .iter()
            .chain(self.zip.first())
            .fold(1, |count, param| count.saturating_mul(param.values.len()))
    }

    /// The configuration of the task at a place from 0; the last axis varies fastest.
    #[must_use]
    pub fn nth(&self, place: u64) -> Option<Mapping> {
        if place >= self.count() {
            return None;
        }
        let mut config = self.base.clone();
        let mut rest = place;
        if let Some(first) = self.zip.first() {
            let at = rest % first.values.len();
            rest /= first.values.len();
            self.zip.iter().for_each(|param| param.put(&mut config, at));
        }
        for param in self.product.iter().rev() {
            param.put(&mut config, rest % param.values.len());
            rest /= param.values.len();
        }
        Some(config)
    }

    /// The configurations of all tasks, made one at a time.
    pub fn configs(&self) -> impl Iterator<Item = Mapping> + '_ {
        (0..self.count()).map_while(|place| self.nth(place))
    }

    /// One line that tells a configuration of this grid from the others: what varies, then the
    /// rest, at most six parameters.
    #[must_use]
    pub fn preview(&self, config: &Mapping) -> String {
        let varying = self.product.iter().chain(&self.zip).map(|param| param.path.as_slice());
        preview::line(config, &varying.collect::<Vec<_>>())
    }

    /// Checks every value that some task would have against the template. Nothing is expanded.
    ///
    /// # Errors
    /// Names the first parameter, in the configuration's order, that has another type.
    pub fn check_types(&self, template: &Mapping) -> Result<(), TypeMismatch> {
        if let Some(first) = self.nth(0) {
            check_types(&first, template)?;
        }
        for param in self.product.iter().chain(&self.zip) {
            let Some(expected) = look_up(template, &param.path) else { continue };
            for value in param.values.samples() {
                check_value(&param.key(), &value, expected)?;
            }
        }
        Ok(())
    }
}

/// Whether a configuration, read as a batch, would be more than itself. Of what YAML mode takes,
/// nothing is expanded, so there such a text is refused.
#[must_use]
pub fn has_batch_syntax(config: &Mapping, template: Option<&Mapping>) -> bool {
    try_each_leaf(config, &mut |path, leaf| {
        let Value::String(text) = leaf else { return Ok(()) };
        let hint = template.and_then(|template| look_up(template, path));
        match expr::parse(text, hint) {
            Ok(expr) => Values::of(expr).map_or(Ok(()), |_| Err(())),
            // A ratio such as 16:9 is a range that never ends; in plain YAML it is a ratio.
            Err(_) if text.contains('|') => Err(()),
            Err(_) => Ok(()),
        }
    })
    .is_err()
}
