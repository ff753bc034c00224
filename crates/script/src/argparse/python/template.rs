//! Evaluates f-strings.

use ruff_python_ast::{ConversionFlag, ExprFString, FStringPart, InterpolatedStringElement};

use super::interpreter::Interpreter;
use super::text;
use super::value::PyValue;

impl Interpreter {
    /// An f-string whose parts are all known and have no format specification.
    pub(super) fn eval_template(&mut self, expr: &ExprFString) -> PyValue {
        let mut out = String::new();
        for part in expr.value.as_slice() {
            match part {
                FStringPart::Literal(literal) => out.push_str(&literal.value),
                FStringPart::FString(template) => {
                    for element in &template.elements {
                        match self.element(element) {
                            Some(text) => out.push_str(&text),
                            None => return PyValue::Unknown,
                        }
                    }
                }
            }
        }
        PyValue::str(out)
    }

    fn element(&mut self, element: &InterpolatedStringElement) -> Option<String> {
        match element {
            InterpolatedStringElement::Literal(literal) => Some(literal.value.to_string()),
            InterpolatedStringElement::Interpolation(it) => {
                let value = self.eval(&it.expression);
                if it.format_spec.is_some() || it.debug_text.is_some() {
                    return None;
                }
                match it.conversion {
                    ConversionFlag::Repr => text::repr(&value),
                    _ => text::display(&value),
                }
            }
        }
    }
}
