//! Loads a page whose code is a separate WASM module, and handles a failed download.

use std::pin::Pin;

use futures_util::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{Button, EmptyState, Icon};
use crate::i18n::use_messages;
use crate::state::live::{ConnectionState, use_live};

/// A boxed future.
type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// The separately loaded code of a page.
#[derive(Debug, Clone, Copy)]
pub struct PageModule {
    /// Fetches the module; true on success. A failed attempt can be repeated.
    pub fetch: fn() -> Work<bool>,
    /// Creates the page; ready immediately once the module is loaded, `None` if it could not be fetched.
    pub view: fn() -> Work<Option<AnyView>>,
}

impl PageModule {
    /// The page, or a placeholder that reports the failure and retries.
    pub async fn open(self) -> AnyView {
        #[cfg(feature = "hydrate")]
        self.fetch_rendered_page().await;
        match (self.view)().await {
            Some(view) => view,
            None => view! { <Unfetched module=self/> }.into_any(),
        }
    }

    /// Waits for the module of a page that the server has rendered: only the page's own view can hydrate that
    /// HTML.
    #[cfg(feature = "hydrate")]
    async fn fetch_rendered_page(self) {
        const PAUSE_MS: i32 = 1_000;
        while !crate::state::hydration::is_hydrated() && !(self.fetch)().await {
            crate::js::pause(PAUSE_MS).await;
        }
    }
}

/// The placeholder of a page whose module is missing: retries on request and when the server is reachable again.
#[component]
fn Unfetched(module: PageModule) -> impl IntoView {
    let t = use_messages().common();
    let is_there = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let connection = use_live().connection_state();
    let fetch = move || {
        if busy.get_untracked() || is_there.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let fetched = (module.fetch)().await;
            let _ = is_there.try_set(fetched);
            let _ = busy.try_set(false);
        });
    };
    Effect::new(move |_| {
        if connection.get() == ConnectionState::Up {
            fetch();
        }
    });
    move || match is_there.get() {
        // The module is loaded, so the view is ready immediately.
        true => (module.view)().now_or_never().flatten().into_any(),
        false => view! {
            <div class="page">
                <EmptyState icon=Icon::Alert title=t.failed_title text=t.page_failed>
                    <Button icon=Icon::Refresh busy on_click=move |_| fetch()>{t.retry}</Button>
                </EmptyState>
            </div>
        }
        .into_any(),
    }
}
