//! The evaluator's state and entry points.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ruff_python_ast::{ModModule, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::value::{PyValue, Scope};
use crate::argparse::parser::ParserModel;

/// Maximum number of steps: enough for any real script, at most a second.
const MAX_STEPS: u32 = 400_000;
/// Maximum number of steps of one import, so that a library does not use up those of the script.
const MAX_IMPORT_STEPS: u32 = 40_000;
/// Maximum nesting of calls and expressions; deeper values are unknown.
const DEPTH_LIMIT: u32 = 200;

/// A loaded module of the project.
pub(crate) struct Module {
    pub path: PathBuf,
    pub source: Rc<str>,
    /// Byte offsets of its line starts.
    pub line_starts: Vec<usize>,
    pub scope: Scope,
    pub is_main: bool,
}

/// A class of the project.
pub(crate) struct Class {
    pub name: String,
    /// The names assigned in its body, in order: those of an enum are its members.
    pub assigned: Vec<String>,
    pub bases: Vec<PyValue>,
    pub attributes: Scope,
}

/// An instance of a class of the project.
pub(crate) struct Object {
    pub class: usize,
    pub attributes: Scope,
}

/// The kind of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameKind {
    Module,
    Class,
    Function,
}

/// A body that is being executed.
pub(crate) struct Frame {
    pub kind: FrameKind,
    pub module: usize,
    pub locals: Scope,
    pub closure: Option<Scope>,
    /// The class and the `self` of a method.
    pub receiver: Option<(usize, PyValue)>,
    pub returns: Vec<PyValue>,
    pub globals: HashSet<String>,
}

impl Frame {
    pub(crate) fn new(kind: FrameKind, module: usize) -> Self {
        Self {
            kind,
            module,
            locals: Scope::new(),
            closure: None,
            receiver: None,
            returns: Vec::new(),
            globals: HashSet::new(),
        }
    }
}

/// Evaluates a script and the modules of its project.
pub(crate) struct Interpreter {
    pub project_dir: PathBuf,
    pub modules: Vec<Module>,
    pub modules_by_path: HashMap<PathBuf, Option<usize>>,
    pub classes: Vec<Class>,
    pub objects: Vec<Object>,
    pub frames: Vec<Frame>,
    pub parsers: Vec<ParserModel>,
    pub exclusive_groups: u32,
    pub warnings: Vec<String>,
    /// Source texts of the enclosing undecided conditions, innermost last.
    pub conditions: Vec<String>,
    /// Functions of the script that were called, by the position of their definition.
    pub called: HashSet<TextRange>,
    /// A module of the project calls `pyruns.load()`.
    pub loads_config: bool,
    steps_left: u32,
    depth: u32,
}

impl Interpreter {
    /// Creates an evaluator for a script.
    pub(crate) fn new(script: &Path) -> Self {
        Self {
            project_dir: script.parent().unwrap_or(Path::new("")).to_owned(),
            modules: Vec::new(),
            modules_by_path: HashMap::new(),
            classes: Vec::new(),
            objects: Vec::new(),
            frames: Vec::new(),
            parsers: Vec::new(),
            exclusive_groups: 0,
            warnings: Vec::new(),
            conditions: Vec::new(),
            called: HashSet::new(),
            loads_config: false,
            steps_left: MAX_STEPS,
            depth: 0,
        }
    }

    /// Executes a module's body and returns its index.
    pub(crate) fn run_module(
        &mut self,
        path: &Path,
        source: &str,
        tree: &ModModule,
        is_main: bool,
    ) -> usize {
        let number = self.modules.len();
        let name = if is_main { "__main__" } else { "" };
        let mut scope = Scope::new();
        scope.insert("__name__".into(), PyValue::str(name));
        let breaks = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        self.modules.push(Module {
            path: path.to_owned(),
            source: source.into(),
            line_starts: breaks.map(|(at, _)| at + 1).collect(),
            scope,
            is_main,
        });
        self.modules_by_path.insert(path.to_owned(), Some(number));
        self.frames.push(Frame::new(FrameKind::Module, number));
        // A module is executed unconditionally: undecided conditions of its importer do not apply
        // to it.
        let conditions = std::mem::take(&mut self.conditions);
        let before = self.steps_left;
        if !is_main {
            self.steps_left = MAX_IMPORT_STEPS.min(before / 2);
        }
        let given = self.steps_left;
        self.exec_block(&tree.body);
        self.steps_left = before.saturating_sub(given - self.steps_left);
        self.conditions = conditions;
        self.frames.pop();
        number
    }

    /// Calls the functions of the main module that build a parser and were never called, because
    /// their callers cannot be evaluated.
    pub(crate) fn run_uncalled(&mut self, tree: &ModModule) {
        let source = self.modules.first().map(|module| module.source.clone()).unwrap_or_default();
        for statement in &tree.body {
            let Stmt::FunctionDef(definition) = statement else {
                continue;
            };
            let text = &source[definition.range()];
            let builds = text.contains("ArgumentParser(") || text.contains(".add_argument(");
            if !builds || self.called.contains(&definition.range()) {
                continue;
            }
            let name = definition.name.as_str();
            if let Some(PyValue::Function(function)) = self.modules[0].scope.get(name).cloned() {
                self.call_with_unknowns(&function);
            }
        }
    }

    /// Consumes one step; returns false when none is left.
    pub(crate) fn step(&mut self) -> bool {
        self.steps_left = self.steps_left.saturating_sub(1);
        self.steps_left > 0
    }

    /// Consumes steps for work proportional to a size.
    pub(crate) fn consume(&mut self, size: usize) {
        let steps = u32::try_from(size / 8).unwrap_or(u32::MAX);
        self.steps_left = self.steps_left.saturating_sub(steps);
    }

    /// Whether the step limit was reached.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.steps_left == 0
    }

    /// Runs `action` one level deeper; `None` if that exceeds the limit.
    pub(crate) fn deeper<T>(&mut self, action: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEPTH_LIMIT {
            return None;
        }
        self.depth += 1;
        let result = action(self);
        self.depth -= 1;
        Some(result)
    }

    /// The index of the module whose code is being executed.
    pub(crate) fn current_module(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.module)
    }

    /// The source text of a node of the current module, on one line.
    pub(crate) fn text_of(&self, node: &impl Ranged) -> String {
        let source = self.modules.get(self.current_module()).map(|module| &module.source);
        let range = node.range();
        let text = source
            .and_then(|source| source.get(range.start().to_usize()..range.end().to_usize()))
            .unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// `line 12`, or `options.py line 12` outside the main script.
    pub(crate) fn location_of(&self, node: &impl Ranged) -> String {
        let Some(module) = self.modules.get(self.current_module()) else {
            return String::new();
        };
        let start = node.range().start().to_usize();
        let line = 1 + module.line_starts.partition_point(|line| *line <= start);
        match module.path.file_name() {
            Some(name) if !module.is_main => format!("{} line {line}", name.to_string_lossy()),
            _ => format!("line {line}"),
        }
    }

    /// Adds a warning unless it exists.
    pub(crate) fn warn(&mut self, text: String) {
        if !self.warnings.contains(&text) {
            self.warnings.push(text);
        }
    }

    /// Resolves a name like Python: locals, closure, module, built-ins.
    pub(crate) fn lookup(&self, name: &str) -> PyValue {
        let Some(frame) = self.frames.last() else {
            return PyValue::Unknown;
        };
        let inner = match frame.kind {
            FrameKind::Module => None,
            _ => frame
                .locals
                .get(name)
                .or_else(|| frame.closure.as_ref().and_then(|closure| closure.get(name))),
        };
        inner
            .or_else(|| self.modules.get(frame.module).and_then(|module| module.scope.get(name)))
            .cloned()
            .unwrap_or_else(|| super::builtin::named(name))
    }

    /// The scope that an assignment in the current body goes to.
    pub(crate) fn scope_mut(&mut self) -> Option<&mut Scope> {
        let frame = self.frames.last_mut()?;
        match frame.kind {
            FrameKind::Module => self.modules.get_mut(frame.module).map(|module| &mut module.scope),
            _ => Some(&mut frame.locals),
        }
    }

    /// Binds a name.
    pub(crate) fn bind(&mut self, name: &str, value: PyValue) {
        let Some(frame) = self.frames.last() else {
            return;
        };
        if frame.globals.contains(name) {
            let module = frame.module;
            self.modules[module].scope.insert(name.to_owned(), value);
        } else if let Some(scope) = self.scope_mut() {
            scope.insert(name.to_owned(), value);
        }
    }
}
