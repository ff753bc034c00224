//! Values that look like secrets are masked, unless the client requests them.

use common::secret::MASK;
use serde_json::{Value, json};

use crate::support::{App, Served};

const SECRET: &str = "hunter2-s3cret";

async fn with_a_secret() -> App {
    let app = App::shell().await;
    app.create_shell("t", "echo $API_KEY | rev").await;
    let env = json!({"env": {"API_KEY": SECRET, "PLAIN": "1"}});
    assert_eq!(app.patch("/api/tasks/t/env", env).await.status, 200);
    let settings = json!({"global_env": {"hf_token": SECRET}});
    assert_eq!(app.patch("/api/settings", settings).await.status, 200);
    app
}

fn stored(app: &App) -> Value {
    let path = app.path().join("_pyruns_/_shell_/tasks/t/task_info.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[tokio::test]
async fn no_response_and_no_event_contains_a_secret() {
    let app = with_a_secret().await;
    let served = Served::start(&app.engine).await;
    let mut socket = served.socket("/api/events").await;
    socket.next().await.unwrap();
    app.patch("/api/tasks/t/notes", json!({"notes": "x"})).await;
    let events = socket.until("task_changed").await;
    assert!(!json!(events).to_string().contains(SECRET));
    assert_eq!(events.last().unwrap()["task"]["env"]["API_KEY"], MASK);
    socket.close().await;
    served.stop().await;
    app.run_to_end("t").await;
    for path in [
        "/api/tasks/t",
        "/api/tasks",
        "/api/tasks?compact=true",
        "/api/workspace",
        "/api/dashboard",
        "/api/tasks/t/provenance",
        "/api/batches",
        "/api/templates",
        "/api/runs",
        "/api/runs/columns",
        "/api/runs/export?format=csv",
    ] {
        let reply = app.get(path).await;
        assert_eq!(reply.status, 200, "{path}: {reply}");
        assert!(!reply.text().contains(SECRET), "{path}: {reply}");
    }
    for path in ["/api/tasks/t?reveal=true", "/api/tasks?reveal=true", "/api/workspace?reveal=true"]
    {
        assert!(app.get(path).await.text().contains(SECRET), "{path}");
    }
    let task = app.get("/api/tasks/t").await.json();
    assert_eq!(task["env"], json!({"API_KEY": MASK, "PLAIN": "1"}));
    assert_eq!(task["masked_env"], json!(["API_KEY"]));
    let settings = app.get("/api/workspace").await.json()["settings"].clone();
    assert_eq!(
        (&settings["global_env"]["hf_token"], &settings["masked_env"]),
        (&json!(MASK), &json!(["hf_token"]))
    );
    let log = app.get("/api/tasks/t/logs").await.json();
    let reversed: String = SECRET.chars().rev().collect();
    assert!(log["content"].as_str().unwrap().contains(&reversed), "the run has the value: {log}");
    let note = app.path().join("_pyruns_/_shell_/tasks/t/run_logs/run1.provenance.json");
    let note = std::fs::read_to_string(note).unwrap();
    assert!(!note.contains(SECRET) && note.contains("API_KEY"), "{note}");
}

#[tokio::test]
async fn a_masked_value_that_comes_back_is_the_stored_one() {
    let app = with_a_secret().await;
    let path = "/api/tasks/t/env";
    let seen = json!({"API_KEY": MASK, "PLAIN": "1"});
    let body = json!({"env": {"API_KEY": MASK, "PLAIN": "2"}, "expected_env": seen});
    let reply = app.patch(path, body.clone()).await;
    assert_eq!(
        (reply.status.as_u16(), stored(&app)["env"].clone()),
        (200, json!({"API_KEY": SECRET, "PLAIN": "2"}))
    );
    assert!(!reply.text().contains(SECRET));
    assert_eq!(app.patch(path, body).await.status, 409, "PLAIN is not what was seen");
    let renamed = app.patch(path, json!({"env": {"OTHER_KEY": MASK}})).await;
    assert_eq!(renamed.status, 400);
    assert!(renamed.text().contains("OTHER_KEY"), "{renamed}");
    assert_eq!(stored(&app)["env"]["API_KEY"], SECRET);

    let reply =
        app.patch("/api/settings", json!({"global_env": {"hf_token": MASK, "A": "1"}})).await;
    assert_eq!(reply.status, 200, "{reply}");
    let shown =
        app.get("/api/workspace?reveal=true").await.json()["settings"]["global_env"].clone();
    assert_eq!(shown, json!({"hf_token": SECRET, "A": "1"}));
    let all = app
        .patch("/api/settings", app.get("/api/workspace").await.json()["settings"].clone())
        .await;
    assert_eq!(all.status, 200, "{all}");
    let file = app.path().join("_pyruns_/_pyruns_settings.yaml");
    let file = std::fs::read_to_string(file).unwrap();
    assert!(file.contains(SECRET) && !file.contains("masked_env"), "{file}");
}

#[tokio::test]
async fn equal_secrets_have_equal_fingerprints_in_provenance() {
    let app = with_a_secret().await;
    let note = async |run: u32| {
        app.run_to_end("t").await;
        app.get(&format!("/api/tasks/t/provenance?run_index={run}")).await.json()["env"]["API_KEY"]
            .clone()
    };
    let (first, second) = (note(1).await, note(2).await);
    assert!(first.as_str().unwrap().starts_with(MASK) && first != MASK, "{first}");
    assert_eq!(first, second);
    app.patch("/api/tasks/t/env", json!({"env": {"API_KEY": "another"}})).await;
    assert_ne!(note(3).await, first);
}

#[tokio::test]
async fn a_variable_of_the_server_is_passed_on_and_written_nowhere() {
    let app = App::shell().await;
    // Variables of every server.
    let home = std::env::var("PATH").unwrap();
    app.create_shell("t", "[ \"$PATH\" != from-the-settings ] && echo passed on").await;
    let settings = json!({"global_env": {"PATH": "from-the-settings"}});
    assert_eq!(app.patch("/api/settings", settings).await.status, 200);
    let env = json!({"env": {}, "env_from": ["PATH"]});
    let task = app.patch("/api/tasks/t/env", env).await.json()["task"].clone();
    assert_eq!(task["options"]["env_from"], json!(["PATH"]));
    assert_eq!(app.run_to_end("t").await["status"], "completed");
    let folder = app.path().join("_pyruns_/_shell_/tasks/t");
    for file in ["task_info.json", "run_logs/run1.provenance.json", "run_logs/run1.log"] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        assert!(!text.contains(&home), "{file}: {text}");
    }
    let note = app.get("/api/tasks/t/provenance").await.json();
    assert_eq!(note["env_from"], json!(["PATH"]));

    let env = json!({"env": {}, "env_from": ["PYRUNS_NOBODY_HAS_THIS"]});
    app.patch("/api/tasks/t/env", env).await;
    let task = app.run_to_end("t").await;
    assert_eq!(task["status"], "failed");
    let reason = task["reasons"][1].as_str().unwrap();
    assert!(reason.contains("PYRUNS_NOBODY_HAS_THIS") && reason.contains("env_from"), "{reason}");
    let bad = app.patch("/api/tasks/t/env", json!({"env": {}, "env_from": ["A=1"]})).await;
    assert_eq!(bad.status, 400, "{bad}");
}
