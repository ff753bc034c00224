//! Buttons, and links that look like buttons.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::dynamic::{flag, part, word};
use super::handler::mouse;
use super::{Icon, IconView};

/// The visual weight of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The main action of a page.
    Primary,
    /// Any other action.
    #[default]
    Plain,
    /// No border until it is hovered.
    Quiet,
    /// A destructive action.
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
    /// The visual weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Whether the button is disabled.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether a request is pending: the button is disabled and shows a spinner.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it submits the enclosing form.
    #[prop(optional)]
    submit: bool,
    /// Called on a click.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// The label.
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
                let visible_icon = if busy.get() { Some(Icon::Spinner) } else { icon };
                visible_icon.map(|icon| view! { <IconView icon/> })
            })}
            <span class="button__text">{children()}</span>
        </button>
    }
}

/// A button that shows only an icon.
#[component]
pub fn IconButton(
    /// The icon.
    icon: Icon,
    /// The action, for the tooltip and assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// Whether the button is disabled.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called on a click.
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
    /// The target address.
    #[prop(into)]
    href: Signal<String>,
    /// The visual weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// The label.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class="button__text">{children()}</span>
        </a>
    }
}
