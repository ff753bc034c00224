//! Reads the metric files of an MLflow run: `metrics/KEY` with a line `milliseconds value step` per
//! point.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::RunData;
use store::disk::Stamp;
use store::{Error, Result};

/// Maximum nesting depth of keys.
pub(super) const MAX_DEPTH: usize = 8;

/// The metric files of a run, with their stamps when they were read.
#[derive(Debug, Clone, Default)]
pub(super) struct MetricFiles(BTreeMap<PathBuf, Stamp>);

impl MetricFiles {
    /// Reads all metrics again if one of the files has changed.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn read(&mut self, folder: &Path, data: &mut RunData) -> Result<()> {
        let mut files = Vec::new();
        leaves(&folder.join("metrics"), "", MAX_DEPTH, &mut files);
        let stamp = |(_, path): &(String, PathBuf)| Some((path.clone(), Stamp::of(path)?));
        let seen: BTreeMap<PathBuf, Stamp> = files.iter().filter_map(stamp).collect();
        if seen == self.0 {
            return Ok(());
        }
        *data = RunData::new(true);
        let mut points = Vec::new();
        for (key, (name, path)) in files.iter().enumerate() {
            let text = fs::read_to_string(path).map_err(Error::io("reading the metric", path))?;
            points.extend(text.lines().filter_map(point).map(|(t, y, step)| (step, t, key, y)));
            data.declare(name);
        }
        // Sorted by step, so that the values of one step form one call.
        points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for (step, t, key, y) in points {
            data.scalar(&files[key].0, t, step, y);
        }
        self.0 = seen;
        Ok(())
    }
}

/// `milliseconds value [step]`.
fn point(line: &str) -> Option<(f64, f64, f64)> {
    let mut words = line.split_whitespace();
    let t = words.next()?.parse::<f64>().ok()? / 1000.0;
    let y = words.next()?.parse().ok()?;
    let step = words.next().and_then(|word| word.parse().ok()).unwrap_or(0.0);
    Some((t, y, step))
}

/// The files below a folder with their keys; a key with a slash is a path of folders.
pub(super) fn leaves(folder: &Path, prefix: &str, depth: usize, into: &mut Vec<(String, PathBuf)>) {
    let Ok(listing) = fs::read_dir(folder) else {
        return;
    };
    let mut items: Vec<_> = listing.flatten().collect();
    items.sort_by_key(fs::DirEntry::file_name);
    for item in items {
        let name = format!("{prefix}{}", item.file_name().to_string_lossy());
        match item.file_type() {
            Ok(kind) if kind.is_dir() && depth > 0 => {
                leaves(&item.path(), &format!("{name}/"), depth - 1, into);
            }
            Ok(kind) if kind.is_file() => into.push((name, item.path())),
            _ => {}
        }
    }
}
