//! Buttons, and links that look like buttons.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::dynamic::{flag, part, word};
use super::handler::mouse;
use super::{Icon, IconView};

/// How loud a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The one thing to do on a page.
    Primary,
    /// Everything else.
    #[default]
    Plain,
    /// No border until it is pointed at.
    Quiet,
    /// What destroys something.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Plain => "button",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// A button.
#[component]
pub fn Button(
    /// How loud it is.
    #[prop(optional)]
    kind: ButtonKind,
    /// A picture before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Waits for an answer: cannot be pressed, and says so.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            disabled=flag(move || disabled.get() || busy.get())
            aria-busy=word(move || busy.get().then_some("true"))
            on:click=pressed(on_click)
        >
            {part(move || {
                let shown = if busy.get() { Some(Icon::Spinner) } else { icon };
                shown.map(|icon| view! { <IconView icon/> })
            })}
            <span class="button__text">{children()}</span>
        </button>
    }
}

/// A button of which only the picture is seen.
#[component]
pub fn IconButton(
    /// The picture.
    icon: Icon,
    /// What it does, for the tooltip and assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button--quiet button--icon"
            title=label
            aria-label=label
            disabled=disabled
            on:click=pressed(on_click)
        >
            <IconView icon/>
        </button>
    }
}

fn pressed(on_click: Option<Callback<MouseEvent>>) -> Box<dyn FnMut(MouseEvent)> {
    mouse(move |event| {
        if let Some(on_click) = on_click {
            on_click.run(event);
        }
    })
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How loud it is.
    #[prop(optional)]
    kind: ButtonKind,
    /// A picture before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class="button__text">{children()}</span>
        </a>
    }
}
