//! Evaluates comprehensions over known values.

use ruff_python_ast::{Comprehension, Expr};

use super::interpreter::Interpreter;
use super::value::PyValue;

/// Maximum number of items of a comprehension.
const ITEMS_LIMIT: usize = 2_000;

impl Interpreter {
    pub(super) fn eval_comprehension(
        &mut self,
        element: &Expr,
        generators: &[Comprehension],
    ) -> PyValue {
        // A comprehension has its own scope: hidden names are restored afterwards.
        let before = self.scope_mut().map(|scope| scope.clone()).unwrap_or_default();
        self.consume(before.len());
        let mut out = Vec::new();
        let complete = self.generate(element, generators, &mut out);
        if let Some(scope) = self.scope_mut() {
            *scope = before;
        }
        if complete.is_some() { PyValue::list(out) } else { PyValue::Unknown }
    }

    fn generate(
        &mut self,
        element: &Expr,
        generators: &[Comprehension],
        out: &mut Vec<PyValue>,
    ) -> Option<()> {
        let Some((generator, remaining)) = generators.split_first() else {
            let value = self.eval(element);
            out.push(value);
            return (out.len() <= ITEMS_LIMIT).then_some(());
        };
        let iterable = self.eval(&generator.iter);
        for item in self.items_of(&iterable)? {
            self.assign(&generator.target, item);
            let mut is_kept = true;
            for condition in &generator.ifs {
                is_kept &= self.eval(condition).truth()?;
            }
            if is_kept {
                self.generate(element, remaining, out)?;
            }
        }
        Some(())
    }
}
