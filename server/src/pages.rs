//! The pages and their server functions.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use leptos::prelude::{provide_context, use_context, use_nonce};
use leptos_axum::{
    LeptosRoutes, ResponseOptions, generate_route_list_with_exclusions_and_ssg_and_context,
    render_app_to_stream_with_context,
};

use crate::state::AppState;

/// Adds the pages, the server functions and the page for unknown URLs.
pub(crate) fn add(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let context = page_context(state);
    let (routes, _) =
        generate_route_list_with_exclusions_and_ssg_and_context(app::App, None, context.clone());
    let options = state.leptos_options.clone();
    router
        .leptos_routes_with_context(state, routes, context, move || app::shell(options.clone()))
        .fallback(not_found)
}

/// Provides the engine in the context of pages and server functions.
///
/// The Content-Security-Policy is set here, because it contains the nonce of the page.
fn page_context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let (engine, access) = (state.engine.clone(), state.access.clone());
    move || {
        provide_context(engine.clone());
        let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
            return;
        };
        if let Ok(policy) = HeaderValue::from_str(&access.page_policy(&nonce)) {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    }
}

async fn not_found(State(state): State<AppState>, request: Request<Body>) -> Response {
    let options = state.leptos_options.clone();
    let context = page_context(&state);
    let render = render_app_to_stream_with_context(context, move || app::shell(options.clone()));
    let mut response = render(request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
