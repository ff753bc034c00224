//! Curves of finished and running runs, and outputs of runs.

use common::metric::{MetricsDelta, SeriesAnswer, XAxis, decode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{App, Served, wait_for};

fn journal(app: &App, name: &str) -> std::path::PathBuf {
    app.path().join(format!("_pyruns_/_shell_/tasks/{name}/run_logs/run1.journal.jsonl"))
}

/// A finished run with a journal of the given number of calls.
async fn long_run(app: &App, name: &str, calls: u32) {
    let script = format!(
        "awk 'BEGIN {{ for (i = 0; i < {calls}; i++) printf \
         \"{{\\\"t\\\":%d.5,\\\"step\\\":%d,\\\"track\\\":{{\\\"loss\\\":%.3f,\\\"epoch\\\":%d}}}}\\n\", \
         i, i * 10, (i * 7919 % 1000) / 1000, i / 100 }}' >> {}\n",
        journal(app, name).display()
    );
    app.create_shell(name, &script).await;
    assert_eq!(app.run_to_end(name).await["status"], "completed");
}

#[tokio::test]
async fn curves_of_many_runs_as_json_and_as_bytes() {
    let app = App::shell().await;
    for name in ["a", "b"] {
        long_run(&app, name, 5).await;
    }
    let request = json!({
        "runs": [{ "task": "b" }, { "task": "a", "run": 1 }, { "task": "gone" }, { "task": "a", "run": 9 }],
        "keys": ["loss"], "x": "key:epoch", "smoothing": 0.5,
    });
    let mut reply = app.post("/api/metrics/series", request.clone()).await.json();
    for run in reply["runs"].as_array_mut().unwrap() {
        run["start_s"] = "[start]".into();
    }
    assert_snapshot!("series_of_two_runs", serde_json::to_string_pretty(&reply).unwrap());
    let bytes = app.post("/api/metrics/series?format=binary", request.clone()).await;
    assert_eq!(bytes.header("content-type"), "application/octet-stream");
    let answer = decode(&bytes.bytes).unwrap();
    let json: SeriesAnswer =
        serde_json::from_value(app.post("/api/metrics/series", request).await.json()).unwrap();
    assert_eq!(answer, json);
    let filtered = json!({ "filter": "name = a", "x": "index", "from": 1, "to": 2 });
    let filtered = app.post("/api/metrics/series", filtered).await.json();
    assert_eq!(filtered["series"][1]["x"], json!([0.0, 1.0, 2.0, 3.0]));
    assert_eq!(
        app.post("/api/metrics/series", json!({ "filter": "nothing < 1" })).await.status,
        400
    );
    assert_eq!(app.post("/api/metrics/series", json!({ "max_points": "x" })).await.status, 422);
}

#[tokio::test]
async fn a_long_run_is_downsampled_in_its_file_and_complete_in_its_journal() {
    let app = App::shell().await;
    app.patch("/api/settings", json!({ "max_folded_points": 1000 })).await;
    long_run(&app, "long", 40_000).await;
    let path = app.path().join("_pyruns_/_shell_/tasks/long/task_info.json");
    let info: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(info["tracks"][0]["loss"].as_array().unwrap().len() <= 500);
    assert_eq!(info["tracks_thinned_from"], json!(["run_logs/run1.journal.jsonl"]));
    assert_eq!(info["metrics"][0]["loss"]["count"], 40_000);
    assert!(journal(&app, "long").with_file_name("run1.overview").is_file());
    let series = async |body: Value| {
        let reply = app.post("/api/metrics/series", body).await.json();
        serde_json::from_value::<SeriesAnswer>(reply).unwrap().series.remove(0)
    };
    let runs = json!([{ "task": "long" }]);
    let whole = series(json!({ "runs": runs, "keys": ["loss"] })).await;
    assert!(whole.x.len() <= 1000 && whole.x.len() > 600, "{}", whole.x.len());
    assert_eq!((whole.x[0], whole.x[whole.x.len() - 1]), (0.0, 399_990.0));
    assert_eq!(whole.y.iter().copied().fold(f64::MIN, f64::max), 0.999);
    let part = series(json!({ "runs": runs, "keys": ["loss"], "from": 1000, "to": 1100 })).await;
    assert_eq!(part.x, (99..=111).map(|n| f64::from(n) * 10.0).collect::<Vec<_>>());
    let page = app.get("/api/runs?columns=metrics.loss.count,metrics.loss.max").await.json();
    assert_eq!(page["rows"][0]["cells"], json!([40_000, 0.999]));
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one run from its start to its end")]
async fn new_points_of_a_run_arrive_as_a_delta() {
    let app = App::shell().await;
    let served = Served::start(&app.engine).await;
    let path = journal(&app, "t");
    let stop = app.path().join("stop");
    let script = format!(
        "echo '{{\"t\":1.0,\"track\":{{\"loss\":4}}}}' >> {0}\n\
         while [ ! -e {1} ]; do sleep 0.02; done\n\
         echo '{{\"t\":2.0,\"progress\":{{\"done\":1,\"total\":4}}}}' >> {0}\n\
         echo '{{\"t\":3.0,\"track\":{{\"loss\":2}}}}' >> {0}\n\
         while [ -e {1} ]; do sleep 0.02; done\n",
        path.display(),
        stop.display()
    );
    app.create_shell("t", &script).await;
    let mut socket = served.socket("/api/events").await;
    app.run("t").await;
    let series = async || {
        let body = json!({ "runs": [{ "task": "t" }], "keys": ["loss"] });
        let reply = app.post("/api/metrics/series", body).await.json();
        serde_json::from_value::<SeriesAnswer>(reply)
            .ok()
            .filter(|answer| !answer.series.is_empty())
    };
    let mut held = wait_for("the first point", series).await;
    let delta =
        |event: &Value| -> MetricsDelta { serde_json::from_value(event["delta"].clone()).unwrap() };
    // Wait until the published cursor equals the stored one, so that the next delta is contiguous.
    let mut cursor = 0;
    while cursor != held.runs[0].cursor {
        cursor = delta(&socket.until("metrics_changed").await.pop().unwrap()).cursor;
        if cursor > held.runs[0].cursor {
            held = series().await.unwrap();
        }
    }
    std::fs::write(&stop, "").unwrap();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    // Events up to the one with the second point.
    let (mut cursor, mut progress) = (held.runs[0].cursor, Value::Null);
    while held.series[0].y.len() < 2 {
        let event = socket.until("metrics_changed").await.pop().unwrap();
        if !event["progress"].is_null() {
            progress = event["progress"].clone();
        }
        assert!(std::time::Instant::now() < deadline, "the second point did not come: {event}");
        let delta = delta(&event);
        if delta.from == cursor {
            cursor = delta.cursor;
            let start_s = held.runs[0].start_s;
            for call in &delta.calls {
                held.series[0].append(call, &XAxis::Step, start_s);
            }
        }
    }
    let fresh = wait_for("the second point", async || {
        series().await.filter(|all| all.series[0].y.len() == 2)
    })
    .await;
    assert_eq!(held.series[0], fresh.series[0]);
    assert_eq!(progress["total"], 4.0);
    let task = app.get("/api/tasks/t").await.json();
    assert_eq!(task["progress"], 0.25);
    // The table has the values of a running run.
    let page = app.get("/api/runs?columns=metrics.loss.last,progress").await.json();
    assert_eq!(page["rows"][0]["cells"], json!([2, 0.25]));
    std::fs::remove_file(&stop).unwrap();
    assert_eq!(app.wait_status("t", &["completed"]).await["progress"], 1.0);
    socket.close().await;
    served.stop().await;
}

#[tokio::test]
async fn system_metrics_of_a_run_are_in_its_journal() {
    let app = App::shell().await;
    app.patch("/api/settings", json!({ "sample_interval_s": 0.1 })).await;
    let stop = app.path().join("stop");
    let script = format!("while [ ! -e {} ]; do :; done", stop.display());
    app.create_shell("busy", &script).await;
    app.run("busy").await;
    let body = json!({ "runs": [{ "task": "busy" }], "keys": ["sys/*"], "x": "elapsed" });
    let answer = wait_for("two samples of a busy run", async || {
        let reply = app.post("/api/metrics/series", body.clone()).await.json();
        let enough = reply["series"][0]["x"].as_array().is_some_and(|x| x.len() >= 2);
        enough.then_some(reply)
    })
    .await;
    std::fs::write(&stop, "").unwrap();
    app.wait_status("busy", &["completed"]).await;
    assert_eq!(answer["series"][0]["key"], "sys/cpu_percent");
    assert!(answer["series"][0]["aggregate"]["max"].as_f64().unwrap() > 1.0, "{answer}");
    assert!(answer["series"][1]["aggregate"]["max"].as_f64().unwrap() > 100_000.0, "{answer}");
    assert!(answer["series"][0]["x"][0].as_f64().unwrap() < 60.0);
}

#[tokio::test]
async fn images_and_files_of_a_run() {
    let app = App::shell().await;
    let script = "cd _pyruns_/_shell_/tasks/t\n\
        mkdir -p artifacts/run1/images; echo png > artifacts/run1/images/s-1.png; echo m > artifacts/run1/m.pt\n\
        echo '{\"t\":1.0,\"step\":7,\"image\":{\"key\":\"s\",\"path\":\"artifacts/run1/images/s-1.png\"}}' >> run_logs/run1.journal.jsonl\n\
        echo '{\"t\":2.0,\"artifact\":{\"path\":\"artifacts/run1/gone.pt\",\"name\":\"gone\",\"bytes\":3}}' >> run_logs/run1.journal.jsonl\n";
    app.create_shell("t", script).await;
    assert_eq!(app.get("/api/tasks/t/outputs").await.json()["run"], 0);
    app.run_to_end("t").await;
    let mut outputs = app.get("/api/tasks/t/outputs?run=1").await.json();
    outputs["artifacts"][1]["at_s"] = "[at]".into();
    assert_snapshot!("outputs_of_a_run", serde_json::to_string_pretty(&outputs).unwrap());
    let image = app.get("/api/tasks/t/files/artifacts/run1/images/s-1.png").await;
    assert_eq!((image.header("content-type"), image.text().as_str()), ("image/png", "png\n"));
    assert!(image.header("content-security-policy").contains("default-src 'none'"));
    for path in [
        "task_info.json",
        "artifacts/../task_info.json",
        "artifacts/run1",
        "artifacts%2F..%2Ftask_info.json",
        "artifacts/x",
    ] {
        let reply = app.get(&format!("/api/tasks/t/files/{path}")).await;
        assert_eq!(reply.status, 404, "{path}: {reply}");
    }
    assert_eq!(app.get("/api/tasks/t/outputs?run=4").await.status, 404);
}

#[tokio::test]
async fn a_run_as_a_file_for_others_and_back() {
    let app = App::shell().await;
    long_run(&app, "t", 3).await;
    let csv = app.get("/api/tasks/t/export").await;
    assert_snapshot!("export_csv", csv.text());
    let calls = app.get("/api/tasks/t/export?format=json&run=1").await.json();
    assert_eq!(
        calls[1],
        json!({ "t": 1.5, "step": 10.0, "track": { "loss": 0.919, "epoch": 0.0 } })
    );
    // The compression layer polls the body again after its end.
    let request = axum::http::Request::get("/api/tasks/t/export")
        .header("host", crate::support::HOST)
        .header("accept-encoding", "gzip");
    let compressed = app.request(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(compressed.header("content-encoding"), "gzip");
    assert!(compressed.bytes.starts_with(&[0x1f, 0x8b]), "{:?}", compressed.bytes);
    let events = app.get("/api/tasks/t/export?format=tensorboard").await;
    assert!(events.header("content-disposition").contains("events.out.tfevents"));
    assert_eq!(app.get("/api/tasks/t/export?format=x").await.status, 400);
    // The TensorBoard export can be imported again.
    let folder = app.path().join("tb/first");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("events.out.tfevents.1763896617.host"), &events.bytes).unwrap();
    let nothing = app.post("/api/imports", json!({ "path": "_pyruns_" })).await;
    assert_eq!(nothing.status, 400, "{nothing}");
    assert_snapshot!("imports_added", app.post("/api/imports", json!({ "path": "tb" })).await);
    let page =
        app.get("/api/runs?filter=source+%3D+tensorboard&columns=metrics.loss.last").await.json();
    assert_eq!(page["rows"][0]["task"], "@tb/first");
    let loss = page["rows"][0]["cells"][0].as_f64().unwrap();
    assert!((loss - 0.838).abs() < 1e-6, "{loss}");
    let body = json!({ "runs": [{ "task": "@tb/first" }], "keys": ["loss"] });
    let curve = app.post("/api/metrics/series", body).await.json();
    assert_eq!(curve["series"][0]["x"], json!([0.0, 10.0, 20.0]));
    assert_eq!(
        app.post("/api/imports/delete", json!({ "name": "tb" })).await.json(),
        json!({ "items": [] })
    );
    assert_eq!(app.get("/api/runs?filter=has+source").await.json()["total"], 0);
}

#[tokio::test]
async fn runs_of_mlflow_are_read_where_they_are() {
    let app = App::shell().await;
    let run = "mlruns/17/0123456789abcdef";
    app.write("mlruns/17/meta.yaml", "experiment_id: '17'\nname: digits\n");
    app.write(
        &format!("{run}/meta.yaml"),
        "run_id: 0123456789abcdef\nrun_name: bold-ant-7\nstatus: 3\nstart_time: 1763896617000\nend_time: 1763896627500\nlifecycle_stage: active\n",
    );
    app.write(&format!("{run}/params/lr"), "0.1");
    app.write(&format!("{run}/params/model"), "cnn");
    app.write(&format!("{run}/metrics/loss"), "1763896618000 0.5 1\n1763896619000 0.25 2\n");
    app.write(&format!("{run}/metrics/val/acc"), "1763896619000 0.9 2\n");
    let added = app.post("/api/imports", json!({ "path": "mlruns", "name": "old" })).await;
    assert_eq!(added.json()["items"][0]["kind"], "mlflow", "{added}");
    let query = json!({
        "filter": "params.lr = 0.1 and model = cnn",
        "columns": ["status", "duration", "lr", "metrics.loss.min", "metrics.val/acc.last"],
    });
    let page = app.post("/api/runs", query).await.json();
    assert_eq!(page["rows"][0]["task"], "@old/digits/bold-ant-7");
    assert_eq!(page["rows"][0]["cells"], json!(["completed", 10.5, 0.1, 0.25, 0.9]));
    let body = json!({ "runs": [{ "task": "@old/digits/bold-ant-7" }], "x": "key:loss", "keys": ["val/acc"] });
    let curve = app.post("/api/metrics/series", body).await.json();
    assert_eq!(
        (&curve["series"][0]["x"], &curve["series"][0]["y"]),
        (&json!([0.25]), &json!([0.9]))
    );
}
