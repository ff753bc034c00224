//! `GET /api/tasks/{name}/metrics`.

use insta::assert_snapshot;

use crate::support::App;

#[tokio::test]
async fn curves_of_a_run() {
    let app = App::shell().await;
    let script = r#"
journal="$(ls -d _pyruns_/_shell_/tasks/t/run_logs)/run1.journal.jsonl"
echo '{"t":1.0,"track":{"loss":0.5}}' >> "$journal"
echo '{"t":2.0,"track":{"loss":"NaN"}}' >> "$journal"
echo '{"t":3.0,"track":{"loss":0.25}}' >> "$journal"
"#;
    app.create_shell("t", script).await;
    assert_snapshot!("metrics_before_a_run", app.get("/api/tasks/t/metrics").await);
    app.run_to_end("t").await;
    assert_snapshot!("metrics_of_a_run", app.get("/api/tasks/t/metrics").await);
    let wrong = app.get("/api/tasks/t/metrics?max_points=few").await;
    assert_snapshot!("metrics_wrong_number", wrong);
}
