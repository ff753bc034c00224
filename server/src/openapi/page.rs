//! The document as a page to read: no scripts, nothing fetched from elsewhere.

use std::fmt::Write;

use serde_json::Value;

/// A style of its own file, and nothing else.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
                                 frame-ancestors 'none'";
/// Served beside the page: the policy allows no inline style.
pub(super) const STYLE: &str = include_str!("page.css");
/// The most letters of an example that are shown.
const EXAMPLE_LETTERS: usize = 4000;

/// Writes the page.
pub(super) fn render(document: &Value) -> String {
    let mut html = String::from(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Pyruns API</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body><h1>Pyruns API</h1>",
    );
    paragraph(&mut html, &document["info"]["description"]);
    html.push_str(
        "<p><a href=\"/\">Pyruns</a> · <a href=\"/api/openapi.json\">openapi.json</a></p><nav>",
    );
    let tags = document["tags"].as_array().map_or(&[][..], Vec::as_slice);
    for tag in tags {
        let name = escaped(text(&tag["name"]));
        add(&mut html, format_args!("<a href=\"#{name}\">{name}</a>"));
    }
    html.push_str("<a href=\"#types\">Types</a></nav><main>");
    for tag in tags {
        let name = text(&tag["name"]);
        add(&mut html, format_args!("<h2 id=\"{0}\">{0}</h2>", escaped(name)));
        paragraph(&mut html, &tag["description"]);
        operations(&mut html, document, name);
    }
    html.push_str("<h2 id=\"types\">Types</h2>");
    for (name, schema) in fields(&document["components"]["schemas"]) {
        let name = escaped(name);
        add(
            &mut html,
            format_args!("<details id=\"type-{name}\"><summary><code>{name}</code></summary><div>"),
        );
        paragraph(&mut html, &schema["description"]);
        properties(&mut html, schema);
        example(&mut html, &schema["examples"][0]);
        html.push_str("</div></details>");
    }
    html.push_str("</main></body></html>");
    html
}

fn operations(html: &mut String, document: &Value, tag: &str) {
    for (path, methods) in fields(&document["paths"]) {
        for (method, operation) in fields(methods).filter(|(_, one)| one["tags"][0] == tag) {
            let (method, path) = (method.to_uppercase(), escaped(path));
            let summary = prose(text(&operation["summary"]));
            add(
                html,
                format_args!(
                    "<details><summary><span class=\"method\">{method}</span> <code>{path}</code> {summary}</summary><div>"
                ),
            );
            paragraph(html, &operation["description"]);
            parameters(html, document, operation);
            let body = &operation["requestBody"]["content"]["application/json"];
            content(html, "Body", body);
            for (status, answer) in fields(&operation["responses"]) {
                let answer = followed(document, answer);
                add(html, format_args!("<h3>{}</h3>", escaped(status)));
                paragraph(html, &answer["description"]);
                if status.starts_with('2') || status == "101" {
                    content(html, "", &answer["content"]["application/json"]);
                    content(html, "", &answer["x-message"]);
                }
            }
            html.push_str("</div></details>");
        }
    }
}

fn parameters(html: &mut String, document: &Value, operation: &Value) {
    let list = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    if list.is_empty() {
        return;
    }
    html.push_str("<h3>Parameters</h3><table>");
    for parameter in list {
        let parameter = followed(document, parameter);
        let must = if parameter["required"] == true { ", required" } else { "" };
        row(
            html,
            text(&parameter["name"]),
            &format!("{}{must}", text(&parameter["in"])),
            parameter,
            &parameter["schema"],
        );
    }
    html.push_str("</table>");
}

fn properties(html: &mut String, schema: &Value) {
    for list in ["allOf", "oneOf", "anyOf"] {
        let parts = schema[list].as_array().map_or(&[][..], Vec::as_slice);
        parts.iter().for_each(|part| properties(html, part));
    }
    if schema["properties"].is_object() {
        html.push_str("<table>");
        for (name, property) in fields(&schema["properties"]) {
            row(html, name, &kind(property), property, property);
        }
        html.push_str("</table>");
    } else if let Some(reference) = schema["$ref"].as_str() {
        add(html, format_args!("<p>and the fields of {}</p>", link(reference)));
    } else if let Some(values) = schema["enum"].as_array() {
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        add(html, format_args!("<p><code>{}</code></p>", escaped(&values.join(" | "))));
    }
}

fn row(html: &mut String, name: &str, kind: &str, about: &Value, schema: &Value) {
    let given = &schema["examples"][0];
    let given =
        if given.is_null() || given.is_object() { String::new() } else { given.to_string() };
    let given =
        if given.len() > 60 { String::new() } else { format!("<code>{}</code>", escaped(&given)) };
    let kind = if kind.starts_with("<a") { kind.to_owned() } else { escaped(kind) };
    add(
        html,
        format_args!(
            "<tr><td><code>{}</code></td><td>{kind}</td><td>{}</td><td>{given}</td></tr>",
            escaped(name),
            prose(text(&about["description"]))
        ),
    );
}

/// A property's type in a word or two.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return link(reference);
    }
    let parts = ["oneOf", "allOf", "anyOf"].into_iter().filter_map(|list| schema[list].as_array());
    if let Some(reference) = parts.flatten().find_map(|part| part["$ref"].as_str()) {
        return link(reference);
    }
    match &schema["type"] {
        Value::String(kind) if kind == "array" => match schema["items"]["$ref"].as_str() {
            Some(reference) => link(reference),
            None => "array".to_owned(),
        },
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => {
            let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
            kinds.join(" or ")
        }
        _ => "anything".to_owned(),
    }
}

fn content(html: &mut String, title: &str, content: &Value) {
    let Some(reference) = content["schema"]["$ref"].as_str() else { return };
    if !title.is_empty() {
        add(html, format_args!("<h3>{title}</h3>"));
    }
    add(html, format_args!("<p>{}</p>", link(reference)));
}

fn example(html: &mut String, example: &Value) {
    if !example.is_null() {
        let shown = format!("{example:#}");
        let cut: String = shown.chars().take(EXAMPLE_LETTERS).collect();
        let more = if cut.len() < shown.len() { "\n…" } else { "" };
        add(html, format_args!("<pre>{}{more}</pre>", escaped(&cut)));
    }
}

fn followed<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| document.pointer(target)).unwrap_or(value)
}

fn link(reference: &str) -> String {
    let name = escaped(reference.rsplit('/').next().unwrap_or_default());
    format!("<a href=\"#type-{name}\">{name}</a>")
}

fn paragraph(html: &mut String, value: &Value) {
    if let Some(text) = value.as_str() {
        add(html, format_args!("<p>{}</p>", prose(text)));
    }
}

/// Text whose `code` is shown as such.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(place, part)| match place % 2 {
        0 => escaped(part),
        _ => format!("<code>{}</code>", escaped(part)),
    });
    parts.collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn add(html: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = html.write_fmt(text);
}
