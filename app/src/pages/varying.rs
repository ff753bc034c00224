//! What distinguishes the tasks of a page: parameters that differ, and recorded metrics.

use common::Task;
use serde_json::{Map, Value};

use crate::number_text;

/// Maximum number of record keys with their own column.
const MAX_METRICS: usize = 3;

/// The parameters (dotted keys) that are not the same in all tasks, in the order of the files.
///
/// Empty for a single task or equal tasks, which have nothing to compare;
/// then [`preview`] falls back to the task's own preview text.
#[must_use]
pub fn parameters(tasks: &[Task]) -> Vec<String> {
    let flat: Vec<Vec<(String, &Value)>> = tasks.iter().map(|task| flatten(&task.config)).collect();
    let mut keys: Vec<&str> = Vec::new();
    for (key, _) in flat.iter().flatten() {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    keys.retain(|key| {
        let mut values = flat.iter().map(|pairs| lookup(pairs, key));
        let first = values.next();
        values.any(|value| Some(value) != first)
    });
    keys.into_iter().map(str::to_owned).collect()
}

/// The given parameters of a task as `lr=0.1, epochs=3`.
#[must_use]
pub fn preview(task: &Task, parameters: &[String]) -> String {
    let pairs = flatten(&task.config);
    let texts: Vec<String> = parameters
        .iter()
        .filter_map(|key| {
            lookup(&pairs, key).map(|value| format!("{key}={}", number_text::of_json(value)))
        })
        .collect();
    if texts.is_empty() { task.preview_text.clone() } else { texts.join(", ") }
}

/// The record keys that most tasks have, at most three, in the order of recording.
#[must_use]
pub fn metrics(tasks: &[Task]) -> Vec<String> {
    let mut keys: Vec<(String, usize)> = Vec::new();
    for key in tasks.iter().filter_map(latest_record).flat_map(Map::keys) {
        match keys.iter_mut().find(|(known, _)| known == key) {
            Some((_, count)) => *count += 1,
            None => keys.push((key.clone(), 1)),
        }
    }
    let mut positions: Vec<usize> = (0..keys.len()).collect();
    positions.sort_by_key(|&position| std::cmp::Reverse(keys[position].1));
    positions.truncate(MAX_METRICS);
    positions.sort_unstable();
    positions.into_iter().map(|position| keys[position].0.clone()).collect()
}

/// The record of the newest run that has one.
#[must_use]
pub fn latest_record(task: &Task) -> Option<&Map<String, Value>> {
    task.records.iter().rev().find(|record| !record.is_empty())
}

/// Nested mappings as dotted keys; lists are values.
#[must_use]
pub fn flatten(config: &Map<String, Value>) -> Vec<(String, &Value)> {
    let mut pairs = Vec::new();
    collect("", config, &mut pairs);
    pairs
}

fn collect<'a>(prefix: &str, config: &'a Map<String, Value>, pairs: &mut Vec<(String, &'a Value)>) {
    for (key, value) in config {
        let dotted = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Object(inner) if !inner.is_empty() => collect(&dotted, inner, pairs),
            other => pairs.push((dotted, other)),
        }
    }
}

fn lookup<'a>(pairs: &[(String, &'a Value)], key: &str) -> Option<&'a Value> {
    pairs.iter().find(|(known, _)| known == key).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn task(config: Value, record: Value) -> Task {
        let map = |value: Value| value.as_object().cloned().unwrap_or_default();
        Task {
            config: map(config),
            records: vec![map(record), Map::new()],
            preview_text: "own words".to_owned(),
            ..Task::default()
        }
    }

    #[test]
    fn only_differing_parameters_are_displayed() {
        let tasks = [
            task(json!({"lr": 0.1, "seed": 1, "model": {"depth": 2, "kind": "cnn"}}), json!({})),
            task(json!({"lr": 0.01, "seed": 1, "model": {"depth": 4, "kind": "cnn"}}), json!({})),
        ];
        let keys = parameters(&tasks);
        assert_eq!(keys, ["lr", "model.depth"]);
        assert_eq!(preview(&tasks[1], &keys), "lr=0.01, model.depth=4");
    }

    #[test]
    fn a_parameter_that_only_some_have_differs() {
        let tasks = [task(json!({"a": 1}), json!({})), task(json!({"a": 1, "b": null}), json!({}))];
        assert_eq!(parameters(&tasks), ["b"]);
        assert_eq!(preview(&tasks[0], &["b".to_owned()]), "own words");
    }

    #[test]
    fn one_task_alone_speaks_for_itself() {
        let tasks = [task(json!({"a": 1}), json!({}))];
        assert!(parameters(&tasks).is_empty());
        assert_eq!(preview(&tasks[0], &[]), "own words");
    }

    #[test]
    fn the_most_common_records_get_columns() {
        let tasks = [
            task(json!({}), json!({"rare": 1, "loss": 1, "acc": 1, "time": 2})),
            task(json!({}), json!({"loss": 1, "acc": 1, "time": 2})),
            task(json!({}), json!({})),
        ];
        assert_eq!(metrics(&tasks), ["loss", "acc", "time"]);
        assert!(metrics(&tasks[2..]).is_empty());
    }

    #[test]
    fn a_common_record_is_not_pushed_out_by_earlier_rare_ones() {
        let tasks = [
            task(json!({}), json!({"a": 1, "b": 1, "c": 1})),
            task(json!({}), json!({"loss": 1})),
            task(json!({}), json!({"loss": 1})),
        ];
        assert_eq!(metrics(&tasks), ["a", "b", "loss"]);
    }
}
