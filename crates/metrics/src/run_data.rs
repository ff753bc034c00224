//! What a run reported, as far as its journal was read.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use common::metric::{Aggregate, Artifact, Goal, Image, RunProgress};
use serde_json::{Map, Value};

use super::columns::Columns;
use super::line::{Rest, number, read_line};
use super::overview::{Overview, Point};

/// How many buckets the overviews of a run have together, and one of them at least.
const BUCKETS: usize = 16 * 1024;
const BUCKETS_OF_KEY: std::ops::RangeInclusive<usize> = 64..=2048;
/// More points are not held as columns: such a run is read from its journal when all of it is asked for.
pub(crate) const MAX_COLUMN_POINTS: usize = 4_000_000;
/// A script that invents a name for every call must not take all memory.
const MAX_KEYS: usize = 10_000;
/// The most images and files that are listed of a run.
const MAX_OUTPUTS: usize = 100_000;

/// A run in memory.
#[derive(Debug, Clone, Default)]
pub struct RunData {
    /// Bytes of the journal that were taken in: whole lines.
    pub cursor: u64,
    /// Time of the first line, seconds since 1970; NaN before it.
    pub first_t: f64,
    pub keys: Vec<KeyData>,
    by_name: HashMap<Box<str>, usize>,
    /// All points; nothing where there are too many, or they were not wanted.
    pub columns: Option<Columns>,
    pub record: Map<String, Value>,
    pub progress: Option<RunProgress>,
    pub images: Vec<(String, Image)>,
    pub artifacts: Vec<Artifact>,
    image_counts: HashMap<String, u32>,
    goals: BTreeMap<String, Goal>,
    /// Places of the keys of the last call: the next one has usually the same.
    guess: Vec<usize>,
}

/// One key of a run.
#[derive(Debug, Clone)]
pub struct KeyData {
    pub name: Box<str>,
    pub aggregate: Aggregate,
    pub overview: Overview,
}

impl RunData {
    /// Nothing yet; with `columns`, points are kept all.
    pub fn new(columns: bool) -> Self {
        let columns = columns.then(Columns::default);
        Self { first_t: f64::NAN, columns, ..Self::default() }
    }

    /// Takes whole lines in. `value` gets the key and the text of each point, as it stands there.
    pub fn read<'a>(&mut self, bytes: &'a [u8], mut value: impl FnMut(usize, &'a [u8])) {
        let mut points: Vec<(Cow<'a, str>, &'a [u8])> = Vec::new();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.cursor += line.len() as u64;
            let Some(read) = read_line(line, &mut points) else {
                continue;
            };
            if self.first_t.is_nan() {
                self.first_t = read.t;
            }
            if !points.is_empty() {
                self.call(read.t, read.step, &points, &mut value);
            }
            if let Some(rest) = read.rest {
                self.rest(*rest, read.t, read.step);
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
        for (place, (name, raw)) in points.iter().enumerate() {
            let Some(key) = self.key(name, place) else {
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

    /// The place of a key, which is made where it is new. `place` is where it stands in its call.
    fn key(&mut self, name: &str, place: usize) -> Option<usize> {
        if let Some(guess) = self.guess.get(place).copied()
            && self.keys.get(guess).is_some_and(|key| &*key.name == name)
        {
            return Some(guess);
        }
        let key = match self.by_name.get(name) {
            Some(key) => *key,
            None => self.new_key(name)?,
        };
        if place >= self.guess.len() {
            self.guess.resize(place + 1, usize::MAX);
        }
        self.guess[place] = key;
        Some(key)
    }

    fn new_key(&mut self, name: &str) -> Option<usize> {
        let key = self.keys.len();
        if key == MAX_KEYS {
            return None;
        }
        let before = bucket_limit(key);
        let limit = bucket_limit(key + 1);
        if limit < before {
            self.keys.iter_mut().for_each(|key| key.overview.set_limit(limit));
        }
        let aggregate = Aggregate { goal: self.goals.get(name).copied(), ..Aggregate::default() };
        self.keys.push(KeyData { name: name.into(), aggregate, overview: Overview::new(limit) });
        self.by_name.insert(name.into(), key);
        Some(key)
    }

    fn rest(&mut self, rest: Rest, t: f64, step: f64) {
        self.record.extend(rest.record);
        if let Some(progress) = rest.progress {
            let before = self.progress.unwrap_or_default();
            self.progress = Some(before.next(progress.done, progress.total, t));
        }
        for (name, goal) in rest.summary {
            let Some(goal) = goal.as_str().and_then(Goal::parse) else {
                continue;
            };
            if let Some(key) = self.by_name.get(name.as_str()) {
                self.keys[*key].aggregate.goal = Some(goal);
            }
            self.goals.insert(name, goal);
        }
        if let Some(image) = rest.image.filter(|_| self.images.len() < MAX_OUTPUTS) {
            let place = self.image_counts.entry(image.key.clone()).or_default();
            let step = if step.is_finite() { step } else { f64::from(*place) };
            *place += 1;
            self.images.push((image.key, Image { step, at_s: t, path: image.path }));
        }
        if let Some(file) = rest.artifact.filter(|_| self.artifacts.len() < MAX_OUTPUTS) {
            let name = if file.name.is_empty() { file.path.clone() } else { file.name };
            let one = Artifact { path: file.path, name, bytes: file.bytes, at_s: t };
            self.artifacts.push(one);
        }
    }

    /// Adds a point that does not come from a journal. Points of one step are one call.
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
            if !columns.is_in_call(key, step) {
                columns.call(t, step);
            }
            columns.point(key, y);
        }
        let data = &mut self.keys[key];
        let index = data.aggregate.count;
        data.aggregate.push(y);
        data.overview.push(Point { index, step, t, y });
    }

    /// Makes a key that has no points yet.
    pub fn declare(&mut self, name: &str) {
        if !self.by_name.contains_key(name) {
            self.new_key(name);
        }
    }

    /// A key by its name.
    pub fn find(&self, name: &str) -> Option<(usize, &KeyData)> {
        let key = *self.by_name.get(name)?;
        self.keys.get(key).map(|data| (key, data))
    }

    /// Adds a key that is known otherwise than from lines.
    pub fn put(&mut self, name: &str, aggregate: Aggregate, overview: Overview) {
        if let Some(key) = self.by_name.get(name) {
            self.keys[*key] = KeyData { name: name.into(), aggregate, overview };
            return;
        }
        self.by_name.insert(name.into(), self.keys.len());
        self.keys.push(KeyData { name: name.into(), aggregate, overview });
    }

    /// The figures of all keys.
    pub fn aggregates(&self) -> BTreeMap<String, Aggregate> {
        self.keys.iter().map(|key| (key.name.to_string(), key.aggregate)).collect()
    }

    /// What it takes in memory.
    pub fn bytes(&self) -> usize {
        let overviews: usize = self.keys.iter().map(|key| key.overview.bytes()).sum();
        let outputs = self.images.len() * 150 + self.artifacts.len() * 150;
        overviews + outputs + self.columns.as_ref().map_or(0, Columns::bytes) + 1024
    }
}

/// How many buckets each of so many keys has.
fn bucket_limit(keys: usize) -> usize {
    (BUCKETS / keys.max(1)).clamp(*BUCKETS_OF_KEY.start(), *BUCKETS_OF_KEY.end())
}
