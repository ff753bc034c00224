//! Loops: unrolled when what they run over is known, executed once when it is not.

use ruff_python_ast::{StmtFor, StmtWhile};

use super::interpreter::Interpreter;
use super::stmt::Flow;
use super::value::PyValue;

/// Longest loop that is unrolled.
const ROUNDS_LIMIT: usize = 2_000;

impl Interpreter {
    pub(super) fn exec_for(&mut self, statement: &StmtFor) -> Flow {
        let iterable = self.eval(&statement.iter);
        let Some(items) = self.items_of(&iterable).filter(|items| items.len() <= ROUNDS_LIMIT)
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
