//! Frames and nodes on the canvas.

use yew::prelude::*;

use crate::diagram::geometry::px;
use crate::diagram::picture::{Card, DETAIL_SIZE, Frame, NAME_SIZE};
use crate::diagram::role::{Role, Side};
use crate::diagram::{Diagram, paint};

/// The outline and the title of a subgraph.
pub fn frame(frame: &Frame) -> Html {
    let rect = frame.rect;
    let side = match frame.side {
        Some(Side::Cp) => "c",
        Some(Side::Ap) => "a",
        None => "plain",
    };
    let (name, detail) = &frame.title;
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
    let rect = card.rect;
    let centre = rect.centre();
    let fill = diagram.node(&card.id).and_then(|node| paint::fill(diagram, node));
    let (kind, radius) = match card.role {
        Role::Client => ("client", rect.h.min(48.0) / 2.0),
        Role::Replica => ("node", 12.0),
    };
    let rows = |count: usize, line: f64| u32::try_from(count).map_or(0.0, f64::from) * line;
    let text_height = rows(card.lines.len(), 20.0) + rows(card.details.len(), 17.0);
    let first = centre.y - text_height / 2.0;
    let names = card.lines.iter().enumerate().map(|(at, line)| {
        html! { <text key={at} class="card-name" x={px(centre.x)} y={px(first + rows(at, 20.0) + NAME_SIZE)}>{ line }{ " " }</text> }
    });
    let below = first + rows(card.lines.len(), 20.0);
    let details = card.details.iter().enumerate().map(|(at, line)| {
        html! { <text key={at} class="card-detail" x={px(centre.x)} y={px(below + rows(at, 17.0) + DETAIL_SIZE)}>{ line }{ " " }</text> }
    });
    html! {
        <g class={classes!("card", kind, fill.map(|_| "tinted"))} style={fill.map(|fill| format!("--tint:{fill}"))}>
            <rect class="card-box" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx={px(radius)} />
            <g>{ for names }</g><g>{ for details }</g>
        </g>
    }
}
