//! The root component and the table of routes.
//!
//! Home belongs to the main WASM module. Every other page is a module of its own, loaded when it is
//! first opened, so that the first load stays small.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, LazyRoute, lazy_route, path};

use crate::layout::{Frame, NotFound};
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

#[derive(Debug)]
struct GeneratorRoute;

#[lazy_route]
impl LazyRoute for GeneratorRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <GeneratorPage/> }.into_any()
    }
}

#[derive(Debug)]
struct ManagerRoute;

#[lazy_route]
impl LazyRoute for ManagerRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <ManagerPage/> }.into_any()
    }
}

#[derive(Debug)]
struct TaskRoute;

#[lazy_route]
impl LazyRoute for TaskRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <TaskPage/> }.into_any()
    }
}

#[derive(Debug)]
struct CompareRoute;

#[lazy_route]
impl LazyRoute for CompareRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <ComparePage/> }.into_any()
    }
}

#[derive(Debug)]
struct MonitorRoute;

#[lazy_route]
impl LazyRoute for MonitorRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <MonitorPage/> }.into_any()
    }
}

#[derive(Debug)]
struct LauncherRoute;

#[lazy_route]
impl LazyRoute for LauncherRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <LauncherPage/> }.into_any()
    }
}
