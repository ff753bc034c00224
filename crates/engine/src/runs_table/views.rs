//! Views of the table that are kept by name, in `views.yaml` of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

use common::natural;
use common::query::Query;
use common::runs::{RunsView, ViewList};
use serde_json::{Map, Value, json};

use crate::engine::{Engine, Pick};
use store::disk::{FileLock, write_atomic};
use store::{Error, Result};

/// How many views a workspace may have, and how long a name may be.
const MAX_VIEWS: usize = 1000;
const MAX_NAME: usize = 200;

impl Engine {
    /// The views of a workspace, by name.
    ///
    /// # Errors
    /// When no workspace is open, or the file of its views is nonsense.
    pub fn list_views(&self, pick: &Pick) -> Result<ViewList> {
        let workspace = self.pick(pick)?;
        Ok(ViewList { items: read(&workspace.root)? })
    }

    /// Keeps a view, in place of the one of that name.
    ///
    /// # Errors
    /// When its name or its filter is none, or there are too many.
    pub fn save_view(&self, pick: &Pick, view: &RunsView) -> Result<ViewList> {
        let workspace = self.pick(pick)?;
        let name = view.name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.contains(char::is_control) {
            return Err(Error::invalid(format!("'{name}' cannot be the name of a view.")));
        }
        let filter = Query::parse(&view.query.filter);
        filter.map_err(|error| Error::invalid(format!("query.filter: {error}")))?;
        change(&workspace.root, |views| {
            views.retain(|known| known.name != name);
            if views.len() >= MAX_VIEWS {
                return Err(Error::invalid(format!("There are {MAX_VIEWS} views already.")));
            }
            views.push(RunsView { name: name.to_owned(), ..view.clone() });
            Ok(())
        })
    }

    /// Forgets a view.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn delete_view(&self, pick: &Pick, name: &str) -> Result<ViewList> {
        let workspace = self.pick(pick)?;
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

/// Views that this version cannot read are passed over; they stay in the file until it is written.
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
