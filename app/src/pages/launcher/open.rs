//! Opening something: one action for the whole page, which then leaves it.

use common::launcher::OpenRequest;
use common::workspace::Workspace;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::api;
use crate::AppError;
use crate::components::use_toasts;
use crate::state::workspace::with_ws;

/// What can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A script, perhaps with a config to take the defaults from.
    Script(OpenRequest),
    /// A workspace folder.
    Folder(String),
    /// The shell workspace.
    Shell,
    /// Whatever the desktop's file picker gives.
    FilePicker,
}

impl Target {
    /// Where its user wants to be next: in a new workspace at the form, in an old one at its tasks.
    fn next_page(&self) -> &'static str {
        match self {
            Self::Folder(_) => "/",
            Self::Script(_) | Self::Shell | Self::FilePicker => "/generator",
        }
    }
}

/// The page's one action.
#[derive(Clone, Copy)]
pub(super) struct Opener(Action<Target, Result<Workspace, AppError>>);

impl Opener {
    /// Starts opening, unless something is being opened.
    pub(super) fn open(self, target: Target) {
        if !self.0.pending().get_untracked() {
            self.0.dispatch(target);
        }
    }

    /// Whether something is being opened.
    pub(super) fn pending(self) -> Memo<bool> {
        self.0.pending()
    }
}

/// Makes the action known to the page's parts.
pub(super) fn provide_opener() {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let action = Action::new(move |target: &Target| {
        let (target, navigate) = (target.clone(), navigate.clone());
        async move {
            let next_page = target.next_page();
            let response = match target {
                Target::Script(request) => api::open_script(request).await,
                Target::Folder(path) => api::open_folder(path).await,
                Target::Shell => api::open_shell().await,
                Target::FilePicker => api::pick_script().await,
            };
            match &response {
                Ok(workspace) => {
                    navigate(&with_ws(next_page, Some(&workspace.name)), Default::default());
                }
                Err(error) => toasts.error(error),
            }
            response
        }
    });
    provide_context(Opener(action));
}

/// The page's one action.
pub(super) fn use_opener() -> Opener {
    expect_context::<Opener>()
}
