//! Failure summaries over HTTP and in the runs table.

use std::fs;

use serde_json::{Value, json};

use crate::support::App;

const SCRIPT: &str = r#"
import argparse
import os
import signal
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--how", default="well")
how = parser.parse_args().how
print("loading")


class BadData(Exception):
    pass


if how == "raise":
    raise ValueError("lr must be positive\nbut it is not")
if how == "chain":
    try:
        {}["key"]
    except KeyError as error:
        raise BadData("no column 'key'") from error
if how == "exit":
    print("\x1b[31mgiving up\x1b[0m\n")
    sys.exit(3)
if how == "signal":
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGSEGV)
"#;

async fn app() -> App {
    let app = App::new();
    let script_path = app.write("train.py", SCRIPT);
    let reply = app.post("/api/launcher/open", json!({ "script_path": script_path })).await;
    assert_eq!(reply.status, 200, "{reply}");
    app
}

/// The failure of the task in a list of tasks.
async fn in_list(app: &App, name: &str) -> Value {
    let page = app.get("/api/tasks?compact=true").await.json();
    let items = page["items"].as_array().unwrap();
    let task = items.iter().find(|task| task["name"] == name).unwrap();
    task["failure_summary"].clone()
}

#[tokio::test]
async fn a_failed_run_has_a_failure_summary_with_its_log_line() {
    let app = app().await;
    let expected = [
        ("raise", "exception", "ValueError: lr must be positive"),
        ("chain", "exception", "__main__.BadData: no column 'key'"),
        ("exit", "output", "giving up"),
        ("signal", "signal", "killed by SIGSEGV"),
    ];
    for (how, kind, text) in expected {
        app.create(how, &format!("how: {how}")).await;
        let task = app.run_to_end(how).await;
        let summary = &task["failure_summary"];
        assert_eq!((&summary["kind"], &summary["run"]), (&json!(kind), &json!(1)), "{summary}");
        // Only newer Python versions print the module name.
        let said = summary["text"].as_str().unwrap();
        assert!(text.ends_with(said.trim_start_matches("__main__.")), "{said}");
        assert_eq!(&task["failure_summaries"], &json!([summary]));
        assert_eq!(&in_list(&app, how).await, summary);

        let line = summary["line"].as_u64().unwrap();
        let window = format!("/api/tasks/{how}/logs/window?from_line={line}&lines=1");
        let window = app.get(&window).await.json();
        let expected = if kind == "signal" { "loading" } else { said };
        assert!(window.to_string().contains(expected), "{line}: {window}");
    }
    app.create("fine", "how: well").await;
    let task = app.run_to_end("fine").await;
    assert_eq!(task["failure_summary"], Value::Null);
    assert_eq!(task["failure_summaries"], json!([null]));

    let runs = app.get("/api/runs?filter=failure%20%3D%3D%20%22giving%20up%22&columns=failure");
    let runs = runs.await.json();
    assert_eq!(runs["total"], 1, "{runs}");
    assert_eq!(runs["rows"][0]["task"], "exit");
}

#[tokio::test]
async fn a_time_limit_or_a_failed_start_is_the_reason_of_the_run() {
    let app = App::shell().await;
    app.create_shell("slow", "echo working; sleep 60").await;
    app.patch("/api/tasks/slow/options", json!({"options": {"timeout_s": 0.5}})).await;
    let summary = app.run_to_end("slow").await["failure_summary"].clone();
    assert_eq!(summary["kind"], "timeout", "{summary}");
    assert!(summary["text"].as_str().unwrap().starts_with("timed out after"), "{summary}");
    assert_eq!(summary["line"], 2);

    let settings = json!({"shell_mode": "custom", "shell_executable": "/no/such/shell"});
    let reply = app.patch("/api/settings", settings).await;
    assert_eq!(reply.status, 200, "{reply}");
    app.create_shell("unstarted", "true").await;
    let summary = app.run_to_end("unstarted").await["failure_summary"].clone();
    assert_eq!((&summary["kind"], &summary["line"]), (&json!("not_started"), &Value::Null));
    assert!(summary["text"].as_str().unwrap().contains("/no/such/shell"), "{summary}");
}

#[tokio::test]
async fn a_cancelled_run_and_one_that_is_tried_again_have_not_failed() {
    let app = App::shell().await;
    app.create_shell("t", "test -e done && exit 0; touch done; echo first try; exit 1").await;
    let retry = json!({"options": {"retry": {"count": 1}}});
    app.patch("/api/tasks/t/options", retry).await;
    let task = app.run_to_end("t").await;
    assert_eq!((&task["status"], &task["failure_summary"]), (&json!("completed"), &Value::Null));
    assert_eq!(task["failure_summaries"][0]["text"], "first try");
    assert_eq!(task["failure_summaries"][1], Value::Null);

    app.create_shell("c", "echo working; sleep 60").await;
    app.run("c").await;
    app.wait_status("c", &["running"]).await;
    app.send("POST", "/api/tasks/c/cancel", "").await;
    let task = app.wait_status("c", &["cancelled"]).await;
    assert_eq!(task["failure_summaries"], json!([null]));
}

#[tokio::test]
async fn a_file_without_it_has_it_looked_up_in_its_log() {
    let app = app().await;
    app.create("old", "how: raise").await;
    let now = app.run_to_end("old").await["failure_summary"].clone();
    let file = app.path().join("_pyruns_/train/tasks/old/task_info.json");
    let mut info: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    for key in ["failure_summaries", "reasons", "exit_codes"] {
        assert!(info.as_object_mut().unwrap().remove(key).is_some(), "{key}");
    }
    fs::write(&file, info.to_string()).unwrap();
    let task = app.get("/api/tasks/old").await.json();
    assert_eq!(task["failure_summary"], now);
    assert_eq!(in_list(&app, "old").await, now);
    // No file is written for it.
    assert_eq!(fs::read_to_string(&file).unwrap(), info.to_string());
}
