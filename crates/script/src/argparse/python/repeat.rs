//! Evaluates loops: unrolled if the iterated value is known, else the body is executed once.

use ruff_python_ast::{StmtFor, StmtWhile};

use super::interpreter::Interpreter;
use super::stmt::Flow;
use super::value::PyValue;

/// Maximum number of unrolled iterations.
const MAX_ITERATIONS: usize = 2_000;

impl Interpreter {
    pub(super) fn exec_for(&mut self, statement: &StmtFor) -> Flow {
        let iterable = self.eval(&statement.iter);
        let Some(items) = self.items_of(&iterable).filter(|items| items.len() <= MAX_ITERATIONS)
        else {
            self.assign(&statement.target, PyValue::Unknown);
            let reason = format!("a loop over {}", self.text_of(&*statement.iter));
            return self.exec_all(vec![(&statement.body, reason.clone()), (&[], reason)]);
        };
        for item in items {
            self.assign(&statement.target, item);
            match self.exec_block(&statement.body) {
                Flow::Stop => return Flow::Stop,
                Flow::Break => return Flow::Next,
                Flow::Next | Flow::Continue => {}
            }
        }
        self.exec_block(&statement.orelse)
    }

    pub(super) fn exec_while(&mut self, statement: &StmtWhile) -> Flow {
        if self.eval(&statement.test).truth() == Some(false) {
            return self.exec_block(&statement.orelse);
        }
        let reason = format!("a loop while {}", self.text_of(&*statement.test));
        self.exec_all(vec![(&statement.body, reason.clone()), (&[], reason)])
    }
}
