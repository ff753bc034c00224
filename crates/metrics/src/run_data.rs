//! The data of a run, built incrementally from its journal.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use common::metric::{Aggregate, Artifact, Goal, Image, RunProgress};
use serde_json::{Map, Value};

use super::columns::PointColumns;
use super::line::{RareFields, number, parse_line};
use super::overview::{Overview, Point};

/// Total number of buckets of the overviews of a run, and the limits per key.
const TOTAL_BUCKETS: usize = 16 * 1024;
const BUCKETS_PER_KEY: std::ops::RangeInclusive<usize> = 64..=2048;
/// Runs with more points are not stored in memory: such a run is read from its journal when all of
/// it is requested.
pub(crate) const MAX_COLUMN_POINTS: usize = 4_000_000;
/// Limits the memory used by a script that generates a new name for every call.
const MAX_KEYS: usize = 10_000;
/// Maximum number of listed images and files of a run.
const MAX_OUTPUTS: usize = 100_000;

/// A run in memory.
#[derive(Debug, Clone, Default)]
pub struct RunData {
    /// Bytes of the journal that were read: complete lines.
    pub cursor: u64,
    /// Time of the first line, seconds since 1970; NaN before it.
    pub first_t: f64,
    pub keys: Vec<KeyData>,
    by_name: HashMap<Box<str>, usize>,
    /// All points; `None` if there are too many, or they were not requested.
    pub columns: Option<PointColumns>,
    pub record: Map<String, Value>,
    pub progress: Option<RunProgress>,
    pub images: Vec<(String, Image)>,
    pub artifacts: Vec<Artifact>,
    image_counts: HashMap<String, u32>,
    goals: BTreeMap<String, Goal>,
    /// Indices of the keys of the last call, which predict those of the next one.
    predicted: Vec<usize>,
}

/// One key of a run.
#[derive(Debug, Clone)]
pub struct KeyData {
    pub name: Box<str>,
    pub aggregate: Aggregate,
    pub overview: Overview,
}

impl RunData {
    /// Empty data; with `columns`, all points are stored.
    pub fn new(columns: bool) -> Self {
        let columns = columns.then(PointColumns::default);
        Self { first_t: f64::NAN, columns, ..Self::default() }
    }

    /// Reads complete lines. `value` receives the key index and the raw text of each point.
    pub fn read<'a>(&mut self, bytes: &'a [u8], mut value: impl FnMut(usize, &'a [u8])) {
        let mut points: Vec<(Cow<'a, str>, &'a [u8])> = Vec::new();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.cursor += line.len() as u64;
            let Some(line) = parse_line(line, &mut points) else {
                continue;
            };
            if self.first_t.is_nan() {
                self.first_t = line.t;
            }
            if !points.is_empty() {
                self.call(line.t, line.step, &points, &mut value);
            }
            if let Some(rare) = line.rare {
                self.rare(*rare, line.t, line.step);
            }
        }
        if self.columns.as_ref().is_some_and(|columns| columns.points() > MAX_COLUMN_POINTS) {
            self.columns = None;
        }
    }

    fn call<'a>(
        &mut self,
        t: f64,
        step: f64,
        points: &[(Cow<'a, str>, &'a [u8])],
        value: &mut impl FnMut(usize, &'a [u8]),
    ) {
        if let Some(columns) = &mut self.columns {
            columns.call(t, step);
        }
        for (position, (name, raw)) in points.iter().enumerate() {
            let Some(key) = self.key(name, position) else {
                continue;
            };
            let y = number(raw);
            value(key, raw);
            if let Some(columns) = &mut self.columns {
                columns.point(key, y);
            }
            let data = &mut self.keys[key];
            let index = data.aggregate.count;
            data.aggregate.push(y);
            data.overview.push(Point { index, step, t, y });
        }
    }

    /// The index of a key, which is added if it is new. `position` is its position in the call.
    fn key(&mut self, name: &str, position: usize) -> Option<usize> {
        if let Some(predicted) = self.predicted.get(position).copied()
            && self.keys.get(predicted).is_some_and(|key| &*key.name == name)
        {
            return Some(predicted);
        }
        let key = match self.by_name.get(name) {
            Some(key) => *key,
            None => self.new_key(name)?,
        };
        if position >= self.predicted.len() {
            self.predicted.resize(position + 1, usize::MAX);
        }
        self.predicted[position] = key;
        Some(key)
    }

    fn new_key(&mut self, name: &str) -> Option<usize> {
        let key = self.keys.len();
        if key == MAX_KEYS {
            return None;
        }
        let previous = bucket_limit(key);
        let limit = bucket_limit(key + 1);
        if limit < previous {
            self.keys.iter_mut().for_each(|key| key.overview.set_limit(limit));
        }
        let aggregate = Aggregate { goal: self.goals.get(name).copied(), ..Aggregate::default() };
        self.keys.push(KeyData { name: name.into(), aggregate, overview: Overview::new(limit) });
        self.by_name.insert(name.into(), key);
        Some(key)
    }

    fn rare(&mut self, rare: RareFields, t: f64, step: f64) {
        self.record.extend(rare.record);
        if let Some(progress) = rare.progress {
            let previous = self.progress.unwrap_or_default();
            self.progress = Some(previous.next(progress.done, progress.total, t));
        }
        for (name, goal) in rare.summary {
            let Some(goal) = goal.as_str().and_then(Goal::parse) else {
                continue;
            };
            if let Some(key) = self.by_name.get(name.as_str()) {
                self.keys[*key].aggregate.goal = Some(goal);
            }
            self.goals.insert(name, goal);
        }
        if let Some(image) = rare.image.filter(|_| self.images.len() < MAX_OUTPUTS) {
            let position = self.image_counts.entry(image.key.clone()).or_default();
            let step = if step.is_finite() { step } else { f64::from(*position) };
            *position += 1;
            self.images.push((image.key, Image { step, at_s: t, path: image.path }));
        }
        if let Some(file) = rare.artifact.filter(|_| self.artifacts.len() < MAX_OUTPUTS) {
            let name = if file.name.is_empty() { file.path.clone() } else { file.name };
            let one = Artifact { path: file.path, name, bytes: file.bytes, at_s: t };
            self.artifacts.push(one);
        }
    }

    /// Adds a point that does not come from a journal. Points of the same step form one call.
    pub fn scalar(&mut self, name: &str, t: f64, step: f64, y: f64) {
        let key = match self.by_name.get(name) {
            Some(key) => Some(*key),
            None => self.new_key(name),
        };
        let Some(key) = key else { return };
        if self.first_t.is_nan() {
            self.first_t = t;
        }
        if let Some(columns) = &mut self.columns {
            if !columns.belongs_to_last_call(key, step) {
                columns.call(t, step);
            }
            columns.point(key, y);
        }
        let data = &mut self.keys[key];
        let index = data.aggregate.count;
        data.aggregate.push(y);
        data.overview.push(Point { index, step, t, y });
    }

    /// Adds a key without points.
    pub fn declare(&mut self, name: &str) {
        if !self.by_name.contains_key(name) {
            self.new_key(name);
        }
    }

    /// Finds a key by its name.
    pub fn find(&self, name: &str) -> Option<(usize, &KeyData)> {
        let key = *self.by_name.get(name)?;
        self.keys.get(key).map(|data| (key, data))
    }

    /// Adds or replaces a key with existing statistics.
    pub fn put(&mut self, name: &str, aggregate: Aggregate, overview: Overview) {
        if let Some(key) = self.by_name.get(name) {
            self.keys[*key] = KeyData { name: name.into(), aggregate, overview };
            return;
        }
        self.by_name.insert(name.into(), self.keys.len());
        self.keys.push(KeyData { name: name.into(), aggregate, overview });
    }

    /// The statistics of all keys.
    pub fn aggregates(&self) -> BTreeMap<String, Aggregate> {
        self.keys.iter().map(|key| (key.name.to_string(), key.aggregate)).collect()
    }

    /// Memory usage in bytes.
    pub fn bytes(&self) -> usize {
        let overviews: usize = self.keys.iter().map(|key| key.overview.bytes()).sum();
        let outputs = self.images.len() * 150 + self.artifacts.len() * 150;
        overviews + outputs + self.columns.as_ref().map_or(0, PointColumns::bytes) + 1024
    }
}

/// Number of buckets per key for a number of keys.
fn bucket_limit(keys: usize) -> usize {
    (TOTAL_BUCKETS / keys.max(1)).clamp(*BUCKETS_PER_KEY.start(), *BUCKETS_PER_KEY.end())
}
