//! The root component and the table of routes.
//!
//! Home belongs to the main WASM module. Every other page is a separate module, loaded when it is
//! first opened, so that the first load stays small.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, LazyRoute, path};

use crate::layout::{Frame, NotFound, PageModule};
use crate::pages::compare::ComparePage;
use crate::pages::generator::GeneratorPage;
use crate::pages::home::HomePage;
use crate::pages::launcher::LauncherPage;
use crate::pages::manager::ManagerPage;
use crate::pages::monitor::MonitorPage;
use crate::pages::task::TaskPage;
use crate::state::preference::provide_preference;

/// The application: contexts, frame, routes.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_preference();
    view! {
        <Title formatter=|page: String| if page.is_empty() { "Pyruns".to_owned() } else { format!("{page} · Pyruns") }/>
        <Router>
            <Frame>
                <FlatRoutes fallback=|| view! { <NotFound/> }.into_any()>
                    <Route path=path!("/") view=|| view! { <HomePage/> }.into_any()/>
                    <Route path=path!("/generator") view={Lazy::<GeneratorRoute>::new()}/>
                    <Route path=path!("/tasks") view={Lazy::<ManagerRoute>::new()}/>
                    <Route path=path!("/tasks/:name") view={Lazy::<TaskRoute>::new()}/>
                    <Route path=path!("/compare") view={Lazy::<CompareRoute>::new()}/>
                    <Route path=path!("/monitor") view={Lazy::<MonitorRoute>::new()}/>
                    <Route path=path!("/launcher") view={Lazy::<LauncherRoute>::new()}/>
                </FlatRoutes>
            </Frame>
        </Router>
    }
}

/// A page in a separate module: its route, and the functions that fetch the module and make the view.
///
/// Like `#[lazy_route]`, which panics, and with that ends the whole application, when a module cannot be
/// fetched.
macro_rules! page {
    ($route:ident, $page:ident, $view:ident, $fetch:ident) => {
        #[derive(Debug)]
        struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_this: Self) -> AnyView {
                let module = PageModule {
                    fetch: || Box::pin(async { $fetch().await.is_ok() }),
                    view: || Box::pin(async { $view().await.ok() }),
                };
                module.open().await
            }

            async fn preload() {
                // On failure the page is fetched when it is opened.
                let _ = $fetch().await;
            }
        }

        #[wasm_split($view, wasm_split_path = leptos::wasm_split, preload($fetch), fallible)]
        fn $view() -> Result<AnyView, SplitLoaderError> {
            Ok(view! { <$page/> }.into_any())
        }
    };
}

page!(GeneratorRoute, GeneratorPage, generator_view, fetch_generator);
page!(ManagerRoute, ManagerPage, manager_view, fetch_manager);
page!(TaskRoute, TaskPage, task_view, fetch_task);
page!(CompareRoute, ComparePage, compare_view, fetch_compare);
page!(MonitorRoute, MonitorPage, monitor_view, fetch_monitor);
page!(LauncherRoute, LauncherPage, launcher_view, fetch_launcher);
