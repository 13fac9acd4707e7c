//! A space-time diagram as SVG: parties at the top as they are now, time running down, what they send as slanted arrows.
//!
//! What is drawn is [`crate::diagram::space_time`]; here are only the places. One drawing, wherever a run is told.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::diagram::geometry::{Spot, px};
use crate::diagram::light::{Kind, Light, Lights, Mark};
use crate::diagram::measure::{clipped, width};
use crate::diagram::space_time::{Bar, Fate, Held, Outage, Party, Point, Rift, Slant, SpaceTime, Span, Tear, Tone};

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

const TOP: f64 = 118.0;
/// The tallest row, and the shortest.
const ROW: (f64, f64) = (54.0, 34.0);
/// The height that the rows share.
const HEIGHT: f64 = 540.0;
/// The same where there is little room.
const COMPACT_HEIGHT: f64 = 374.0;
/// How many rows may follow the one that has been reached where not all are in view.
const AHEAD: usize = 4;
/// How much wider the gap in the middle is, in gaps.
const MIDDLE: f64 = 0.3;
/// The font size of an arrow's words, in pixels.
const LETTER: f64 = 12.5;
/// The font size of a name, in pixels.
const NAME: f64 = 13.5;

/// The diagram. Of a long run a part is in view: that around the row that has been reached.
pub fn space_time(props: &Props) -> Html {
    let Props { id, diagram, heads, row: moment, rows, compact, ref words, points, pointing } = *props;
    let columns = diagram.columns.len();
    let (room, most) = if compact { (COMPACT_HEIGHT, 11) } else { (HEIGHT, 16) };
    let shown = rows.min(most);
    let row = (room / number(shown)).clamp(ROW.1, ROW.0);
    let (least, head_width) = if compact { (396.0, 84.0) } else { (540.0, 112.0) };
    let width = (number(columns) * (head_width + 12.0)).max(least);
    let grid = Grid { columns, moment, width, head: head_width, row };
    let (height, end) = (grid.y(shown) + 8.0, grid.y(rows) + 8.0);
    let nameless = (String::new(), String::new());
    let look = pointing.and_then(|pointing| pointing.look).unwrap_or(moment);
    let before = moment.saturating_sub(most - 1 - AHEAD);
    let first = if look < before { look.saturating_sub(2) } else { before };
    let top = TOP + number(first.min(rows - shown)) * row;
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
            <g>{ for diagram.columns.iter().enumerate().map(|(at, party)| html! { <g key={at}>{ head(at, *party, diagram, heads.get(at).unwrap_or(&nameless), grid) }</g> }) }</g>
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

/// What places need to know: how many columns there are, the moment, and the widths of the whole and of a head, in
/// pixels.
#[derive(Clone, Copy)]
struct Grid {
    columns: usize,
    moment: usize,
    width: f64,
    head: f64,
    row: f64,
}

impl Grid {
    fn y(self, row: usize) -> f64 {
        TOP + 24.0 + number(row) * self.row
    }

    fn x(self, column: usize) -> f64 {
        // The gap in the middle, where the cut is, is wider than the others.
        let last = number(self.columns.saturating_sub(1)).max(1.0) + MIDDLE;
        let middle = if column * 2 >= self.columns { MIDDLE } else { 0.0 };
        let inset = self.head / 2.0 + 6.0;
        inset + (self.width - 2.0 * inset) * (number(column) + middle) / last
    }
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

fn lifeline(column: usize, height: f64, grid: Grid) -> Html {
    let x = px(grid.x(column));
    html! { <line key={column} class="lifeline" x1={x.clone()} x2={x} y1={px(TOP)} y2={px(height)} /> }
}

/// Who stands at the top: the name, and what they hold or have heard by now.
fn head(column: usize, party: Party, diagram: &SpaceTime, (name, place): &(String, String), grid: Grid) -> Html {
    let x = grid.x(column);
    let name = clipped(name, NAME, grid.head - 8.0);
    let (class, below, radius) = match party {
        Party::Client(_) => ("client", view(column, diagram), "23"),
        Party::Node(_) if place.is_empty() => ("node", value(column, diagram), "11"),
        Party::Node(_) => ("node", format!("{place} · {}", value(column, diagram)), "11"),
    };
    html! {
        <g class={classes!("head", class)}>
            <rect x={px(x - grid.head / 2.0)} y="50" width={px(grid.head)} height="48" rx={radius} />
            <text class="head-name" x={px(x)} y="71">{ name }</text>
            <text class="head-detail" x={px(x)} y="88">{ below }</text>
        </g>
    }
}

/// What a node holds by now.
fn value(column: usize, diagram: &SpaceTime) -> String {
    let held = diagram.held.iter().rev().find(|held| held.column == column && !held.found);
    held.map(|held| held.value.to_string()).unwrap_or_default()
}

/// What a client has seen by now.
fn view(column: usize, diagram: &SpaceTime) -> String {
    let bar = diagram.bars.iter().rev().find(|bar| bar.column == column);
    bar.map_or_else(|| "idle".to_owned(), |bar| bar.view.clone())
}

fn now(grid: Grid) -> Html {
    let y = grid.y(grid.moment) + 22.0;
    html! {
        <g class="now"><line x1="14" x2={px(grid.width - 14.0)} y1={px(y)} y2={px(y)} />
        <text x={px(grid.width - 14.0)} y={px(y + 15.0)}>{ "now" }</text></g>
    }
}

fn tear(tear: &Tear, grid: Grid) -> Html {
    let x = f64::midpoint(grid.x(tear.left), grid.x(tear.right));
    if tear.rift == Rift::Held {
        return hold(tear, x, grid);
    }
    let from = grid.y(tear.start) - 36.0;
    let to = grid.y(tear.end.unwrap_or(grid.moment).min(grid.moment)) + if tear.end.is_some() { -8.0 } else { 22.0 };
    let mut points = Spot { x, y: from }.svg();
    let (mut y, mut side) = (from + 12.0, 1.0);
    while y < to {
        points += " ";
        points += &Spot { x: x + side * 8.0, y }.svg();
        (y, side) = (y + 19.0, -side);
    }
    points += " ";
    points += &Spot { x, y: to }.svg();
    html! {
        <g class="tear-line">
            <polyline {points} />
            <text x={px(x + 14.0)} y={px(from + 6.0)}>{ "cut" }</text>
            if tear.end.is_some() { <text x={px(x + 14.0)} y={px(to + 2.0)}>{ "healed" }</text> }
        </g>
    }
}

/// A link that is held: two lines that nothing passes.
fn hold(tear: &Tear, x: f64, grid: Grid) -> Html {
    let x = x - 16.0;
    let from = grid.y(tear.start) - 8.0;
    let to = grid.y(tear.end.unwrap_or(grid.moment).min(grid.moment)) + if tear.end.is_some() { -8.0 } else { 22.0 };
    let line = |x: f64| html! { <line x1={px(x)} x2={px(x)} y1={px(from)} y2={px(to.max(from + 6.0))} /> };
    html! {
        <g class="tear-line hold">
            { line(x - 3.0) }{ line(x + 3.0) }
            <text x={px(x + 12.0)} y={px(from + 6.0)}>{ "held" }</text>
            if tear.end.is_some() { <text x={px(x + 12.0)} y={px(to + 6.0)}>{ "let go" }</text> }
        </g>
    }
}

/// A node that is down: its line is interrupted.
fn outage(outage: &Outage, grid: Grid) -> Html {
    let x = grid.x(outage.column);
    let from = grid.y(outage.start);
    let to =
        grid.y(outage.end.unwrap_or(grid.moment).min(grid.moment)) + if outage.end.is_some() { -6.0 } else { 22.0 };
    let (x1, to) = (px(x), to.max(from + 8.0));
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
    let Point { column, millirow, number } = point;
    let row = self::number(millirow) / 1_000.0;
    let spot = Spot { x: grid.x(column), y: TOP + 24.0 + row * grid.row };
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
    let (from, to) = (grid.y(bar.start) - 5.0, grid.y(bar.end.unwrap_or(grid.moment)) + 5.0);
    let open = bar.end.is_none().then_some("waiting");
    html! {
        <rect class={classes!("bar-op", tone(bar.tone), open)} x={px(x - 6.0)} y={px(from)} width="12"
            height={px((to - from).max(12.0))} rx="6" />
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
    let start = tail(slant, diagram, grid);
    let end = head_of(slant, slant.end, start, diagram, grid);
    let now = grid.y(grid.moment) + 22.0;
    let (tip, class, row) = match slant.fate {
        Fate::Arrived(row) => (end, None, row),
        Fate::Lost(row) => (end, Some("lost"), row),
        Fate::UnderWay => {
            // What a held link keeps gets no further than half-way.
            let is_kept = diagram.tears.iter().any(|tear| tear.rift == Rift::Held && tear.end.is_none());
            let furthest = if is_kept && slant.message.is_some() { 0.45 } else { 0.9 };
            let share = ((now - start.y) / (end.y - start.y).max(1.0)).clamp(0.15, furthest);
            (start.plus((end.x - start.x) * share, (end.y - start.y) * share), Some("under-way"), grid.moment)
        }
    };
    let fresh = slant.start == grid.moment || row == grid.moment;
    let path = format!("M{}L{}", start.svg(), tip.svg());
    let marker = matches!(slant.fate, Fate::Arrived(_)).then(|| format!("url(#head-{id})"));
    let words = words_at(slant, start, end, diagram);
    // Between a node and the tear there may be no room for words; the narration has them.
    let fits = slant.end != Fate::Lost(slant.start) || width(&slant.words, LETTER) < (end.x - start.x).abs();
    html! {
        <g class={classes!("slant", tone(slant.tone), class)}>
            <path class="hit" d={path.clone()} />
            <path d={path.clone()} marker-end={marker} />
            if matches!(slant.fate, Fate::Lost(_)) {
                <g class="cross" transform={format!("translate({})", end.svg())}><circle r="8.5" /><path d="M-3.2-3.2l6.4 6.4M3.2-3.2l-6.4 6.4" /></g>
            }
            if slant.fate == Fate::UnderWay {
                <circle class="hit" cx={px(tip.x)} cy={px(tip.y)} r="16" />
                <circle class="tip" cx={px(tip.x)} cy={px(tip.y)} r="3.5" />
            }
            if fits { <text x={px(words.x)} y={px(words.y)}>{ &slant.words }</text> }
            if fresh { <circle class="traveller" r="4.5" style={format!("offset-path:path('{path}')")} /> }
        </g>
    }
}

/// How far an arrow stays from the middle of a line: there may be a value on it, or an operation beside a client's.
fn gap(column: usize, row: usize, diagram: &SpaceTime) -> f64 {
    if diagram.held.iter().any(|card| (card.column, card.row) == (column, row)) {
        23.0
    } else if matches!(diagram.columns.get(column), Some(Party::Client(_))) {
        9.0
    } else {
        3.0
    }
}

fn direction(slant: &Slant) -> f64 {
    if slant.to > slant.from { 1.0 } else { -1.0 }
}

fn tail(slant: &Slant, diagram: &SpaceTime, grid: Grid) -> Spot {
    let x = grid.x(slant.from) + direction(slant) * gap(slant.from, slant.start, diagram);
    Spot { x, y: grid.y(slant.start) + 5.0 + number(slant.rank) * 6.0 }
}

/// Where an arrow ends when it fares like that.
fn head_of(slant: &Slant, fate: Fate, start: Spot, diagram: &SpaceTime, grid: Grid) -> Spot {
    let arrival = |row: usize| Spot {
        x: grid.x(slant.to) - direction(slant) * gap(slant.to, row, diagram),
        y: grid.y(row) - 6.0,
    };
    match fate {
        Fate::Arrived(row) => arrival(row),
        Fate::UnderWay => arrival(slant.start + 1),
        // Lost as it was sent, or on its way.
        Fate::Lost(row) => {
            let y = if row == slant.start { start.y + 14.0 } else { grid.y(row) - 16.0 };
            Spot { x: f64::midpoint(grid.x(slant.from), grid.x(slant.to)), y }
        }
    }
}

/// Where the words of an arrow stand. Those that lead to a node stand over the higher half of the arrow, those that
/// lead to a client under the lower half, so that no arrow runs through them; those of one that is lost half-way begin
/// where it begins.
fn words_at(slant: &Slant, start: Spot, end: Spot, diagram: &SpaceTime) -> Spot {
    let (wide, long) = (width(&slant.words, LETTER), (end.x - start.x).abs().max(1.0));
    let answers = matches!(diagram.columns.get(slant.to), Some(Party::Client(_)));
    let aside = if matches!(slant.end, Fate::Lost(_)) {
        wide / 2.0 + 5.0
    } else if answers {
        long / 2.0 - 7.0
    } else {
        long / 2.0
    };
    let (share, below) =
        if answers { ((0.5 + wide / 2.0 / long).min(1.0), 13.0) } else { ((0.5 - wide / 2.0 / long).max(0.0), -5.0) };
    Spot { x: start.x + direction(slant) * aside, y: start.y + share * (end.y - start.y) + below }
}
