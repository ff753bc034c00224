//! Exports a run's curves, one row per call.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use common::csv::{self, CsvCell};
use common::metric::float;
use serde_json::{Map, Value};

use super::line::{number, parse_line};
use super::metric_store::{MetricStore, Need, RunSource};
use super::tail::read_chunks;
use crate::tensorboard::EventWriter;
use store::{Error, Result};

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// One row per call: `time,step`, then the keys.
    Csv,
    /// A list with one object per call: `{"t", "step", "track": {…}}`.
    Json,
    /// An event file of TensorBoard.
    TensorBoard,
}

impl ExportFormat {
    /// Parses the name of a format.
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

/// One call.
struct CallRow<'a> {
    t: f64,
    step: f64,
    values: Vec<(Cow<'a, str>, f64)>,
}

/// A prepared export of a run.
pub struct RunExport {
    store: Arc<MetricStore>,
    source: RunSource,
    format: ExportFormat,
    /// All its keys, in order of first appearance.
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

    /// The index of the run, from 1.
    #[must_use]
    pub fn run_index(&self) -> u32 {
        self.source.run_index
    }

    /// Writes the calls one after the other, without storing the run in memory.
    ///
    /// # Errors
    /// When the run cannot be read, or writing to `out` fails.
    pub fn write_to(&self, out: &mut dyn Write) -> Result<()> {
        let write_error = Error::io("writing an export of", &self.source.dir.path());
        let mut writer = RowWriter::new(self.format, &self.keys, out).map_err(write_error)?;
        let mut failure = None;
        self.rows(|row| {
            if failure.is_none() {
                failure = writer.row(row).err();
            }
        })?;
        let result = failure.map_or_else(|| writer.end(), Err);
        result.map_err(Error::io("writing an export of", &self.source.dir.path()))
    }

    fn rows(&self, mut take: impl FnMut(&CallRow<'_>)) -> Result<()> {
        if !self.has_journal {
            return self.rows_of_lists(take);
        }
        let path = self.source.dir.journal(self.source.run_index);
        read_chunks(&path, 0, !self.source.is_open, |chunk| {
            let mut points = Vec::new();
            for line in chunk.split_inclusive(|byte| *byte == b'\n') {
                let Some(parsed) = parse_line(line, &mut points) else { continue };
                if !points.is_empty() {
                    let values =
                        points.iter().map(|(key, raw)| (key.clone(), number(raw))).collect();
                    take(&CallRow { t: parsed.t, step: parsed.step, values });
                }
            }
        })?;
        Ok(())
    }

    /// For a run with lists only: the n-th values of all lists form a call.
    fn rows_of_lists(&self, mut take: impl FnMut(&CallRow<'_>)) -> Result<()> {
        let columns = |data: &super::RunData| -> Vec<(String, Vec<f64>)> {
            let values = |key: &super::run_data::KeyData| {
                let points = key.overview.points();
                (key.name.to_string(), points.iter().map(|point| point.y).collect())
            };
            data.keys.iter().map(values).collect()
        };
        let columns = self.store.with(&self.source, Need::Overview, columns)?;
        let longest = columns.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        for index in 0..longest {
            let value = |(key, values): &(String, Vec<f64>)| {
                values.get(index).map(|value| (Cow::Owned(key.clone()), *value))
            };
            #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any memory")]
            let step = index as f64;
            take(&CallRow {
                t: f64::NAN,
                step,
                values: columns.iter().filter_map(value).collect(),
            });
        }
        Ok(())
    }
}

/// Writes rows in one of the formats.
enum RowWriter<'a> {
    Csv { keys: &'a [String], out: &'a mut dyn Write },
    Json { is_first: bool, out: &'a mut dyn Write },
    TensorBoard { events: EventWriter<'a>, count: i64 },
}

impl<'a> RowWriter<'a> {
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

    fn row(&mut self, row: &CallRow<'_>) -> io::Result<()> {
        match self {
            Self::Csv { keys, out } => {
                let value = |key: &str| row.values.iter().find(|(name, _)| name == key);
                write!(out, "{},{}", csv_number(row.t), csv_number(row.step))?;
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
                let json_number = |number: f64| {
                    if number.is_nan() { Value::Null } else { float::to_json(number) }
                };
                let mut map = Map::new();
                map.insert("t".to_owned(), json_number(row.t));
                map.insert("step".to_owned(), json_number(row.step));
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

/// A number as a cell; empty if it is not finite.
fn csv_number(number: f64) -> String {
    if number.is_finite() { number.to_string() } else { String::new() }
}
