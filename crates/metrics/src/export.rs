//! A run's curves for other programs, call by call.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use common::csv::{self, CsvCell};
use common::metric::float;
use serde_json::{Map, Value};

use super::line::{number, read_line};
use super::metric_store::{MetricStore, Need, RunSource};
use super::tail::read_pieces;
use crate::tensorboard::EventWriter;
use store::{Error, Result};

/// What a run is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// A row a call: `time,step`, then the keys.
    Csv,
    /// A list with an object a call: `{"t", "step", "track": {…}}`.
    Json,
    /// An event file of TensorBoard.
    TensorBoard,
}

impl ExportFormat {
    /// Reads its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "tensorboard" => Some(Self::TensorBoard),
            _ => None,
        }
    }
}

/// One call, as it is written.
struct Row<'a> {
    t: f64,
    step: f64,
    values: Vec<(Cow<'a, str>, f64)>,
}

/// A run that is about to be written.
pub struct RunExport {
    store: Arc<MetricStore>,
    source: RunSource,
    format: ExportFormat,
    /// All its keys, in the order in which they came.
    keys: Vec<String>,
    has_journal: bool,
}

impl RunExport {
    /// Prepares the export of a run.
    ///
    /// # Errors
    /// When its files cannot be read.
    pub fn new(store: Arc<MetricStore>, source: RunSource, format: ExportFormat) -> Result<Self> {
        let names = |data: &super::RunData| -> Vec<String> {
            data.keys.iter().map(|key| key.name.to_string()).collect()
        };
        let keys = store.with(&source, Need::Overview, names)?;
        let has_journal = source.dir.journal(source.run_index).exists();
        Ok(Self { store, source, format, keys, has_journal })
    }

    /// The number of the run, from 1.
    #[must_use]
    pub fn run_index(&self) -> u32 {
        self.source.run_index
    }

    /// Writes it, call after call, without holding it in memory.
    ///
    /// # Errors
    /// When the run cannot be read; what `out` says of it ends the work in silence.
    pub fn write_to(&self, out: &mut dyn Write) -> Result<()> {
        let broken = Error::io("writing an export of", self.source.dir.path());
        let mut sink = Sink::new(self.format, &self.keys, out).map_err(broken)?;
        let mut failure = None;
        self.rows(|row| {
            if failure.is_none() {
                failure = sink.row(row).err();
            }
        })?;
        let ended = failure.map_or_else(|| sink.end(), Err);
        ended.map_err(Error::io("writing an export of", self.source.dir.path()))
    }

    fn rows(&self, mut take: impl FnMut(&Row<'_>)) -> Result<()> {
        if !self.has_journal {
            return self.rows_of_lists(take);
        }
        let path = self.source.dir.journal(self.source.run_index);
        read_pieces(&path, 0, !self.source.is_open, |piece| {
            let mut points = Vec::new();
            for line in piece.split_inclusive(|byte| *byte == b'\n') {
                let Some(read) = read_line(line, &mut points) else { continue };
                if !points.is_empty() {
                    let values =
                        points.iter().map(|(key, raw)| (key.clone(), number(raw))).collect();
                    take(&Row { t: read.t, step: read.step, values });
                }
            }
        })?;
        Ok(())
    }

    /// A run of which only lists are known: the n-th values of all of them are a call.
    fn rows_of_lists(&self, mut take: impl FnMut(&Row<'_>)) -> Result<()> {
        let columns = |data: &super::RunData| -> Vec<(String, Vec<f64>)> {
            let values = |key: &super::run_data::KeyData| {
                let points = key.overview.points();
                (key.name.to_string(), points.iter().map(|point| point.y).collect())
            };
            data.keys.iter().map(values).collect()
        };
        let columns = self.store.with(&self.source, Need::Overview, columns)?;
        let longest = columns.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        for place in 0..longest {
            let value = |(key, values): &(String, Vec<f64>)| {
                values.get(place).map(|value| (Cow::Owned(key.clone()), *value))
            };
            #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any memory")]
            let step = place as f64;
            take(&Row { t: f64::NAN, step, values: columns.iter().filter_map(value).collect() });
        }
        Ok(())
    }
}

/// Writes rows in one of the formats.
enum Sink<'a> {
    Csv { keys: &'a [String], out: &'a mut dyn Write },
    Json { is_first: bool, out: &'a mut dyn Write },
    TensorBoard { events: EventWriter<'a>, count: i64 },
}

impl<'a> Sink<'a> {
    fn new(format: ExportFormat, keys: &'a [String], out: &'a mut dyn Write) -> io::Result<Self> {
        Ok(match format {
            ExportFormat::Csv => {
                let names = ["time", "step"].into_iter().chain(keys.iter().map(String::as_str));
                write!(out, "{}\r\n", csv::row(names.map(CsvCell::text)))?;
                Self::Csv { keys, out }
            }
            ExportFormat::Json => {
                out.write_all(b"[")?;
                Self::Json { is_first: true, out }
            }
            ExportFormat::TensorBoard => {
                Self::TensorBoard { events: EventWriter::new(out)?, count: 0 }
            }
        })
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        match self {
            Self::Csv { keys, out } => {
                let value = |key: &str| row.values.iter().find(|(name, _)| name == key);
                write!(out, "{},{}", plain(row.t), plain(row.step))?;
                for key in *keys {
                    match value(key) {
                        Some((_, value)) if value.is_finite() => write!(out, ",{value}")?,
                        Some((_, value)) => {
                            write!(out, ",{}", float::name(*value).unwrap_or_default())?;
                        }
                        None => out.write_all(b",")?,
                    }
                }
                out.write_all(b"\r\n")
            }
            Self::Json { is_first, out } => {
                out.write_all(if std::mem::take(is_first) { b"\n" } else { b",\n" })?;
                let known = |number: f64| {
                    if number.is_nan() { Value::Null } else { float::to_json(number) }
                };
                let mut map = Map::new();
                map.insert("t".to_owned(), known(row.t));
                map.insert("step".to_owned(), known(row.step));
                let members =
                    row.values.iter().map(|(key, y)| (key.to_string(), float::to_json(*y)));
                map.insert("track".to_owned(), Value::Object(members.collect()));
                serde_json::to_writer(&mut **out, &map).map_err(io::Error::from)
            }
            Self::TensorBoard { events, count } => {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "steps are whole numbers there"
                )]
                let step = if row.step.is_finite() { row.step as i64 } else { *count };
                *count += 1;
                events.scalars(row.t, step, &row.values)
            }
        }
    }

    fn end(self) -> io::Result<()> {
        match self {
            Self::Json { out, .. } => out.write_all(b"\n]\n"),
            Self::Csv { .. } | Self::TensorBoard { .. } => Ok(()),
        }
    }
}

/// A number as a cell; nothing where there is none.
fn plain(number: f64) -> String {
    if number.is_finite() { number.to_string() } else { String::new() }
}
