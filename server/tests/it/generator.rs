//! `/api/generator/…`: previews, creation, and every error with its exact text.

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
async fn names_get_a_timestamp_by_default() {
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

/// Asserts that both routes respond with 400 and a text with this prefix, and that nothing is created.
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

#[tokio::test]
async fn a_batch_has_a_condition_names_of_its_values_and_settings_of_its_runs() {
    let app = App::script().await;
    let body = json!({
        "name_prefix": "unused", "name_pattern": "lr{lr}-e{epochs}", "append_timestamp": false,
        "yaml_text": "lr: 0.1 | 0.2\nepochs: 1:3", "when": "lr == 0.1 or epochs == 2",
        "notes": "why", "env": {"A": "1"}, "options": {"priority": 5, "timeout_s": 60.0},
    });
    let preview = app.post("/api/generator/preview", body.clone()).await.json();
    assert_eq!(preview["count"], 4);
    let created = app.post("/api/generator/create", body.clone()).await.json();
    let names: Vec<&str> =
        created["items"].as_array().unwrap().iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(names, ["lr0.1-e1", "lr0.1-e2", "lr0.1-e3", "lr0.2-e2"]);
    let task = &created["items"][3];
    assert_eq!((&task["notes"], &task["env"]["A"]), (&json!("why"), &json!("1")));
    assert_eq!(task["options"], json!({"priority": 5, "timeout_s": 60.0}));
    let total = || async { app.get("/api/tasks").await.json()["total"].clone() };
    for (change, text) in [
        (json!({"when": "lr = 1"}), "Condition: write == to compare (column 4)"),
        (json!({"when": "lr > 9"}), "Condition: no combination fulfils the condition"),
        (
            json!({"name_pattern": "{x}"}),
            "name_pattern: the name asks for {x}, but no parameter is called so (column 1)",
        ),
        (json!({"env": {"A=B": "1"}}), "env: \"A=B\" is not a valid variable name."),
        (
            json!({"options": {"timeout_s": -1.0}}),
            "options.timeout_s: it must be a number of seconds above 0.",
        ),
        (
            json!({"name_pattern": "{lr}{epochs}", "when": "", "yaml_text": "lr: 1 | 11\nepochs: 1 | 11"}),
            "Two tasks of this batch would be called '111'; add {#} to the name.",
        ),
    ] {
        let mut wrong = body.clone();
        wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = app.post("/api/generator/create", wrong).await.json();
        assert_eq!(answer["detail"], text, "{change}");
        assert_eq!(total().await, 4);
    }
}
