use std::sync::LazyLock;

use serde_json::{Value, json};

use super::*;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| crate::router::api_routes().into_parts().1.json().clone());

/// `(path, method)` of every line of the router; the method is `route` where it has no documentation.
fn routes() -> Vec<(String, String)> {
    let table = include_str!("../router.rs");
    let mut routes = Vec::new();
    for line in table.lines() {
        let Some((method, rest)) = line.trim().trim_start_matches('.').split_once("(\"/api") else {
            continue;
        };
        let path = rest.split('"').next().unwrap();
        // OpenAPI has no syntax for a path parameter with several segments.
        routes.push((format!("/api{path}").replace("{*", "{"), method.to_owned()));
    }
    assert!(routes.len() > 40, "the router is read wrongly: {routes:?}");
    routes
}

#[test]
fn every_route_is_written_down_and_nothing_else() {
    let routes = routes();
    let hidden = ["/api/docs.css", "/api", "/api/", "/api/{rest}"];
    for (path, method) in &routes {
        let is_documented = !DOCUMENT["paths"][path][method].is_null()
            || method == "route" && hidden.contains(&path.as_str());
        assert!(is_documented, "{method} {path} has no documentation");
    }
    for (path, methods) in DOCUMENT["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let exists = routes.contains(&(path.clone(), method.clone()));
            assert!(exists, "{method} {path} is written down, but not in the router");
        }
    }
}

#[test]
fn every_operation_has_the_name_of_its_function_and_its_group() {
    let table = include_str!("../router.rs");
    for (_, methods) in DOCUMENT["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(table.contains(&format!("::{id})")), "{id} is another name in the router");
        }
    }
    let tags = DOCUMENT["tags"].as_array().unwrap();
    assert_eq!(tags.len(), table.matches("::GROUP)").count());
}

#[test]
fn every_property_has_a_description_and_an_example() {
    let mut missing = Vec::new();
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().unwrap() {
        collect_missing(name, schema, &mut missing);
        if schema["examples"].is_null() {
            missing.push(name.clone());
        }
    }
    for (path, methods) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            for parameter in operation["parameters"].as_array().unwrap() {
                let name = format!("{method} {path} ?{}", parameter["name"]);
                if parameter["$ref"].is_null()
                    && (parameter["description"].is_null()
                        || parameter["schema"]["examples"].is_null())
                {
                    missing.push(name);
                }
            }
        }
    }
    assert!(missing.is_empty(), "without description, or not in examples.json: {missing:#?}");
}

fn collect_missing(name: &str, schema: &Value, missing: &mut Vec<String>) {
    for list in ["allOf", "oneOf", "anyOf"] {
        let parts = schema[list].as_array().into_iter().flatten();
        parts.for_each(|part| collect_missing(name, part, missing));
    }
    for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
        let is_tag = property == "type" && !schema["enum"].is_null();
        let has_example = !schema["examples"].is_null() || schemas::has_reference(schema);
        if !is_tag && (schema["description"].is_null() || !has_example) {
            missing.push(format!("{name}.{property}"));
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn follow(value: &Value, unknown: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(target) = fields.get("$ref").and_then(Value::as_str)
                    && DOCUMENT.pointer(target.trim_start_matches('#')).is_none()
                {
                    unknown.push(target.to_owned());
                }
                fields.values().for_each(|value| follow(value, unknown));
            }
            Value::Array(items) => items.iter().for_each(|item| follow(item, unknown)),
            _ => {}
        }
    }
    let mut unknown = Vec::new();
    follow(&DOCUMENT, &mut unknown);
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn names_of_functions_are_unique() {
    let mut ids: Vec<&str> = DOCUMENT["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn markup_in_the_document_is_escaped() {
    let document = json!({
        "info": {"description": "<script>alert(1)</script>"},
        "tags": [{"name": "\"><img>", "description": "`<b>`"}],
    });
    let html = page::render(&document, Preference::default());
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>"), "{html}");
}
