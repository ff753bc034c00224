//! Evaluates statements.

use std::rc::Rc;

use ruff_python_ast::{Stmt, StmtClassDef, StmtFunctionDef, StmtWith};

use super::interpreter::{Class, Frame, FrameKind, Interpreter};
use super::value::{Function, PyValue};

/// How a body was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// The end was reached.
    Next,
    /// By `return`, `raise` or a call that ends the process.
    Stop,
    Break,
    Continue,
}

impl Interpreter {
    pub(crate) fn exec_block(&mut self, body: &[Stmt]) -> Flow {
        for statement in body {
            let flow = self.exec(statement);
            if flow != Flow::Next {
                return flow;
            }
        }
        Flow::Next
    }

    fn exec(&mut self, statement: &Stmt) -> Flow {
        if !self.step() {
            return Flow::Stop;
        }
        self.deeper(|this| this.exec_one(statement)).unwrap_or(Flow::Next)
    }

    fn exec_one(&mut self, statement: &Stmt) -> Flow {
        match statement {
            Stmt::Expr(it) => {
                self.eval(&it.value);
            }
            Stmt::Assign(it) => self.exec_assign(it),
            Stmt::AnnAssign(it) => self.exec_ann_assign(it),
            Stmt::AugAssign(it) => self.exec_aug_assign(it),
            Stmt::Delete(it) => it.targets.iter().for_each(|target| self.forget(target)),
            Stmt::FunctionDef(it) => self.exec_function(it),
            Stmt::ClassDef(it) => self.exec_class(it),
            Stmt::Import(it) => self.exec_import(it),
            Stmt::ImportFrom(it) => self.exec_import_from(it),
            Stmt::If(it) => return self.exec_if(it),
            Stmt::For(it) => return self.exec_for(it),
            Stmt::While(it) => return self.exec_while(it),
            Stmt::Try(it) => return self.exec_try(it),
            Stmt::Match(it) => return self.exec_match(it),
            Stmt::With(it) => return self.exec_with(it),
            Stmt::Global(it) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.globals.extend(it.names.iter().map(ToString::to_string));
                }
            }
            Stmt::Return(it) => {
                let value = it.value.as_ref().map_or(PyValue::None, |value| self.eval(value));
                if let Some(frame) = self.frames.last_mut() {
                    frame.returns.push(value);
                }
                return Flow::Stop;
            }
            Stmt::Raise(_) => return Flow::Stop,
            Stmt::Break(_) => return Flow::Break,
            Stmt::Continue(_) => return Flow::Continue,
            _ => {}
        }
        Flow::Next
    }

    fn exec_with(&mut self, statement: &StmtWith) -> Flow {
        for item in &statement.items {
            self.eval(&item.context_expr);
            if let Some(target) = &item.optional_vars {
                self.assign(target, PyValue::Unknown);
            }
        }
        self.exec_block(&statement.body)
    }

    fn exec_function(&mut self, definition: &StmtFunctionDef) {
        let frame = self.frames.last();
        let closure = frame
            .filter(|frame| frame.kind == FrameKind::Function)
            .map(|frame| frame.locals.clone());
        let is_plain = definition.decorator_list.iter().all(|decorator| {
            matches!(
                self.text_of(&decorator.expression).as_str(),
                "staticmethod" | "classmethod" | "property"
            )
        });
        let function = Function {
            definition: definition.clone(),
            module: self.current_module(),
            class: None,
            closure,
        };
        // Decorators of the project usually wrap: the decorated function still builds the parser.
        if !is_plain {
            for decorator in &definition.decorator_list {
                self.eval(&decorator.expression);
            }
        }
        self.bind(definition.name.as_str(), PyValue::Function(Rc::new(function)));
    }

    fn exec_class(&mut self, definition: &StmtClassDef) {
        let arguments = definition.arguments.as_deref();
        let bases =
            arguments.map(|it| it.args.iter().map(|base| self.eval(base)).collect::<Vec<_>>());
        let mut frame = Frame::new(FrameKind::Class, self.current_module());
        if let Some(outer) = self.frames.last().filter(|it| it.kind == FrameKind::Function) {
            frame.closure = Some(outer.locals.clone());
        }
        self.frames.push(frame);
        self.exec_block(&definition.body);
        let attributes = self.frames.pop().map(|frame| frame.locals).unwrap_or_default();
        let number = self.classes.len();
        self.classes.push(Class {
            name: definition.name.to_string(),
            assigned: assigned_names(&definition.body),
            bases: bases.unwrap_or_default(),
            attributes,
        });
        self.set_class_of_methods(number);
        self.bind(definition.name.as_str(), PyValue::Class(number));
    }

    /// Sets the class of the functions in a class body.
    fn set_class_of_methods(&mut self, number: usize) {
        for value in self.classes[number].attributes.values_mut() {
            if let PyValue::Function(function) = value {
                let owned = Function {
                    definition: function.definition.clone(),
                    module: function.module,
                    class: Some(number),
                    closure: function.closure.clone(),
                };
                *value = PyValue::Function(Rc::new(owned));
            }
        }
    }
}

/// The names of `name = …` directly in a body, in order.
fn assigned_names(body: &[Stmt]) -> Vec<String> {
    let name = |statement: &Stmt| match statement {
        Stmt::Assign(assign) => match assign.targets.as_slice() {
            [ruff_python_ast::Expr::Name(name)] => Some(name.id.to_string()),
            _ => None,
        },
        _ => None,
    };
    body.iter().filter_map(name).collect()
}
