//! The editor of the environment of the task's next runs.

use std::collections::BTreeMap;

use common::options::is_variable_name;
use common::{ApiError, Task, secret};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{get_task, reveal_task, set_env};
use super::env_draft::{EnvFault, EnvRow, environment, names, rows};
use super::state::use_task;
use crate::AppError;
use crate::components::handler::plain;
use crate::components::{Button, ButtonKind, Icon, IconButton, TextField};
use crate::i18n::use_messages;

/// The stored environment: variables, and names of those that are taken from the server's environment.
type Stored = (BTreeMap<String, String>, Vec<String>);

/// The edited rows, and the stored environment that they are based on.
#[derive(Clone, Copy)]
struct EnvEditorState {
    rows: RwSignal<Vec<EnvRow>>,
    base: RwSignal<Stored>,
    /// Names of variables that are taken from the server's environment, as typed.
    from: RwSignal<String>,
    next_key: StoredValue<u32>,
    /// The stored environment was changed by another client.
    conflict: RwSignal<bool>,
    busy: RwSignal<bool>,
}

/// The editor; saves on request.
#[component]
pub(super) fn EnvEditor() -> impl IntoView {
    let t = use_messages().task();
    let state = use_task();
    let editor = EnvEditorState::new(state.task.with_untracked(stored_of));
    let stored = Memo::new(move |_| state.task.with(stored_of));
    Effect::new(move |_| editor.on_stored(stored.get()));
    let fault = Signal::derive(move || editor.rows.with(|rows| environment(rows).err()));
    let bad_from = Signal::derive(move || {
        let bad =
            editor.from.with(|text| names(text).into_iter().find(|name| !is_variable_name(name)));
        bad.map(|name| (t.env_bad_name)(&name))
    });
    let problem = move || {
        fault.get().map(|fault| match fault {
            EnvFault::Twice(name) => (t.env_twice)(&name),
            EnvFault::BadName(name) => (t.env_bad_name)(&name),
        })
    };
    let empty = Memo::new(move |_| editor.rows.with(Vec::is_empty));
    let locked = Signal::derive(move || {
        fault.get().is_some() || bad_from.get().is_some() || !editor.is_dirty()
    });
    let masked = Memo::new(move |_| editor.rows.with(|rows| rows.iter().any(is_masked)));
    let save = move |_| editor.save(state);
    let take_stored = move |_| editor.reset(stored.get_untracked());
    view! {
        <section class="section">
            <header class="section__head"><h2 class="section__title">{t.env}</h2></header>
            <p class="section__hint">{t.env_help}</p>
            <div class="env-rows">
                <For each=move || editor.rows.get() key=|row| row.key let:row>
                    <EnvRowView editor row/>
                </For>
            </div>
            <Show when=move || empty.get()><p class="section__hint">{t.env_none}</p></Show>
            <TextField id="env-from" label=t.env_from value=editor.from mono=true
                on_input=move |text| editor.from.set(text) placeholder="WANDB_API_KEY"
                help=t.env_from_help error=bad_from/>
            <p class="field__note field__note--bad" role="status">{problem}</p>
            <Show when=move || editor.conflict.get()>
                <div class="note note--warn" role="alert">
                    <div>
                        <p>{t.env_conflict}</p>
                        <div class="note__actions"><Button on_click=take_stored>{t.take_theirs}</Button></div>
                    </div>
                </div>
            </Show>
            <div class="section__actions">
                <Button icon=Icon::Plus on_click=move |_| editor.add()>{t.env_add}</Button>
                <Show when=move || masked.get()>
                    <Button on_click=move |_| editor.reveal(state)>{t.env_reveal}</Button>
                </Show>
                <Button kind=ButtonKind::Primary disabled=locked busy=editor.busy on_click=save>{t.save}</Button>
            </div>
        </section>
    }
}

#[component]
fn EnvRowView(editor: EnvEditorState, row: EnvRow) -> impl IntoView {
    let t = use_messages().task();
    let EnvRow { key, name, value } = row;
    let label = (t.env_remove)(&name);
    let edit = move |change: fn(&mut EnvRow, String), text: String| {
        editor.rows.update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.key == key) {
                change(row, text);
            }
        });
    };
    view! {
        <div class="env-row">
            <input class="input input--mono" aria-label=t.env_name placeholder=t.env_name value=name
                autocomplete="off" spellcheck="false"
                on:input=plain(move |event| edit(|row, text| row.name = text, event_target_value(&event)))/>
            <span aria-hidden="true">"="</span>
            <input class="input input--mono" aria-label=t.env_value placeholder=t.env_value value=value
                autocomplete="off" spellcheck="false"
                on:input=plain(move |event| edit(|row, text| row.value = text, event_target_value(&event)))/>
            <IconButton icon=Icon::Cross label
                on_click=move |_| editor.rows.update(|rows| rows.retain(|row| row.key != key))/>
        </div>
    }
}

fn stored_of(task: &Task) -> Stored {
    (task.env.clone(), task.options.env_from.clone())
}

fn is_masked(row: &EnvRow) -> bool {
    row.value == secret::MASK
}

impl EnvEditorState {
    fn new((env, from): Stored) -> Self {
        let rows = rows(&env, 0);
        Self {
            next_key: StoredValue::new(u32::try_from(rows.len()).unwrap_or(0)),
            rows: RwSignal::new(rows),
            from: RwSignal::new(from.join(" ")),
            base: RwSignal::new((env, from)),
            conflict: RwSignal::new(false),
            busy: RwSignal::new(false),
        }
    }

    fn is_dirty(self) -> bool {
        let now = self.rows.with(|rows| environment(rows).ok());
        let from = self.from.with(|text| names(text));
        self.base.with(|(base, base_from)| now.as_ref() != Some(base) || from != *base_from)
    }

    fn add(self) {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        let row = EnvRow { key, name: String::new(), value: String::new() };
        self.rows.update(|rows| rows.push(row));
    }

    /// Resets the editor to the stored environment.
    fn reset(self, (env, from): Stored) {
        let fresh = rows(&env, self.next_key.get_value());
        self.next_key.update_value(|key| *key += u32::try_from(fresh.len()).unwrap_or(0));
        self.rows.set(fresh);
        self.from.set(from.join(" "));
        self.base.set((env, from));
        self.conflict.set(false);
    }

    /// Handles a change of the stored environment.
    fn on_stored(self, stored: Stored) {
        let is_known = self.base.with_untracked(|(base, from)| {
            *from == stored.1 && secret::is_seen_as(&stored.0, base)
        });
        if is_known || self.busy.get_untracked() {
            return;
        }
        if untrack(|| self.is_dirty()) {
            // The next save replaces the environment that is stored now.
            self.base.set(stored);
            self.conflict.set(true);
        } else {
            self.reset(stored);
        }
    }

    /// Replaces the masks of secrets by their values.
    fn reveal(self, state: super::state::TaskState) {
        let (ws, name) = (state.ws.get_untracked(), state.name());
        spawn_local(async move {
            match reveal_task(ws, name).await {
                Ok(task) => self.unmask(&task.env),
                Err(error) => state.toasts.error(&error),
            }
        });
    }

    fn unmask(self, env: &BTreeMap<String, String>) {
        self.rows.update(|rows| {
            for row in rows.iter_mut().filter(|row| is_masked(row)) {
                let Some(value) = env.get(&row.name) else { continue };
                value.clone_into(&mut row.value);
                // A new key recreates the row, because its field is initialized only once.
                row.key = self.next_key.get_value();
                self.next_key.set_value(row.key + 1);
            }
        });
        self.base.update(|(base, _)| {
            for (name, value) in base.iter_mut().filter(|(_, value)| *value == secret::MASK) {
                if let Some(known) = env.get(name) {
                    value.clone_from(known);
                }
            }
        });
    }

    fn save(self, state: super::state::TaskState) {
        let Ok(env) = self.rows.with_untracked(|rows| environment(rows)) else { return };
        let (ws, name) = (state.ws.get_untracked(), state.name());
        let (expected, _) = self.base.get_untracked();
        let from = self.from.with_untracked(|text| names(text));
        let saved = use_messages().task().saved;
        self.busy.set(true);
        spawn_local(async move {
            match set_env(ws.clone(), name.clone(), env.clone(), Some(expected), Some(from.clone()))
                .await
            {
                Ok(task) => {
                    self.base.set((env, from));
                    self.conflict.set(false);
                    state.take_over(&task);
                    state.toasts.done(saved);
                }
                Err(AppError(ApiError::Conflict(_))) => {
                    if let Ok(task) = get_task(ws, name).await {
                        self.base.set(stored_of(&task));
                    }
                    self.conflict.set(true);
                }
                Err(error) => state.toasts.error(&error),
            }
            self.busy.set(false);
        });
    }
}
