//! The drawing as a list: everything in it can be read and changed here without seeing the canvas.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::action::Action;
use super::arrow;
use super::fields::{self, Extent, fields};
use crate::diagram::picture::Picture;
use crate::diagram::role::Role;
use crate::diagram::{Diagram, Edit, Part, Stroke};
use crate::ui::icons;

/// What the list shows.
pub struct Props<'a> {
    /// The diagram.
    pub diagram: &'a Diagram,
    /// Its picture, for the names of messages.
    pub picture: &'a Picture,
    /// What is selected.
    pub selected: &'a [Part],
    /// What to do.
    pub on_action: &'a Callback<Action>,
}

/// The list.
pub fn parts(props: &Props) -> Html {
    let mut all: Vec<Part> = props.diagram.parts();
    let loose = all.iter().position(|part| home(props.diagram, part).is_none()).unwrap_or(all.len());
    let outside = all.split_off(loose);
    let systems = all.chunk_by(|_, next| !matches!(next, Part::Subgraph(_)));
    let add_system = {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(Action::Edit(Edit::AddSystem, None)))
    };
    html! {
        <div class="parts">
            { for systems.map(|parts| section(parts, props)) }
            if !outside.is_empty() || props.diagram.subgraphs.is_empty() { { section(&outside, props) } }
            <AddMessage key="add-message" names={names(props.diagram)} on_action={props.on_action.clone()} />
            <button class="button small" onclick={add_system}>{ icons::plus() }{ "Add a system" }</button>
        </div>
    }
}

/// The subgraph that a part is in, or is.
fn home<'a>(diagram: &'a Diagram, part: &'a Part) -> Option<&'a String> {
    match part {
        Part::Node(id) => diagram.node(id)?.parent.as_ref(),
        Part::Edge(at) => diagram.edges.get(*at)?.parent.as_ref(),
        Part::Subgraph(id) => Some(id),
    }
}

/// A system with all that is in it; or what is in none.
fn section(parts: &[Part], props: &Props) -> Html {
    let parent = parts.first().and_then(|part| home(props.diagram, part)).cloned();
    let title = parent.as_ref().map_or_else(|| "In no system".to_owned(), |id| props.diagram.name_of(id));
    let add = |role: Role| {
        let (on_action, parent) = (props.on_action.clone(), parent.clone());
        Callback::from(move |_: MouseEvent| {
            on_action.emit(Action::Edit(Edit::Add { role, parent: parent.clone(), at: None }, None));
        })
    };
    html! {
        <section key={title.clone()} aria-label={title.clone()}>
            <ul>{ for parts.iter().map(|part| row(part, props)) }</ul>
            if parts.len() <= 1 { <p class="fine">{ "Nothing in it yet." }</p> }
            <div class="row">
                <button class="button small" onclick={add(Role::Client)} aria-label={format!("Add a client to {title}")}>{ icons::plus() }{ "Client" }</button>
                <button class="button small" onclick={add(Role::Replica)} aria-label={format!("Add a node to {title}")}>{ icons::plus() }{ "Node" }</button>
            </div>
        </section>
    }
}

fn row(part: &Part, props: &Props) -> Html {
    let Props { diagram, picture, selected, on_action } = props;
    let chosen = selected.contains(part);
    let (icon, class, name) = match part {
        Part::Node(id) => (icons::node(), "part-node", diagram.name_of(id)),
        Part::Subgraph(id) => (icons::system(), "part-system", diagram.name_of(id)),
        Part::Edge(at) => {
            let Some(edge) = diagram.edges.get(*at) else { return Html::default() };
            let icon = if edge.stroke == Stroke::Dotted { icons::lost() } else { icons::message() };
            let placed = picture.arrows.iter().find(|arrow| arrow.edge == *at);
            (icon, "part-edge", placed.map_or_else(String::new, |placed| arrow::name(placed, edge, diagram)))
        }
    };
    let onclick = {
        let (part, on_action) = (part.clone(), (*on_action).clone());
        Callback::from(move |_: MouseEvent| {
            on_action.emit(Action::Select(if chosen { Vec::new() } else { vec![part.clone()] }));
        })
    };
    let opened = chosen.then(|| fields(part, &fields::Props { diagram, extent: Extent::All, on_action })).flatten();
    html! {
        <li key={super::canvas::element_id(part)} class={class}>
            <button class="part-row" {onclick} aria-expanded={chosen.to_string()}>{ icon }<span>{ name }</span></button>
            { opened.unwrap_or_default() }
        </li>
    }
}

/// All nodes: ids and names.
fn names(diagram: &Diagram) -> Vec<(String, String)> {
    diagram.nodes.iter().map(|node| (node.id.clone(), format!("{} ({})", node.visible(), node.id))).collect()
}

/// What the form needs.
#[derive(Clone, PartialEq, Properties)]
struct AddProps {
    names: Vec<(String, String)>,
    on_action: Callback<Action>,
}

/// A form for a message between any two nodes.
#[component]
fn AddMessage(props: &AddProps) -> Html {
    let ends = [use_node_ref(), use_node_ref()];
    if props.names.len() < 2 {
        return html! { <p class="fine">{ "Messages can be added once there are two nodes." }</p> };
    }
    let connect = |stroke: Stroke| {
        let (ends, props) = (ends.clone(), props.clone());
        Callback::from(move |_: MouseEvent| {
            let chosen = ends.each_ref().map(|end| end.cast::<HtmlSelectElement>().map(|select| select.value()));
            if let [Some(from), Some(to)] = chosen {
                props.on_action.emit(Action::Edit(Edit::Connect { from, to, stroke }, None));
            }
        })
    };
    let select = |end: &NodeRef, label: &'static str, first: usize| {
        html! {
            <select ref={end.clone()} aria-label={label}>
                { for props.names.iter().enumerate().map(|(at, (id, name))| html! { <option key={id.clone()} value={id.clone()} selected={at == first}>{ name }</option> }) }
            </select>
        }
    };
    html! {
        <section class="add-message" aria-label="Add a message">
            <h2>{ "Add a message" }</h2>
            <div class="row">{ select(&ends[0], "It starts at", 0) }<span aria-hidden="true">{ "→" }</span>{ select(&ends[1], "It goes to", 1) }</div>
            <div class="row">
                <button class="button small" onclick={connect(Stroke::Normal)}>{ icons::message() }{ "Arrives" }</button>
                <button class="button small" onclick={connect(Stroke::Dotted)}>{ icons::lost() }{ "Is lost" }</button>
            </div>
        </section>
    }
}
