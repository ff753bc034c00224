//! Language and theme, stored in cookies so that the server renders with the same preferences as the browser.

use leptos::prelude::*;

use crate::i18n::Lang;

/// Cookie that holds the theme.
pub const THEME_COOKIE: &str = "pyruns_theme";
/// Cookie that holds the language.
pub const LANG_COOKIE: &str = "pyruns_lang";

/// The colour theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// `prefers-color-scheme` decides.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of `<html data-theme>`; `None` for the system theme.
    #[must_use]
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// Reads the attribute or the cookie.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The preferences of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preference {
    /// Language of all texts.
    pub lang: Lang,
    /// Colours.
    pub theme: Theme,
}

impl Preference {
    /// Reads a `Cookie` and an `Accept-Language` header.
    #[must_use]
    #[cfg(any(feature = "ssr", test))]
    pub fn of_headers(cookies: &str, accept_language: &str) -> Self {
        let lang = cookie(cookies, LANG_COOKIE).and_then(Lang::parse);
        Self {
            lang: lang.unwrap_or_else(|| Lang::of_accept_language(accept_language)),
            theme: cookie(cookies, THEME_COOKIE).map(Theme::parse).unwrap_or_default(),
        }
    }

    /// The preferences of the current request.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn of_request() -> Self {
        let Some(parts) = use_context::<http::request::Parts>() else { return Self::default() };
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        Self::of_headers(
            header(http::header::COOKIE).unwrap_or_default(),
            header(http::header::ACCEPT_LANGUAGE).unwrap_or_default(),
        )
    }

    /// The preferences that the server rendered into `<html>`.
    #[cfg(not(feature = "ssr"))]
    #[must_use]
    pub fn of_request() -> Self {
        let Some(root) = document().document_element() else { return Self::default() };
        let read = |name| root.get_attribute(name).unwrap_or_default();
        Self {
            lang: Lang::parse(&read("lang")).unwrap_or_default(),
            theme: Theme::parse(&read("data-theme")),
        }
    }
}

/// Provides the preferences as contexts; change them with [`set_theme`] and [`set_lang`].
pub fn provide_preference() {
    let preference = Preference::of_request();
    provide_context(preference.lang);
    provide_context(RwSignal::new(preference.theme));
}

/// Sets the theme and stores it in a cookie. Browser only.
pub fn set_theme(theme: Theme) {
    if let Some(signal) = use_context::<RwSignal<Theme>>() {
        signal.set(theme);
    }
    remember(THEME_COOKIE, theme.attribute().unwrap_or_default());
    let Some(root) = document().document_element() else { return };
    // Both calls fail only for invalid attribute names.
    let _ = match theme.attribute() {
        Some(value) => root.set_attribute("data-theme", value),
        None => root.remove_attribute("data-theme"),
    };
}

/// Stores the language in a cookie and reloads the page, since all texts come from the server. Browser only.
pub fn set_lang(lang: Lang) {
    remember(LANG_COOKIE, lang.tag());
    // Reloading fails only if the page may not navigate; the cookie is stored anyway.
    let _ = window().location().reload();
}

fn remember(name: &str, value: &str) {
    use wasm_bindgen::JsCast;
    if let Some(document) = document().dyn_ref::<web_sys::HtmlDocument>() {
        // Fails if the user blocks cookies: the choice then applies to this page only.
        let _ =
            document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}

#[cfg(any(feature = "ssr", test))]
fn cookie<'a>(cookies: &'a str, name: &str) -> Option<&'a str> {
    cookies.split(';').find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_wins_over_the_browsers_language() {
        let preference = Preference::of_headers("a=b; pyruns_lang=zh-CN; pyruns_theme=dark", "en");
        assert_eq!(preference, Preference { lang: Lang::ZhCn, theme: Theme::Dark });
    }

    #[test]
    fn without_cookies_the_browser_decides() {
        assert_eq!(Preference::of_headers("", "zh-TW,zh;q=0.9,en;q=0.8").lang, Lang::ZhCn);
        assert_eq!(Preference::of_headers("", "de, en;q=0.5, zh;q=0.4").lang, Lang::En);
        assert_eq!(Preference::of_headers("pyruns_lang=xx", "").lang, Lang::En);
    }
}
