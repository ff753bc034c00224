//! The action that creates the batch, optionally runs it, and navigates to its tasks.

use common::generator::{CreateRequest, Created};
use common::live::Change;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::api::create_batch;
use super::state::GeneratorState;
use crate::AppError;
use crate::components::use_toasts;
use crate::i18n::use_messages;
use crate::state::live::use_live;
use crate::state::workspace::{use_ws, with_ws};
use crate::url_query::UrlQuery;

/// The input of the action.
#[derive(Clone)]
struct CreateOrder {
    ws: Option<String>,
    request: CreateRequest,
    run: bool,
}

/// Handle to the page's action; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Creation {
    state: GeneratorState,
    ws: Memo<Option<String>>,
    action: Action<CreateOrder, Result<Created, AppError>>,
    /// Number of created tasks, and of all tasks of the batch.
    progress: RwSignal<Option<(u64, u64)>>,
}

impl Creation {
    /// Creates the batch, unless it is invalid, too large or already being created.
    pub(super) fn start(self, run: bool) {
        let Ok(plan) = self.state.plan.get_untracked() else { return };
        if self.action.pending().get_untracked() || self.state.limit_exceeded(&plan).is_some() {
            return;
        }
        let request = self.state.request(&plan);
        self.progress.set(None);
        self.action.dispatch(CreateOrder { ws: self.ws.get_untracked(), request, run });
    }

    /// Whether tasks are being created.
    pub(super) fn pending(self) -> Memo<bool> {
        self.action.pending()
    }

    /// The progress of a large batch: number of created tasks, and of all.
    pub(super) fn progress(self) -> ReadSignal<Option<(u64, u64)>> {
        self.progress.read_only()
    }
}

/// Provides the action to the page's components, and binds the keyboard: Ctrl or Cmd with Enter
/// creates, with Shift it also runs.
pub(super) fn provide_creation(state: GeneratorState) {
    let t = use_messages();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let action = Action::new(move |order: &CreateOrder| {
        let (order, navigate) = (order.clone(), navigate.clone());
        async move {
            let CreateOrder { ws, request, run } = order;
            let response = create_batch(ws.clone(), request, run).await;
            match &response {
                Ok(created) => {
                    toasts.done((t.generator().created)(created.count));
                    state.discard();
                    let page = with_ws(&tasks_page(created), ws.as_deref());
                    navigate(&page, Default::default());
                }
                Err(error) => toasts.error(error),
            }
            response
        }
    });
    let progress = RwSignal::new(None);
    use_live().on(move |change| {
        if let Change::BatchProgress { done, total, .. } = change {
            progress.set(Some((*done, *total)));
        }
    });
    let creation = Creation { state, ws: use_ws(), action, progress };
    provide_context(creation);
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                creation.start(event.shift_key());
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// The page's action.
pub(super) fn use_creation() -> Creation {
    expect_context::<Creation>()
}

/// The address of the list of the created tasks, which a search for the batch name finds.
fn tasks_page(created: &Created) -> String {
    let query = UrlQuery::default().with("q", created.batch.as_deref());
    format!("/tasks{}", query.to_search())
}
