//! A space-time diagram as SVG: parties at the top as they are now, time running down, what they send as slanted arrows.
//!
//! What is drawn is [`crate::diagram::space_time`], where it stands is [`crate::diagram::space_time_layout`]. One
//! drawing, wherever a run is told.

use yew::prelude::*;

use crate::diagram::geometry::px;
use crate::diagram::measure::clipped;
use crate::diagram::space_time::{Bar, Fate, Held, Party, Slant, SpaceTime, Tear, Tone};
use crate::diagram::space_time_layout::{Grid, NAME, Room, TOP, below};

/// What is drawn.
pub struct Props<'a> {
    /// What no other such diagram of the page is called.
    pub id: &'a str,
    /// The diagram.
    pub diagram: &'a SpaceTime,
    /// What each column is called, and where it stands if that is said.
    pub heads: &'a [(String, String)],
    /// The row that has been reached.
    pub row: usize,
    /// How many rows there are.
    pub rows: usize,
    /// Whether there is little room.
    pub compact: bool,
    /// What happens now, for those who cannot see it.
    pub words: String,
}

/// The diagram.
pub fn space_time(props: &Props) -> Html {
    let Props { id, diagram, heads, row: moment, rows, compact, ref words } = *props;
    let room = if compact { Room::Scarce } else { Room::Ample };
    let grid = Grid::new(diagram.columns.len(), rows, moment, room);
    let height = grid.height();
    let nameless = (String::new(), String::new());
    html! {
        <svg viewBox={format!("0 0 {} {}", px(grid.width), px(height))} preserveAspectRatio="xMidYMin meet" role="img" aria-label={format!("Space-time diagram, rows are steps. {words}")}>
            <defs>
                <marker id={format!("head-{id}")} viewBox="0 0 10 10" refX="8.5" refY="5" markerUnits="userSpaceOnUse" markerWidth="13" markerHeight="13" orient="auto-start-reverse">
                    <path d="M1 1L9 5 1 9" />
                </marker>
            </defs>
            <g>{ for diagram.columns.iter().enumerate().map(|(at, _)| lifeline(at, height, grid)) }</g>
            <g>{ now(grid) }</g>
            <g>{ for diagram.tears.iter().enumerate().map(|(at, tear)| html! { <g key={at}>{ self::tear(tear, grid) }</g> }) }</g>
            <g>{ for diagram.bars.iter().enumerate().map(|(at, bar)| html! { <g key={at}>{ self::bar(bar, grid) }</g> }) }</g>
            <g>{ for diagram.slants.iter().enumerate().map(|(at, slant)| html! { <g key={at}>{ self::slant(slant, id, diagram, grid) }</g> }) }</g>
            <g>{ for diagram.held.iter().enumerate().map(|(at, held)| html! { <g key={at}>{ self::held(held, grid) }</g> }) }</g>
            <g>{ for diagram.columns.iter().enumerate().map(|(at, party)| html! { <g key={at}>{ head(at, *party, diagram, heads.get(at).unwrap_or(&nameless), grid) }</g> }) }</g>
        </svg>
    }
}

fn lifeline(column: usize, height: f64, grid: Grid) -> Html {
    let x = px(grid.x(column));
    html! { <line key={column} class="lifeline" x1={x.clone()} x2={x} y1={px(TOP)} y2={px(height)} /> }
}

/// Who stands at the top: the name, and what they hold or have heard by now.
fn head(column: usize, party: Party, diagram: &SpaceTime, (name, place): &(String, String), grid: Grid) -> Html {
    let x = grid.x(column);
    let name = clipped(name, NAME, grid.head - 8.0);
    let (class, radius) = match party {
        Party::Client(_) => ("client", "23"),
        Party::Node(_) => ("node", "11"),
    };
    html! {
        <g class={classes!("head", class)}>
            <rect x={px(x - grid.head / 2.0)} y="50" width={px(grid.head)} height="48" rx={radius} />
            <text class="head-name" x={px(x)} y="71">{ name }</text>
            <text class="head-detail" x={px(x)} y="88">{ below(column, place, diagram) }</text>
        </g>
    }
}

fn now(grid: Grid) -> Html {
    let y = grid.now();
    html! {
        <g class="now"><line x1="14" x2={px(grid.width - 14.0)} y1={px(y)} y2={px(y)} />
        <text x={px(grid.width - 14.0)} y={px(y + 15.0)}>{ "now" }</text></g>
    }
}

fn tear(tear: &Tear, grid: Grid) -> Html {
    let rip = grid.rip(tear);
    html! {
        <g class="tear-line">
            <polyline points={rip.points} />
            <text x={px(rip.top.x + 14.0)} y={px(rip.top.y + 6.0)}>{ "cut" }</text>
            if tear.end.is_some() { <text x={px(rip.bottom.x + 14.0)} y={px(rip.bottom.y + 2.0)}>{ "healed" }</text> }
        </g>
    }
}

fn bar(bar: &Bar, grid: Grid) -> Html {
    let x = grid.x(bar.column);
    let (from, to) = grid.span(bar);
    let open = bar.end.is_none().then_some("waiting");
    html! {
        <rect class={classes!("bar-op", tone(bar.tone), open)} x={px(x - 6.0)} y={px(from)} width="12" height={px(to - from)} rx="6" />
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
    }
}

fn held(held: &Held, grid: Grid) -> Html {
    let card = grid.card(held);
    let centre = card.centre();
    let class = if held.found { "found" } else { "stored" };
    html! {
        <g class={classes!("held", class, self::tone(held.tone))}>
            <rect x={px(card.x)} y={px(card.y)} width={px(card.w)} height={px(card.h)} rx="6" />
            <text x={px(centre.x)} y={px(centre.y + 4.5)}>{ held.value.to_string() }</text>
        </g>
    }
}

/// An arrow, from line to line; one that is lost ends at the tear, with a cross; one that is under way ends now. A dot
/// travels along what is new.
fn slant(slant: &Slant, id: &str, diagram: &SpaceTime, grid: Grid) -> Html {
    let shaft = grid.shaft(slant, diagram);
    let class = match slant.fate {
        Fate::Arrived(_) => None,
        Fate::Lost(_) => Some("lost"),
        Fate::UnderWay => Some("under-way"),
    };
    let path = shaft.path();
    let marker = matches!(slant.fate, Fate::Arrived(_)).then(|| format!("url(#head-{id})"));
    html! {
        <g class={classes!("slant", tone(slant.tone), class)}>
            <path d={path.clone()} marker-end={marker} />
            if matches!(slant.fate, Fate::Lost(_)) {
                <g class="cross" transform={format!("translate({})", shaft.end.svg())}><circle r="8.5" /><path d="M-3.2-3.2l6.4 6.4M3.2-3.2l-6.4 6.4" /></g>
            }
            if slant.fate == Fate::UnderWay { <circle class="tip" cx={px(shaft.tip.x)} cy={px(shaft.tip.y)} r="3.5" /> }
            if let Some(at) = shaft.words { <text x={px(at.x)} y={px(at.y)}>{ &slant.words }</text> }
            if shaft.fresh { <circle class="traveller" r="4.5" style={format!("offset-path:path('{path}')")} /> }
        </g>
    }
}
