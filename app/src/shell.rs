//! The HTML document around the application.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::routes::App;
use crate::state::preference::Preference;

/// The whole document, as the server sends it.
///
/// Language and theme are attributes of `<html>`, taken from the request's cookies, so that
/// the first paint is correct and the browser reads the same values.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let preference = Preference::of_request();
    view! {
        <!DOCTYPE html>
        <html lang=preference.lang.tag() data-theme=preference.theme.attribute()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href="/pkg/pyruns.css" nonce=use_nonce()/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
