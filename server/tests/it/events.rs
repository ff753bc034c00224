//! `WS /api/events`.

use std::time::Instant;

use serde_json::json;

use crate::support::{App, Served, Socket};

#[tokio::test]
async fn changes_arrive_in_order_and_resume_without_a_gap() {
    let app = App::shell().await;
    let served = Served::start(&app.engine).await;
    let mut socket = served.socket("/api/events").await;
    let hello = socket.next().await.unwrap();
    assert_eq!(hello["type"], "hello");
    assert_eq!(hello["epoch"].as_u64(), Some(app.engine.epoch()));
    let since = hello["id"].as_u64().unwrap();

    app.create_shell("t", "true").await;
    let added = socket.until("task_added").await;
    let added = added.last().unwrap();
    assert_eq!((&added["workspace"], &added["task"]["name"]), (&"_shell_".into(), &"t".into()));
    app.run("t").await;
    let mut seen = Vec::new();
    loop {
        let event = socket.next().await.unwrap();
        let is_last = event["task"]["status"] == "completed";
        seen.push(event["id"].as_u64().unwrap());
        if is_last {
            break;
        }
    }
    assert!(seen.windows(2).all(|pair| pair[1] == pair[0] + 1), "{seen:?}");

    let mut again = served.socket(&format!("/api/events?since={since}")).await;
    assert_eq!(again.next().await.unwrap()["type"], "hello");
    assert_eq!(again.next().await.unwrap()["id"], since + 1);
    socket.close().await;
    again.close().await;
    served.stop().await;
}

#[tokio::test]
async fn an_id_of_another_start_gets_resync() {
    let app = App::shell().await;
    let served = Served::start(&app.engine).await;
    let mut socket = served.socket("/api/events?since=999999").await;
    assert_eq!(socket.until("resync").await.len(), 2);
    assert_eq!(served.try_socket("/api/events?since=x", &[]).await.err(), Some(422));
    served.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_gets_resync_and_blocks_no_other() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    let served = Served::start(&app.engine).await;
    let mut slow = served.socket("/api/events").await;
    let quick = served.socket("/api/events").await;
    // This client reads continuously.
    let reader = tokio::spawn(read_until_note(quick, "after"));
    slow.next().await;
    // More data than the buffers hold, then more events than the ring retains.
    for number in 0..120 {
        let notes = format!("{number}").repeat(50_000);
        app.patch("/api/tasks/t/notes", json!({ "notes": notes })).await;
    }
    let start = Instant::now();
    for _ in 0..4200 {
        app.engine.open_shell().unwrap();
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    let behind = slow.until("resync").await;
    assert!(behind.len() < 1000, "{} events were kept for it", behind.len());
    app.patch("/api/tasks/t/notes", json!({ "notes": "after" })).await;
    assert_eq!(slow.until("task_changed").await.last().unwrap()["task"]["notes"], "after");
    assert!(reader.await.unwrap() > 0, "the other one was held up");
    served.stop().await;
}

/// Number of messages until a task has the given notes.
async fn read_until_note(mut socket: Socket, note: &str) -> usize {
    let mut count = 0;
    while let Some(message) = socket.next().await {
        count += 1;
        if message["task"]["notes"] == note {
            break;
        }
    }
    count
}

#[tokio::test]
async fn a_large_batch_reports_its_progress() {
    let app = App::script().await;
    let served = Served::start(&app.engine).await;
    let mut socket = served.socket("/api/events").await;
    let body = serde_json::json!({ "name_prefix": "many", "yaml_text": "epochs: 1:300" });
    let created = app.post("/api/generator/create", body).await.json();
    assert_eq!(created["count"], 300);
    let progress = socket.until("batch_progress").await;
    let progress = progress.last().unwrap();
    assert_eq!((&progress["workspace"], &progress["total"]), (&"train".into(), &300.into()));
    assert!(progress["done"].as_u64().unwrap() <= 300);
    served.stop().await;
}
