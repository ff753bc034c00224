//! All samples of a grid: one axis, with one count and one seed.

use crate::message::BatchText;
use serde_yaml::Value;

use super::error::BatchError;
use super::param::{Param, dotted};
use super::random::Stream;
use super::sample::Sample;
use super::values::{Drawn, Values};

/// The samples of a grid.
#[derive(Default)]
pub(super) struct Samples(Vec<(Vec<Value>, Sample)>);

impl Samples {
    pub(super) fn add(&mut self, path: &[Value], sample: Sample) {
        self.0.push((path.to_vec(), sample));
    }

    /// The parameters. A count or a seed of one sample applies to all of them.
    ///
    /// # Errors
    /// When two samples specify different ones.
    pub(super) fn params(self) -> Result<Vec<Param>, BatchError> {
        let count = self.common_value(BatchText::SampleCounts, |sample| sample.count)?.unwrap_or(1);
        let seed = self.common_value(BatchText::SampleSeeds, |sample| sample.seed)?.unwrap_or(0);
        let param = |(path, sample): (Vec<Value>, Sample)| {
            let stream = Stream::new(seed, &dotted(&path));
            Param {
                values: Values::Drawn(Drawn { source: sample.source, stream, len: count }),
                path,
            }
        };
        Ok(self.0.into_iter().map(param).collect())
    }

    fn common_value(
        &self,
        text: BatchText,
        of: impl Fn(&Sample) -> Option<u64>,
    ) -> Result<Option<u64>, BatchError> {
        let mut specified =
            self.0.iter().filter_map(|(path, sample)| Some((dotted(path), of(sample)?)));
        let Some((first_key, first)) = specified.next() else { return Ok(None) };
        match specified.find(|(_, other)| *other != first) {
            None => Ok(Some(first)),
            Some((key, other)) => {
                Err(BatchError::new(text, &[&first_key, &first, &key, &other]).of(&key))
            }
        }
    }
}
