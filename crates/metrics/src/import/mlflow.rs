//! Reads the file store of MLflow (`mlflow/store/tracking/file_store.py`): a folder per experiment,
//! which contains a folder per run with `meta.yaml`, `params/KEY`, `tags/KEY` and `metrics/KEY`; a
//! metric's file has a line `milliseconds value step` per point.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::TaskStatus;
use common::runs::ImportKind;
use serde_json::Value;

use super::mlflow_metrics::{MAX_DEPTH, leaves};
use super::run::{ImportedRun, Meta};
use store::clock;

/// Maximum number of runs.
const MAX_RUNS: usize = 20_000;

/// Whether a folder is such a store.
pub(super) fn is_store(root: &Path) -> bool {
    let Ok(listing) = fs::read_dir(root) else {
        return false;
    };
    listing.flatten().any(|item| is_experiment(&item.path()))
}

fn is_experiment(folder: &Path) -> bool {
    meta(folder)
        .is_some_and(|meta| meta.get("experiment_id").is_some() && meta.get("run_id").is_none())
}

fn meta(folder: &Path) -> Option<Value> {
    let text = fs::read_to_string(folder.join("meta.yaml")).ok()?;
    Some(common::yaml::to_json(&common::yaml::parse_mapping(&text).ok()?.into()))
}

/// The runs of all experiments, `<experiment>/<run>`.
pub(super) fn runs(import: &str, root: &Path) -> Vec<ImportedRun> {
    let mut runs = Vec::new();
    for experiment in folders(root).into_iter().filter(|folder| is_experiment(folder)) {
        let named = meta(&experiment).and_then(|meta| Some(meta.get("name")?.as_str()?.to_owned()));
        let named = named.unwrap_or_else(|| name_of(&experiment));
        for folder in folders(&experiment) {
            let Some(meta) = meta(&folder).filter(|meta| meta.get("run_id").is_some()) else {
                continue;
            };
            let is_deleted = meta.get("lifecycle_stage").and_then(Value::as_str) == Some("deleted");
            if !is_deleted && runs.len() < MAX_RUNS {
                let task = format!("@{import}/{named}/{}", run_name(&meta, &folder));
                runs.push((task, folder, meta));
            }
        }
    }
    // Runs with the same name are distinguished by their ids.
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    runs.iter().for_each(|(task, ..)| *counts.entry(task.clone()).or_default() += 1);
    let imported = runs.into_iter().map(|(task, folder, meta)| {
        let task = if counts[&task] > 1 { format!("{task}-{}", short_id(&folder)) } else { task };
        let meta = read_meta(&folder, &meta);
        ImportedRun::new(task, ImportKind::Mlflow, folder, meta)
    });
    imported.collect()
}

fn run_name(meta: &Value, folder: &Path) -> String {
    let run_name = meta.get("run_name").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let tag = fs::read_to_string(folder.join("tags/mlflow.runName")).unwrap_or_default();
    let names = [run_name, tag.trim()];
    names.into_iter().find(|name| !name.is_empty()).map_or_else(|| name_of(folder), str::to_owned)
}

fn short_id(folder: &Path) -> String {
    name_of(folder).chars().take(8).collect()
}

fn name_of(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read_meta(folder: &Path, meta: &Value) -> Meta {
    let ms = |key: &str| meta.get(key).and_then(Value::as_f64).filter(|ms| *ms > 0.0);
    let (start, end) = (ms("start_time"), ms("end_time"));
    #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit")]
    let stamp = |ms: Option<f64>| {
        ms.map(|ms| clock::local_stamp_of((ms / 1000.0) as i64)).unwrap_or_default()
    };
    let mut params = Vec::new();
    leaves(&folder.join("params"), "", MAX_DEPTH, &mut params);
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default().trim_end().to_owned();
    let mut tags = Vec::new();
    leaves(&folder.join("tags"), "", MAX_DEPTH, &mut tags);
    let own = tags.iter().filter(|(key, _)| !key.starts_with("mlflow."));
    Meta {
        status: status_of(meta.get("status")),
        notes: read(&folder.join("tags/mlflow.note.content")),
        started: stamp(start),
        finished: stamp(end),
        duration_s: start.zip(end).map(|(start, end)| (end - start) / 1000.0),
        params: params.iter().map(|(key, path)| (key.clone(), read(path))).collect(),
        tags: own.map(|(key, path)| format!("{key}={}", read(path))).collect(),
    }
}

/// `RunStatus` of mlflow/protos/service.proto, as a number or a name.
fn status_of(status: Option<&Value>) -> TaskStatus {
    match status {
        Some(Value::Number(number)) => match number.as_u64() {
            Some(1) => TaskStatus::Running,
            Some(2) => TaskStatus::Queued,
            Some(4) => TaskStatus::Failed,
            Some(5) => TaskStatus::Cancelled,
            _ => TaskStatus::Completed,
        },
        Some(Value::String(text)) => match text.as_str() {
            "RUNNING" => TaskStatus::Running,
            "SCHEDULED" => TaskStatus::Queued,
            "FAILED" => TaskStatus::Failed,
            "KILLED" => TaskStatus::Cancelled,
            _ => TaskStatus::Completed,
        },
        _ => TaskStatus::Completed,
    }
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let listing = fs::read_dir(root).into_iter().flatten().flatten().map(|item| item.path());
    let mut folders: Vec<PathBuf> = listing.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
