//! Renders the document as an HTML page without scripts and external resources.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use app::{Lang, Preference};
use serde_json::Value;

/// Allows only a stylesheet from the server.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
                                 frame-ancestors 'none'";
/// Served as a file, because the policy does not allow inline styles.
pub(super) const STYLE: &str = include_str!("page.css");
/// Maximum length of a displayed example, in characters.
const EXAMPLE_LETTERS: usize = 4000;

/// Chinese translations by English text, for the page and the document.
static CHINESE: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| serde_json::from_str(include_str!("page_zh.json")).unwrap_or_default());

/// The texts of the page in one language.
#[derive(Clone, Copy)]
struct Translations(Lang);

impl Translations {
    /// The translation of a text, or the text itself.
    fn of(self, english: &str) -> &str {
        match self.0 {
            Lang::En => english,
            Lang::ZhCn => CHINESE.get(english).map_or(english, String::as_str),
        }
    }

    /// The `lang` attribute of an untranslated text.
    fn foreign(self, english: &str) -> &'static str {
        let is_foreign = self.0 != Lang::En && self.of(english) == english;
        if is_foreign { " lang=\"en\"" } else { "" }
    }
}

/// Renders the page.
pub(super) fn render(document: &Value, Preference { lang, theme }: Preference) -> String {
    let translations = Translations(lang);
    let title = translations.of("Pyruns API");
    let theme =
        theme.attribute().map(|theme| format!(" data-theme=\"{theme}\"")).unwrap_or_default();
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"{}\"{theme}><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body><header><h1>{title}</h1>",
        lang.tag()
    );
    paragraph(&mut html, translations, &document["info"]["description"]);
    if lang != Lang::En {
        let note = translations.of("Descriptions of fields are in English.");
        add(&mut html, format_args!("<p>{note}</p>"));
    }
    add(
        &mut html,
        format_args!(
            "<p><a href=\"/\">Pyruns</a> · <a href=\"/api/openapi.json\">openapi.json</a></p></header>\
             <nav aria-label=\"{}\">",
            translations.of("Groups")
        ),
    );
    let tags = document["tags"].as_array().map_or(&[][..], Vec::as_slice);
    for tag in tags {
        let name = text(&tag["name"]);
        add(
            &mut html,
            format_args!("<a href=\"#{}\">{}</a>", escaped(name), escaped(translations.of(name))),
        );
    }
    add(&mut html, format_args!("<a href=\"#types\">{}</a></nav><main>", translations.of("Types")));
    for tag in tags {
        let name = text(&tag["name"]);
        add(
            &mut html,
            format_args!("<h2 id=\"{}\">{}</h2>", escaped(name), escaped(translations.of(name))),
        );
        paragraph(&mut html, translations, &tag["description"]);
        operations(&mut html, translations, document, name);
    }
    add(&mut html, format_args!("<h2 id=\"types\">{}</h2>", translations.of("Types")));
    for (name, schema) in fields(&document["components"]["schemas"]) {
        let name = escaped(name);
        add(
            &mut html,
            format_args!("<details id=\"type-{name}\"><summary><code>{name}</code></summary><div>"),
        );
        paragraph(&mut html, translations, &schema["description"]);
        properties(&mut html, translations, schema);
        example(&mut html, &schema["examples"][0]);
        html.push_str("</div></details>");
    }
    html.push_str("</main></body></html>");
    html
}

fn operations(html: &mut String, translations: Translations, document: &Value, tag: &str) {
    for (path, methods) in fields(&document["paths"]) {
        for (method, operation) in fields(methods).filter(|(_, one)| one["tags"][0] == tag) {
            let (method, path) = (method.to_uppercase(), escaped(path));
            let summary = prose(translations.of(text(&operation["summary"])));
            add(
                html,
                format_args!(
                    "<details><summary><span class=\"method\">{method}</span> <code>{path}</code> {summary}</summary><div>"
                ),
            );
            paragraph(html, translations, &operation["description"]);
            parameters(html, translations, document, operation);
            let body = &operation["requestBody"]["content"]["application/json"];
            content(html, translations.of("Body"), body);
            for (status, response) in fields(&operation["responses"]) {
                let response = resolve_reference(document, response);
                add(html, format_args!("<h3>{}</h3>", escaped(status)));
                paragraph(html, translations, &response["description"]);
                if status.starts_with('2') || status == "101" {
                    content(html, "", &response["content"]["application/json"]);
                    content(html, "", &response["x-message"]);
                }
            }
            html.push_str("</div></details>");
        }
    }
}

fn parameters(html: &mut String, translations: Translations, document: &Value, operation: &Value) {
    let list = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    if list.is_empty() {
        return;
    }
    add(html, format_args!("<h3>{}</h3><table>", translations.of("Parameters")));
    for parameter in list {
        let parameter = resolve_reference(document, parameter);
        let must = match parameter["required"] == true {
            true => format!(", {}", translations.of("required")),
            false => String::new(),
        };
        row(
            html,
            translations,
            text(&parameter["name"]),
            &format!("{}{must}", translations.of(text(&parameter["in"]))),
            parameter,
            &parameter["schema"],
        );
    }
    html.push_str("</table>");
}

fn properties(html: &mut String, translations: Translations, schema: &Value) {
    for list in ["allOf", "oneOf", "anyOf"] {
        let parts = schema[list].as_array().map_or(&[][..], Vec::as_slice);
        parts.iter().for_each(|part| properties(html, translations, part));
    }
    if schema["properties"].is_object() {
        html.push_str("<table>");
        for (name, property) in fields(&schema["properties"]) {
            row(html, translations, name, &kind(translations, property), property, property);
        }
        html.push_str("</table>");
    } else if let Some(reference) = schema["$ref"].as_str() {
        add(
            html,
            format_args!("<p>{} {}</p>", translations.of("and the fields of"), link(reference)),
        );
    } else if let Some(values) = schema["enum"].as_array() {
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        add(html, format_args!("<p><code>{}</code></p>", escaped(&values.join(" | "))));
    }
}

fn row(
    html: &mut String,
    translations: Translations,
    name: &str,
    kind: &str,
    about: &Value,
    schema: &Value,
) {
    let about = text(&about["description"]);
    let given = &schema["examples"][0];
    let given =
        if given.is_null() || given.is_object() { String::new() } else { given.to_string() };
    let given =
        if given.len() > 60 { String::new() } else { format!("<code>{}</code>", escaped(&given)) };
    let kind = if kind.starts_with("<a") { kind.to_owned() } else { escaped(kind) };
    add(
        html,
        format_args!(
            "<tr><td><code>{}</code></td><td>{kind}</td><td{}>{}</td><td>{given}</td></tr>",
            escaped(name),
            translations.foreign(about),
            prose(translations.of(about))
        ),
    );
}

/// A short name of a property's type.
fn kind(translations: Translations, schema: &Value) -> String {
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
            None => translations.of("array").to_owned(),
        },
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => {
            let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
            kinds.join(&format!(" {} ", translations.of("or")))
        }
        _ => translations.of("anything").to_owned(),
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
        let text = format!("{example:#}");
        let cut: String = text.chars().take(EXAMPLE_LETTERS).collect();
        let more = if cut.len() < text.len() { "\n…" } else { "" };
        add(html, format_args!("<pre tabindex=\"0\">{}{more}</pre>", escaped(&cut)));
    }
}

fn resolve_reference<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| document.pointer(target)).unwrap_or(value)
}

fn link(reference: &str) -> String {
    let name = escaped(reference.rsplit('/').next().unwrap_or_default());
    format!("<a href=\"#type-{name}\">{name}</a>")
}

fn paragraph(html: &mut String, translations: Translations, value: &Value) {
    if let Some(text) = value.as_str() {
        add(
            html,
            format_args!("<p{}>{}</p>", translations.foreign(text), prose(translations.of(text))),
        );
    }
}

/// Escaped text with backticks rendered as code.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| match index % 2 {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        crate::router::api_routes().into_parts().1.json().clone()
    }

    /// Checks the texts of the page, tags and operations. Descriptions of fields are not translated.
    #[test]
    fn descriptions_of_operations_are_translated() {
        let document = document();
        let mut texts = vec![text(&document["info"]["description"])];
        for tag in document["tags"].as_array().into_iter().flatten() {
            texts.extend([text(&tag["name"]), text(&tag["description"])]);
        }
        for (_, methods) in fields(&document["paths"]) {
            for (_, operation) in fields(methods) {
                texts.extend([text(&operation["summary"]), text(&operation["description"])]);
            }
        }
        texts.retain(|text| !text.is_empty() && !CHINESE.contains_key(*text));
        assert!(texts.is_empty(), "without a line in page_zh.json: {texts:#?}");
    }

    #[test]
    fn the_page_is_in_the_language_and_theme_that_were_chosen() {
        let document = document();
        let page = |cookies: &str| render(&document, Preference::of_headers(cookies, "en"));
        let english = page("");
        assert!(english.contains("<html lang=\"en\">") && english.contains("<h3>Parameters</h3>"));
        let chinese = page("pyruns_lang=zh-CN; pyruns_theme=dark");
        assert!(chinese.contains("<html lang=\"zh-CN\" data-theme=\"dark\">"));
        assert!(chinese.contains("<h3>参数</h3>") && !chinese.contains("<h3>Parameters</h3>"));
    }
}
