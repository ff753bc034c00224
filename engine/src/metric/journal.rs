//! Reading `runN.journal.jsonl`: what `track()` and `record()` appended, one JSON object a line.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::task::Run;
use crate::{Error, Result};

/// One call of the user's script.
#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    track: Map<String, Value>,
    #[serde(default)]
    record: Map<String, Value>,
}

/// Adds to a run what its journal holds; true when there was a journal.
///
/// Lines that are no such object are passed over: the last one may be torn when
/// the writer died in the middle. The run's own track is replaced, not extended,
/// by each key of the journal, so that merging twice changes nothing.
///
/// # Errors
/// When the journal exists but cannot be read.
pub(crate) fn merge_journal(path: &Path, run: &mut Run) -> Result<bool> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::io("reading the journal", path)(error)),
    };
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut series: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line);
        if read.map_err(Error::io("reading the journal", path))? == 0 {
            break;
        }
        let Ok(call) = serde_json::from_slice::<Line>(&line) else {
            continue;
        };
        run.record.extend(call.record);
        for (key, value) in call.track {
            series.entry(key).or_default().push(value);
        }
    }
    run.track.extend(series.into_iter().map(|(key, values)| (key, Value::Array(values))));
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn merged(text: &str) -> Run {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("run1.journal.jsonl");
        std::fs::write(&path, text).unwrap();
        let mut run = Run::default();
        assert!(merge_journal(&path, &mut run).unwrap());
        let once = run.clone();
        merge_journal(&path, &mut run).unwrap();
        assert_eq!(run, once, "merging twice changes nothing");
        run
    }

    #[test]
    fn calls_become_lists_and_records_merge() {
        let run = merged(concat!(
            "{\"t\":1.5,\"track\":{\"loss\":1.0,\"acc\":0.5}}\n",
            "{\"t\":2.5,\"track\":{\"loss\":\"NaN\"}}\n",
            "{\"t\":3.0,\"record\":{\"best\":1,\"x\":\"a\"}}\n",
            "{\"t\":3.0,\"record\":{\"best\":2}}\n",
        ));
        assert_eq!(Value::Object(run.track), json!({"loss": [1.0, "NaN"], "acc": [0.5]}));
        assert_eq!(Value::Object(run.record), json!({"best": 2, "x": "a"}));
    }

    #[test]
    fn torn_and_foreign_lines_are_passed_over() {
        let run = merged(
            "{\"track\":{\"a\":1}}\n\u{0}\n[1]\n\n{\"track\":{\"a\":2}}\n{\"track\":{\"a\":",
        );
        assert_eq!(Value::Object(run.track), json!({"a": [1, 2]}));
    }

    #[test]
    fn no_journal_is_no_error() {
        let mut run = Run::default();
        assert!(!merge_journal(Path::new("/nonexistent/run1.journal.jsonl"), &mut run).unwrap());
    }
}
