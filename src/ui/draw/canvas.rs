//! The canvas: the picture as SVG, each part of it with its name, so that it can be focused, read out and selected.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::action::Action;
use super::arrow;
use super::card;
use super::menu::menu;
use super::mode::Mode;
use super::overlay::{band, ghost, guides, handles, invitation, marquee, writing};
use super::pointer::{Hand, is_on_control, use_wheel};
use super::zoom::bar;
use crate::diagram::geometry::{Spot, px};
use crate::diagram::picture::{Arrangement, Arrow, Card, Frame, Picture};
use crate::diagram::role::{Role, role, system};
use crate::diagram::view::View;
use crate::diagram::{Diagram, Part, Stroke};

/// What the canvas shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The diagram.
    pub diagram: Rc<Diagram>,
    /// Its picture.
    pub picture: Rc<Picture>,
    /// How the systems stand; `None` where there is no choice.
    pub arrangement: Option<Arrangement>,
    /// What is seen of it; `None` for all.
    pub view: Option<View>,
    /// What the pointer does.
    pub mode: Mode,
    /// What is selected.
    pub selected: Vec<Part>,
    /// What is pointed out.
    pub shown: Vec<Part>,
    /// Whether the picture is that of an earlier text: the one that is being written cannot be read.
    pub frozen: bool,
    /// What to do.
    pub on_action: Callback<Action>,
}

impl Props {
    /// The size of the picture that is fitted: while nodes are dragged, the one they had at the start, so that the canvas
    /// does not give way under the pointer.
    pub fn size(&self) -> (f64, f64) {
        match &self.mode {
            Mode::Drag(drag) => drag.start.size,
            _ => self.picture.size,
        }
    }

    /// What is seen.
    pub fn seen(&self) -> View {
        self.view.unwrap_or_else(|| View::fit(self.size()))
    }
}

/// The id of the element that shows a part.
pub fn element_id(part: &Part) -> String {
    match part {
        Part::Node(id) => format!("part-node-{id}"),
        Part::Edge(at) => format!("part-edge-{at}"),
        Part::Subgraph(id) => format!("part-subgraph-{id}"),
    }
}

/// The part that an element shows, or lies in.
fn part_of(diagram: &Diagram, event: &FocusEvent) -> Option<Part> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?.closest(".part").ok()??;
    let id = element.id();
    diagram.parts().into_iter().find(|part| element_id(part) == id)
}

/// The canvas.
#[component]
pub fn Canvas(props: &Props) -> Html {
    let svg = use_node_ref();
    let pointer = use_state(|| None::<Spot>);
    let touches = use_mut_ref(Vec::new);
    let hand = Hand { svg: svg.clone(), props: props.clone(), pointer: pointer.clone(), touches };
    use_wheel(&svg, props);
    let size = props.size();
    let frame = props.seen().frame(size);
    let view_box = format!("{} {} {} {}", px(frame.x), px(frame.y), px(frame.w), px(frame.h));
    let ondblclick = {
        let props = props.clone();
        Callback::from(move |event: MouseEvent| {
            if let ([part], false) = (props.selected.as_slice(), is_on_control(&event)) {
                props.on_action.emit(Action::BeginLabel(part.clone()));
            }
        })
    };
    let onmousedown = Callback::from(|event: MouseEvent| {
        if !is_on_control(&event) {
            event.prevent_default();
        }
    });
    let onfocusin = {
        let props = props.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(part) = part_of(&props.diagram, &event).filter(|part| !props.selected.contains(part)) {
                props.on_action.emit(Action::Select(vec![part]));
            }
        })
    };
    let cursor = match props.mode {
        Mode::Place(_) => "placing",
        Mode::Connect { .. } => "connecting",
        Mode::Drag(_) | Mode::Pan { .. } => "dragging",
        _ => "selecting",
    };
    let pointing = (!props.shown.is_empty()).then_some("pointing");
    let zoomed = props.view.map(|_| "zoomed");
    html! {
        <div class={classes!("canvas", "paper", cursor, pointing, zoomed, props.frozen.then_some("frozen"))}>
            <svg id="canvas" ref={svg.clone()} viewBox={view_box} style={format!("--ratio:{}/{}", px(size.0), px(size.1))}
                data-width={px(size.0)} data-height={px(size.1)} role="group" aria-label="Diagram" tabindex="-1"
                onpointerdown={hand.down()} {onmousedown} onpointercancel={hand.cancel()} onpointermove={hand.moved()} onpointerup={hand.up()}
                onpointerleave={hand.leave()} oncontextmenu={hand.menu()} {ondblclick} {onfocusin}>
                <defs>
                    <marker id="arrowhead" viewBox="0 0 10 10" refX="8.5" refY="5" markerUnits="userSpaceOnUse" markerWidth="13" markerHeight="13" orient="auto-start-reverse">
                        <path d="M1 1L9 5 1 9" />
                    </marker>
                </defs>
                <g class="frames">{ for props.picture.frames.iter().map(|frame| frame_part(frame, props)) }</g>
                <g class="tears">{ for props.picture.arrows.iter().filter(|arrow| props.diagram.edges[arrow.edge].stroke == Stroke::Dotted).map(|arrow| html! { <g key={arrow.edge}>{ arrow::tear(arrow.curve) }</g> }) }</g>
                <g class="cards">{ for props.picture.cards.iter().map(|card| card_part(card, props)) }</g>
                <g class="arrows">{ for props.picture.arrows.iter().map(|arrow| arrow_part(arrow, props)) }</g>
                <g class="chrome">
                    <g>{ handles(props, *pointer) }</g><g>{ guides(props) }</g><g>{ marquee(props) }</g><g>{ band(props, *pointer) }</g><g>{ ghost(props, *pointer) }</g>
                    <g>{ writing(props) }</g><g>{ invitation(props) }</g>
                </g>
            </svg>
            { bar(props) }
            <div class="menu-home">{ menu(props) }</div>
            <p class="frozen-note" hidden={!props.frozen}>{ "The text has a mistake: this is the last picture it gave." }</p>
        </div>
    }
}

/// What every part has in common: it can be focused, is selected by that, and says what it is.
fn part(part: &Part, name: String, class: Classes, props: &Props, inner: Html) -> Html {
    let chosen = props.selected.contains(part);
    // Tab comes to one part of the canvas, the selected one, and from there to its fields; J and K walk to the others.
    let tabbable = props.selected.first() == Some(part)
        || (props.selected.is_empty() && props.diagram.parts().first() == Some(part));
    let id = element_id(part);
    let marks = [chosen.then_some("chosen"), props.shown.contains(part).then_some("shown")];
    html! {
        <g key={id.clone()} {id} class={classes!("part", class, marks.to_vec())} role="button" tabindex={if tabbable { "0" } else { "-1" }}
            aria-label={name} aria-pressed={chosen.to_string()}>{ inner }</g>
    }
}

fn frame_part(frame: &Frame, props: &Props) -> Html {
    let (name, detail) = &frame.title;
    let count = props.diagram.nodes.iter().filter(|node| node.parent.as_ref() == Some(&frame.id)).count();
    let label = format!("{name} {detail}: system, {count} nodes");
    let target = matches!(&props.mode, Mode::Drag(drag) if drag.target.as_ref() == Some(&frame.id));
    let class = classes!("frame-part", target.then_some("target"));
    part(&Part::Subgraph(frame.id.clone()), label, class, props, card::frame(frame))
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
    let label = arrow::name(arrow, edge, &props.diagram);
    let inner = html! {
        <>
            { arrow::line(arrow, edge) }
            if let Some(tag) = &arrow.tag { { arrow::tag(tag) } }
        </>
    };
    part(&Part::Edge(arrow.edge), label, classes!("arrow-part", arrow::tone(edge)), props, inner)
}
