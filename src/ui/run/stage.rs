//! The stage: the learner's own picture, with what travels on it and what the nodes hold.

use yew::prelude::*;

use super::place::{HEIGHT, Travel, travels};
use super::staged::{Mark, Staged};
use crate::course::enact::{Fate, Flight, System};
use crate::diagram::Stroke;
use crate::diagram::geometry::{Rect, Spot, px};
use crate::diagram::measure::width;
use crate::diagram::picture::Arrow;
use crate::diagram::space_time::Tone;
use crate::ui::draw::{arrow, card};

/// How long something travels at 100 %, in milliseconds.
const FLIGHT: u32 = 1_100;

/// The picture at a step.
pub fn stage(staged: &Staged, step: usize, speed: u32) -> Html {
    let Staged { diagram, picture, .. } = staged;
    let (w, h) = picture.size;
    let flights: Vec<(&System, &Flight)> =
        staged.acts(step).flat_map(|(system, act)| act.flights.iter().map(move |flight| (system, flight))).collect();
    let travels = travels(picture, &flights);
    let torn = |arrow: &&Arrow| diagram.edges[arrow.edge].stroke == Stroke::Dotted;
    let moving = flights.iter().zip(&travels).enumerate().filter_map(|(at, ((_, flight), travel))| {
        Some(html! { <g key={format!("{step}-{at}")}>{ token(flight, travel.as_ref()?) }</g> })
    });
    let lines = flights.iter().zip(&travels).enumerate().filter_map(|(at, ((_, flight), travel))| {
        let travel = travel.as_ref()?;
        let has_cross = flight.edge.is_some_and(|edge| arrow::tone(&diagram.edges[edge]) == "lost");
        Some(html! {
            <g key={at}>
                if let Some(path) = &travel.undrawn { <path class="undrawn" d={path.clone()} /> }
                if let Some(spot) = travel.lost.filter(|_| !has_cross) { { cross("cross", spot) } }
            </g>
        })
    });
    let time = format!("--flight:{}ms", FLIGHT * 100 / speed.max(1));
    html! {
        <svg class="run-picture" viewBox={format!("0 0 {} {}", px(w), px(h))} style={format!("--ratio:{}/{};{time}", px(w), px(h))}
            role="img" aria-label="Your drawing, running. What happens is told below.">
            <defs>
                <marker id="arrowhead" viewBox="0 0 10 10" refX="8.5" refY="5" markerUnits="userSpaceOnUse" markerWidth="13" markerHeight="13" orient="auto-start-reverse">
                    <path d="M1 1L9 5 1 9" />
                </marker>
            </defs>
            <g>{ for picture.frames.iter().map(|frame| html! { <g key={frame.id.clone()}>{ card::frame(frame) }</g> }) }</g>
            <g>{ for picture.arrows.iter().filter(torn).map(|arrow| html! { <g key={arrow.edge}>{ arrow::tear(arrow.curve) }</g> }) }</g>
            <g>{ for picture.cards.iter().map(|card| html! { <g key={card.id.clone()}>{ card::card(card, diagram) }</g> }) }</g>
            <g>{ for picture.arrows.iter().map(|arrow| edge(arrow, staged, step)) }</g>
            <g>{ for lines }</g>
            <g>{ values(staged, step) }</g>
            <g>{ for moving }</g>
        </svg>
    }
}

fn edge(arrow: &Arrow, staged: &Staged, step: usize) -> Html {
    let edge = &staged.diagram.edges[arrow.edge];
    let state = match staged.mark(arrow.edge, step) {
        Mark::Now => "now",
        Mark::Past => "past",
        Mark::Ahead => "ahead",
    };
    let wrong = staged.is_false(arrow.edge, step);
    let corner = arrow
        .tag
        .as_ref()
        .map_or_else(|| arrow.curve.at(0.5), |tag| Spot { x: tag.rect.x + tag.rect.w, y: tag.rect.y });
    html! {
        <g key={arrow.edge} class={classes!("arrow-part", arrow::tone(edge), "travelled", state, wrong.then_some("false"))} data-edge={arrow.edge.to_string()} data-state={state}>
            { arrow::line(arrow, edge) }
            if let Some(tag) = &arrow.tag { { arrow::tag(tag) } }
            if wrong { { cross("false-mark", corner) } }
        </g>
    }
}

fn cross(class: &'static str, at: Spot) -> Html {
    html! {
        <g {class} transform={format!("translate({})", at.svg())}>
            <circle r="9.5" /><path d="M-3.5-3.5l7 7M3.5-3.5l-7 7" />
        </g>
    }
}

/// What travels: its words in a frame of their own.
fn token(flight: &Flight, travel: &Travel) -> Html {
    let tone = match flight.tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
    };
    let (fate, class) = match flight.fate {
        Fate::Arrives => ("arrives", None),
        Fate::Lost => ("lost", Some("lost")),
        Fate::UnderWay => ("under-way", Some("under-way")),
    };
    let Travel { path, from, to, width, .. } = travel;
    html! {
        <g class={classes!("token", tone, class)} data-edge={flight.edge.map(|edge| edge.to_string())} data-fate={fate}
            style={format!("offset-path:path('{path}');--from:{from};--to:{to}")}>
            <rect x={px(-width / 2.0)} y={px(-HEIGHT / 2.0)} width={px(*width)} height={px(HEIGHT)} rx="12" />
            <text y="4.5">{ &flight.words }</text>
        </g>
    }
}

/// What each node holds, on the lower edge of its card.
fn values(staged: &Staged, step: usize) -> Html {
    let before: Vec<_> = step.checked_sub(1).map(|before| staged.acts(before).collect()).unwrap_or_default();
    let systems = staged.acts(step).enumerate().map(|(at, (system, act))| {
        let was = before.get(at).map(|(_, act)| &act.values);
        let chips = system.nodes.iter().zip(&act.values).enumerate().filter_map(|(node, (id, value))| {
            let card = staged.picture.cards.iter().find(|card| card.id == *id)?;
            let fresh = was.is_some_and(|was| was.get(node) != Some(value));
            Some(chip(id, card.rect, &value.to_string(), fresh.then_some("fresh")))
        });
        html! { <g key={at}>{ for chips }</g> }
    });
    html! { { for systems } }
}

fn chip(id: &str, card: Rect, value: &str, fresh: Option<&'static str>) -> Html {
    let text = format!("value = {value}");
    let wide = width(&text, 12.0) * 1.12 + 20.0;
    let at = Spot { x: card.centre().x, y: card.y + card.h };
    html! {
        <g key={id.to_owned()} class={classes!("value", fresh)} data-node={id.to_owned()} transform={format!("translate({})", at.svg())}>
            <rect x={px(-wide / 2.0)} y="-11" width={px(wide)} height="22" rx="6" />
            <text y="4">{ text }</text>
        </g>
    }
}
