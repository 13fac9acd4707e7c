//! The canvas: the picture as SVG, each part of it with its name, so that it can be focused, read out and selected.

use std::rc::Rc;

use web_sys::PointerEvent;
use yew::prelude::*;

use super::arrow;
use super::card;
use super::overlay::{band, invitation, writing};
use super::pointer::{drag, handler, is_on_control, press, release};
use super::state::{Action, Mode};
use crate::diagram::geometry::{Spot, px};
use crate::diagram::picture::{Arrow, Card, Frame, Picture};
use crate::diagram::role::{Role, role, system};
use crate::diagram::{Diagram, Part, Stroke};

/// What the canvas shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The diagram.
    pub diagram: Rc<Diagram>,
    /// Its picture.
    pub picture: Rc<Picture>,
    /// What the pointer does.
    pub mode: Mode,
    /// What is selected.
    pub selected: Option<Part>,
    /// What to do.
    pub on_action: Callback<Action>,
}

/// The id of the element that shows a part.
pub fn element_id(part: &Part) -> String {
    match part {
        Part::Node(id) => format!("part-node-{id}"),
        Part::Edge(at) => format!("part-edge-{at}"),
        Part::Subgraph(id) => format!("part-subgraph-{id}"),
    }
}

/// The canvas.
#[component]
pub fn Canvas(props: &Props) -> Html {
    let svg = use_node_ref();
    let pointer = use_state(|| None::<Spot>);
    let (width, height) = props.picture.size;
    let down = handler(&svg, props, {
        let pointer = pointer.clone();
        move |event, spot, props| {
            pointer.set(Some(spot));
            press(event, spot, props);
        }
    });
    let moved = handler(&svg, props, {
        let pointer = pointer.clone();
        move |_, spot, props| {
            if matches!(props.mode, Mode::Connect { from: Some(_), .. }) {
                pointer.set(Some(spot));
            }
            drag(spot, props);
        }
    });
    let up = handler(&svg, props, move |_, spot, props| release(spot, props));
    let ondblclick = {
        let on_action = props.on_action.clone();
        let selected = props.selected.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(part) = selected.clone() {
                on_action.emit(Action::BeginLabel(part));
            }
        })
    };
    let cancel = {
        let on_action = props.on_action.clone();
        Callback::from(move |_: PointerEvent| on_action.emit(Action::Mode(Mode::Select)))
    };
    let onmousedown = Callback::from(|event: MouseEvent| {
        if !is_on_control(&event) {
            event.prevent_default();
        }
    });
    let cursor = match props.mode {
        Mode::Place(_) => "placing",
        Mode::Connect { .. } => "connecting",
        Mode::Drag { .. } => "dragging",
        Mode::Select | Mode::Label(_) => "selecting",
    };
    html! {
        <div class={classes!("canvas", "paper", cursor)}>
            <svg id="canvas" ref={svg} viewBox={format!("0 0 {} {}", px(width), px(height))} style={format!("--ratio:{}/{}", px(width), px(height))}
                role="group" aria-label="Diagram" tabindex="-1"
                onpointerdown={down} {onmousedown} onpointercancel={cancel} onpointermove={moved} onpointerup={up} {ondblclick}>
                <defs>
                    <marker id="arrowhead" viewBox="0 0 10 10" refX="8.5" refY="5" markerUnits="userSpaceOnUse" markerWidth="13" markerHeight="13" orient="auto-start-reverse">
                        <path d="M1 1L9 5 1 9" />
                    </marker>
                </defs>
                <g class="frames">{ for props.picture.frames.iter().map(|frame| frame_part(frame, props)) }</g>
                <g class="tears">{ for props.picture.arrows.iter().filter(|arrow| props.diagram.edges[arrow.edge].stroke == Stroke::Dotted).map(|arrow| html! { <g key={arrow.edge}>{ arrow::tear(arrow.curve) }</g> }) }</g>
                <g class="cards">{ for props.picture.cards.iter().map(|card| card_part(card, props)) }</g>
                <g class="arrows">{ for props.picture.arrows.iter().map(|arrow| arrow_part(arrow, props)) }</g>
                <g class="band">{ band(props, *pointer) }</g>
                <g class="writing">{ writing(props) }</g>
                <g>{ invitation(props) }</g>
            </svg>
        </div>
    }
}

/// What every part has in common: it can be focused, is selected by that, and says what it is.
fn part(part: &Part, name: String, class: Classes, props: &Props, inner: Html) -> Html {
    let chosen = props.selected.as_ref() == Some(part);
    // Tab comes to one part of the canvas, the selected one, and from there to its fields; J and K walk to the others.
    let tabbable = chosen || (props.selected.is_none() && props.diagram.parts().first() == Some(part));
    let id = element_id(part);
    let onfocus = {
        let (part, on_action) = (part.clone(), props.on_action.clone());
        Callback::from(move |_: FocusEvent| on_action.emit(Action::Select(Some(part.clone()))))
    };
    html! {
        <g key={id.clone()} {id} class={classes!("part", class, chosen.then_some("chosen"))} role="button" tabindex={if tabbable { "0" } else { "-1" }}
            aria-label={name} aria-pressed={chosen.to_string()} {onfocus}>{ inner }</g>
    }
}

fn frame_part(frame: &Frame, props: &Props) -> Html {
    let (name, detail) = &frame.title;
    let count = props.diagram.nodes.iter().filter(|node| node.parent.as_ref() == Some(&frame.id)).count();
    let label = format!("{name} {detail}: system, {count} nodes");
    part(&Part::Subgraph(frame.id.clone()), label, classes!("frame-part"), props, card::frame(frame))
}

fn card_part(card: &Card, props: &Props) -> Html {
    let node = props.diagram.node(&card.id);
    let kind = match node.map(role) {
        Some(Role::Client) => "client",
        _ => "node",
    };
    let home = node
        .and_then(|node| system(&props.diagram, node.parent.as_deref()))
        .map(|system| format!(" in {}", system.visible()))
        .unwrap_or_default();
    let starts = matches!(&props.mode, Mode::Connect { from: Some(from), .. } if *from == card.id).then_some("starts");
    let label =
        format!("{}: {kind}{home}", card.lines.iter().chain(&card.details).cloned().collect::<Vec<_>>().join(" "));
    part(&Part::Node(card.id.clone()), label, classes!("card-part", starts), props, card::card(card, &props.diagram))
}

fn arrow_part(arrow: &Arrow, props: &Props) -> Html {
    let edge = &props.diagram.edges[arrow.edge];
    let kind = if edge.stroke == Stroke::Dotted { "lost message" } else { "message" };
    let ends = format!("from {} to {}", props.diagram.name_of(&edge.from), props.diagram.name_of(&edge.to));
    let label = match &arrow.tag {
        Some(tag) => format!("{}: {kind} {ends}", tag.visible()),
        None => format!("{kind} {ends}"),
    };
    let inner = html! {
        <>
            { arrow::line(arrow, edge) }
            if let Some(tag) = &arrow.tag { { arrow::tag(tag) } }
        </>
    };
    part(&Part::Edge(arrow.edge), label, classes!("arrow-part", arrow::tone(edge)), props, inner)
}
