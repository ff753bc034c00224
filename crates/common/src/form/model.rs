//! The fields of a configuration.

use serde_yaml::{Mapping, Value};

use super::field::Field;
use crate::argument::{Argument, DefaultValue, ScriptForm};
use crate::batch::{BatchError, Grid, TypeMismatch, each_leaf, put, value_at};
use crate::yaml;

/// A configuration that is being edited.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// One per leaf of the configuration, in its order, followed by the script's other arguments.
    pub fields: Vec<Field>,
    template: Mapping,
    /// Determines the order, and contains the values without a field.
    base: Mapping,
}

/// How a text that looks like batch syntax is interpreted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Texts {
    /// As batch syntax, unless it is the script's own default.
    Written,
    /// As itself: the configuration of a task contains no batch syntax.
    Values,
}

impl Form {
    /// The form of a template that the user writes: batch syntax is interpreted.
    #[must_use]
    pub fn new(template: &Mapping, script: Option<&ScriptForm>) -> Self {
        Self::build(template, template, script, Texts::Written)
    }

    /// The form of a task's configuration: its texts are values, even if they look like batch
    /// syntax.
    #[must_use]
    pub fn of_task(config: &Mapping, script: Option<&ScriptForm>) -> Self {
        Self::build(config, config, script, Texts::Values)
    }

    /// The form of a configuration that is based on a template, for example when the user returns
    /// from YAML mode. Keys that are missing in the template become fields; removed keys stay
    /// removed.
    #[must_use]
    pub fn over(config: &Mapping, template: &Mapping, script: Option<&ScriptForm>) -> Self {
        Self::build(config, template, script, Texts::Written)
    }

    fn build(
        config: &Mapping,
        template: &Mapping,
        script: Option<&ScriptForm>,
        texts: Texts,
    ) -> Self {
        let arguments = script.map(|script| script.arguments.as_slice()).unwrap_or_default();
        let mut fields: Vec<Field> = Vec::new();
        each_leaf(config, &mut |path, leaf| {
            let argument = script.and_then(|script| argument_of(script, path));
            let is_literal = |value: &Value| texts == Texts::Values || is_default(argument, value);
            fields.push(Field::new(path, leaf, value_at(template, path), argument, is_literal));
        });
        let is_known = |argument: &&Argument| {
            config.contains_key(argument.dest.as_str())
                || template.contains_key(argument.dest.as_str())
        };
        for argument in arguments.iter().filter(|argument| !is_known(argument)) {
            let path = [Value::String(argument.dest.clone())];
            fields.push(Field::new(&path, &Value::Null, None, Some(argument), |_| true));
        }
        Self { fields, template: template.clone(), base: config.clone() }
    }

    /// The template that determines the types.
    #[must_use]
    pub fn template(&self) -> &Mapping {
        &self.template
    }

    /// The field of a dotted key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key() == key)
    }

    /// Sets the text of the field with a dotted key. Returns whether it exists.
    pub fn set(&mut self, key: &str, text: &str) -> bool {
        let field = self.fields.iter_mut().find(|field| field.key() == key);
        field.map(|field| text.clone_into(&mut field.text)).is_some()
    }

    /// Restores the initial texts of all fields.
    pub fn reset(&mut self) {
        self.fields.iter_mut().for_each(Field::reset);
    }

    /// The fields that differ from the template.
    pub fn changed(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_changed())
    }

    /// The configuration, batch syntax as text.
    #[must_use]
    pub fn to_mapping(&self) -> Mapping {
        self.mapping_of(Field::value)
    }

    fn mapping_of(&self, value_of: impl Fn(&Field) -> Value) -> Mapping {
        let mut config = self.base.clone();
        for field in &self.fields {
            let value = value_of(field);
            match field.keys.as_slice() {
                [key] if !config.contains_key(key) => {
                    if !field.is_left_to_script() {
                        config.insert(key.clone(), value);
                    }
                }
                path => put(&mut config, path, value),
            }
        }
        config
    }

    /// The configuration without expansion, as stored in a file: batch syntax is a text.
    #[must_use]
    pub fn to_plain_mapping(&self) -> Mapping {
        self.mapping_of(Field::plain_value)
    }

    /// Uses the texts of another form for fields with the same value, so that the user's quotes and
    /// number formats are preserved.
    pub fn keep_texts_of(&mut self, other: &Self) {
        for field in &mut self.fields {
            let same =
                other.fields.iter().find(|it| it.keys == field.keys && it.kind == field.kind);
            if let Some(same) = same.filter(|same| same.plain_value() == field.plain_value()) {
                field.text.clone_from(&same.text);
            }
        }
    }

    /// The YAML text for the server's form mode.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        yaml::to_text(&self.to_mapping())
    }

    /// All tasks that the form represents.
    ///
    /// # Errors
    /// When a field contains invalid batch syntax, or the zips differ in length.
    pub fn grid(&self) -> Result<Grid, BatchError> {
        Grid::parse(&self.to_mapping(), Some(&self.template))
    }

    /// Checks the values of all tasks against the template.
    ///
    /// # Errors
    /// Names the first field with a value of another type.
    pub fn check_types(&self, grid: &Grid) -> Result<(), TypeMismatch> {
        grid.check_types(&self.template)
    }
}

fn argument_of<'a>(script: &'a ScriptForm, path: &[Value]) -> Option<&'a Argument> {
    let keys: Option<Vec<&str>> = path.iter().map(Value::as_str).collect();
    script.argument_at(&keys?)
}

/// Whether a value is the script's own default: then it is not batch syntax, even if it looks like
/// it.
fn is_default(argument: Option<&Argument>, value: &Value) -> bool {
    match argument.map(|argument| &argument.default) {
        Some(DefaultValue::Known(default)) => yaml::from_json(default) == *value,
        _ => false,
    }
}
