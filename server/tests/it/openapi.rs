//! The OpenAPI document and the documentation page.

use std::collections::BTreeSet;

use insta::assert_snapshot;

use crate::support::App;

#[tokio::test]
async fn the_document_is_as_it_was() {
    let reply = App::new().get("/api/openapi.json").await;
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(reply.json()["openapi"], "3.1.0");
    assert_snapshot!(reply.text());
}

#[tokio::test]
async fn the_page_needs_no_script_and_nothing_from_elsewhere() {
    let app = App::new();
    let reply = app.get("/api/docs").await;
    assert_eq!(reply.status, 200);
    let (policy, html) = (reply.header("content-security-policy"), reply.text());
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{policy}");
    assert!(!html.contains("<script") && !html.contains("style="), "inline code");
    for address in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(address.starts_with('#') || address.starts_with('/'), "{address}");
    }
    for part in ["/api/tasks/{name}/logs/stream", "type-LogMessage", "How many tasks match."] {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(app.get("/api/docs.css").await.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn the_manual_describes_every_option_of_a_task() {
    let document = App::new().get("/api/openapi.json").await.json();
    let manual = include_str!("../../../docs/api.md");
    let (_, section) = manual.split_once("\n### Options of a task\n").unwrap();
    let section = section.split("\n##").next().unwrap();
    let described: BTreeSet<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | ").map(|row| row.0))
        .collect();
    let options = document["components"]["schemas"]["RunOptions"]["properties"].as_object();
    let options: BTreeSet<&str> = options.unwrap().keys().map(String::as_str).collect();
    assert_eq!(described, options, "the table of options in docs/api.md");
}

#[tokio::test]
async fn every_part_of_a_path_is_described() {
    let document = App::new().get("/api/openapi.json").await.json();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let wanted: Vec<&str> = path
            .split(['{', '}'])
            .enumerate()
            .filter(|(at, _)| at % 2 == 1)
            .map(|it| it.1)
            .collect();
        for (method, operation) in operations.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let described = parameters.iter().map(|it| match it["$ref"].as_str() {
                Some(to) => document.pointer(to.trim_start_matches('#')).unwrap(),
                None => it,
            });
            let described: Vec<&str> = described
                .filter(|it| it["in"] == "path")
                .map(|it| it["name"].as_str().unwrap())
                .collect();
            assert_eq!(described, wanted, "{method} {path}");
        }
    }
}
