//! The inspector: what is selected, in one row of fields. With nothing selected it says how things stand and how to go
//! on.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::state::{Action, label_key};
use crate::course::drawing::{FOLLOWS, OUTLINE, TAKES_WRITES};
use crate::diagram::edit::Toward;
use crate::diagram::picture::Arrangement;
use crate::diagram::{Document, Edit, Part, Shape, Stroke};
use crate::ui::icons;
use crate::ui::words::{one_line, with_breaks};

/// What the inspector shows.
pub struct Props<'a> {
    /// What is drawn, and what is selected.
    pub document: &'a Document,
    /// Whether the browser keeps the drawing.
    pub saved: bool,
    /// Whether there is no room to put systems side by side.
    pub narrow: bool,
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

/// What the keyboard can do besides the tools, which show their own keys: keys and what they mean.
const HINTS: [(&str, &str); 4] = [("1 2", "system"), ("J K", "next, previous"), ("Enter", "label"), ("Del", "delete")];

/// The inspector.
pub fn inspector(props: &Props) -> Html {
    let fields = props.document.selected.first().and_then(|part| fields(part, props));
    html! {
        <div class="inspector" role="group" aria-label="Inspector">
            { fields.unwrap_or_else(|| standing(props)) }
            <span class="spring"></span>
            { arrange(props) }
        </div>
    }
}

fn standing(props: &Props) -> Html {
    let saved = if props.saved { "Saved in this browser" } else { "Not saved: this browser refuses to keep it" };
    html! {
        <p class="standing" key="standing">
            <span class={classes!((!props.saved).then_some("warning"))}>{ saved }</span>
            <span class="keys-hint">{ for HINTS.iter().map(|(keys, what)| html! {
                <span key={*what} class="hint">{ for keys.split(' ').map(|key| html! { <kbd key={key}>{ key }</kbd> }) }{ *what }</span>
            }) }</span>
        </p>
    }
}

fn arrange(props: &Props) -> Html {
    let emit = |action: Action| {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(action.clone()))
    };
    let option = |name: &'static str, arrangement| {
        html! { <button aria-pressed={(props.document.arrangement == arrangement).to_string()} onclick={emit(Action::Arrange(arrangement))}>{ name }</button> }
    };
    html! {
        <div class="arrange">
            if !props.narrow {
                <div class="segments" role="group" aria-label="Arrangement">
                    { option("Side by side", Arrangement::SideBySide) }{ option("Stacked", Arrangement::Stacked) }
                </div>
            }
            <button class="button small" onclick={emit(Action::Edit(Edit::Tidy, None))} disabled={props.document.diagram.positions.is_empty()}
                title="Let the layout place everything">{ "Tidy" }</button>
        </div>
    }
}

fn fields(part: &Part, props: &Props) -> Option<Html> {
    Some(match part {
        Part::Node(id) => node_fields(id, props)?,
        Part::Edge(at) => edge_fields(*at, props)?,
        Part::Subgraph(id) => {
            props.document.diagram.subgraph(id)?;
            html! { <div class="fields" key={format!("subgraph {id}")}><span class="kind">{ "System" }</span>{ label_field(part, props) }{ delete(part, props) }</div> }
        }
    })
}

fn node_fields(id: &str, props: &Props) -> Option<Html> {
    let node = props.document.diagram.node(id)?;
    let part = Part::Node(id.to_owned());
    let on_shape = Callback::from({
        let (id, on_action) = (id.to_owned(), props.on_action.clone());
        move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some((_, shape)) = SHAPES.iter().find(|(name, _)| *name == chosen) {
                on_action.emit(Action::Edit(Edit::Reshape { id: id.clone(), shape: *shape }, None));
            }
        }
    });
    let known = SHAPES.iter().any(|(_, shape)| *shape == node.shape);
    Some(html! {
        <div class="fields" key={format!("node {id}")}>
            <span class="kind">{ id.to_owned() }</span>
            { label_field(&part, props) }
            <select aria-label="Shape" onchange={on_shape}>
                if !known { <option selected=true disabled=true>{ "Other shape" }</option> }
                { for SHAPES.iter().map(|(name, shape)| html! { <option key={*name} value={*name} selected={*shape == node.shape}>{ *name }</option> }) }
            </select>
            <div class="swatches" role="group" aria-label="Fill">{ for FILLS.iter().map(|(name, fill)| swatch(name, *fill, id, props)) }</div>
            { delete(&part, props) }
        </div>
    })
}

fn swatch(name: &'static str, fill: Option<&'static str>, id: &str, props: &Props) -> Html {
    let style: Vec<String> =
        fill.into_iter().chain(OUTLINE.into_iter().filter(|_| fill.is_some())).map(str::to_owned).collect();
    let chosen = props.document.diagram.node(id).is_some_and(|node| node.style == style);
    let onclick = Callback::from({
        let (id, on_action) = (id.to_owned(), props.on_action.clone());
        move |_: MouseEvent| on_action.emit(Action::Edit(Edit::Restyle { id: id.clone(), style: style.clone() }, None))
    });
    let tint = fill.and_then(|fill| fill.strip_prefix("fill:")).map(|colour| format!("--tint:{colour}"));
    html! {
        <button key={name} class={classes!("swatch", fill.map(|_| "filled"))} style={tint} {onclick} aria-pressed={chosen.to_string()} title={name}>
            <i></i><span>{ name }</span>
        </button>
    }
}

fn edge_fields(at: usize, props: &Props) -> Option<Html> {
    let edge = props.document.diagram.edges.get(at)?;
    let part = Part::Edge(at);
    let emit = |edit: Edit| {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(Action::Edit(edit.clone(), None)))
    };
    let stroke = |name: &'static str, stroke| {
        html! { <button aria-pressed={(edge.stroke == stroke).to_string()} onclick={emit(Edit::Restroke { edge: at, stroke })}>{ name }</button> }
    };
    let icon = |name: &'static str, icon: Html, edit| {
        html! { <button class="button small square" aria-label={name} title={name} onclick={emit(edit)}>{ icon }</button> }
    };
    Some(html! {
        <div class="fields" key={format!("edge {at}")}>
            <span class="kind">{ format!("{} → {}", edge.from, edge.to) }</span>
            { label_field(&part, props) }
            <div class="segments" role="group" aria-label="Fate">{ stroke("Arrives", Stroke::Normal) }{ stroke("Lost", Stroke::Dotted) }</div>
            <div class="row">
                { icon("Turn round", icons::swap(), Edit::Reverse { edge: at }) }
                { icon("Earlier in the text", icons::up(), Edit::Reorder { edge: at, toward: Toward::Earlier }) }
                { icon("Later in the text", icons::down(), Edit::Reorder { edge: at, toward: Toward::Later }) }
            </div>
            { delete(&part, props) }
        </div>
    })
}

fn label_field(part: &Part, props: &Props) -> Html {
    let text = one_line(&props.document.diagram.text_of(part));
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
        move |_: MouseEvent| on_action.emit(Action::Edit(Edit::Delete(part.clone()), None))
    });
    html! { <button class="button small square" aria-label="Delete" title="Delete (Del)" {onclick}>{ icons::bin() }</button> }
}
