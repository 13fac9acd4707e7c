//! What lies over the picture for a while: handles, guides, the line of a new edge, the ghost of a new node, the field for a
//! label, the invitation on an empty canvas.

use yew::prelude::*;

use super::action::Action;
use super::canvas::{Props, element_id};
use super::drag;
use super::label_field::LabelField;
use super::mode::Mode;
use super::state::label_key;
use crate::course::challenge;
use crate::diagram::geometry::{Rect, Spot, px};
use crate::diagram::picture;
use crate::diagram::role::Role;
use crate::diagram::{Document, Edit, Part, Stroke};

/// How far around a card its handles are shown, in pixels of the picture.
const NEAR: f64 = 12.0;

/// The handles of the card under the pointer, and of the selected one: a message is drawn from them.
pub fn handles(props: &Props, pointer: Option<Spot>) -> Html {
    if props.mode != Mode::Select {
        return Html::default();
    }
    let shown = props.picture.cards.iter().filter(|card| {
        let under = pointer.is_some_and(|spot| card.rect.grown(NEAR).contains(spot));
        under || props.selected.as_slice() == [Part::Node(card.id.clone())]
    });
    let dots = shown.flat_map(|card| picture::handles(card.rect)).enumerate();
    html! { <g class="handles" aria-hidden="true">{ for dots.map(|(at, spot)| html! { <circle key={at} cx={px(spot.x)} cy={px(spot.y)} r="5" /> }) }</g> }
}

/// The lines that show what a dragged card is aligned with.
pub fn guides(props: &Props) -> Html {
    let Mode::Drag(drag) = &props.mode else { return Html::default() };
    let lines = drag.guides.iter().enumerate().map(|(at, (from, to))| {
        html! { <line key={at} class="guide" x1={px(from.x)} y1={px(from.y)} x2={px(to.x)} y2={px(to.y)} /> }
    });
    html! { <g>{ for lines }</g> }
}

/// The rectangle around what is being selected.
pub fn marquee(props: &Props) -> Html {
    let Mode::Marquee { from, to, .. } = &props.mode else { return Html::default() };
    let (w, h) = ((from.x - to.x).abs(), (from.y - to.y).abs());
    html! { <rect class="marquee" x={px(from.x.min(to.x))} y={px(from.y.min(to.y))} width={px(w)} height={px(h)} /> }
}

/// The outline of a new node under the pointer.
pub fn ghost(props: &Props, pointer: Option<Spot>) -> Html {
    let (Mode::Place(role), Some(spot)) = (&props.mode, pointer) else { return Html::default() };
    let rect = drag::ghost(spot, *role);
    let radius = if *role == Role::Client { rect.h / 2.0 } else { 12.0 };
    html! { <rect class="ghost" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx={px(radius)} /> }
}

/// The line from the start of a new edge to the pointer.
pub fn band(props: &Props, pointer: Option<Spot>) -> Html {
    let Mode::Connect { from: Some(from), stroke, .. } = &props.mode else { return Html::default() };
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
pub fn writing(props: &Props) -> Html {
    let Mode::Label { part, step } = &props.mode else { return Html::default() };
    let Some(at) = label_rect(part, props) else { return Html::default() };
    let width = (at.w + 12.0).max(168.0);
    let room = props.picture.size.0 - width - 8.0;
    let x = (at.centre().x - width / 2.0).min(room).max(8.0);
    let text = props.diagram.text_of(part);
    let fresh = matches!(part, Part::Edge(_)) && text.is_empty();
    let start = if fresh { format!("{}. ", step.unwrap_or_else(|| next_number(part, props))) } else { text };
    let on_text = {
        let (part, on_action) = (part.clone(), props.on_action.clone());
        Callback::from(move |text: String| {
            let key = Some(label_key(&part));
            on_action.emit(Action::Edit(Edit::Relabel { part: part.clone(), text }, key));
        })
    };
    let end = |action: Action| {
        let on_action = props.on_action.clone();
        Callback::from(move |()| on_action.emit(action.clone()))
    };
    html! {
        <foreignObject key={element_id(part)} x={px(x)} y={px(at.centre().y - 19.0)} width={px(width)} height="38">
            <LabelField text={start} append={fresh} label={format!("Label of {}", props.diagram.text_of(part))}
                {on_text} on_done={end(Action::EndLabel)} on_cancel={end(Action::CancelLabel)} />
        </foreignObject>
    }
}

fn next_number(part: &Part, props: &Props) -> u32 {
    match part {
        Part::Edge(at) => props.diagram.edges.get(*at).map_or(1, |edge| props.diagram.next_number(&edge.from)),
        _ => 1,
    }
}

fn label_rect(part: &Part, props: &Props) -> Option<Rect> {
    let outline = props.picture.outline(part)?;
    let is_system = matches!(part, Part::Subgraph(_));
    Some(if is_system {
        Rect { x: outline.x + 16.0, y: outline.y + 10.0, w: outline.w - 32.0, h: 36.0 }
    } else {
        outline
    })
}

/// What to do with an empty canvas, in its first system.
pub fn invitation(props: &Props) -> Html {
    let Some(frame) = props.picture.frames.first().filter(|_| props.diagram.nodes.is_empty()) else {
        return Html::default();
    };
    let act = |action: Action| {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(action.clone()))
    };
    let rect = Rect::around(frame.rect.centre(), frame.rect.w - 72.0, 150.0);
    let placing = matches!(props.mode, Mode::Place(_));
    html! {
        <foreignObject class="invitation" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)}>
            <div xmlns="http://www.w3.org/1999/xhtml">
                if placing {
                    <p>{ "Click where it should stand." }</p>
                } else {
                    <p>{ "An empty canvas. Begin with a client: it will ask a node to write." }</p>
                    <p>
                        <button class="button primary" onclick={act(Action::Mode(Mode::Place(Role::Client)))}>{ "Add a client" }</button>
                        <button class="button" onclick={act(Action::Open(Document::of(challenge::template())))}>{ "Start from the template" }</button>
                    </p>
                }
            </div>
        </foreignObject>
    }
}
