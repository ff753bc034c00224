//! The dialog that adds values to a parameter of a batch.

use common::batches::{ExtendBatchRequest, ExtendBatchResponse};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::extend_batch;
use crate::AppError;
use crate::components::{
    Button, ButtonKind, Choice, Dialog, Icon, Select, Switch, TextField, use_toasts,
};
use crate::i18n::use_messages;
use crate::state::workspace::use_ws;

/// A button and its dialog: parameter, new values, number of new tasks.
#[component]
pub(super) fn Extend(
    /// The batch.
    name: String,
    /// Its parameters.
    parameters: Signal<Vec<Choice>>,
) -> impl IntoView {
    let t = use_messages().grid();
    let open = RwSignal::new(false);
    let name = StoredValue::new(name);
    view! {
        <Button kind=ButtonKind::Plain icon=Icon::Plus on_click=move |_| open.set(true)>{t.extend}</Button>
        <Dialog open title=Signal::stored(t.extend.to_owned())>
            <ExtendForm name=name.get_value() parameters open/>
        </Dialog>
    }
}

#[component]
fn ExtendForm(
    name: String,
    parameters: Signal<Vec<Choice>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_messages().grid();
    let ws = use_ws();
    let toasts = use_toasts();
    let first = parameters.with_untracked(|all| all.first().map(|it| it.value.clone()));
    let (key, values) = (RwSignal::new(first.unwrap_or_default()), RwSignal::new(String::new()));
    let (run, busy) = (RwSignal::new(true), RwSignal::new(false));
    let plan = RwSignal::new(None::<Result<ExtendBatchResponse, AppError>>);
    let name = StoredValue::new(name);
    let request = move |preview| ExtendBatchRequest {
        key: key.get(),
        values: values.get(),
        run: run.get(),
        preview,
    };
    Effect::new(move |_| {
        let request = request(true);
        if request.values.trim().is_empty() {
            plan.set(None);
            return;
        }
        let ws = ws.get();
        let name = name.get_value();
        spawn_local(async move {
            let response = extend_batch(ws, name, request.clone()).await;
            // Ignore responses to an older input.
            let is_newest = values.try_get_untracked().as_ref() == Some(&request.values)
                && key.try_get_untracked().as_ref() == Some(&request.key);
            if is_newest {
                let _ = plan.try_set(Some(response));
            }
        });
    });
    let create = move |_| {
        let (ws, request) = (ws.get_untracked(), untrack(|| request(false)));
        busy.set(true);
        let name = name.get_value();
        spawn_local(async move {
            match extend_batch(ws, name, request).await {
                Ok(made) => {
                    toasts.done((t.created)(made.count));
                    let _ = open.try_set(false);
                }
                Err(error) => toasts.error(&error),
            }
            let _ = busy.try_set(false);
        });
    };
    let help = Signal::derive(move || match plan.get() {
        Some(Ok(plan)) => (t.would_create)(plan.values, plan.count, plan.total),
        _ => t.extend_help.to_owned(),
    });
    let problem = use_messages().problem();
    let error = Signal::derive(move || {
        plan.get()?.err().map(|error| (problem.sentence)(&error.to_string()))
    });
    let disabled = Signal::derive(move || !matches!(plan.get(), Some(Ok(_))));
    view! {
        <div class="extend">
            <div class="compare__choices">
                <span>{t.parameter}</span>
                <Select label=t.parameter choices=parameters value=key on_change=move |name| key.set(name)/>
            </div>
            <TextField id="extend-values" label=t.new_values value=values mono=true help error
                placeholder="0.3 | 0.1" on_input=move |text| values.set(text)/>
            <div class="extend__foot">
                <Switch on=run on_change=move |on| run.set(on) label=t.run_them.to_owned()/>
                <Button kind=ButtonKind::Primary icon=Icon::Plus disabled busy on_click=create>{t.create}</Button>
            </div>
        </div>
    }
}
