//! Frames and nodes on the canvas.

use yew::prelude::*;

use crate::diagram::geometry::{count, px};
use crate::diagram::picture::{Card, DETAIL_LINE, DETAIL_SIZE, Frame, NAME_LINE, NAME_SIZE};
use crate::diagram::role::{Role, Side};
use crate::diagram::{Diagram, outline, paint};

/// The outline and the title of a subgraph.
pub fn frame(frame: &Frame) -> Html {
    let rect = frame.rect;
    let side = match frame.side {
        Some(Side::Cp) => "c",
        Some(Side::Ap) => "a",
        None => "plain",
    };
    // As much of it as there is room for; the part's name says all of it.
    let (name, detail) = &frame.shown;
    html! {
        <>
            <rect class="frame" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="16" />
            <text class={classes!("frame-title", side)} x={px(rect.x + 22.0)} y={px(rect.y + 33.0)}>
                { name }{ " " }<tspan class="frame-detail" dx="10">{ detail }</tspan>
            </text>
        </>
    }
}

/// The outline and the text of a node.
pub fn card(card: &Card, diagram: &Diagram) -> Html {
    let centre = outline::middle(card.shape, card.rect);
    let kind = match card.role {
        Role::Client => "client",
        Role::Replica => "node",
    };
    let (names, details) = (count(card.lines.len()) * NAME_LINE, count(card.details.len()) * DETAIL_LINE);
    let first = centre.y - f64::midpoint(names, details);
    let below = first + names;
    let row = |class: &'static str, line: &String, y: f64| {
        html! { <text {class} x={px(centre.x)} y={px(y)}>{ line }{ " " }</text> }
    };
    let names =
        (0..).zip(&card.lines).map(|(at, line)| row("card-name", line, first + count(at) * NAME_LINE + NAME_SIZE));
    let details = (0..)
        .zip(&card.details)
        .map(|(at, line)| row("card-detail", line, below + count(at) * DETAIL_LINE + DETAIL_SIZE));
    let (tinted, style) = paint(card, diagram);
    html! {
        <g class={classes!("card", kind, tinted)} {style}>
            { shape(card) }
            <g>{ for names }</g><g>{ for details }</g>
        </g>
    }
}

/// What the text says of its colours, as a class and the values of custom properties.
fn paint(card: &Card, diagram: &Diagram) -> (Classes, Option<String>) {
    let Some(node) = diagram.node(&card.id) else { return (Classes::new(), None) };
    let fill = paint::fill(diagram, node);
    let stroke = paint::stroke(diagram, node);
    let width = paint::stroke_width(diagram, node);
    let said = [
        fill.map(|fill| format!("--tint:{fill};")),
        stroke.map(|stroke| format!("--outline:{stroke};")),
        width.map(|width| format!("--strength:{width}px;")),
    ];
    let style = said.into_iter().flatten().reduce(|all, more| all + &more);
    (classes!(fill.map(|_| "tinted"), stroke.map(|_| "outlined"), width.map(|_| "strong")), style)
}

fn shape(card: &Card) -> Html {
    let rect = card.rect;
    match outline::corners(card.shape, rect) {
        Some(radius) => html! {
            <rect class="card-box" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx={px(radius)} />
        },
        None => html! { <path class="card-box" d={outline::path(card.shape, rect)} /> },
    }
}
