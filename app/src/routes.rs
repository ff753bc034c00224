//! The root component and the table of routes.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::layout::{Frame, NotFound};
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
                    <Route path=path!("/generator") view=|| view! { <GeneratorPage/> }.into_any()/>
                    <Route path=path!("/tasks") view=|| view! { <ManagerPage/> }.into_any()/>
                    <Route path=path!("/tasks/:name") view=|| view! { <TaskPage/> }.into_any()/>
                    <Route path=path!("/monitor") view=|| view! { <MonitorPage/> }.into_any()/>
                    <Route path=path!("/launcher") view=|| view! { <LauncherPage/> }.into_any()/>
                </FlatRoutes>
            </Frame>
        </Router>
    }
}
