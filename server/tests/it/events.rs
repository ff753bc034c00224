//! `WS /api/events`.

use crate::support::{App, Served};

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
async fn an_id_of_another_start_is_told_to_read_anew() {
    let app = App::shell().await;
    let served = Served::start(&app.engine).await;
    let mut socket = served.socket("/api/events?since=999999").await;
    assert_eq!(socket.until("resync").await.len(), 2);
    assert_eq!(served.try_socket("/api/events?since=x", &[]).await.err(), Some(422));
    served.stop().await;
}
