//! Lists, saves and deletes named views of the runs table, which are stored in the workspace's `views.yaml`.

use std::fs;
use std::path::{Path, PathBuf};

use common::natural;
use common::query::Query;
use common::runs::{RunsView, ViewList};
use serde_json::{Map, Value, json};

use crate::engine::{Engine, WorkspaceSelector};
use store::disk::{FileLock, write_atomic};
use store::{Error, Result};

/// Maximum number of views of a workspace, and maximum length of a name.
const MAX_VIEWS: usize = 1000;
const MAX_NAME: usize = 200;

impl Engine {
    /// The views of a workspace, by name.
    ///
    /// # Errors
    /// If no workspace is open or the file is malformed.
    pub fn list_views(&self, selector: &WorkspaceSelector) -> Result<ViewList> {
        let workspace = self.workspace_of(selector)?;
        Ok(ViewList { items: read(&workspace.root)? })
    }

    /// Saves a view. A view of the same name is replaced.
    ///
    /// # Errors
    /// If the name or filter is invalid, or there are too many views.
    pub fn save_view(&self, selector: &WorkspaceSelector, view: &RunsView) -> Result<ViewList> {
        let workspace = self.workspace_of(selector)?;
        let name = view.name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.contains(char::is_control) {
            return Err(Error::invalid(format!("'{name}' is not a valid view name.")));
        }
        let filter = Query::parse(&view.query.filter);
        filter.map_err(|error| Error::invalid(format!("query.filter: {error}")))?;
        change(&workspace.root, |views| {
            views.retain(|known| known.name != name);
            if views.len() >= MAX_VIEWS {
                return Err(Error::invalid(format!(
                    "There are already {MAX_VIEWS} views. Delete one first."
                )));
            }
            views.push(RunsView { name: name.to_owned(), ..view.clone() });
            Ok(())
        })
    }

    /// Deletes a view.
    ///
    /// # Errors
    /// If the view does not exist.
    pub fn delete_view(&self, selector: &WorkspaceSelector, name: &str) -> Result<ViewList> {
        let workspace = self.workspace_of(selector)?;
        change(&workspace.root, |views| {
            let before = views.len();
            views.retain(|known| known.name != name);
            match views.len() < before {
                true => Ok(()),
                false => Err(Error::NotFound(format!("View '{name}' not found"))),
            }
        })
    }
}

fn path(root: &Path) -> PathBuf {
    root.join("views.yaml")
}

/// Unreadable views are skipped. They remain in the file until it is written.
fn read(root: &Path) -> Result<Vec<RunsView>> {
    let text = fs::read_to_string(path(root)).unwrap_or_default();
    let malformed = |reason: String| Error::Malformed { path: path(root), reason };
    let mapping =
        common::yaml::parse_mapping(&text).map_err(|error| malformed(error.to_string()))?;
    let Value::Object(map) = common::yaml::to_json(&mapping.into()) else {
        return Ok(Vec::new());
    };
    let view = |(name, value): (String, Value)| {
        let mut value = value;
        value.as_object_mut()?.insert("name".to_owned(), name.into());
        serde_json::from_value(value).ok()
    };
    Ok(map.into_iter().filter_map(view).collect())
}

fn change(root: &Path, change: impl FnOnce(&mut Vec<RunsView>) -> Result<()>) -> Result<ViewList> {
    let _lock = FileLock::wait(&root.join(".views.lock"))?;
    let mut views = read(root)?;
    change(&mut views)?;
    natural::sort_by_text(&mut views, |view| &view.name);
    let mut map = Map::new();
    for view in &views {
        map.insert(view.name.clone(), json!({ "query": view.query, "display": view.display }));
    }
    let text = match map.is_empty() {
        true => String::new(),
        false => common::yaml::to_text(&common::yaml::mapping_from_json(&Value::Object(map))),
    };
    write_atomic(&path(root), text.as_bytes())?;
    Ok(ViewList { items: views })
}
