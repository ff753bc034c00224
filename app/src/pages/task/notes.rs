//! The editor of the notes, saved automatically.

use std::time::Duration;

use common::ApiError;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{get_task, set_notes};
use super::note_draft::{NoteDraft, NoteState};
use super::state::{TaskState, use_task};
use crate::AppError;
use crate::components::handler::{left, plain};
use crate::components::{Button, ButtonKind};
use crate::i18n::use_messages;
use crate::state::debounce::Debounce;

/// How long typing must pause before saving.
const TYPING_PAUSE: Duration = Duration::from_millis(700);

/// The editor.
#[component]
pub(super) fn NotesEditor() -> impl IntoView {
    let t = use_messages().task();
    let state = use_task();
    let draft = RwSignal::new(state.task.with_untracked(|task| NoteDraft::new(&task.notes)));
    let saving = Debounce::new();
    let stored = Memo::new(move |_| state.task.with(|task| task.notes.clone()));
    Effect::new(move |_| stored.with(|stored| draft.update(|draft| draft.stored(stored))));
    let typed = move |event| {
        draft.update(|draft| draft.edit(event_target_value(&event)));
        saving.after(TYPING_PAUSE, move || save(state, draft));
    };
    // Leaving the field or the page saves immediately. A cleanup must not notify: an effect of this view would
    // still run, and read signals that are disposed by then.
    on_cleanup(move || {
        if let Some(Some(begun)) = draft.try_update_untracked(NoteDraft::begin_save) {
            send(state, draft, begun);
        }
    });
    let words = move || match draft.with(NoteDraft::state) {
        NoteState::Saved => t.notes_saved,
        NoteState::Saving => t.notes_saving,
        NoteState::Unsaved => t.notes_unsaved,
        NoteState::Conflict => "",
    };
    view! {
        <section class="section">
            <header class="section__head">
                <h2 class="section__title"><label for="task-notes">{t.notes}</label></h2>
                <span class="section__state" role="status">{words}</span>
            </header>
            <textarea
                id="task-notes"
                class="textarea"
                rows="8"
                placeholder=t.notes_hint
                prop:value=move || draft.with(|draft| draft.text().to_owned())
                on:input=plain(typed)
                on:blur=left(move || save(state, draft))
            >
                {draft.with_untracked(|draft| draft.text().to_owned())}
            </textarea>
            <Conflict state draft/>
        </section>
    }
}

/// The conflicting text, and the buttons that resolve the conflict.
#[component]
fn Conflict(state: TaskState, draft: RwSignal<NoteDraft>) -> impl IntoView {
    let t = use_messages().task();
    let theirs = Memo::new(move |_| draft.with(|draft| draft.theirs().map(str::to_owned)));
    let keep = move |_| {
        draft.update(NoteDraft::keep_mine);
        save(state, draft);
    };
    let take = move |_| draft.update(NoteDraft::take_theirs);
    move || {
        theirs.get().map(|theirs| {
            view! {
                <div class="note note--warn" role="alert">
                    <div>
                        <p class="note__title">{t.notes_conflict}</p>
                        <p>{t.notes_theirs}":"</p>
                        <pre class="code-block">{theirs}</pre>
                        <div class="note__actions">
                            <Button kind=ButtonKind::Primary on_click=keep>{t.keep_mine}</Button>
                            <Button on_click=take>{t.take_theirs}</Button>
                        </div>
                    </div>
                </div>
            }
        })
    }
}

fn save(state: TaskState, draft: RwSignal<NoteDraft>) {
    if let Some(Some(begun)) = draft.try_update(NoteDraft::begin_save) {
        send(state, draft, begun);
    }
}

/// Sends notes, with those that they replace.
fn send(state: TaskState, draft: RwSignal<NoteDraft>, (notes, expected): (String, String)) {
    let (ws, name) = (state.ws.get_untracked(), state.name());
    spawn_local(async move {
        match set_notes(ws.clone(), name.clone(), notes, Some(expected)).await {
            Ok(task) => {
                draft.try_update(NoteDraft::accepted);
                state.take_over(&task);
                // Saves changes made while the request was pending.
                save(state, draft);
            }
            Err(AppError(ApiError::Conflict(_))) => {
                let theirs = get_task(ws, name).await.map(|task| task.notes).unwrap_or_default();
                draft.try_update(|draft| draft.refused(theirs));
            }
            Err(error) => {
                draft.try_update(NoteDraft::failed);
                state.toasts.error(&error);
            }
        }
    });
}
