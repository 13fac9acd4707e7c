//! The fields of a part: everything about it that can be changed. The row under the canvas shows the most used ones, the list of
//! parts all of them.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::action::Action;
use super::state::label_key;
use crate::course::drawing::{FOLLOWS, OUTLINE, TAKES_WRITES};
use crate::diagram::edit::Toward;
use crate::diagram::role::Cast;
use crate::diagram::{Diagram, Edge, Edit, Node, Part, Shape, Stroke, mermaid, paint};
use crate::ui::icons;
use crate::ui::words::{one_line, with_breaks};

/// How many fields there is room for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The most used ones, in a row.
    Row,
    /// All of them.
    All,
}

/// What the fields work on.
pub struct Props<'a> {
    /// What is drawn.
    pub diagram: &'a Diagram,
    /// How many there is room for.
    pub extent: Extent,
    /// What to do.
    pub on_action: &'a Callback<Action>,
}

/// The fills on offer: name, declaration.
const FILLS: [(&str, Option<&str>); 3] =
    [("No fill", None), ("Takes writes", Some(TAKES_WRITES)), ("Follows", Some(FOLLOWS))];

/// The shapes on offer.
const SHAPES: [(&str, Shape); 6] = [
    ("Box", Shape::Square),
    ("Rounded", Shape::Round),
    ("Pill", Shape::Stadium),
    ("Cylinder", Shape::Cylinder),
    ("Circle", Shape::Circle),
    ("Diamond", Shape::Diamond),
];

/// The fields of a part, if it is there.
pub fn fields(part: &Part, props: &Props) -> Option<Html> {
    Some(match part {
        Part::Node(id) => node_fields(props.diagram.node(id)?, props),
        Part::Edge(at) => edge_fields(*at, props.diagram.edges.get(*at)?, props),
        Part::Subgraph(id) => {
            props.diagram.subgraph(id)?;
            html! { <div class="fields" key={format!("subgraph {id}")}><span class="kind">{ "System" }</span>{ label_field(part, props) }{ delete(part, props) }</div> }
        }
    })
}

fn edit(props: &Props, edit: Edit) -> Callback<MouseEvent> {
    let on_action = props.on_action.clone();
    Callback::from(move |_| on_action.emit(Action::Edit(edit.clone(), None)))
}

/// A choice among names.
fn select(label: &'static str, names: &[(String, bool)], on_choice: Callback<usize>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Ok(chosen) = usize::try_from(chosen) {
            on_choice.emit(chosen);
        }
    });
    html! {
        <select aria-label={label} title={label} {onchange}>
            { for names.iter().enumerate().map(|(at, (name, chosen))| html! { <option key={at} selected={*chosen}>{ name }</option> }) }
        </select>
    }
}

fn node_fields(node: &Node, props: &Props) -> Html {
    let part = Part::Node(node.id.clone());
    html! {
        <div class="fields" key={format!("node {}", node.id)}>
            { id_field(node, props) }
            { label_field(&part, props) }
            { cast(node, props) }
            { shape(node, props) }
            <div class="swatches" role="group" aria-label="Fill">
                { for FILLS.iter().map(|(name, fill)| swatch(name, *fill, node, props)) }
                { colour("Other fill", "fill", paint::fill(props.diagram, node), node, props) }
                { colour("Stroke", "stroke", paint::stroke(props.diagram, node), node, props) }
            </div>
            if props.extent == Extent::All { { home(node, props) } }
            { delete(&part, props) }
        </div>
    }
}

/// The id is taken over when the field is left, because half an id may be that of another node.
fn id_field(node: &Node, props: &Props) -> Html {
    let onchange = Callback::from({
        let (id, on_action) = (node.id.clone(), props.on_action.clone());
        let taken: Vec<String> = props.diagram.nodes.iter().map(|node| node.id.clone()).collect();
        move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            let to = field.value().trim().to_owned();
            if to == id {
                field.set_value(&id);
            } else if !mermaid::is_id(&to) || taken.contains(&to) {
                let why = if taken.contains(&to) { "another node has it" } else { "Mermaid could not read it" };
                on_action.emit(Action::Say(format!("“{to}” cannot be the id: {why}. It is still {id}.")));
                field.set_value(&id);
            } else {
                on_action.emit(Action::Edit(Edit::Rename { id: id.clone(), to }, None));
            }
        }
    });
    html! { <input class="field id-field" type="text" aria-label="Id" title="Id in the text" value={node.id.clone()} {onchange} autocomplete="off" autocapitalize="off" spellcheck="false" /> }
}

fn cast(node: &Node, props: &Props) -> Html {
    let own = Cast::of(node);
    let names = Cast::ALL.map(|cast| (cast.name().to_owned(), cast == own));
    let (id, on_action) = (node.id.clone(), props.on_action.clone());
    select(
        "Role",
        &names,
        Callback::from(move |at: usize| {
            on_action.emit(Action::Edit(Edit::Cast { id: id.clone(), cast: Cast::ALL[at] }, None));
        }),
    )
}

fn shape(node: &Node, props: &Props) -> Html {
    let known = SHAPES.iter().any(|(_, shape)| *shape == node.shape);
    let mut names: Vec<(String, bool)> =
        SHAPES.iter().map(|(name, shape)| ((*name).to_owned(), *shape == node.shape)).collect();
    if !known {
        names.push(("Other shape".to_owned(), true));
    }
    let (id, on_action) = (node.id.clone(), props.on_action.clone());
    select(
        "Shape",
        &names,
        Callback::from(move |at: usize| {
            if let Some((_, shape)) = SHAPES.get(at) {
                on_action.emit(Action::Edit(Edit::Reshape { id: id.clone(), shape: *shape }, None));
            }
        }),
    )
}

fn home(node: &Node, props: &Props) -> Html {
    let mut homes: Vec<Option<String>> = vec![None];
    homes.extend(props.diagram.subgraphs.iter().map(|subgraph| Some(subgraph.id.clone())));
    let name =
        |home: &Option<String>| home.as_ref().map_or_else(|| "No system".to_owned(), |id| props.diagram.name_of(id));
    let names: Vec<(String, bool)> = homes.iter().map(|home| (name(home), *home == node.parent)).collect();
    let (id, on_action) = (node.id.clone(), props.on_action.clone());
    select(
        "System",
        &names,
        Callback::from(move |at: usize| {
            on_action.emit(Action::Edit(Edit::Rehome { id: id.clone(), parent: homes[at].clone() }, None));
        }),
    )
}

fn swatch(name: &'static str, fill: Option<&'static str>, node: &Node, props: &Props) -> Html {
    let style: Vec<String> =
        fill.into_iter().chain(OUTLINE.into_iter().filter(|_| fill.is_some())).map(str::to_owned).collect();
    let chosen = node.style == style;
    let tint = fill.and_then(|fill| fill.strip_prefix("fill:")).map(|colour| format!("--tint:{colour}"));
    let onclick = edit(props, Edit::Restyle { id: node.id.clone(), style });
    html! {
        <button key={name} class={classes!("swatch", fill.map(|_| "filled"))} style={tint} {onclick} aria-pressed={chosen.to_string()} title={name}>
            <i></i><span>{ name }</span>
        </button>
    }
}

/// Any colour for a property of the node's style; the other declarations stay.
fn colour(label: &'static str, property: &'static str, now: Option<&str>, node: &Node, props: &Props) -> Html {
    let oninput = Callback::from({
        let (node, on_action) = (node.clone(), props.on_action.clone());
        move |event: InputEvent| {
            let colour = event.target_unchecked_into::<HtmlInputElement>().value();
            let others =
                node.style.iter().filter(|declaration| !declaration.trim_start().starts_with(&format!("{property}:")));
            let style = [format!("{property}:{colour}")].into_iter().chain(others.cloned()).collect();
            let key = Some(format!("{property} {}", node.id));
            on_action.emit(Action::Edit(Edit::Restyle { id: node.id.clone(), style }, key));
        }
    });
    html! { <input key={label} class={classes!("colour", property)} type="color" aria-label={label} title={label} value={paint::long_hex(now)} {oninput} /> }
}

fn edge_fields(at: usize, edge: &Edge, props: &Props) -> Html {
    let part = Part::Edge(at);
    let stroke = |name: &'static str, stroke| {
        html! { <button aria-pressed={(edge.stroke == stroke).to_string()} onclick={edit(props, Edit::Restroke { edge: at, stroke })}>{ name }</button> }
    };
    let icon = |name: &'static str, icon: Html, what| {
        html! { <button class="button small square" aria-label={name} title={name} onclick={edit(props, what)}>{ icon }</button> }
    };
    let insert = {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(Action::InsertStep(at)))
    };
    html! {
        <div class="fields" key={format!("edge {at}")}>
            if props.extent == Extent::All {
                { end("From", at, edge, props) }{ end("To", at, edge, props) }
            } else {
                <span class="kind">{ format!("{} → {}", edge.from, edge.to) }</span>
            }
            { label_field(&part, props) }
            <div class="segments" role="group" aria-label="Fate">{ stroke("Arrives", Stroke::Normal) }{ stroke("Lost", Stroke::Dotted) }</div>
            <div class="row">
                { icon("Turn round", icons::swap(), Edit::Reverse { edge: at }) }
                { icon("Earlier in the text", icons::up(), Edit::Reorder { edge: at, toward: Toward::Earlier }) }
                { icon("Later in the text", icons::down(), Edit::Reorder { edge: at, toward: Toward::Later }) }
                <button class="button small square" aria-label="Insert a step before" title="Insert a step before" disabled={edge.step().is_none()} onclick={insert}>{ icons::plus() }</button>
            </div>
            { delete(&part, props) }
        </div>
    }
}

/// The node at an end of an edge.
fn end(label: &'static str, at: usize, edge: &Edge, props: &Props) -> Html {
    let own = if label == "From" { &edge.from } else { &edge.to };
    let names: Vec<(String, bool)> =
        props.diagram.nodes.iter().map(|node| (format!("{} ({})", node.visible(), node.id), node.id == *own)).collect();
    let ids: Vec<String> = props.diagram.nodes.iter().map(|node| node.id.clone()).collect();
    let (from, to, on_action) = (edge.from.clone(), edge.to.clone(), props.on_action.clone());
    select(
        label,
        &names,
        Callback::from(move |chosen: usize| {
            let chosen = ids[chosen].clone();
            let (from, to) = if label == "From" { (chosen, to.clone()) } else { (from.clone(), chosen) };
            on_action.emit(Action::Edit(Edit::Reconnect { edge: at, from, to }, None));
        }),
    )
}

fn label_field(part: &Part, props: &Props) -> Html {
    let text = one_line(&props.diagram.text_of(part));
    let oninput = Callback::from({
        let (part, on_action) = (part.clone(), props.on_action.clone());
        move |event: InputEvent| {
            let text = with_breaks(&event.target_unchecked_into::<HtmlInputElement>().value());
            on_action.emit(Action::Edit(Edit::Relabel { part: part.clone(), text }, Some(label_key(&part))));
        }
    });
    html! { <input class="field" type="text" aria-label="Label" placeholder="Label" value={text} {oninput} autocomplete="off" spellcheck="false" /> }
}

fn delete(part: &Part, props: &Props) -> Html {
    let onclick = Callback::from({
        let (part, on_action) = (part.clone(), props.on_action.clone());
        move |_: MouseEvent| {
            on_action.emit(Action::Select(vec![part.clone()]));
            on_action.emit(Action::Delete);
        }
    });
    html! { <button class="button small square" aria-label="Delete" title="Delete (Del)" {onclick}>{ icons::bin() }</button> }
}
