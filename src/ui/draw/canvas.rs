//! The canvas: the picture, and what the pointer does on it. What lies under the pointer is found by geometry, not by the elements,
//! so that the pointer can be captured by the one element that stays.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{PointerEvent, SvgsvgElement};
use yew::prelude::*;

use super::arrow;
use super::card;
use super::label_field::LabelField;
use super::state::{Action, Mode, label_key};
use crate::diagram::geometry::{Rect, Spot, px};
use crate::diagram::picture::{Arrangement, EDGE, Picture, picture, relative};
use crate::diagram::role::{Role, role, system};
use crate::diagram::{Diagram, Edit, Part, Point, Stroke};
use crate::ui::browser;

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

/// Where a node stands, relative to its system.
pub fn place_of(diagram: &Diagram, arrangement: Arrangement, id: &str) -> Option<Point> {
    let picture = picture(diagram, arrangement);
    let centre = picture.cards.iter().find(|card| card.id == id)?.rect.centre();
    Some(relative(diagram, &picture, diagram.node(id)?.parent.as_deref(), centre))
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

type Handler = Callback<PointerEvent>;

/// Turns a pointer event into a place on the canvas.
fn handler(svg: &NodeRef, props: &Props, run: impl Fn(&PointerEvent, Spot, &Props) + 'static) -> Handler {
    let (svg, props) = (svg.clone(), props.clone());
    Callback::from(move |event: PointerEvent| {
        let Some(svg) = svg.cast::<SvgsvgElement>() else { return };
        if let Some(spot) = spot_of(&svg, &event) {
            run(&event, spot, &props);
        }
        // A pressed pointer belongs to the canvas until it is let go, also beyond its edge. It is caught by the element that stays,
        // which is neither the one under the pointer nor the event's current target: that is the root of the page.
        if event.type_() == "pointerdown" && !is_on_control(&event) {
            let _ = svg.set_pointer_capture(event.pointer_id());
        }
    })
}

fn spot_of(svg: &SvgsvgElement, event: &PointerEvent) -> Option<Spot> {
    let to_canvas = svg.get_screen_ctm()?.inverse().ok()?;
    let point = svg.create_svg_point();
    #[allow(clippy::cast_precision_loss)] // SVG points are f32, and screens are far smaller than its 24 bits
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    point.set_x(x);
    point.set_y(y);
    let point = point.matrix_transform(&to_canvas);
    Some(Spot { x: point.x().into(), y: point.y().into() })
}

fn is_on_control(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.closest("input, button").ok().flatten().is_some())
}

fn press(event: &PointerEvent, spot: Spot, props: &Props) {
    if event.button() != 0 || is_on_control(event) {
        return;
    }
    if matches!(props.mode, Mode::Label(_)) {
        props.on_action.emit(Action::EndLabel);
    }
    let hit = props.picture.hit(spot);
    match (&props.mode, hit) {
        (Mode::Place(role), _) => props.on_action.emit(Action::Add(*role, Some(place_for(spot, *role, props)))),
        (Mode::Connect { .. }, Some(Part::Node(id))) => props.on_action.emit(Action::Meet(id)),
        (Mode::Connect { .. }, _) => props.on_action.emit(Action::Mode(Mode::Select)),
        (_, Some(Part::Node(id))) => {
            if let Some(card) = props.picture.cards.iter().find(|card| card.id == id) {
                let centre = card.rect.centre();
                select(Some(Part::Node(id.clone())), props);
                props
                    .on_action
                    .emit(Action::Mode(Mode::Drag { id, grip: Spot { x: spot.x - centre.x, y: spot.y - centre.y } }));
            }
        }
        (_, hit) => select(hit, props),
    }
}

/// Selects a part and gives it the keyboard focus, which the browser is kept from doing by itself: it would take it from the label
/// that a press has just opened.
fn select(part: Option<Part>, props: &Props) {
    if let Some(part) = &part {
        browser::focus(&element_id(part));
    }
    props.on_action.emit(Action::Select(part));
}

/// The system and the place for a new node.
fn place_for(spot: Spot, role: Role, props: &Props) -> (Option<String>, Point) {
    let parent = props.picture.frame_at(spot).map(|frame| frame.id.clone());
    let (w, h) = if role == Role::Client { (104.0, 46.0) } else { (132.0, 62.0) };
    let point = inside(spot, Rect::around(spot, w, h), parent.as_deref(), props);
    (parent, point)
}

fn drag(spot: Spot, props: &Props) {
    let Mode::Drag { id, grip } = &props.mode else { return };
    let Some(node) = props.diagram.node(id) else { return };
    let Some(card) = props.picture.cards.iter().find(|card| card.id == *id) else { return };
    let wanted = Spot { x: spot.x - grip.x, y: spot.y - grip.y };
    // A press is no drag until the pointer has really moved.
    if !props.diagram.positions.contains_key(id) && wanted.distance(card.rect.centre()) < 4.0 {
        return;
    }
    let to = inside(wanted, card.rect, node.parent.as_deref(), props);
    props.on_action.emit(Action::Edit(Edit::Move { id: id.clone(), to }, Some(format!("drag {id}"))));
}

/// The place for a card that somebody wants there, relative to its system: on the grid, and inside the frame. Outside of it the
/// frame would grow with the pointer, the picture shrink, and the pointer point further out.
fn inside(wanted: Spot, card: Rect, parent: Option<&str>, props: &Props) -> Point {
    let home = system(&props.diagram, parent).map(|system| system.id.as_str());
    let frame = props.picture.frames.iter().find(|frame| Some(frame.id.as_str()) == home);
    let room = match frame.map(|frame| frame.rect) {
        Some(rect) => Rect { x: rect.x + 12.0, y: rect.y + 48.0, w: rect.w - 12.0 - EDGE, h: rect.h - 48.0 - EDGE },
        None => Rect { x: 0.0, y: 0.0, w: props.picture.size.0, h: props.picture.size.1 },
    };
    let fit = |at: f64, from: f64, length: f64, size: f64| at.min(from + length - size / 2.0).max(from + size / 2.0);
    let spot = Spot { x: fit(wanted.x, room.x, room.w, card.w), y: fit(wanted.y, room.y, room.h, card.h) };
    let point = relative(&props.diagram, &props.picture, parent, spot);
    Point { x: snap(point.x), y: snap(point.y) }
}

/// To the 8-pixel grid.
fn snap(length: i32) -> i32 {
    (length + 4).div_euclid(8) * 8
}

fn release(spot: Spot, props: &Props) {
    match &props.mode {
        Mode::Drag { .. } => props.on_action.emit(Action::Mode(Mode::Select)),
        Mode::Connect { from: Some(from), .. } => match props.picture.hit(spot) {
            Some(Part::Node(id)) if id != *from => props.on_action.emit(Action::Meet(id)),
            _ => {}
        },
        _ => {}
    }
}

/// All parts in the order in which the keyboard walks them: each subgraph with its nodes and its messages, then the rest.
pub fn walk_order(diagram: &Diagram) -> Vec<Part> {
    let homes = diagram.subgraphs.iter().map(|subgraph| Some(&subgraph.id)).chain([None]);
    let of = |home: Option<&String>| -> Vec<Part> {
        let nodes = diagram.nodes.iter().filter(|node| node.parent.as_ref() == home);
        let edges = (0..diagram.edges.len()).filter(|&at| diagram.edges[at].parent.as_ref() == home);
        let subgraph = home.map(|id| Part::Subgraph(id.clone()));
        let nodes = nodes.map(|node| Part::Node(node.id.clone()));
        subgraph.into_iter().chain(nodes).chain(edges.map(Part::Edge)).collect()
    };
    homes.flat_map(of).collect()
}

/// What every part has in common: it can be focused, is selected by that, and says what it is.
fn part(part: &Part, name: String, class: Classes, props: &Props, inner: Html) -> Html {
    let chosen = props.selected.as_ref() == Some(part);
    // Tab comes to one part of the canvas, the selected one, and from there to its fields; J and K walk to the others.
    let tabbable = chosen || (props.selected.is_none() && walk_order(&props.diagram).first() == Some(part));
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

fn frame_part(frame: &crate::diagram::picture::Frame, props: &Props) -> Html {
    let (name, detail) = &frame.title;
    let count = props.diagram.nodes.iter().filter(|node| node.parent.as_ref() == Some(&frame.id)).count();
    let label = format!("{name} {detail}: system, {count} nodes");
    part(&Part::Subgraph(frame.id.clone()), label, classes!("frame-part"), props, card::frame(frame))
}

fn card_part(card: &crate::diagram::picture::Card, props: &Props) -> Html {
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

fn arrow_part(arrow: &crate::diagram::picture::Arrow, props: &Props) -> Html {
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

/// The line from the start of a new edge to the pointer.
fn band(props: &Props, pointer: Option<Spot>) -> Html {
    let Mode::Connect { from: Some(from), stroke } = &props.mode else { return Html::default() };
    let (Some(card), Some(to)) = (props.picture.cards.iter().find(|card| card.id == *from), pointer) else {
        return Html::default();
    };
    if card.rect.contains(to) {
        return Html::default();
    }
    let start = card.rect.exit(card.rect.centre(), to);
    let lost = (*stroke == Stroke::Dotted).then_some("lost");
    html! { <line class={classes!("rubber", lost)} x1={px(start.x)} y1={px(start.y)} x2={px(to.x)} y2={px(to.y)} marker-end="url(#arrowhead)" /> }
}

/// The field for the label that is being written, where the label stands.
fn writing(props: &Props) -> Html {
    let Mode::Label(part) = &props.mode else { return Html::default() };
    let Some(at) = label_rect(part, &props.picture) else { return Html::default() };
    let width = (at.w + 12.0).max(168.0);
    let room = props.picture.size.0 - width - 8.0;
    let x = (at.centre().x - width / 2.0).clamp(8.0, room.max(8.0));
    let text = props.diagram.text_of(part);
    let fresh = matches!(part, Part::Edge(_)) && text.is_empty();
    let original = text.clone();
    let start =
        if fresh { format!("{}. ", props.diagram.next_number(edge_parent(part, &props.diagram))) } else { text };
    let on_text = {
        let (part, on_action) = (part.clone(), props.on_action.clone());
        Callback::from(move |text: String| {
            let key = Some(label_key(&part));
            on_action.emit(Action::Edit(Edit::Relabel { part: part.clone(), text }, key));
        })
    };
    let on_done = {
        let on_action = props.on_action.clone();
        Callback::from(move |()| on_action.emit(Action::EndLabel))
    };
    html! {
        <foreignObject key={element_id(part)} x={px(x)} y={px(at.centre().y - 19.0)} width={px(width)} height="38">
            <LabelField text={start} {original} append={fresh} label={format!("Label of {}", props.diagram.text_of(part))}
                {on_text} {on_done} />
        </foreignObject>
    }
}

fn edge_parent<'a>(part: &Part, diagram: &'a Diagram) -> Option<&'a str> {
    match part {
        Part::Edge(at) => diagram.edges.get(*at)?.parent.as_deref(),
        _ => None,
    }
}

fn label_rect(part: &Part, picture: &Picture) -> Option<Rect> {
    match part {
        Part::Node(id) => picture.cards.iter().find(|card| card.id == *id).map(|card| card.rect),
        Part::Edge(at) => {
            let arrow = picture.arrows.iter().find(|arrow| arrow.edge == *at)?;
            Some(arrow.tag.as_ref().map_or_else(|| Rect::around(arrow.curve.at(0.5), 0.0, 0.0), |tag| tag.rect))
        }
        Part::Subgraph(id) => {
            let frame = picture.frames.iter().find(|frame| frame.id == *id)?;
            Some(Rect { x: frame.rect.x + 16.0, y: frame.rect.y + 10.0, w: frame.rect.w - 32.0, h: 36.0 })
        }
    }
}

/// What to do with an empty canvas, in its first system.
fn invitation(props: &Props) -> Html {
    let Some(frame) = props.picture.frames.first().filter(|_| props.diagram.nodes.is_empty()) else {
        return Html::default();
    };
    let begin = {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(Action::Mode(Mode::Place(Role::Client))))
    };
    let rect = Rect::around(frame.rect.centre(), frame.rect.w - 72.0, 120.0);
    let placing = matches!(props.mode, Mode::Place(_));
    html! {
        <foreignObject class="invitation" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)}>
            <div xmlns="http://www.w3.org/1999/xhtml">
                if placing {
                    <p>{ "Click where it should stand." }</p>
                } else {
                    <p>{ "An empty canvas. Begin with a client: it will ask a node to write." }</p><p><button class="button" onclick={begin}>{ "Add a client" }</button></p>
                }
            </div>
        </foreignObject>
    }
}
