//! The fields, nested like the parameters, with collapsible mappings.

use leptos::prelude::*;

use super::field::FieldRow;
use super::field_filter::FieldFilter;
use super::state::Field;
use crate::i18n::use_messages;

/// A parameter or a mapping.
enum Node {
    Leaf(Field),
    Mapping(String, Vec<Node>),
}

/// All fields as a tree.
#[component]
pub(super) fn Tree(
    /// The fields, in the order of the file.
    fields: Vec<Field>,
    /// Which of them are visible.
    filter: FieldFilter,
) -> impl IntoView {
    let nodes = nodes(fields, 0);
    view! { <div class="form__rows tree">{level(nodes, filter)}</div> }
}

fn level(nodes: Vec<Node>, filter: FieldFilter) -> AnyView {
    let children = nodes.into_iter().map(|node| match node {
        Node::Leaf(field) => view! { <FieldRow field filter/> }.into_any(),
        Node::Mapping(key, inner) => view! { <Branch key_=key inner filter/> }.into_any(),
    });
    children.collect_view().into_any()
}

#[component]
fn Branch(key_: String, inner: Vec<Node>, filter: FieldFilter) -> impl IntoView {
    let t = use_messages();
    let mut fields = Vec::new();
    inner.iter().for_each(|node| collect(node, &mut fields));
    let count = fields.len();
    let all = StoredValue::new(fields);
    let empty = move || all.with_value(|fields| !fields.iter().any(|field| filter.matches(field)));
    let changed = Memo::new(move |_| {
        all.with_value(|fields| fields.iter().filter(|field| field.is_changed()).count())
    });
    let changes = move || {
        let count = changed.get();
        (count > 0)
            .then(|| view! { <span class="tree__changed">{(t.generator().changes)(count)}</span> })
    };
    view! {
        <details class="tree__branch" open hidden=empty>
            <summary class="tree__key">
                <code>{key_}</code>
                <span class="muted num">{count}</span>
                {changes}
            </summary>
            <div class="tree__inner">{level(inner, filter)}</div>
        </details>
    }
}

fn collect(node: &Node, fields: &mut Vec<Field>) {
    match node {
        Node::Leaf(field) => fields.push(field.clone()),
        Node::Mapping(_, inner) => inner.iter().for_each(|node| collect(node, fields)),
    }
}

/// Groups consecutive fields with the same path prefix.
fn nodes(fields: Vec<Field>, depth: usize) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut fields = fields.into_iter().peekable();
    while let Some(field) = fields.next() {
        if field.spec.path.len() <= depth + 1 {
            nodes.push(Node::Leaf(field));
            continue;
        }
        let key = field.spec.path[depth].clone();
        let mut inner = vec![field];
        let is_inside =
            |next: &Field| next.spec.path.len() > depth + 1 && next.spec.path[depth] == key;
        while let Some(next) = fields.next_if(|next| is_inside(next)) {
            inner.push(next);
        }
        nodes.push(Node::Mapping(key, self::nodes(inner, depth + 1)));
    }
    nodes
}
