//! The runs table, its views and its exports.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{App, wait_for};

/// Three finished runs with two learning rates, and a task without runs.
async fn sweep() -> App {
    let app = App::shell().await;
    for (name, loss, acc) in [("a", 0.5, 0.9), ("b", 0.25, 0.8), ("c", 0.75, 0.95)] {
        let journal = format!("_pyruns_/_shell_/tasks/{name}/run_logs/run1.journal.jsonl");
        let script = format!(
            "echo '{{\"t\":1.0,\"track\":{{\"loss\":2,\"acc\":0.1}}}}' >> {journal}\n\
             echo '{{\"t\":2.0,\"track\":{{\"loss\":{loss},\"acc\":{acc}}}}}' >> {journal}\n\
             echo '{{\"t\":2.5,\"summary\":{{\"acc\":\"last\"}},\"record\":{{\"size\":{{\"mb\":3}}}}}}' >> {journal}\n"
        );
        app.create_shell(name, &script).await;
        app.run_to_end(name).await;
    }
    app.create_shell("waiting", "true").await;
    app
}

fn tasks(page: &Value) -> Vec<&str> {
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| row["task"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn rows_are_filtered_sorted_and_described() {
    let app = sweep().await;
    let query = json!({
        "filter": "metrics.loss.min < 0.6 and status = completed",
        "sort": ["-metrics.loss.min"],
        "columns": ["name", "metrics.loss.min", "acc", "records.size.mb"],
    });
    assert_snapshot!("a_page_of_runs", app.post("/api/runs", query).await);
    let get = "/api/runs?filter=has+loss&sort=-metrics.acc.max,name&columns=name&limit=2";
    let page = app.get(get).await.json();
    assert_eq!(tasks(&page), ["c", "a"]);
    assert_eq!((&page["total"], &page["has_more"]), (&json!(3), &json!(true)));
    let all = app.get("/api/runs").await.json();
    assert_eq!(all["total"], 4);
    let names: Vec<&str> = all["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["name"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"metrics.loss.best") && names.contains(&"records.size.mb"),
        "{names:?}"
    );
    let only = json!({ "only": [{ "task": "b" }, { "task": "a", "run": 1 }], "columns": ["run"] });
    assert_eq!(app.post("/api/runs", only).await.json()["total"], 2);
}

#[tokio::test]
async fn refusals_point_at_the_column_of_the_filter() {
    let app = sweep().await;
    let refusal = |filter: &str| {
        let query = json!({ "filter": filter });
        app.post("/api/runs", query)
    };
    assert_snapshot!("runs_unfinished_filter", refusal("status = completed and loss <").await);
    assert_snapshot!("runs_unknown_column", refusal("acc > 0.5 and los < 1").await);
    // A full column name is valid even if no run has the column.
    assert_eq!(refusal("metrics.f1.max > 0.5").await.json()["total"], 0);
    let unknown = app.post("/api/runs", json!({ "sort": ["nothing"] })).await;
    assert_snapshot!("runs_unknown_sort", unknown);
    assert_snapshot!("runs_wrong_type", app.get("/api/runs?offset=x").await);
}

#[tokio::test]
async fn groups_have_means_and_deviations() {
    let app = sweep().await;
    for (name, tag) in [("a", "small"), ("b", "small"), ("c", "large")] {
        let reply = app.patch(&format!("/api/tasks/{name}/tags"), json!({ "tags": [tag] })).await;
        assert_eq!(reply.json()["task"]["tags"], json!([tag]));
    }
    let stale = json!({ "tags": [], "expected_tags": ["other"] });
    assert_eq!(app.patch("/api/tasks/a/tags", stale).await.status, 409);
    let query = json!({
        "filter": "has loss", "group": ["tags"], "sort": ["metrics.loss.last"],
        "columns": ["metrics.loss.last", "status"],
    });
    assert_snapshot!("groups_of_runs", app.post("/api/runs", query).await);
    let csv = app
        .get("/api/runs/export?filter=tags+%3D+small&columns=metrics.loss.last,tags&sort=name")
        .await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        csv.text(),
        "task,run,metrics.loss.last,tags\r\na,1,0.5,small\r\nb,1,0.25,small\r\n"
    );
    let json = app.get("/api/runs/export?format=json&filter=tags+%3D+large&columns=acc").await;
    assert_eq!(json.json(), json!([{ "task": "c", "run": 1, "metrics.acc.best": 0.95 }]));
    assert_eq!(app.get("/api/runs/export?format=xls").await.status, 400);
}

#[tokio::test]
async fn every_run_has_a_row_where_all_are_asked_for() {
    let app = sweep().await;
    app.run_to_end("a").await;
    assert_eq!(app.get("/api/runs?runs=all").await.json()["total"], 5);
    assert_eq!(app.get("/api/runs").await.json()["total"], 4);
    let columns = app.get("/api/runs/columns?filter=run+%3E+0").await.json();
    let loss = columns["items"].as_array().unwrap().iter();
    let loss: Vec<_> = loss.filter(|column| column["name"] == "metrics.loss.min").collect();
    assert_eq!((&loss[0]["goal"], &loss[0]["best"]), (&json!("min"), &json!(0.25)));
}

/// Scopes of filters are cached between requests.
#[tokio::test]
async fn a_change_between_two_requests_is_in_the_next_response() {
    let app = sweep().await;
    let journal = app.path().join("_pyruns_/_shell_/tasks/live/run_logs/run1.journal.jsonl");
    let stop = app.path().join("stop");
    let script = format!("while [ ! -e {} ]; do sleep 0.02; done\n", stop.display());
    app.create_shell("live", &script).await;
    let query = |filter: &str| {
        let columns = ["metrics.loss.min", "tags", "status"];
        app.post("/api/runs", json!({ "filter": filter, "columns": columns }))
    };
    let (low, running) = ("metrics.loss.min < 0.2", "status = running");
    let of = async |filter: &str| {
        let page = query(filter).await.json();
        let best = page["columns"][0]["best"].clone();
        (page["total"].as_u64().unwrap(), best)
    };
    assert_eq!(of("").await, (5, json!(0.25)));
    assert_eq!((of(low).await.0, of(running).await.0), (0, 0));
    app.run("live").await;
    wait_for("the run", async || (of(running).await.0 == 1).then_some(())).await;
    // Only the journal changes, not the task's file.
    std::fs::write(&journal, "{\"t\":1.0,\"track\":{\"loss\":0.125}}\n").unwrap();
    wait_for("the point", async || (of(low).await.0 == 1).then_some(())).await;
    assert_eq!(of("").await, (5, json!(0.125)));
    std::fs::write(&stop, "").unwrap();
    app.wait_status("live", &["completed"]).await;
    assert_eq!(of(running).await.0, 0);
    let delete = json!({ "task_names": ["live"] });
    assert_eq!(app.post("/api/tasks/batch/delete", delete).await.status, 200);
    assert_eq!(of("").await, (4, json!(0.25)));
    assert_eq!(of(low).await.0, 0);
}

#[tokio::test]
async fn views_are_saved_by_name() {
    let app = App::shell().await;
    let view = json!({
        "name": " best ", "query": { "filter": "acc > 0.5", "sort": ["-acc"] },
        "display": { "widths": { "name": 200 }, "pinned": ["name"] },
    });
    assert_snapshot!("views_saved", app.post("/api/views", view.clone()).await);
    assert_eq!(
        app.post("/api/views", view).await.json()["items"].as_array().map(Vec::len),
        Some(1)
    );
    let listed = app.get("/api/views").await.json();
    assert_eq!(listed["items"][0]["display"]["pinned"], json!(["name"]));
    let bad = json!({ "name": "x", "query": { "filter": "acc >" } });
    assert_snapshot!("views_bad_filter", app.post("/api/views", bad).await);
    assert_eq!(
        app.post("/api/views/delete", json!({ "name": "best" })).await.json(),
        json!({ "items": [] })
    );
    assert_eq!(app.post("/api/views/delete", json!({ "name": "best" })).await.status, 404);
}
