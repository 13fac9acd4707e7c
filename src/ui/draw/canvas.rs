//! The canvas: the picture as SVG, each part of it with its name, so that it can be focused, read out and selected.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::action::Action;
use super::arrow;
use super::menu::menu;
use super::mode::Mode;
use super::overlay::{band, ghost, guides, handles, invitation, marquee, writing};
use super::pointer::{Hand, is_on_control, use_wheel};
use super::shown::{Shown, What, use_words};
use super::zoom::bar;
use crate::diagram::geometry::{Spot, px};
use crate::diagram::picture::{Arrangement, Picture};
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
    let picture = &props.picture;
    let words = use_words(&props.diagram);
    // Tab comes to one part of the canvas, the selected one, and from there to its fields; J and K walk to the others.
    let all = if props.selected.is_empty() { props.diagram.parts() } else { Vec::new() };
    let first = props.selected.first().or(all.first());
    let part = |what: What, part: &Part| shown(what, part, first, &words, props);
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
                    <marker id="circlehead" viewBox="0 0 10 10" refX="9" refY="5" markerUnits="userSpaceOnUse" markerWidth="11" markerHeight="11"><circle cx="5" cy="5" r="3.6" /></marker>
                    <marker id="crosshead" viewBox="0 0 10 10" refX="6" refY="5" markerUnits="userSpaceOnUse" markerWidth="13" markerHeight="13" orient="auto"><path d="M2 2l6 6M8 2l-6 6" /></marker>
                </defs>
                <g class="frames">{ for (0..).zip(&picture.frames).map(|(at, frame)| part(What::Frame(at), &Part::Subgraph(frame.id.clone()))) }</g>
                <g class="tears">{ for picture.arrows.iter().filter(|arrow| props.diagram.edges[arrow.edge].stroke == Stroke::Dotted).map(|arrow| html! { <g key={arrow.edge}>{ arrow::tear(arrow.curve) }</g> }) }</g>
                <g class="cards">{ for (0..).zip(&picture.cards).map(|(at, card)| part(What::Card(at), &Part::Node(card.id.clone()))) }</g>
                <g class="arrows">{ for (0..).zip(&picture.arrows).map(|(at, arrow)| part(What::Arrow(at), &Part::Edge(arrow.edge))) }</g>
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

/// A part of the picture, with the marks it has just now.
fn shown(what: What, part: &Part, first: Option<&Part>, words: &Rc<Diagram>, props: &Props) -> Html {
    let chosen = props.selected.contains(part);
    let target = match (&props.mode, part) {
        (Mode::Drag(drag), Part::Subgraph(id)) => drag.target.as_ref() == Some(id),
        _ => false,
    };
    let starts = matches!((&props.mode, part), (Mode::Connect { from: Some(from), .. }, Part::Node(id)) if from == id);
    let marks = match (chosen, props.shown.contains(part), starts || target) {
        (false, false, false) => "",
        (true, false, false) => " chosen",
        (false, true, false) => " shown",
        (true, true, false) => " chosen shown",
        (_, _, true) if target => " target",
        (false, _, true) => " starts",
        (true, _, true) => " chosen starts",
    };
    html! {
        <Shown key={element_id(part)} {what} picture={props.picture.clone()} words={words.clone()} {marks} {chosen} tabbable={first == Some(part)} />
    }
}
