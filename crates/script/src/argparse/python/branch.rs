//! Evaluates branches: a known condition selects one, an unknown condition executes all of them.

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtIf, StmtMatch, StmtTry};

use super::interpreter::Interpreter;
use super::stmt::Flow;
use super::value::{PyValue, Scope};

impl Interpreter {
    pub(super) fn exec_if(&mut self, statement: &StmtIf) -> Flow {
        let mut branches: Vec<(Option<&Expr>, &[Stmt])> =
            vec![(Some(&*statement.test), &statement.body)];
        branches.extend(
            statement.elif_else_clauses.iter().map(|it| (it.test.as_ref(), it.body.as_slice())),
        );
        let mut unsure: Vec<(&[Stmt], String)> = Vec::new();
        for (test, body) in branches {
            let Some(test) = test else {
                return self.exec_last_branch(unsure, Some(body));
            };
            match self.eval(test).truth() {
                Some(true) => return self.exec_last_branch(unsure, Some(body)),
                Some(false) => {}
                None => unsure.push((body, self.text_of(test))),
            }
        }
        self.exec_last_branch(unsure, None)
    }

    /// Executes the rest of an `if`: `last` is the branch that is taken if none of the undecided
    /// ones is.
    fn exec_last_branch(&mut self, unsure: Vec<(&[Stmt], String)>, last: Option<&[Stmt]>) -> Flow {
        let Some(reason) = unsure.first().map(|(_, text)| text.clone()) else {
            return last.map_or(Flow::Next, |body| self.exec_block(body));
        };
        let mut bodies: Vec<(&[Stmt], String)> = unsure;
        bodies.push((last.unwrap_or_default(), format!("not ({reason})")));
        self.exec_all(bodies)
    }

    /// Executes alternatives of which one will be taken at run time, each from the same state, and
    /// keeps the values on which they agree.
    pub(super) fn exec_all(&mut self, bodies: Vec<(&[Stmt], String)>) -> Flow {
        let before = self.scope_mut().map(|scope| scope.clone()).unwrap_or_default();
        self.consume(before.len() * (bodies.len() + 1));
        let mut merged: Option<Scope> = None;
        let mut stops = true;
        for (body, condition) in bodies {
            self.set_scope(before.clone());
            self.conditions.push(condition);
            let flow = self.exec_block(body);
            self.conditions.pop();
            if flow == Flow::Stop {
                continue;
            }
            stops = false;
            let after = self.scope_mut().map(std::mem::take).unwrap_or_default();
            merged = Some(match merged {
                None => after,
                Some(other) => merge(other, after),
            });
        }
        self.set_scope(merged.unwrap_or(before));
        if stops { Flow::Stop } else { Flow::Next }
    }

    fn set_scope(&mut self, value: Scope) {
        if let Some(scope) = self.scope_mut() {
            *scope = value;
        }
    }

    pub(super) fn exec_try(&mut self, statement: &StmtTry) -> Flow {
        let before = self.scope_mut().map(|scope| scope.clone()).unwrap_or_default();
        self.consume(before.len() * (statement.handlers.len() + 1));
        let mut flow = self.exec_block(&statement.body);
        if flow == Flow::Next {
            flow = self.exec_block(&statement.orelse);
        }
        let mut after = self.scope_mut().map(std::mem::take).unwrap_or_default();
        for handler in &statement.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            self.set_scope(before.clone());
            self.conditions.push("an exception".into());
            let handled = self.exec_block(&handler.body);
            self.conditions.pop();
            if handled != Flow::Stop {
                let other = self.scope_mut().map(std::mem::take).unwrap_or_default();
                after = merge(after, other);
            }
        }
        self.set_scope(after);
        match self.exec_block(&statement.finalbody) {
            Flow::Next => flow,
            other => other,
        }
    }

    pub(super) fn exec_match(&mut self, statement: &StmtMatch) -> Flow {
        self.eval(&statement.subject);
        let reason = self.text_of(&*statement.subject);
        let mut bodies: Vec<(&[Stmt], String)> =
            statement.cases.iter().map(|it| (it.body.as_slice(), reason.clone())).collect();
        bodies.push((&[], reason));
        self.exec_all(bodies)
    }
}

/// Merges two alternatives. A value that code acts on takes precedence over nothing.
fn merge(mut left: Scope, mut right: Scope) -> Scope {
    let mut merged = Scope::with_capacity(left.len());
    for (name, value) in left.drain() {
        let value = match right.remove(&name) {
            Some(other) => either(value, other),
            None => either(value, PyValue::Unknown),
        };
        merged.insert(name, value);
    }
    for (name, value) in right {
        merged.insert(name, either(value, PyValue::Unknown));
    }
    merged
}

/// Merges two values; unknown if they are different data.
pub(super) fn either(left: PyValue, right: PyValue) -> PyValue {
    if left == right || left.is_handle() {
        left
    } else if right.is_handle() {
        right
    } else {
        PyValue::Unknown
    }
}
