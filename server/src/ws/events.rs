//! `WS /api/events?since=<id>`: everything that changes.

use axum::extract::State;
use axum::response::Response;
use engine::Engine;
use futures_util::stream::unfold;
use serde::Deserialize;
use utoipa::ToSchema;

use super::pump::pump;
use super::upgrade::Upgrade;
use crate::error::ApiFailure;
use crate::extract::Query;
use crate::state::Closing;

/// Where to begin.
#[derive(Deserialize, ToSchema)]
pub(crate) struct EventsQuery {
    /// The last id that is known; absent for what comes from now on.
    since: Option<u64>,
}

/// `WS /api/events?since=<id>`: a greeting, then every change after `since`, or from now on.
pub(crate) async fn stream(
    State(engine): State<Engine>,
    State(closing): State<Closing>,
    Query(query): Query<EventsQuery>,
    Upgrade(upgrade): Upgrade,
) -> Result<Response, ApiFailure> {
    let events = unfold(engine.subscribe(query.since), async |mut events| {
        Some((events.next().await, events))
    });
    Ok(upgrade.on_upgrade(|socket| pump(socket, events, closing)))
}
