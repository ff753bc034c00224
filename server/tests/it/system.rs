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

#[tokio::test]
async fn the_disk_reports_free_space_and_usage() {
    let app = App::shell().await;
    app.create_shell("t", "head -c 300000 /dev/zero | tr '\\0' x").await;
    app.run_to_end("t").await;
    let disk = app.get("/api/system/metrics").await.json()["disk"].clone();
    let bytes = |key: &str| disk[key].as_u64().unwrap();
    assert!(bytes("free_bytes") <= bytes("total_bytes") && bytes("total_bytes") > 0, "{disk}");
    let usage = app.get("/api/system/disk").await.json();
    assert_eq!(usage["is_complete"], true);
    let logs = usage["kinds"].as_array().unwrap().iter().find(|kind| kind["name"] == "logs");
    assert!(logs.unwrap()["bytes"].as_u64().unwrap() >= 300_000, "{usage}");
    assert_eq!(usage["tasks"][0]["name"], "_shell_/t");

    let huge = u64::MAX >> 21;
    app.patch("/api/settings", serde_json::json!({"min_free_disk_mb": huge})).await;
    assert_eq!(app.get("/api/system/metrics").await.json()["disk"]["state"], "low");
    app.patch("/api/settings", serde_json::json!({"min_free_disk_mb": 0})).await;
    assert_eq!(app.get("/api/system/metrics").await.json()["disk"]["state"], "ok");
}
