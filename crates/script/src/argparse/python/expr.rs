//! Evaluates expressions.

use ruff_python_ast::{BoolOp, Expr, ExprBoolOp, ExprDict, ExprIf, Number, UnaryOp};

use super::branch::either;
use super::interpreter::Interpreter;
use super::operator::{binary, compare};
use super::value::PyValue;

impl Interpreter {
    /// The value of an expression.
    pub(crate) fn eval(&mut self, expr: &Expr) -> PyValue {
        if !self.step() {
            return PyValue::Unknown;
        }
        self.deeper(|this| this.eval_one(expr)).unwrap_or(PyValue::Unknown)
    }

    fn eval_one(&mut self, expr: &Expr) -> PyValue {
        match expr {
            Expr::NoneLiteral(_) => PyValue::None,
            Expr::BooleanLiteral(it) => PyValue::Bool(it.value),
            Expr::NumberLiteral(it) => number(&it.value),
            Expr::StringLiteral(it) => PyValue::str(it.value.to_str()),
            Expr::FString(it) => self.eval_template(it),
            Expr::Name(it) => self.lookup(it.id.as_str()),
            Expr::Attribute(it) => {
                let holder = self.eval(&it.value);
                let name = it.attr.as_str();
                match (self.attribute(&holder, name), &holder) {
                    (PyValue::Unknown, PyValue::Parser(_) | PyValue::Group(_)) => {
                        PyValue::ParserMethod(Box::new(holder), name.into())
                    }
                    (value, _) => value,
                }
            }
            Expr::Subscript(it) => self.eval_subscript(it),
            Expr::List(it) => self.elements(&it.elts).map_or(PyValue::Unknown, PyValue::list),
            Expr::Set(it) => self.elements(&it.elts).map_or(PyValue::Unknown, PyValue::list),
            Expr::Tuple(it) => self.elements(&it.elts).map_or(PyValue::Unknown, PyValue::tuple),
            Expr::Dict(it) => self.eval_dict(it),
            Expr::BinOp(it) => {
                let left = self.eval(&it.left);
                let right = self.eval(&it.right);
                binary(it.op, &left, &right)
            }
            Expr::UnaryOp(it) => unary(it.op, &self.eval(&it.operand)),
            Expr::BoolOp(it) => self.eval_bool_op(it),
            Expr::Compare(it) => {
                let mut values = vec![self.eval(&it.left)];
                values.extend(it.comparators.iter().map(|value| self.eval(value)));
                compare(&it.ops, &values)
            }
            Expr::If(it) => self.eval_conditional(it),
            Expr::Call(it) => self.eval_call(it),
            Expr::Named(it) => {
                let value = self.eval(&it.value);
                self.assign(&it.target, value.clone());
                value
            }
            Expr::ListComp(it) => self.eval_comprehension(&it.elt, &it.generators),
            Expr::Generator(it) => self.eval_comprehension(&it.elt, &it.generators),
            Expr::SetComp(it) => self.eval_comprehension(&it.elt, &it.generators),
            Expr::Await(it) => self.eval(&it.value),
            _ => PyValue::Unknown,
        }
    }

    /// The items of a list or tuple literal, with `*known` unpacked; `None` if an operand cannot be
    /// unpacked.
    fn elements(&mut self, elements: &[Expr]) -> Option<Vec<PyValue>> {
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                Expr::Starred(it) => items.extend(self.eval(&it.value).items()?),
                other => items.push(self.eval(other)),
            }
        }
        Some(items)
    }

    fn eval_dict(&mut self, dict: &ExprDict) -> PyValue {
        let mut items: Vec<(PyValue, PyValue)> = Vec::new();
        for item in &dict.items {
            let value = self.eval(&item.value);
            let added = match &item.key {
                Some(key) => vec![(self.eval(key), value)],
                None => match value {
                    PyValue::Dict(items) => items.to_vec(),
                    _ => return PyValue::Unknown,
                },
            };
            for (key, value) in added {
                match items.iter_mut().find(|(known, _)| *known == key) {
                    Some(slot) => slot.1 = value,
                    None => items.push((key, value)),
                }
            }
        }
        PyValue::dict(items)
    }

    fn eval_bool_op(&mut self, expr: &ExprBoolOp) -> PyValue {
        let mut last = PyValue::Unknown;
        let mut is_sure = true;
        for value in &expr.values {
            last = self.eval(value);
            match (expr.op, last.truth()) {
                (BoolOp::And, Some(true)) | (BoolOp::Or, Some(false)) => {}
                (_, Some(_)) if is_sure => return last,
                _ => is_sure = false,
            }
        }
        if is_sure { last } else { PyValue::Unknown }
    }

    fn eval_conditional(&mut self, expr: &ExprIf) -> PyValue {
        match self.eval(&expr.test).truth() {
            Some(true) => self.eval(&expr.body),
            Some(false) => self.eval(&expr.orelse),
            None => {
                let left = self.eval(&expr.body);
                let right = self.eval(&expr.orelse);
                either(left, right)
            }
        }
    }
}

fn number(number: &Number) -> PyValue {
    match number {
        Number::Int(value) => value.as_i64().map_or(PyValue::Unknown, PyValue::Int),
        Number::Float(value) => PyValue::Float(*value),
        Number::Complex { .. } => PyValue::Unknown,
    }
}

fn unary(op: UnaryOp, value: &PyValue) -> PyValue {
    match (op, value) {
        (UnaryOp::Not, value) => value.truth().map_or(PyValue::Unknown, |it| PyValue::Bool(!it)),
        (UnaryOp::USub, PyValue::Int(it)) => {
            it.checked_neg().map_or(PyValue::Unknown, PyValue::Int)
        }
        (UnaryOp::USub, PyValue::Float(it)) => PyValue::Float(-it),
        (UnaryOp::UAdd, PyValue::Int(_) | PyValue::Float(_)) => value.clone(),
        (UnaryOp::Invert, PyValue::Int(it)) => PyValue::Int(!it),
        _ => PyValue::Unknown,
    }
}
