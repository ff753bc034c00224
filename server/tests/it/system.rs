//! `GET /api/system/metrics`.

use crate::support::App;

#[tokio::test]
async fn the_machine_has_a_load() {
    let metrics = App::new().get("/api/system/metrics").await.json();
    for key in ["cpu_percent", "mem_percent"] {
        let percent = metrics[key].as_f64().unwrap();
        assert!((0.0..=100.0).contains(&percent), "{key}: {percent}");
    }
    assert!(metrics["gpus"].is_array());
}
