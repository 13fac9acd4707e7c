//! What lies over the picture for a while: the line of a new edge, the field for a label, the invitation on an empty
//! canvas.

use yew::prelude::*;

use super::canvas::{Props, element_id};
use super::label_field::LabelField;
use super::state::{Action, Mode, label_key};
use crate::diagram::geometry::{Rect, Spot, px};
use crate::diagram::picture::Picture;
use crate::diagram::role::Role;
use crate::diagram::{Diagram, Edit, Part, Stroke};

/// The line from the start of a new edge to the pointer.
pub fn band(props: &Props, pointer: Option<Spot>) -> Html {
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
pub fn writing(props: &Props) -> Html {
    let Mode::Label(part) = &props.mode else { return Html::default() };
    let Some(at) = label_rect(part, &props.picture) else { return Html::default() };
    let width = (at.w + 12.0).max(168.0);
    let room = props.picture.size.0 - width - 8.0;
    let x = (at.centre().x - width / 2.0).clamp(8.0, room.max(8.0));
    let text = props.diagram.text_of(part);
    let fresh = matches!(part, Part::Edge(_)) && text.is_empty();
    let start =
        if fresh { format!("{}. ", props.diagram.next_number(edge_parent(part, &props.diagram))) } else { text };
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
pub fn invitation(props: &Props) -> Html {
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
