//! Evaluates assignments.

use ruff_python_ast::{Expr, StmtAnnAssign, StmtAssign, StmtAugAssign};

use super::interpreter::Interpreter;
use super::operator::binary;
use super::value::PyValue;

impl Interpreter {
    pub(super) fn exec_assign(&mut self, statement: &StmtAssign) {
        let value = self.eval(&statement.value);
        for target in &statement.targets {
            self.assign(target, value.clone());
        }
    }

    pub(super) fn exec_ann_assign(&mut self, statement: &StmtAnnAssign) {
        if let Some(value) = &statement.value {
            let value = self.eval(value);
            self.assign(&statement.target, value);
        }
    }

    pub(super) fn exec_aug_assign(&mut self, statement: &StmtAugAssign) {
        let right = self.eval(&statement.value);
        let left = self.eval(&statement.target);
        self.assign(&statement.target, binary(statement.op, &left, &right));
    }

    /// Binds a target: a name, an attribute, an item, or several of them.
    pub(crate) fn assign(&mut self, target: &Expr, value: PyValue) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), value),
            Expr::Tuple(it) => self.assign_each(&it.elts, &value),
            Expr::List(it) => self.assign_each(&it.elts, &value),
            Expr::Starred(it) => self.assign(&it.value, PyValue::Unknown),
            Expr::Attribute(it) => {
                let holder = self.eval(&it.value);
                self.set_attribute(&holder, it.attr.as_str(), value);
            }
            Expr::Subscript(it) => {
                let holder = self.eval(&it.value);
                let key = self.eval(&it.slice);
                let changed = with_item(&holder, &key, value);
                if it.value.is_name_expr() || it.value.is_attribute_expr() {
                    self.assign(&it.value, changed);
                }
            }
            _ => {}
        }
    }

    fn assign_each(&mut self, targets: &[Expr], value: &PyValue) {
        let items = value.items().filter(|items| items.len() == targets.len());
        for (index, target) in targets.iter().enumerate() {
            let item = items.as_ref().and_then(|items| items.get(index).cloned());
            self.assign(target, item.unwrap_or(PyValue::Unknown));
        }
    }

    fn set_attribute(&mut self, holder: &PyValue, name: &str, value: PyValue) {
        let scope = match holder {
            PyValue::Object(number) => &mut self.objects[*number].attributes,
            PyValue::Class(number) => &mut self.classes[*number].attributes,
            PyValue::Module(number) => &mut self.modules[*number].scope,
            PyValue::Parser(number) => &mut self.parsers[*number].attributes,
            _ => return,
        };
        scope.insert(name.to_owned(), value);
    }

    /// After a change that cannot be evaluated, the value of a name or an item is unknown.
    pub(super) fn forget(&mut self, target: &Expr) {
        match target {
            Expr::Subscript(it) if it.value.is_name_expr() || it.value.is_attribute_expr() => {
                self.assign(&it.value, PyValue::Unknown);
            }
            Expr::Subscript(_) => {}
            other => self.assign(other, PyValue::Unknown),
        }
    }
}

/// The container after `holder[key] = value`.
fn with_item(holder: &PyValue, key: &PyValue, value: PyValue) -> PyValue {
    match (holder, key) {
        (PyValue::Dict(items), key) if !key.is_unknown() => {
            let mut items = items.to_vec();
            match items.iter_mut().find(|(known, _)| known == key) {
                Some(slot) => slot.1 = value,
                None => items.push((key.clone(), value)),
            }
            PyValue::dict(items)
        }
        (handle, _) if handle.is_handle() => handle.clone(),
        _ => PyValue::Unknown,
    }
}
