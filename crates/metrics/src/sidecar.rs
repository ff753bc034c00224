//! `run_logs/runN.overview`: statistics and overviews of a long run that has ended, so that its
//! curves are drawn without reading its journal. Derived from the journal; written again if it is
//! missing or does not match the journal.
//!
//! The first line is the JSON of [`Header`], followed by numbers (f64, little-endian): index, step,
//! t and y of each point, key after key.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use common::metric::{Aggregate, Artifact, Image};
use serde::{Deserialize, Serialize};

use super::overview::{Overview, Point};
use super::run_data::RunData;
use store::Result;
use store::disk::write_unsynced;

/// 2: the last value of a key may be NaN or infinite.
const VERSION: u32 = 2;
/// A longer first line is invalid.
const MAX_HEADER_BYTES: u64 = 1 << 24;

#[derive(Serialize, Deserialize)]
struct Header<'a> {
    pyruns_overview: u32,
    /// A journal only grows, so that its length identifies its content.
    journal_bytes: u64,
    first_t: Option<f64>,
    keys: Vec<KeyHeader>,
    images: Cow<'a, [(String, Image)]>,
    artifacts: Cow<'a, [Artifact]>,
}

#[derive(Serialize, Deserialize)]
struct KeyHeader {
    name: String,
    aggregate: Aggregate,
    /// Number of points of the curve per bucket.
    width: u64,
    points: usize,
}

/// Writes the overview of a run.
///
/// # Errors
/// The I/O error, with the path.
pub(crate) fn write(path: &Path, journal_bytes: u64, data: &RunData) -> Result<()> {
    let points: Vec<Vec<Point>> = data.keys.iter().map(|key| key.overview.points()).collect();
    let keys = data.keys.iter().zip(&points).map(|(key, points)| KeyHeader {
        name: key.name.to_string(),
        aggregate: key.aggregate,
        width: key.overview.width(),
        points: points.len(),
    });
    let header = Header {
        pyruns_overview: VERSION,
        journal_bytes,
        first_t: Some(data.first_t).filter(|t| t.is_finite()),
        keys: keys.collect(),
        images: Cow::Borrowed(&data.images),
        artifacts: Cow::Borrowed(&data.artifacts),
    };
    // Numbers and texts can always be serialized.
    let mut bytes = serde_json::to_vec(&header).unwrap_or_default();
    bytes.push(b'\n');
    for point in points.iter().flatten() {
        #[expect(clippy::cast_precision_loss, reason = "2^53 points do not fit any disk")]
        let index = point.index as f64;
        for number in [index, point.step, point.t, point.y] {
            bytes.extend(number.to_le_bytes());
        }
    }
    write_unsynced(path, &bytes)
}

/// Reads the overview if it matches the journal. It does not contain the records of the run.
pub(crate) fn read(path: &Path, journal_bytes: u64) -> Option<RunData> {
    let mut file = BufReader::new(File::open(path).ok()?);
    let mut line = Vec::new();
    file.by_ref().take(MAX_HEADER_BYTES).read_until(b'\n', &mut line).ok()?;
    let header: Header = serde_json::from_slice(&line).ok()?;
    if (header.pyruns_overview, header.journal_bytes) != (VERSION, journal_bytes) {
        return None;
    }
    let mut body = Vec::new();
    file.read_to_end(&mut body).ok()?;
    let mut data = RunData::new(false);
    let mut numbers =
        body.chunks_exact(8).map(|chunk| chunk.try_into().map_or(f64::NAN, f64::from_le_bytes));
    for key in header.keys {
        let mut points = Vec::new();
        for _ in 0..key.points {
            let mut next = || numbers.next();
            let (index, step, t, y) = (next()?, next()?, next()?, next()?);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "written from a whole number"
            )]
            points.push(Point { index: index as u64, step, t, y });
        }
        data.put(&key.name, key.aggregate, Overview::of_points(points, key.width));
    }
    data.images = header.images.into_owned();
    data.artifacts = header.artifacts.into_owned();
    data.cursor = journal_bytes;
    data.first_t = header.first_t.unwrap_or(f64::NAN);
    Some(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overview_is_believed_only_with_its_journal() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("run1.overview");
        let mut data = RunData::new(false);
        for step in 0..5000 {
            let line =
                format!("{{\"t\":{step}.5,\"step\":{step},\"track\":{{\"训\":{}}}}}\n", step % 7);
            data.read(line.as_bytes(), |_, _| ());
        }
        let bytes = data.cursor;
        write(&path, bytes, &data).unwrap();
        let back = read(&path, bytes).unwrap();
        assert_eq!(back.keys[0].overview.points(), data.keys[0].overview.points());
        assert_eq!(back.aggregates(), data.aggregates());
        assert_eq!((back.cursor, back.first_t), (data.cursor, 0.5));
        assert!(!back.keys[0].overview.is_complete());
        assert!(read(&path, bytes + 1).is_none());
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 8]).unwrap();
        assert!(read(&path, bytes).is_none(), "cut off");
    }
}
