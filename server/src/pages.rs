//! The pages and the server functions behind them.

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

/// Adds every page, every server function, and the page for addresses that do not exist.
pub(crate) fn add(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let context = page_context(state);
    let (routes, _) =
        generate_route_list_with_exclusions_and_ssg_and_context(app::App, None, context.clone());
    let options = state.leptos_options.clone();
    router
        .leptos_routes_with_context(state, routes, context, move || app::shell(options.clone()))
        .fallback(not_found)
}

/// What pages and server functions find in their context: the engine.
///
/// The policy is set here because it names the nonce of the page that is being written.
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
