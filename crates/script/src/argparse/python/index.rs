//! Evaluates attributes and subscripts.

use ruff_python_ast::{Expr, ExprSlice, ExprSubscript};

use super::interpreter::Interpreter;
use super::value::PyValue;

impl Interpreter {
    /// `holder.name`.
    pub(crate) fn attribute(&mut self, holder: &PyValue, name: &str) -> PyValue {
        match holder {
            PyValue::External(module) => PyValue::external(format!("{module}.{name}")),
            PyValue::Module(number) => self.module_attribute(*number, name),
            PyValue::Class(number) => self.attribute_of_class(*number, name),
            // Plain data has no such attribute: it is a member of an enum.
            PyValue::Str(_) | PyValue::Int(_) | PyValue::Float(_) if name == "value" => {
                holder.clone()
            }
            PyValue::Object(number) => {
                let object = &self.objects[*number];
                let class = object.class;
                match object.attributes.get(name) {
                    Some(value) => value.clone(),
                    None => self.bound_attribute(class, holder, name),
                }
            }
            PyValue::Parser(number) => {
                let parser = &self.parsers[*number];
                let class = parser.class;
                match (parser.attributes.get(name), class) {
                    (Some(value), _) => value.clone(),
                    (None, Some(class)) => self.bound_attribute(class, holder, name),
                    (None, None) => PyValue::Unknown,
                }
            }
            PyValue::Super(class, receiver) => self.super_attribute(*class, receiver, name),
            PyValue::Path(text) => path_attribute(text, name),
            _ => PyValue::Unknown,
        }
    }

    pub(super) fn eval_subscript(&mut self, expr: &ExprSubscript) -> PyValue {
        let holder = self.eval(&expr.value);
        if let Expr::Slice(slice) = &*expr.slice {
            return self.slice(&holder, slice).unwrap_or(PyValue::Unknown);
        }
        let key = self.eval(&expr.slice);
        match (&holder, &key) {
            (PyValue::Dict(items), key) if !key.is_unknown() => items
                .iter()
                .find(|(existing, _)| existing == key)
                .map_or(PyValue::Unknown, |(_, value)| value.clone()),
            (_, PyValue::Int(index)) => holder
                .items()
                .and_then(|items| items.get(position(*index, items.len())?).cloned())
                .unwrap_or(PyValue::Unknown),
            _ => PyValue::Unknown,
        }
    }

    fn slice(&mut self, holder: &PyValue, slice: &ExprSlice) -> Option<PyValue> {
        if slice.step.is_some() {
            return None;
        }
        let items = holder.items()?;
        let mut bound = |expr: &Option<Box<Expr>>, otherwise: usize| match expr {
            None => Some(otherwise),
            Some(expr) => match self.eval(expr) {
                PyValue::Int(index) if index < 0 => {
                    Some(items.len().saturating_sub(usize::try_from(-index).ok()?))
                }
                PyValue::Int(index) => Some(usize::try_from(index).ok()?.min(items.len())),
                _ => None,
            },
        };
        let (start, end) = (bound(&slice.lower, 0)?, bound(&slice.upper, items.len())?);
        let part = items.get(start..end.max(start))?.to_vec();
        Some(match holder {
            PyValue::Str(_) => {
                PyValue::str(part.iter().filter_map(PyValue::as_str).collect::<String>())
            }
            PyValue::Tuple(_) => PyValue::tuple(part),
            _ => PyValue::list(part),
        })
    }
}

fn position(index: i64, length: usize) -> Option<usize> {
    if index < 0 {
        length.checked_sub(usize::try_from(index.checked_neg()?).ok()?)
    } else {
        usize::try_from(index).ok()
    }
}

fn path_attribute(text: &str, name: &str) -> PyValue {
    let path = std::path::Path::new(text);
    let part = match name {
        "name" => path.file_name(),
        "stem" => path.file_stem(),
        "parent" => {
            let parent = path.parent().map(|it| it.to_string_lossy().into_owned());
            let parent = parent.filter(|it| !it.is_empty()).unwrap_or_else(|| ".".into());
            return PyValue::Path(parent.into());
        }
        _ => None,
    };
    part.map_or(PyValue::Unknown, |it| PyValue::str(it.to_string_lossy()))
}
