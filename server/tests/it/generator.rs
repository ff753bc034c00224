//! `/api/generator/…`: previews, creation, and every refusal with its exact text.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::App;

#[tokio::test]
async fn a_preview_counts_exactly_and_shows_six() {
    let app = App::script().await;
    let body = json!({ "yaml_text": "lr: 0.1 | 0.2\nepochs: 1:2" });
    assert_snapshot!(app.post("/api/generator/preview", body).await);
    let big = json!({ "yaml_text": "lr: 1:1000000\nepochs: 1:1000000" });
    let big = app.post("/api/generator/preview", big).await.json();
    assert_eq!(big["count"], 1_000_000_000_000_u64);
    assert_eq!(big["items"].as_array().map(Vec::len), Some(6));
    let more = json!({ "yaml_text": "lr: 1:100", "max_items": 9 });
    let more = app.post("/api/generator/preview", more).await.json();
    assert_eq!(more["items"].as_array().map(Vec::len), Some(9));
}

#[tokio::test]
async fn creating_a_grid() {
    let app = App::script().await;
    let body =
        json!({ "name_prefix": " g ", "yaml_text": "lr: 0.1 | 0.2", "append_timestamp": false });
    let created = app.post("/api/generator/create", body).await.json();
    assert_eq!(created["count"], 2);
    assert_eq!(created["task_kind"], "python");
    assert_eq!(created["items"][0]["name"], "g_1-of-2");
    assert_eq!(created["items"][1]["name"], "g_2-of-2");
    assert_eq!(created["recent_tasks"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn names_get_a_timestamp_unless_told_otherwise() {
    let app = App::script().await;
    let body = json!({ "name_prefix": "  ", "yaml_text": "lr: 0.1" });
    let created = app.post("/api/generator/create", body).await.json();
    let name = created["items"][0]["name"].as_str().unwrap();
    let stamp = name.strip_prefix("task_").unwrap();
    let shape: String = stamp.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(shape, "0000-00-00_00-00-00");
}

#[tokio::test]
async fn the_exact_refusals_of_a_script_workspace() {
    let app = App::script().await;
    let default = app.path().join("_pyruns_/train/config_default.yaml");
    let typed = json!({ "yaml_text": "epochs: many", "template_value": default });
    for (body, text) in [
        (json!({ "mode": "shell", "shell_text": "ls" }), "Unsupported generator mode: shell"),
        (json!({ "yaml_text": "- 1" }), "YAML content must be a mapping at the root."),
        (json!({ "yaml_text": "a: [" }), "Invalid YAML: "),
        (
            json!({ "mode": "yaml", "yaml_text": "lr: 0.1 | 0.2" }),
            "YAML mode does not support batch syntax. Switch back to Form mode.",
        ),
        (
            json!({ "yaml_text": "a: (1 | 2)\nb: (1 | 2 | 3)" }),
            "All (zip) parameters must have equal length. Got: a=2, b=3",
        ),
    ] {
        refused(&app, body, text).await;
    }
    assert_snapshot!(app.post("/api/generator/preview", typed).await);
}

#[tokio::test]
async fn the_exact_refusals_of_a_shell_workspace() {
    let app = App::shell().await;
    let form = json!({ "mode": "form", "yaml_text": "a: 1" });
    refused(&app, form, "Shell workspace only supports shell mode.").await;
    let blank = json!({ "mode": "shell", "shell_text": " \n" });
    refused(&app, blank, "Shell mode requires non-empty script content.").await;
}

/// Both routes refuse with 400 and a text that begins so, and nothing is created.
async fn refused(app: &App, mut body: Value, text: &str) {
    body["name_prefix"] = json!("x");
    for path in ["/api/generator/preview", "/api/generator/create"] {
        let reply = app.post(path, body.clone()).await;
        assert_eq!(reply.status, 400, "{path} {body}: {reply}");
        let detail = reply.detail();
        let detail = detail.as_str().unwrap();
        let is_whole = !text.ends_with(' ');
        assert!(
            detail.starts_with(text) && (!is_whole || detail == text),
            "{detail} is not {text}"
        );
    }
    assert_eq!(app.get("/api/tasks").await.json()["total"], 0);
}

#[tokio::test]
async fn too_large_a_batch_is_refused_with_its_number() {
    let app = App::script().await;
    let body = json!({ "name_prefix": "x", "yaml_text": "lr: 1:1000\nepochs: 1:101" });
    assert_snapshot!(app.post("/api/generator/create", body).await);
}

#[tokio::test]
async fn a_collision_leaves_nothing_behind() {
    let app = App::script().await;
    app.create("g_2-of-3", "lr: 9").await;
    let body =
        json!({ "name_prefix": "g", "yaml_text": "lr: 1 | 2 | 3", "append_timestamp": false });
    assert_snapshot!(app.post("/api/generator/create", body).await);
    assert_eq!(app.get("/api/tasks").await.json()["total"], 1);
}

#[tokio::test]
async fn names_that_no_folder_can_have() {
    let app = App::script().await;
    for name_prefix in ["a/b", ".hidden", "u@h", "x\u{7}", &"x".repeat(201)] {
        let body =
            json!({ "name_prefix": name_prefix, "yaml_text": "lr: 1", "append_timestamp": false });
        let reply = app.post("/api/generator/create", body).await;
        assert_eq!(reply.status, 400, "{name_prefix:?}: {reply}");
    }
}

#[tokio::test]
async fn missing_and_mistyped_fields() {
    let app = App::script().await;
    for (name, body) in [
        ("no_prefix", json!({})),
        ("prefix_is_a_number", json!({ "name_prefix": 5 })),
        ("flattened_field", json!({ "name_prefix": "x", "yaml_text": ["a"] })),
        ("unknown_mode", json!({ "name_prefix": "x", "mode": "magic" })),
        ("flag_is_text", json!({ "name_prefix": "x", "append_timestamp": "perhaps" })),
        ("body_is_a_list", json!([])),
    ] {
        assert_snapshot!(name, app.post("/api/generator/create", body).await);
    }
}
