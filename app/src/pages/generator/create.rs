//! Creating the batch, perhaps running it, and going to its tasks.

use common::generator::CreateRequest;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::api::{create_batch, run_created};
use super::work::Work;
use crate::AppError;
use crate::components::use_toasts;
use crate::i18n::use_messages;
use crate::state::workspace::{use_ws, with_ws};

/// What to do with the plan.
#[derive(Clone)]
struct Order {
    ws: Option<String>,
    request: CreateRequest,
    run: bool,
}

/// The page's one action; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Creation {
    work: Work,
    ws: Memo<Option<String>>,
    action: Action<Order, Result<u64, AppError>>,
}

impl Creation {
    /// Creates what the plan says, unless it cannot be or is being created.
    pub(super) fn start(self, run: bool) {
        let Ok(plan) = self.work.plan.get_untracked() else { return };
        if self.action.pending().get_untracked() {
            return;
        }
        let request = self.work.request(&plan);
        self.action.dispatch(Order { ws: self.ws.get_untracked(), request, run });
    }

    /// Whether tasks are being created.
    pub(super) fn pending(self) -> Memo<bool> {
        self.action.pending()
    }
}

/// Makes the action known to the page's parts, and to the keyboard: Ctrl or Cmd with Enter
/// creates, with Shift it also runs.
pub(super) fn provide_creation(work: Work) {
    let t = use_messages();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let action = Action::new(move |order: &Order| {
        let (order, navigate) = (order.clone(), navigate.clone());
        async move {
            let ws = order.ws.clone();
            let answer = carry_out(order).await;
            match &answer {
                Ok(count) => {
                    toasts.done((t.generator().created)(*count));
                    work.discard();
                    navigate(&with_ws("/tasks", ws.as_deref()), Default::default());
                }
                Err(error) => toasts.error(error),
            }
            answer
        }
    });
    let creation = Creation { work, ws: use_ws(), action };
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

/// The page's one action.
pub(super) fn use_creation() -> Creation {
    expect_context::<Creation>()
}

async fn carry_out(order: Order) -> Result<u64, AppError> {
    let names = create_batch(order.ws.clone(), order.request).await?;
    let count = names.len() as u64;
    if order.run {
        run_created(order.ws, names).await?;
    }
    Ok(count)
}
