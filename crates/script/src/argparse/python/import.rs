//! Evaluates imports: modules of the project are loaded, others are only named.

use std::path::{Path, PathBuf};

use ruff_python_ast::{StmtImport, StmtImportFrom};

use super::interpreter::Interpreter;
use super::value::PyValue;
use crate::argparse::parsed_file::parse_file;

/// Maximum number of loaded modules per script.
const MODULES_LIMIT: usize = 60;
/// Maximum nesting depth of imports.
const FRAMES_LIMIT: usize = 16;

impl Interpreter {
    pub(super) fn exec_import(&mut self, statement: &StmtImport) {
        for alias in &statement.names {
            let dotted = alias.name.as_str();
            let first = dotted.split('.').next().unwrap_or(dotted);
            let (name, module_name) = match &alias.asname {
                Some(asname) => (asname.as_str(), dotted),
                None => (first, first),
            };
            let root = self.project_dir.clone();
            let value = self.import_from(&root, module_name);
            self.bind(name, value.unwrap_or_else(|| PyValue::external(module_name)));
        }
    }

    pub(super) fn exec_import_from(&mut self, statement: &StmtImportFrom) {
        let module = statement.module.as_ref().map_or("", |name| name.as_str());
        let Some(root) = self.import_root(statement.level) else {
            return;
        };
        let source = match module.is_empty() && statement.level > 0 {
            true => self.import_package(&root),
            false => self.import_from(&root, module),
        };
        for alias in &statement.names {
            let name = alias.name.as_str();
            if name == "*" {
                self.import_everything(source.as_ref());
                continue;
            }
            let value = match &source {
                Some(PyValue::Module(number)) => self.module_attribute(*number, name),
                Some(other) => other.clone(),
                // A folder without `__init__.py`: the imported name is a module in it.
                None => {
                    let dotted = [module, name].join(".");
                    let dotted = dotted.trim_start_matches('.');
                    self.import_from(&root, dotted).unwrap_or_else(|| PyValue::external(dotted))
                }
            };
            let bound = alias.asname.as_ref().map_or(name, |asname| asname.as_str());
            self.bind(bound, value);
        }
    }

    fn import_everything(&mut self, source: Option<&PyValue>) {
        if let Some(PyValue::Module(number)) = source {
            let names = self.modules[*number].scope.clone();
            for (name, value) in names.into_iter().filter(|(name, _)| !name.starts_with('_')) {
                self.bind(&name, value);
            }
        }
    }

    /// The folder in which an import is resolved: the script's, or that of the importing module.
    fn import_root(&self, level: u32) -> Option<PathBuf> {
        if level == 0 {
            return Some(self.project_dir.clone());
        }
        let mut folder = self.modules.get(self.current_module())?.path.parent()?.to_owned();
        for _ in 1..level {
            folder = folder.parent()?.to_owned();
        }
        Some(folder)
    }

    /// The project's module with this dotted name, executed at its first import.
    fn import_from(&mut self, root: &Path, dotted: &str) -> Option<PyValue> {
        let below = root.join(dotted.replace('.', "/"));
        let file = below.with_extension("py");
        let package = below.join("__init__.py");
        let path = [file, package].into_iter().find(|path| !dotted.is_empty() && path.is_file())?;
        self.import_file(&path)
    }

    /// The package in this folder: `from . import name`.
    fn import_package(&mut self, folder: &Path) -> Option<PyValue> {
        let path = folder.join("__init__.py");
        if path.is_file() { self.import_file(&path) } else { None }
    }

    fn import_file(&mut self, path: &Path) -> Option<PyValue> {
        if let Some(loaded) = self.modules_by_path.get(path) {
            return Some(loaded.map_or(PyValue::Unknown, PyValue::Module));
        }
        self.modules_by_path.insert(path.to_owned(), None);
        if self.modules.len() >= MODULES_LIMIT || self.frames.len() >= FRAMES_LIMIT {
            return Some(PyValue::Unknown);
        }
        match parse_file(path) {
            Ok(parsed) => {
                let number = self.run_module(path, &parsed.source, &parsed.tree, false);
                Some(PyValue::Module(number))
            }
            Err(error) => {
                self.warn(format!("An import could not be followed: {error}"));
                Some(PyValue::Unknown)
            }
        }
    }

    /// A name in a module of the project, or a submodule of a package.
    pub(super) fn module_attribute(&mut self, number: usize, name: &str) -> PyValue {
        if let Some(value) = self.modules[number].scope.get(name) {
            return value.clone();
        }
        let path = &self.modules[number].path;
        let is_package = path.file_name().is_some_and(|file| file == "__init__.py");
        let folder = path.parent().filter(|_| is_package).map(Path::to_owned);
        folder.and_then(|folder| self.import_from(&folder, name)).unwrap_or(PyValue::Unknown)
    }
}
