//! The action that opens a workspace and then leaves the page.

use common::launcher::OpenRequest;
use common::workspace::Workspace;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::api;
use crate::AppError;
use crate::components::use_toasts;
use crate::state::workspace::with_ws;

/// The target of the action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A script, optionally with a config for the defaults.
    Script(OpenRequest),
    /// A workspace folder.
    Folder(String),
    /// The shell workspace.
    Shell,
    /// The file chosen in the desktop's file picker.
    FilePicker,
}

impl Target {
    /// The next page: the Generator of a new workspace, Home of an existing one.
    fn next_page(&self) -> &'static str {
        match self {
            Self::Folder(_) => "/",
            Self::Script(_) | Self::Shell | Self::FilePicker => "/generator",
        }
    }
}

/// Handle to the page's action.
#[derive(Clone, Copy)]
pub(super) struct Opener(Action<Target, Result<Workspace, AppError>>);

impl Opener {
    /// Starts opening, unless another target is being opened.
    pub(super) fn open(self, target: Target) {
        if !self.0.pending().get_untracked() {
            self.0.dispatch(target);
        }
    }

    /// Whether a target is being opened.
    pub(super) fn pending(self) -> Memo<bool> {
        self.0.pending()
    }
}

/// Provides the action to the page's components.
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

/// The page's action.
pub(super) fn use_opener() -> Opener {
    expect_context::<Opener>()
}
