//! Detects which library a script uses for its parameters.

use std::collections::HashMap;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ModModule, Stmt};

/// The parameter sources that a script uses.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// It calls `pyruns.load()`.
    pub(super) pyruns_load: bool,
    /// It is a Hydra application.
    pub(super) hydra: bool,
    /// Other command-line libraries, each with a warning that tells the user what to do.
    pub(super) others: Vec<&'static str>,
    /// It reads `sys.argv` itself.
    pub(super) sys_argv: bool,
    names: HashMap<String, String>,
}

/// Command-line libraries, by the function call that identifies them.
const LIBRARIES: &[(&str, &str)] = &[
    ("click.command", CLICK),
    ("click.group", CLICK),
    ("click.option", CLICK),
    ("click.argument", CLICK),
    ("rich_click.command", CLICK),
    ("typer.run", TYPER),
    ("typer.Typer", TYPER),
    ("fire.Fire", FIRE),
    ("tyro.cli", TYRO),
    ("transformers.HfArgumentParser", HUGGING_FACE),
    ("simple_parsing.parse", DATACLASSES),
    ("simple_parsing.ArgumentParser", DATACLASSES),
    ("absl.flags.DEFINE_string", ABSL),
    ("absl.flags.DEFINE_integer", ABSL),
    ("absl.flags.DEFINE_float", ABSL),
    ("absl.flags.DEFINE_bool", ABSL),
    ("absl.flags.DEFINE_boolean", ABSL),
    ("docopt.docopt", DOCOPT),
    ("plac.call", PLAC),
];

const CLICK: &str = "This is a click script; its options are not read. Add a YAML with the option names as keys when opening it (each key becomes `--key value`), or read the parameters with `pyruns.load()`.";
const TYPER: &str = "This is a typer script; its options are not read. Add a YAML with the option names as keys when opening it (each key becomes `--key value`), or read the parameters with `pyruns.load()`.";
const FIRE: &str = "This is a Python Fire script; its parameters are not read. Add a YAML with the parameter names as keys when opening it (each key becomes `--key value`), or read them with `pyruns.load()`.";
const TYRO: &str = "This is a tyro script; its parameters are not read. Add a YAML with the flag names as keys when opening it (each key becomes `--key value`), or read the parameters with `pyruns.load()`.";
const HUGGING_FACE: &str = "The parameters come from dataclasses through `HfArgumentParser`; their fields are not read. Add a YAML with the field names as keys when opening it (each key becomes `--key value`).";
const DATACLASSES: &str = "The parameters come from dataclasses through simple_parsing; their fields are not read. Add a YAML with the field names as keys when opening it (each key becomes `--key value`).";
const ABSL: &str = "The parameters are absl flags; they are not read. Add a YAML with the flag names as keys when opening it (each key becomes `--key value`).";
const DOCOPT: &str = "This is a docopt script; its usage text is not read. Add a YAML with the option names as keys when opening it (each key becomes `--key value`).";
const PLAC: &str = "This is a plac script; its parameters are not read. Read them with `pyruns.load()` or argparse.";

/// Warning for a script that reads `sys.argv` itself.
pub(super) const SYS_ARGV: &str = "The script reads `sys.argv` itself, so its parameters have no names here. Use argparse, or read them with `pyruns.load()`.";

/// Warning for a Hydra application.
pub(super) const HYDRA: &str = "This is a Hydra application: it takes `key=value` overrides and its own YAML files. Read the parameters with `pyruns.load()`, or run it from a shell workspace.";

/// Searches a whole script.
pub(super) fn detect(tree: &ModModule) -> Sources {
    let mut sources = Sources::default();
    for statement in &tree.body {
        sources.visit_stmt(statement);
    }
    sources
}

impl Sources {
    /// The dotted name of an expression, resolved through the imports so far; limited in length,
    /// since every part of a chain is resolved separately.
    fn dotted(&self, expr: &Expr, parts_left: u32) -> Option<String> {
        match expr {
            Expr::Name(name) => self.names.get(name.id.as_str()).cloned(),
            Expr::Attribute(it) if parts_left > 0 => {
                Some(format!("{}.{}", self.dotted(&it.value, parts_left - 1)?, it.attr))
            }
            _ => None,
        }
    }

    fn record_use(&mut self, expr: &Expr) {
        let Some(name) = self.dotted(expr, 3) else {
            return;
        };
        match name.as_str() {
            "pyruns.load" | "pyruns.read" => self.pyruns_load = true,
            "hydra.main" | "hydra.initialize" | "hydra.compose" => self.hydra = true,
            "sys.argv" => self.sys_argv = true,
            _ => {}
        }
        let library = LIBRARIES.iter().find(|(call, _)| *call == name).map(|(_, advice)| *advice);
        self.others.extend(library.filter(|advice| !self.others.contains(advice)));
    }
}

impl<'a> Visitor<'a> for Sources {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(it) => {
                for alias in &it.names {
                    let dotted = alias.name.as_str();
                    let first = dotted.split('.').next().unwrap_or(dotted);
                    let (name, target) = match &alias.asname {
                        Some(asname) => (asname.as_str(), dotted),
                        None => (first, first),
                    };
                    self.names.insert(name.to_owned(), target.to_owned());
                }
            }
            Stmt::ImportFrom(it) if it.level == 0 => {
                let module = it.module.as_ref().map_or("", |name| name.as_str());
                for alias in &it.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    let target = format!("{module}.{}", alias.name);
                    self.names.insert(name.to_string(), target);
                }
            }
            _ => {}
        }
        visitor::walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Call(it) => self.record_use(&it.func),
            Expr::Attribute(_) | Expr::Name(_) => self.record_use(expr),
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}
