//! Waits for conditions instead of fixed times.

use std::time::{Duration, Instant};

/// Time limit of waits, which is long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// Polls until there is a result.
pub(crate) async fn wait_for<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited {DEADLINE:?} for {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
