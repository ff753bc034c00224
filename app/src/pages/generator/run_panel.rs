//! The run settings of the batch: GPUs, priority, time limit, retries, environment, notes.

use leptos::prelude::*;

use super::fold::Fold;
use super::state::GeneratorState;
use crate::components::TextField;
use crate::components::handler::plain;
use crate::i18n::use_messages;

/// The collapsible form of the run settings.
#[component]
pub(super) fn RunPanel() -> impl IntoView {
    let t = use_messages();
    let g = t.generator();
    let run = expect_context::<GeneratorState>().run;
    let used = Memo::new(move |_| run.texts().len());
    let head = view! {
        {g.run_settings}
        <span class="muted num">{move || Some(used.get()).filter(|count| *count > 0)}</span>
    };
    view! {
        <Fold key_="run" head=head.into_any()>
            <div class="run-panel">
                <Number id="run-gpus" label=g.gpus text=run.gpus placeholder="0"/>
                <Number id="run-priority" label=g.priority text=run.priority placeholder="0"/>
                <Number id="run-timeout" label=g.timeout text=run.timeout placeholder="2h"/>
                <Number id="run-retries" label=g.retries text=run.retries placeholder="0"/>
                <Area id="run-env" label=g.env text=run.env placeholder="CUDA_LAUNCH_BLOCKING=1\nWANDB_API_KEY"/>
                <Area id="run-notes" label=g.notes text=run.notes placeholder=""/>
            </div>
        </Fold>
    }
}

#[component]
fn Number(
    id: &'static str,
    label: &'static str,
    text: RwSignal<String>,
    placeholder: &'static str,
) -> impl IntoView {
    view! {
        <TextField id label value=text on_input=move |new| text.set(new) placeholder mono=true/>
    }
}

#[component]
fn Area(
    id: &'static str,
    label: &'static str,
    text: RwSignal<String>,
    placeholder: &'static str,
) -> impl IntoView {
    view! {
        <div class="field run-panel__wide">
            <label class="field__label" for=id>{label}</label>
            <textarea
                class="input input--mono"
                id=id
                rows="2"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                prop:value=text
                on:input=plain(move |event| text.set(event_target_value(&event)))
            ></textarea>
        </div>
    }
}
