//! The WebSocket of events, `WS /api/events?since=<id>`.

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
use crate::state::ShutdownSignal;

/// Where to begin.
#[derive(Deserialize, ToSchema)]
pub(crate) struct EventsQuery {
    /// The last received id; absent for new events only.
    since: Option<u64>,
}

/// `WS /api/events?since=<id>`: a hello message, then every change after `since`, or new changes.
pub(crate) async fn stream(
    State(engine): State<Engine>,
    State(shutdown): State<ShutdownSignal>,
    Query(query): Query<EventsQuery>,
    Upgrade(upgrade): Upgrade,
) -> Result<Response, ApiFailure> {
    let events = unfold(engine.subscribe(query.since), async |mut events| {
        Some((events.next().await, events))
    });
    Ok(upgrade.on_upgrade(|socket| pump(socket, events, shutdown)))
}
