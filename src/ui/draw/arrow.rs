//! Edges on the canvas: the line, the mark of a lost message with its tear, and the label.

use yew::prelude::*;

use crate::diagram::geometry::{Spot, count, px};
use crate::diagram::paint::{Meaning, meaning};
use crate::diagram::picture::Arrow;
use crate::diagram::route::Curve;
use crate::diagram::tag::{LABEL_LINE, Tag};
use crate::diagram::{Diagram, Edge, Head, Stroke};

/// The class that shows what a message means.
pub fn tone(edge: &Edge) -> &'static str {
    match meaning(edge) {
        Meaning::Message => "message",
        Meaning::Lost => "lost",
        Meaning::Success => "success",
        Meaning::Error => "error",
    }
}

/// What an edge is called for those who cannot see it.
pub fn name(arrow: &Arrow, edge: &Edge, diagram: &Diagram) -> String {
    let kind = if edge.stroke == Stroke::Dotted { "lost message" } else { "message" };
    let ends = format!("{kind} from {} to {}", diagram.name_of(&edge.from), diagram.name_of(&edge.to));
    match &arrow.tag {
        Some(tag) => format!("{}: {ends}", tag.visible()),
        None => ends,
    }
}

/// The line of an edge, with a wide invisible one around it that is easy to hit.
pub fn line(arrow: &Arrow, edge: &Edge) -> Html {
    let path = arrow.curve.path();
    let head = (edge.head != Head::Open).then_some("url(#arrowhead)");
    let tail = (edge.tail != Head::Open).then_some("url(#arrowhead)");
    let hit = html! { <path class="hit" d={path.clone()} /> };
    if tone(edge) != "lost" {
        return html! { <>{ hit }<path class="edge" d={path} marker-end={head} marker-start={tail} /></> };
    }
    // It gets as far as the cut; where it was to go is only hinted at.
    let [sent, lost] = arrow.curve.halves();
    html! {
        <>
            { hit }
            <path class="edge beyond" d={lost} marker-end={head} />
            <path class="edge" d={sent} marker-start={tail} />
            { cross(arrow.curve.at(0.5)) }
        </>
    }
}

/// The tear behind a lost message: across its edge.
pub fn tear(curve: Curve) -> Html {
    let (middle, heading) = (curve.at(0.5), curve.heading());
    let zigzag = [(-40.0, -4.0), (-25.0, 7.0), (-12.0, -6.0), (12.0, 6.0), (25.0, -7.0), (40.0, 4.0)];
    let points = zigzag.iter().map(|(along, aside)| {
        let spot = middle.plus(-heading.y * along + heading.x * aside, heading.x * along + heading.y * aside);
        spot.svg() + " "
    });
    html! { <polyline class="tear" points={points.collect::<String>()} /> }
}

fn cross(at: Spot) -> Html {
    html! {
        <g class="cross" transform={format!("translate({})", at.svg())}>
            <circle r="10.5" /><path d="M-3.8-3.8l7.6 7.6M3.8-3.8l-7.6 7.6" />
        </g>
    }
}

/// The label of an edge.
pub fn tag(tag: &Tag) -> Html {
    let rect = tag.rect;
    let centre = rect.centre();
    let first = centre.y - count(tag.lines.len()) * LABEL_LINE / 2.0 + 12.8;
    let lines = tag.lines.iter().enumerate().map(|(at, line)| {
        let y = first + count(at) * LABEL_LINE;
        let number = tag.number.filter(|_| at == 0);
        html! {
            <text key={at} class="tag-text" x={px(centre.x)} y={px(y)}>
                if let Some(number) = number { <tspan class="tag-number">{ number }{ " " }</tspan> }
                <tspan dx={number.map(|_| "3")}>{ line }{ " " }</tspan>
            </text>
        }
    });
    html! {
        <g class="tag">
            <rect x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="13" />
            <g>{ for lines }</g>
        </g>
    }
}
