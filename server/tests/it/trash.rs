//! The trash over HTTP.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn deleted_tasks_are_listed_restored_and_purged() {
    let app = App::shell().await;
    // The trash does not exist, and the request is empty.
    for verb in ["restore", "purge"] {
        let nothing = app.post(&format!("/api/trash/{verb}"), json!({"names": []})).await;
        assert_eq!(
            (nothing.status.as_u16(), &nothing.json()["count"]),
            (200, &json!(0)),
            "{nothing}"
        );
    }
    for name in ["a", "b"] {
        app.create_shell(name, "true").await;
        app.post("/api/tasks/batch/delete", json!({"task_names": [name]})).await;
    }
    let listed = app.get("/api/trash").await.json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(2), "{listed}");
    let restored = app.post("/api/trash/restore", json!({"names": ["a"]})).await;
    assert_snapshot!("trash_restore", restored);
    assert_eq!(app.get("/api/tasks/a").await.status, 200);
    assert_snapshot!("trash_purge", app.post("/api/trash/purge", json!({"names": ["b"]})).await);
    assert_snapshot!("trash_missing", app.post("/api/trash/purge", json!({"names": ["b"]})).await);
    assert_snapshot!("trash_empty", app.get("/api/trash").await);
}
