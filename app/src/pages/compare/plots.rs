//! The plots tab: parameters against a result.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::brushes::Brushes;
use super::heat_map::HeatMap;
use super::importance::ImportanceView;
use super::parallel::Parallel;
use super::scatter::Scatter;
use super::state::use_compared;
use crate::components::{Choice, EmptyState, Icon, Select};
use crate::i18n::use_messages;

/// All plots of the selected result.
#[component]
pub(super) fn Plots() -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let results = compared.dimensions.with_value(|all| {
        let results = all.iter().filter(|it| !it.is_parameter);
        results.map(|it| Choice::new(it.name.clone(), it.label.clone())).collect::<Vec<_>>()
    });
    let parameters = compared.dimensions.with_value(|all| all.iter().any(|it| it.is_parameter));
    if results.is_empty() || !parameters {
        return view! { <EmptyState icon=Icon::Chart title=t.no_plots_title text=t.no_plots_text/> }.into_any();
    }
    let brushes = Brushes::new(BTreeMap::new());
    let value = Signal::derive(move || compared.target.get().unwrap_or_default());
    view! {
        <div class="compare__choices">
            <span>{t.result}</span>
            <Select label=t.result choices=Signal::stored(results) value
                on_change=move |name| compared.target.set(Some(name))/>
        </div>
        <Parallel brushes/>
        <div class="compare__plots">
            <ImportanceView/>
            <Scatter brushes/>
            <HeatMap/>
        </div>
    }
    .into_any()
}
