//! A binary format for curves, which is read in a tenth of the time of JSON.
//!
//! Little-endian. `PYRS`, the version (u32, 1), the length of a JSON text (u32), the text padded
//! with spaces to a multiple of 8 bytes; then numbers (f64) in the order of the series. The text is
//! the [`SeriesAnswer`] without `x`, `y` and `smooth` and with `counts`, three lengths per series.

use serde::{Deserialize, Serialize};

use super::SeriesAnswer;

const MAGIC: &[u8; 4] = b"PYRS";
const VERSION: u32 = 1;

/// The JSON part.
#[derive(Serialize, Deserialize)]
struct Header {
    #[serde(rename = "answer")]
    response: SeriesAnswer,
    /// Lengths of `x`, `y` and `smooth` of each series.
    counts: Vec<[u32; 3]>,
}

/// Why bytes cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the series cannot be read: {0}")]
pub struct BinaryError(String);

/// Encodes a response. Consumes it, so that only the numbers are copied.
#[must_use]
pub fn encode(mut response: SeriesAnswer) -> Vec<u8> {
    let len = |numbers: &Vec<f64>| u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let columns: Vec<[Vec<f64>; 3]> = response
        .series
        .iter_mut()
        .map(|series| [&mut series.x, &mut series.y, &mut series.smooth].map(std::mem::take))
        .collect();
    let counts = columns.iter().map(|[x, y, smooth]| [len(x), len(y), len(smooth)]).collect();
    // Numbers, texts and lists can always be serialized.
    let mut header = serde_json::to_vec(&Header { response, counts }).unwrap_or_default();
    // The numbers are aligned to 8 bytes, so that they can be viewed without a copy.
    header.resize((header.len() + 12).next_multiple_of(8) - 12, b' ');
    let numbers = columns.iter().flatten().map(Vec::len).sum::<usize>();
    let mut bytes = Vec::with_capacity(12 + header.len() + numbers * 8);
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(u32::try_from(header.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(header);
    for number in columns.iter().flatten().flatten() {
        bytes.extend(number.to_le_bytes());
    }
    bytes
}

/// Decodes a response.
///
/// # Errors
/// When the bytes have another format or version, or are truncated.
pub fn decode(bytes: &[u8]) -> Result<SeriesAnswer, BinaryError> {
    let invalid = |text: &str| BinaryError(text.to_owned());
    let word = |at: usize| {
        let bytes = bytes.get(at..at + 4).and_then(|word| word.try_into().ok());
        bytes.map(u32::from_le_bytes).ok_or_else(|| invalid("the data is truncated"))
    };
    if bytes.get(..4) != Some(MAGIC) || word(4)? != VERSION {
        return Err(invalid("the format is unknown"));
    }
    let head_len = word(8)? as usize;
    let header = bytes.get(12..12 + head_len).ok_or_else(|| invalid("the data is truncated"))?;
    let value: serde_json::Value =
        serde_json::from_slice(header).map_err(|error| invalid(&error.to_string()))?;
    let Header { mut response, counts } =
        crate::json_tree::from_tree(value).map_err(|error| invalid(&error.to_string()))?;
    let mut remaining = &bytes[12 + head_len..];
    let mut take = |count: u32| {
        let (column, after) = remaining.split_at_checked(count as usize * 8)?;
        remaining = after;
        let number = |chunk: &[u8]| chunk.try_into().map_or(f64::NAN, f64::from_le_bytes);
        Some(column.chunks_exact(8).map(number).collect::<Vec<f64>>())
    };
    for (series, [x, y, smooth]) in response.series.iter_mut().zip(counts) {
        let columns = (take(x), take(y), take(smooth));
        let (Some(x), Some(y), Some(smooth)) = columns else {
            return Err(invalid("the data is truncated"));
        };
        (series.x, series.y, series.smooth) = (x, y, smooth);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::super::RunSeries;
    use super::*;

    #[test]
    fn written_data_round_trips() {
        let series = |key: &str, y: Vec<f64>| RunSeries {
            task: "训练".into(),
            run: 2,
            key: key.into(),
            x: (0..y.len()).map(|at| at as f64).collect(),
            y,
            ..RunSeries::default()
        };
        let smooth = RunSeries { smooth: vec![0.5], ..series("a", vec![1.0]) };
        let all = vec![smooth, series("b", vec![]), series("c", vec![f64::INFINITY, -0.0, 1e300])];
        let response = SeriesAnswer { series: all, ..SeriesAnswer::default() };
        let bytes = encode(response.clone());
        assert_eq!(decode(&bytes), Ok(response));
        for cut in [0, 3, 11, 40, bytes.len() - 1] {
            assert!(decode(&bytes[..cut]).is_err(), "{cut}");
        }
        let nan = SeriesAnswer { series: vec![series("n", vec![f64::NAN])], ..Default::default() };
        assert!(decode(&encode(nan)).unwrap().series[0].y[0].is_nan());
    }
}
