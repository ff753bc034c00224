//! Lists the images and files of a run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use common::metric::{Artifact, Image, ImageKey, RunOutputs};
use common::natural;

use super::metric_store::{MetricStore, Need, RunSource};
use store::task::TaskDir;
use store::{Error, Result};

/// The folder of a task for the outputs of its runs.
const FOLDER: &str = "artifacts";
/// Maximum number of listed files of a run, and maximum depth of their folders.
const MAX_FILES: usize = 10_000;
const MAX_DEPTH: usize = 8;

/// The images and artifacts that a run reported with `image()` and `artifact()`, and the files in
/// its folder.
///
/// # Errors
/// When its files cannot be read.
pub fn outputs(store: &MetricStore, source: &RunSource) -> Result<RunOutputs> {
    let dir = &source.dir;
    let reported = |data: &super::RunData| (data.images.clone(), data.artifacts.clone());
    let (images, reported) = store.with(source, Need::Overview, reported)?;
    let mut keys: BTreeMap<String, Vec<Image>> = BTreeMap::new();
    for (key, image) in images {
        keys.entry(key).or_default().push(image);
    }
    // If a file was reported twice, the later report is used.
    let mut files: BTreeMap<String, Artifact> = BTreeMap::new();
    list(&dir.artifacts(source.run_index), &dir.path(), MAX_DEPTH, &mut files);
    keys.values().flatten().for_each(|image| drop(files.remove(&image.path)));
    for mut file in reported {
        file.bytes = fs::metadata(dir.path().join(&file.path)).ok().map(|meta| meta.len());
        files.insert(file.path.clone(), file);
    }
    let images = keys.into_iter().map(|(key, images)| ImageKey { key, images }).collect();
    let mut artifacts: Vec<Artifact> = files.into_values().collect();
    natural::sort_by_text(&mut artifacts, |file| &file.path);
    Ok(RunOutputs { task: dir.name().to_string(), run: source.run_index, images, artifacts })
}

/// The path of an output file, by its path below the task's folder.
///
/// # Errors
/// When there is no such file, or it is outside the folder for outputs.
pub fn output_file(dir: &TaskDir, project_root: &Path, path: &str) -> Result<PathBuf> {
    let missing = || Error::NotFound(format!("Task '{}' has no file '{path}'", dir.name()));
    let relative = Path::new(path);
    let is_plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if !is_plain || !relative.starts_with(FOLDER) {
        return Err(missing());
    }
    let resolved = fs::canonicalize(dir.path().join(relative)).map_err(|_| missing())?;
    let project = fs::canonicalize(project_root).map_err(|_| missing())?;
    // A link may lead to another folder of the project, but not out of it.
    if resolved.starts_with(project) && resolved.is_file() { Ok(resolved) } else { Err(missing()) }
}

fn list(folder: &Path, task: &Path, depth: usize, files: &mut BTreeMap<String, Artifact>) {
    let Ok(listing) = fs::read_dir(folder) else {
        return;
    };
    for item in listing.flatten() {
        let path = item.path();
        let (Ok(meta), Ok(relative)) = (item.metadata(), path.strip_prefix(task)) else {
            continue;
        };
        if meta.is_dir() && depth > 0 {
            list(&path, task, depth - 1, files);
        } else if meta.is_file() && files.len() < MAX_FILES {
            let Some(text) = relative.to_str() else { continue };
            let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            let name = item.file_name().to_string_lossy().into_owned();
            let at_s = changed.unwrap_or_default().as_secs_f64();
            let file = Artifact { path: text.to_owned(), name, bytes: Some(meta.len()), at_s };
            files.insert(text.to_owned(), file);
        }
    }
}
