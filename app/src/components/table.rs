//! A table with a header, whose content scrolls horizontally.

use leptos::prelude::*;

/// A table; its children are the `<tr>` of its body.
#[component]
pub fn Table(
    /// The label, for assistive technology.
    #[prop(into)]
    label: String,
    /// The column headers.
    #[prop(into)]
    columns: Signal<Vec<String>>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let headers = move || {
        let head = |column| view! { <th scope="col">{column}</th> };
        columns.get().into_iter().map(head).collect_view()
    };
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=label>
            <table class="table">
                <thead><tr>{headers}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
