//! Filling a template, and reading a filled one.

use std::fmt::Display;

/// Stands for an argument in a template.
const PLACE: &str = "{}";

/// The template with its arguments. Those that are missing stay open; more than there are places
/// are left out.
#[must_use]
pub fn fill(template: &str, arguments: &[&dyn Display]) -> String {
    let mut text = template.to_owned();
    let mut from = 0;
    for argument in arguments {
        let Some(at) = text[from..].find(PLACE) else { break };
        let argument = argument.to_string();
        text.replace_range(from + at..from + at + PLACE.len(), &argument);
        from += at + argument.len();
    }
    text
}

/// The arguments of a text that was made from this template; `None` if it was not.
#[must_use]
pub fn read<'a>(template: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = template.split(PLACE);
    let mut remaining = text.strip_prefix(parts.next()?)?;
    let mut arguments = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let at = match parts.peek() {
            Some(_) => remaining.find(part)?,
            None => remaining.len() - remaining.strip_suffix(part).map(|_| part.len())?,
        };
        arguments.push(&remaining[..at]);
        remaining = &remaining[at + part.len()..];
    }
    remaining.is_empty().then_some(arguments)
}

/// Checks that each template, filled, is read as itself.
#[cfg(test)]
pub(super) fn check_all<'t>(
    templates: impl Iterator<Item = &'t str>,
    read: impl Fn(&str) -> Option<(&'static str, Vec<&str>)>,
) {
    let arguments = ["7", "x_1", "/a/b", "4"];
    for template in templates {
        let places = template.matches(PLACE).count();
        let displayed: Vec<&dyn Display> = arguments.iter().map(|it| it as &dyn Display).collect();
        let sentence = fill(template, &displayed[..places]);
        assert!(!sentence.contains(PLACE), "{sentence}");
        let (found, arguments_read) =
            read(&sentence).unwrap_or_else(|| panic!("{sentence}: not recognised"));
        assert_eq!((found, &arguments_read[..]), (template, &arguments[..places]), "{sentence}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_come_back_whatever_is_in_them() {
        let template = "waits for '{}' to complete, which is {}";
        let text = fill(template, &[&"a '{}' b", &"queued"]);
        assert_eq!(text, "waits for 'a '{}' b' to complete, which is queued");
        assert_eq!(read(template, &text).unwrap(), ["a '{}' b", "queued"]);
        assert_eq!(read("exit code {}", "exit codes"), None);
        assert_eq!(read("exactly", "exactly"), Some(vec![]));
        assert_eq!(read("exactly", "exactly so"), None);
        assert_eq!(read("a{}a", "a"), None, "the two ends do not overlap");
        assert_eq!(fill("{} of {}", &[&1]), "1 of {}");
    }
}
