//! The curves tab: all runs overlaid, or the mean and spread of groups.

use common::runs::cell_text;
use leptos::prelude::*;

use super::state::use_compared;
use crate::components::chart::{board_options, curve_colour};
use crate::components::{Choice, Select};
use crate::i18n::use_messages;
use crate::pages::curves::{CurveView, Curves, LabelledRun};

/// The curves of all compared runs.
#[component]
pub(super) fn CompareCurves() -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let group = RwSignal::new(String::new());
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new("", t.no_group)];
        let parameter = |it: &crate::pages::runs_table::Dimension| {
            it.is_parameter.then(|| Choice::new(it.name.clone(), it.label.clone()))
        };
        compared.dimensions.with_value(|all| choices.extend(all.iter().filter_map(parameter)));
        choices
    });
    let labelled = Memo::new(move |_| grouped(compared.labelled(), &group.get(), compared));
    let curves = Curves {
        labelled: labelled.into(),
        options: board_options(),
        highlighted: compared.highlighted,
        machine: false,
    };
    view! {
        <div class="compare__choices">
            <span>{t.group_by}</span>
            <Select label=t.group_by choices value=group on_change=move |name| group.set(name)/>
            <span class="muted">{t.group_help}</span>
        </div>
        <CurveView curves/>
    }
}

/// Assigns each run to a group by its value of a parameter.
fn grouped(
    labelled: Vec<LabelledRun>,
    column: &str,
    compared: super::state::ComparedRuns,
) -> Vec<LabelledRun> {
    let Some(dimension) = compared.dimension(column) else { return labelled };
    let mut groups: Vec<String> = Vec::new();
    let with_group = |(position, one): (usize, LabelledRun)| {
        let cell = dimension.cells.get(position).cloned().unwrap_or_default();
        let value = cell_text(&cell, common::runs::ColumnKind::Number);
        let name = format!("{} = {value}", dimension.label);
        let at = groups.iter().position(|known| *known == name).unwrap_or_else(|| {
            groups.push(name.clone());
            groups.len() - 1
        });
        LabelledRun { colour: curve_colour(at), group: Some(name), ..one }
    };
    labelled.into_iter().enumerate().map(with_group).collect()
}
