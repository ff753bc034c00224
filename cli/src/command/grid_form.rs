//! The parameters of new tasks: a template, merged with a grid file and with `--set`.

use common::argument::ScriptForm;
use common::form::Form;
use serde_yaml::{Mapping, Value};

use super::failure::Failure;

/// Maximum number of parameters that an error lists.
const MAX_LISTED: usize = 20;

/// `KEY=VALUES`: a parameter and its values, as the form's field contains them.
///
/// # Errors
/// If there is no `=`.
pub(crate) fn assignment(argument: &str) -> Result<(&str, &str), Failure> {
    match argument.split_once('=') {
        Some((key, values)) if !key.trim().is_empty() => Ok((key.trim(), values)),
        _ => Err(Failure::refused(format!(
            "--set {argument}: write KEY=VALUES, for example --set lr='0.1 | 0.01'"
        ))),
    }
}

/// Sets the texts of fields.
///
/// # Errors
/// If the form has no such parameter.
pub(crate) fn set_fields(form: &mut Form, arguments: &[String]) -> Result<(), Failure> {
    for argument in arguments {
        let (key, values) = assignment(argument)?;
        let key = key_of(form, key).ok_or_else(|| unknown(form, key))?;
        form.set(&key, values);
    }
    Ok(())
}

/// The form of a template of default values merged with a grid.
pub(crate) fn form_of(template: &Mapping, grid: Option<Mapping>, script: &ScriptForm) -> Form {
    match grid {
        None => Form::new(template, Some(script)),
        Some(grid) => {
            let mut config = template.clone();
            merge(&mut config, grid);
            Form::over(&config, template, Some(script))
        }
    }
}

/// Replaces the values of a configuration by those of a grid.
pub(crate) fn merge(config: &mut Mapping, grid: Mapping) {
    for (key, value) in grid {
        match (config.get_mut(&key), value) {
            (Some(Value::Mapping(below)), Value::Mapping(grid)) => merge(below, grid),
            (_, value) => {
                config.insert(key, value);
            }
        }
    }
}

/// The dotted key of a parameter, which the last part of it suffices for if it is unique.
fn key_of(form: &Form, key: &str) -> Option<String> {
    if form.field(key).is_some() {
        return Some(key.to_owned());
    }
    let is_short = |field: &&common::form::Field| field.path.last().is_some_and(|it| it == key);
    let mut found = form.fields.iter().filter(is_short);
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only.key()),
        _ => None,
    }
}

fn unknown(form: &Form, key: &str) -> Failure {
    let mut keys: Vec<String> = form.fields.iter().take(MAX_LISTED).map(|it| it.key()).collect();
    if form.fields.len() > MAX_LISTED {
        keys.push("…".to_owned());
    }
    let listed = match keys.is_empty() {
        true => "the workspace has none; write them in a grid file".to_owned(),
        false => keys.join(", "),
    };
    Failure::refused(format!("--set: no single parameter is called {key}. Parameters: {listed}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(text: &str) -> Mapping {
        common::yaml::parse_mapping(text).unwrap()
    }

    fn form(template: &str, grid: Option<&str>, set: &[&str]) -> Result<String, String> {
        let mut form = form_of(&mapping(template), grid.map(mapping), &ScriptForm::default());
        let set: Vec<String> = set.iter().map(ToString::to_string).collect();
        set_fields(&mut form, &set).map_err(|error| error.to_string())?;
        Ok(form.to_yaml())
    }

    #[test]
    fn a_grid_and_then_set_change_the_template() {
        let template = "lr: 0.1\nseed: 0\noptim:\n  name: sgd\n  momentum: 0.9\n";
        let yaml = form(
            template,
            Some("lr: 1 | 2\noptim:\n  name: adam\nextra: [1, 2]\n"),
            &["lr=0.1 | 0.01", "seed=1:5", "momentum=0"],
        );
        let wanted =
            "lr: 0.1 | 0.01\nseed: 1:5\noptim:\n  name: adam\n  momentum: 0\nextra:\n- 1\n- 2\n";
        assert_eq!(mapping(&yaml.unwrap()), mapping(wanted));
    }

    #[test]
    fn values_have_the_kind_of_the_template() {
        let yaml = form(
            "name: a\nsizes: [1]\nflag: false\n",
            None,
            &["name=5", "sizes=[64, 64]", "flag=true"],
        );
        let wanted = "name: '5'\nsizes: [64, 64]\nflag: true\n";
        assert_eq!(mapping(&yaml.unwrap()), mapping(wanted));
    }

    #[test]
    fn an_unknown_or_ambiguous_parameter_is_refused() {
        let template = "a: {x: 1}\nb: {x: 2, y: 3}\n";
        let error = form(template, None, &["lrr=1"]).unwrap_err();
        assert!(error.ends_with("is called lrr. Parameters: a.x, b.x, b.y."), "{error}");
        assert!(form(template, None, &["x=1"]).is_err());
        assert!(form(template, None, &["b.x=1"]).is_ok());
        assert!(form(template, None, &["y"]).unwrap_err().contains("write KEY=VALUES"));
        assert!(form("{}", None, &["y=1"]).unwrap_err().contains("has none"));
    }
}
