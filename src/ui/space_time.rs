//! A space-time diagram as SVG: parties at the top as they are now, time running down, what they send as slanted arrows.
//!
//! What is drawn is [`crate::diagram::space_time`], where it stands is [`crate::diagram::space_time_layout`]. One
//! drawing, wherever a run is told.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::diagram::geometry::{Spot, count, px};
use crate::diagram::light::{Kind, Light, Lights, Mark};
use crate::diagram::measure::{clipped, width};
use crate::diagram::space_time::{Bar, Fate, Held, Outage, Party, Point, Rift, Slant, SpaceTime, Span, Tear, Tone};
use crate::diagram::space_time_layout::{DETAIL, Grid, NAME, Room, TOP, below};

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
    /// How much room there is.
    pub room: Room,
    /// What happens now, for those who cannot see it.
    pub words: String,
    /// Where operations may be taken to take effect.
    pub points: &'a [Point],
    /// What happens when one points at a mark; `None` for a picture that is only looked at.
    pub pointing: Option<&'a Pointing<'a>>,
}

/// Pointing at marks: with the mouse, or with the one of them that is a tab stop.
pub struct Pointing<'a> {
    /// What lights up.
    pub lights: Option<&'a Lights>,
    /// The mark that is the tab stop.
    pub stop: Option<Mark>,
    /// A row to keep in view, besides the one that has been reached.
    pub look: Option<usize>,
    /// What a mark is called.
    pub name: &'a dyn Fn(Mark) -> String,
    /// What was done to a mark.
    pub on_touch: Callback<(Mark, Touch)>,
}

/// What can be done to a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// The mouse is on it.
    Over,
    /// The mouse has left it.
    Out,
    /// It has the focus.
    Focus,
    /// It has lost the focus.
    Blur,
    /// It was clicked, or Enter was pressed on it.
    Press,
}

/// The id of the element of a mark.
pub fn element_id(id: &str, mark: Mark) -> String {
    let kind = match mark.kind {
        Kind::Bar => "bar",
        Kind::Slant => "slant",
        Kind::Held => "held",
        Kind::Tear => "tear",
        Kind::Outage => "outage",
    };
    format!("mark-{id}-{kind}-{}", mark.event.0)
}

/// How many rows may follow the one that has been reached where not all are in view.
const AHEAD: usize = 4;

/// The diagram. Of a long run a part is in view: that around the row that has been reached.
pub fn space_time(props: &Props) -> Html {
    let Props { id, diagram, heads, row: moment, rows, room, ref words, points, pointing } = *props;
    let grid = Grid::new(diagram.columns.len(), rows, moment, room);
    let (shown, end) = (grid.shown, grid.y(rows) + 8.0);
    let height = grid.y(shown) + 8.0;
    let name_of = |at: usize| heads.get(at).map_or("", |(name, _)| name.as_str());
    let place_of = |at: usize| heads.get(at).map_or("", |(_, place)| place.as_str());
    // Where one does not fit with its place, all are without.
    let is_wide =
        |at: usize| !place_of(at).is_empty() && width(&below(at, place_of(at), diagram), DETAIL) > room_in(grid);
    let placed = !(0..diagram.columns.len()).any(is_wide);
    let head = |(at, party): (usize, &Party)| {
        let detail = below(at, if placed { place_of(at) } else { "" }, diagram);
        html! { <g key={at}>{ head(*party, name_of(at), &detail, grid.x(at), grid) }</g> }
    };
    let look = pointing.and_then(|pointing| pointing.look).unwrap_or(moment);
    let before = moment.saturating_sub(shown.saturating_sub(1 + AHEAD));
    let first = if look < before { look.saturating_sub(2) } else { before };
    let top = TOP + count(first.min(rows.saturating_sub(shown))) * grid.row;
    let part = |kind, span: Option<Span>, drawn: Html| mark(kind, span, drawn, id, diagram, pointing);
    let one = |event| Span { first: event, last: None };
    let role = if pointing.is_some() { "group" } else { "img" };
    html! {
        <svg viewBox={format!("0 0 {} {}", px(grid.width), px(height))} preserveAspectRatio="xMidYMin meet" {role} aria-label={format!("Space-time diagram, rows are steps. {words}")}
            class={pointing.and_then(|pointing| pointing.lights).map(|_| "lit")}>
            <defs>
                <marker id={format!("head-{id}")} viewBox="0 0 10 10" refX="8.5" refY="5" markerUnits="userSpaceOnUse" markerWidth="13" markerHeight="13" orient="auto-start-reverse">
                    <path d="M1 1L9 5 1 9" />
                </marker>
            </defs>
            <svg x="0" y={px(TOP)} width={px(grid.width)} height={px(height - TOP)} viewBox={format!("0 {} {} {}", px(top), px(grid.width), px(height - TOP))}>
                <g>{ for diagram.columns.iter().enumerate().map(|(at, _)| lifeline(at, end, grid)) }</g>
                <g>{ for diagram.outages.iter().map(|outage| part(Kind::Outage, Some(outage.span), self::outage(outage, grid))) }</g>
                <g>{ now(grid) }</g>
                <g>{ for diagram.tears.iter().map(|tear| part(Kind::Tear, Some(tear.span), self::tear(tear, grid))) }</g>
                <g>{ for diagram.bars.iter().map(|bar| part(Kind::Bar, Some(bar.span), self::bar(bar, grid))) }</g>
                <g>{ for diagram.slants.iter().map(|slant| part(Kind::Slant, Some(slant.span), self::slant(slant, id, diagram, grid))) }</g>
                <g>{ for diagram.held.iter().map(|held| part(Kind::Held, held.event.map(one), self::held(held, grid))) }</g>
                <g>{ for points.iter().map(|point| self::point(*point, grid)) }</g>
            </svg>
            <g>{ for diagram.columns.iter().enumerate().map(head) }</g>
        </svg>
    }
}

/// A mark, which can be pointed at where that has a meaning. A message on its way can be pressed.
fn mark(
    kind: Kind,
    span: Option<Span>,
    drawn: Html,
    id: &str,
    diagram: &SpaceTime,
    pointing: Option<&Pointing>,
) -> Html {
    let (Some(span), Some(pointing)) = (span, pointing) else { return drawn };
    let mark = Mark { kind, event: span.first };
    let light = pointing.lights.map(|lights| match lights.on(kind, span) {
        Light::Itself => "itself",
        Light::Cause => "cause",
        Light::Effect => "effect",
        Light::Apart => "apart",
    });
    let on = |touch: Touch| {
        let on_touch = pointing.on_touch.clone();
        move || on_touch.emit((mark, touch))
    };
    let (over, out, focus, blur, press) =
        (on(Touch::Over), on(Touch::Out), on(Touch::Focus), on(Touch::Blur), on(Touch::Press));
    let key_press = on(Touch::Press);
    let under_way =
        kind == Kind::Slant && diagram.slants.iter().any(|slant| slant.span == span && slant.in_flight().is_some());
    let role = if under_way { "button" } else { "img" };
    let tabindex = if pointing.stop == Some(mark) { "0" } else { "-1" };
    let onkeydown = move |event: KeyboardEvent| {
        if under_way && matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            key_press();
        }
    };
    let id = element_id(id, mark);
    html! {
        <g key={id.clone()} {id} class={classes!("mark", light, under_way.then_some("in-flight"))} {role} {tabindex} aria-label={(pointing.name)(mark)}
            aria-haspopup={under_way.then_some("menu")} onmouseenter={move |_| over()} onmouseleave={move |_| out()}
            onfocus={move |_| focus()} onblur={move |_| blur()} onclick={move |_| press()} {onkeydown}>{ drawn }</g>
    }
}

fn lifeline(column: usize, height: f64, grid: Grid) -> Html {
    let x = px(grid.x(column));
    html! { <line key={column} class="lifeline" x1={x.clone()} x2={x} y1={px(TOP)} y2={px(height)} /> }
}

/// Who stands at the top: the name, and what they hold or have heard by now.
fn head(party: Party, name: &str, detail: &str, x: f64, grid: Grid) -> Html {
    let room = room_in(grid);
    let name = clipped(name, NAME, room);
    // Of an error that is too long, that it is one; the narration says which.
    let detail = if width(detail, DETAIL) > room { detail.split(':').next().unwrap_or_default() } else { detail };
    let (class, radius) = match party {
        Party::Client(_) => ("client", "23"),
        Party::Node(_) => ("node", "11"),
    };
    html! {
        <g class={classes!("head", class)}>
            <rect x={px(x - grid.head / 2.0)} y="50" width={px(grid.head)} height="48" rx={radius} />
            <text class="head-name" x={px(x)} y="71">{ name }</text>
            <text class="head-detail" x={px(x)} y="88">{ clipped(detail, DETAIL, room) }</text>
        </g>
    }
}

/// How much room there is for words in a head.
fn room_in(grid: Grid) -> f64 {
    grid.head - 8.0
}

fn now(grid: Grid) -> Html {
    let y = grid.y(grid.moment) + 22.0;
    html! {
        <g class="now"><line x1="14" x2={px(grid.width - 14.0)} y1={px(y)} y2={px(y)} />
        <text x={px(grid.width - 14.0)} y={px(y + 15.0)}>{ "now" }</text></g>
    }
}

fn tear(tear: &Tear, grid: Grid) -> Html {
    if tear.rift == Rift::Held {
        return hold(tear, grid);
    }
    let rip = grid.rip(tear);
    html! {
        <g class="tear-line">
            <polyline points={rip.points} />
            <text x={px(rip.top.x + 14.0)} y={px(rip.top.y + 6.0)}>{ "cut" }</text>
            if tear.end.is_some() { <text x={px(rip.bottom.x + 14.0)} y={px(rip.bottom.y + 2.0)}>{ "healed" }</text> }
        </g>
    }
}

/// A link that is held: two lines that nothing passes.
fn hold(tear: &Tear, grid: Grid) -> Html {
    let clasp = grid.clasp(tear);
    let (x, from, to) = (clasp.top.x, clasp.top.y, clasp.bottom.y);
    let line = |x: f64| html! { <line x1={px(x)} x2={px(x)} y1={px(from)} y2={px(to)} /> };
    html! {
        <g class="tear-line hold">
            { line(x - 3.0) }{ line(x + 3.0) }
            <text x={px(x + 12.0)} y={px(from + 6.0)}>{ "held" }</text>
            if tear.end.is_some() { <text x={px(x + 12.0)} y={px(to + 6.0)}>{ "released" }</text> }
        </g>
    }
}

/// A node that is down: its line is interrupted.
fn outage(outage: &Outage, grid: Grid) -> Html {
    let (x, from, to) = grid.outage(outage);
    let x1 = px(x);
    html! {
        <g class="outage">
            <line class="gap" x1={x1.clone()} x2={x1.clone()} y1={px(from)} y2={px(to)} />
            <line class="down" x1={x1.clone()} x2={x1} y1={px(from)} y2={px(to)} />
            <g transform={format!("translate({})", Spot { x, y: from }.svg())}><circle r="9" /><path d="M-3.4-3.4l6.8 6.8M3.4-3.4l-6.8 6.8" /></g>
            <text x={px(x)} y={px(from - 13.0)}>{ "crashed" }</text>
            if outage.end.is_some() { <text x={px(x)} y={px(to + 2.0)}>{ "up again" }</text> }
        </g>
    }
}

/// A place in the order that explains the answers.
fn point(point: Point, grid: Grid) -> Html {
    let Point { column, number, .. } = point;
    let spot = grid.point(point);
    let outward = if column * 2 < grid.columns { -1.0 } else { 1.0 };
    html! {
        <g key={number} class="point" transform={format!("translate({})", spot.svg())}>
            <path d="M0-6.5L6.5 0 0 6.5-6.5 0z" />
            <text x={px(outward * 15.0)} y="4.5">{ number }</text>
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
    let (x, y) = (grid.x(held.column), grid.y(held.row) + if held.row == 0 { -6.0 } else { 0.0 });
    let class = if held.found { "found" } else { "stored" };
    html! {
        <g class={classes!("held", class, self::tone(held.tone))}>
            <rect x={px(x - 19.0)} y={px(y - 12.0)} width="38" height="24" rx="6" />
            <text x={px(x)} y={px(y + 4.5)}>{ held.value.to_string() }</text>
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
            <path class="hit" d={path.clone()} />
            <path d={path.clone()} marker-end={marker} />
            if matches!(slant.fate, Fate::Lost(_)) {
                <g class="cross" transform={format!("translate({})", shaft.end.svg())}><circle r="8.5" /><path d="M-3.2-3.2l6.4 6.4M3.2-3.2l-6.4 6.4" /></g>
            }
            if slant.fate == Fate::UnderWay {
                <circle class="hit" cx={px(shaft.tip.x)} cy={px(shaft.tip.y)} r="16" />
                <circle class="tip" cx={px(shaft.tip.x)} cy={px(shaft.tip.y)} r="3.5" />
            }
            if let Some(at) = shaft.words { <text x={px(at.x)} y={px(at.y)}>{ &slant.words }</text> }
            if shaft.fresh { <circle class="traveller" r="4.5" style={format!("offset-path:path('{path}')")} /> }
        </g>
    }
}
