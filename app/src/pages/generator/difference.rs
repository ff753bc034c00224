//! The list of parameters that differ from the template.

use leptos::prelude::*;
use serde_yaml::{Mapping, Value};

use super::fold::Fold;
use super::mode::Mode;
use super::state::{GeneratorState, current_form};
use crate::i18n::use_messages;

/// A parameter that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    key: String,
    /// `None` if the template does not have it.
    old: Option<String>,
    /// `None` if it was removed.
    new: Option<String>,
}

/// The collapsible list of differences.
#[component]
pub(super) fn Differences() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let found = Memo::new(move |_| {
        let config = match state.mode.get() {
            Mode::Shell => None,
            Mode::Yaml => state.yaml.with(|text| common::yaml::parse_mapping(text).ok()),
            Mode::Grid | Mode::Tree => {
                Some(current_form(state.form, state.fields).to_plain_mapping())
            }
        };
        let form = state.form.get_value();
        config.map(|config| differences(form.template(), &config)).unwrap_or_default()
    });
    let rows = move || {
        let row = |Difference { key, old, new }| {
            let text_or_dash = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
            view! {
                <li class="differences__row">
                    <code>{key}</code>
                    <span class="differences__values">
                        <del>{text_or_dash(old)}</del>" → "<ins>{text_or_dash(new)}</ins>
                    </span>
                </li>
            }
        };
        found.get().into_iter().map(row).collect_view()
    };
    let count = move || found.with(Vec::len);
    let head = move || (t.generator().differences)(count());
    view! {
        <Fold key_="diff" head=head.into_any() hidden=Signal::derive(move || count() == 0)>
            <ul class="differences">{rows}</ul>
        </Fold>
    }
}

fn differences(template: &Mapping, config: &Mapping) -> Vec<Difference> {
    let (old, new) = (flat(template), flat(config));
    let text_of = |key: &String, pairs: &[(String, String)]| {
        pairs.iter().find(|(other, _)| other == key).map(|(_, text)| text.clone())
    };
    let gone = old.iter().filter(|(key, _)| text_of(key, &new).is_none());
    new.iter()
        .chain(gone)
        .map(|(key, _)| Difference {
            key: key.clone(),
            old: text_of(key, &old),
            new: text_of(key, &new),
        })
        .filter(|difference| difference.old != difference.new)
        .collect()
}

/// Dotted keys and values as text.
fn flat(config: &Mapping) -> Vec<(String, String)> {
    fn walk(prefix: &str, config: &Mapping, pairs: &mut Vec<(String, String)>) {
        for (key, value) in config {
            let key = common::yaml::key_text(key);
            let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
            match value {
                Value::Mapping(inner) if !inner.is_empty() => walk(&key, inner, pairs),
                Value::String(text) => pairs.push((key, text.clone())),
                Value::Number(number) => pairs.push((key, common::yaml::short_number(number))),
                other => pairs.push((key, common::yaml::to_flow(other))),
            }
        }
    }
    let mut pairs = Vec::new();
    walk("", config, &mut pairs);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_additions_and_removals_are_listed() {
        let read = |text: &str| common::yaml::parse_mapping(text).unwrap();
        let template = read("lr: 0.1\noptim: {kind: sgd, betas: [1, 2]}\nname: x\n");
        let config = read("lr: 0.1 | 1e-5\noptim: {kind: sgd, betas: [1]}\nmore: true\n");
        let found: Vec<String> = differences(&template, &config)
            .into_iter()
            .map(|it| format!("{} {:?} {:?}", it.key, it.old, it.new))
            .collect();
        assert_eq!(
            found,
            [
                "lr Some(\"0.1\") Some(\"0.1 | 1e-5\")",
                "optim.betas Some(\"[1, 2]\") Some(\"[1]\")",
                "more None Some(\"true\")",
                "name Some(\"x\") None",
            ]
        );
        assert!(differences(&template, &template).is_empty());
    }
}
