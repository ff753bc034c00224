//! Renders the results as a table of varied parameters, records and durations.

use std::collections::BTreeSet;

use common::Task;
use serde_json::Value;

/// Maximum number of displayed records.
const MAX_RECORDS: usize = 4;

/// The rows of the table after a header, with the best task marked by `★`.
pub(super) fn render(tasks: &[Task]) -> String {
    let params = varying(tasks);
    let records = record_keys(tasks);
    let best = best(tasks, &records);
    let mut rows = vec![header(&params, &records)];
    for (index, task) in tasks.iter().enumerate() {
        let mut row = vec![if Some(index) == best { "★" } else { "" }.to_owned()];
        row.extend(
            params.iter().map(|key| task.config.get(*key).map(format_value).unwrap_or_default()),
        );
        let record = task.records.last();
        let recorded = |key: &&String| record.and_then(|all| all.get(*key)).map(format_value);
        row.extend(records.iter().map(|key| recorded(key).unwrap_or_default()));
        let duration = task.durations_s.last().copied().flatten();
        row.push(duration.map(common::timestamp::duration).unwrap_or_default());
        row.push(task.status.to_string());
        rows.push(row);
    }
    align(&rows)
}

fn header(params: &[&String], records: &[&String]) -> Vec<String> {
    let mut header = vec![String::new()];
    header.extend(params.iter().chain(records).map(|key| (*key).clone()));
    header.extend(["duration".to_owned(), "status".to_owned()]);
    header
}

/// The parameters that differ between tasks, in the order of the config.
fn varying(tasks: &[Task]) -> Vec<&String> {
    let Some(first) = tasks.first() else {
        return Vec::new();
    };
    let differs =
        |key: &&String| tasks.iter().any(|task| task.config.get(*key) != first.config.get(*key));
    first.config.keys().filter(differs).collect()
}

fn record_keys(tasks: &[Task]) -> Vec<&String> {
    let keys: BTreeSet<&String> =
        tasks.iter().filter_map(|task| task.records.last()).flat_map(|all| all.keys()).collect();
    let mut keys: Vec<&String> = keys.into_iter().collect();
    // Validation metrics first, then accuracy.
    keys.sort_by_key(|key| (!key.contains("val"), !key.contains("acc"), *key));
    keys.truncate(MAX_RECORDS);
    keys
}

/// The task with the best first record: the smallest for losses and errors, else the largest.
fn best(tasks: &[Task], records: &[&String]) -> Option<usize> {
    let key = records.first()?;
    let small = ["loss", "err"].iter().any(|word| key.contains(word));
    let value = |task: &Task| {
        let value = task.records.last()?.get(*key)?.as_f64()?;
        Some(if small { -value } else { value })
    };
    let scored = tasks.iter().enumerate().filter_map(|(index, task)| Some((index, value(task)?)));
    scored.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
}

fn format_value(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => {
            let text = format!("{:.4}", number.as_f64().unwrap_or(f64::NAN));
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn align(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::TaskStatus;
    use serde_json::{Map, json};

    fn task(lr: f64, acc: f64) -> Task {
        Task {
            status: TaskStatus::Completed,
            config: Map::from_iter([("lr".into(), json!(lr)), ("epochs".into(), json!(3))]),
            records: vec![Map::from_iter([("val_acc".into(), json!(acc))])],
            durations_s: vec![Some(4.25)],
            ..Task::default()
        }
    }

    #[test]
    fn the_table_shows_varying_columns_and_marks_the_best() {
        let text = render(&[task(0.1, 0.91), task(0.01, 0.953_21)]);
        let wanted = "     lr  val_acc  duration     status\n\u{20}   0.1     0.91     4.2 s  completed\n\
                      ★  0.01   0.9532     4.2 s  completed\n";
        assert_eq!(text, wanted);
    }
}
