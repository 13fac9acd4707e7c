//! One execution as a small picture: two nodes, the link between them, and the clients above. What travels now is bright,
//! what has travelled is faint, and a fog can lie over what a node cannot see.
//!
//! ```text
//!   ( Client 1 )              ( Client 2 )
//!     │ write v1 ▲ ok           │ read ▲ v0
//!  [ Node A  v1 ]── copy ──✕ ⚡ [ Node B  v0 ]
//! ```

use yew::prelude::*;

use crate::course::abreast::Abreast;
use crate::diagram::geometry::{Spot, px};
use crate::diagram::space_time::{Fate, Party, Rift, Slant, SpaceTime, Tone, space_time};

/// What is drawn.
pub struct Props<'a> {
    /// What no other such picture of the page is called.
    pub id: &'a str,
    /// The executions.
    pub abreast: &'a Abreast,
    /// Which of them.
    pub run: usize,
    /// The moment.
    pub moment: usize,
    /// What each node shows below its name; where there is nothing, the value that it holds.
    pub details: [&'a str; 2],
    /// Over which node's side a fog lies, if one does.
    pub fog: Option<usize>,
    /// What is to be seen, for those who cannot see it.
    pub words: String,
}

const WIDTH: f64 = 372.0;
const HEIGHT: f64 = 196.0;
/// The middles of the two nodes.
const NODES: [f64; 2] = [90.0, 282.0];
/// The middle of the nodes, in pixels from the top.
const NODE: f64 = 152.0;
/// The middle of the clients, in pixels from the top.
const CLIENT: f64 = 26.0;

/// The picture.
pub fn world(props: &Props) -> Html {
    let Props { id, abreast, run, moment, details, fog, ref words } = *props;
    let told = &abreast.runs[run];
    let step = abreast.step(run, moment);
    // That an answer is wrong one sees from outside alone.
    let wrong = fog.map_or_else(|| abreast.wrong_answers(run, moment), |_| Vec::new());
    let diagram = space_time(&told.scenario, &told.trace, &told.rows, step, &wrong);
    let rift = diagram.tears.iter().find(|tear| tear.end.is_none()).map(|tear| tear.rift);
    let latest = latest(&diagram);
    html! {
        <svg class="world" viewBox={format!("0 0 {} {}", px(WIDTH), px(HEIGHT))} role="img" aria-label={words.clone()}>
            <defs>
                <marker id={format!("tip-{id}")} viewBox="0 0 10 10" refX="8.5" refY="5" markerUnits="userSpaceOnUse" markerWidth="12" markerHeight="12" orient="auto-start-reverse">
                    <path d="M1 1L9 5 1 9" />
                </marker>
                <pattern id={format!("fog-{id}")} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" /></pattern>
            </defs>
            <g>{ link(rift) }</g>
            <g>{ for latest.iter().map(|slant| arrow(slant, &diagram, id, moment, fog)) }</g>
            <g>{ for diagram.columns.iter().enumerate().map(|(at, party)| card(at, *party, &diagram, &told.scenario.clients, details, moment)) }</g>
            { fog_over(fog, id) }
        </svg>
    }
}

/// The last arrow each way between two parties.
fn latest(diagram: &SpaceTime) -> Vec<&Slant> {
    let mut latest: Vec<&Slant> = Vec::new();
    for slant in &diagram.slants {
        latest.retain(|other| (other.from, other.to) != (slant.from, slant.to));
        latest.push(slant);
    }
    latest
}

/// The link between the nodes: whole, torn, or slow, which only those see who see everything.
fn link(rift: Option<Rift>) -> Html {
    let middle = f64::midpoint(NODES[0], NODES[1]);
    if rift != Some(Rift::Cut) {
        let y = px(NODE);
        let line = html! { <line class="world-link" x1={px(NODES[0] + 50.0)} x2={px(NODES[1] - 50.0)} y1={y.clone()} y2={y} /> };
        let slow = rift.map(|_| html! { <text x={px(middle)} y="84">{ "slow" }</text> });
        return html! { <g key="link" class={rift.map(|_| "world-slow")}>{ line }{ for slow }</g> };
    }
    let mut points = String::new();
    let (mut y, mut side) = (92.0, 1.0);
    while y < HEIGHT {
        points += &Spot { x: middle + side * 6.0, y }.svg();
        points += " ";
        (y, side) = (y + 15.0, -side);
    }
    html! { <g key="cut" class="world-tear"><polyline {points} /><text x={px(middle)} y="84">{ "cut" }</text></g> }
}

fn place(party: Party, clients: &[crate::sim::ClientSpec]) -> Spot {
    match party {
        Party::Node(node) => Spot { x: NODES[node.index().min(1)], y: NODE },
        Party::Client(client) => {
            let node = clients.get(client.index()).map_or(0, |spec| spec.node.index());
            Spot { x: NODES[node.min(1)], y: CLIENT }
        }
    }
}

fn card(
    column: usize,
    party: Party,
    diagram: &SpaceTime,
    clients: &[crate::sim::ClientSpec],
    details: [&str; 2],
    moment: usize,
) -> Html {
    let Spot { x, y } = place(party, clients);
    let (class, name, below, height) = match party {
        Party::Client(client) => {
            let bar = diagram.bars.iter().rev().find(|bar| bar.column == column);
            let seen = bar.map_or_else(|| "idle".to_owned(), |bar| bar.view.clone());
            ("client", format!("Client {client}"), seen, 44.0)
        }
        Party::Node(node) => {
            let held = diagram.held.iter().rev().find(|held| held.column == column && !held.found);
            let value = held.map(|held| held.value.to_string()).unwrap_or_default();
            let detail = details.get(node.index()).copied().unwrap_or_default();
            (
                "node",
                format!("Node {node}"),
                if detail.is_empty() { format!("holds {value}") } else { detail.to_owned() },
                52.0,
            )
        }
    };
    let fresh =
        diagram.held.iter().any(|held| held.column == column && !held.found && held.row == moment && moment > 0);
    let radius = if class == "client" { "22" } else { "11" };
    html! {
        <g key={column} class={classes!("world-card", class, fresh.then_some("fresh"))}>
            <rect x={px(x - 52.0)} y={px(y - height / 2.0)} width="104" height={px(height)} rx={radius} />
            <text class="world-name" x={px(x)} y={px(y - 3.0)}>{ name }</text>
            <text class="world-detail" x={px(x)} y={px(y + 14.0)}>{ below }</text>
        </g>
    }
}

fn arrow(slant: &Slant, diagram: &SpaceTime, id: &str, moment: usize, fog: Option<usize>) -> Html {
    // Of what goes into the fog nobody sees how it ends.
    let half = diagram.columns.len();
    let into_fog =
        fog.is_some_and(|fog| usize::from(slant.to * 2 >= half) == fog && usize::from(slant.from * 2 >= half) != fog);
    let faded = Slant {
        fate: Fate::Arrived(slant.start),
        end: slant.end,
        tone: Tone::Plain,
        words: slant.words.clone(),
        ..*slant
    };
    let slant = if into_fog { &faded } else { slant };
    let (Some(&from), Some(&to)) = (diagram.columns.get(slant.from), diagram.columns.get(slant.to)) else {
        return Html::default();
    };
    let (start, end, words, anchor) = ends(from, to, diagram);
    let (tip, class) = match slant.fate {
        Fate::Arrived(_) => (end, None),
        Fate::Lost(_) => (middle(start, end), Some("lost")),
        Fate::UnderWay => (start.plus((end.x - start.x) * 0.45, (end.y - start.y) * 0.45), Some("under-way")),
    };
    let row = match slant.fate {
        Fate::Arrived(row) | Fate::Lost(row) => row,
        Fate::UnderWay => slant.start,
    };
    let now = slant.start == moment || row == moment || slant.fate == Fate::UnderWay;
    let tone = match slant.tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
    };
    let path = format!("M{}L{}", start.svg(), tip.svg());
    let marker = matches!(slant.fate, Fate::Arrived(_)).then(|| format!("url(#tip-{id})"));
    html! {
        <g key={format!("{}-{}", slant.from, slant.to)} class={classes!("world-arrow", tone, class, now.then_some("now"))}>
            <path d={path.clone()} marker-end={marker} />
            if matches!(slant.fate, Fate::Lost(_)) {
                <g class="world-cross" transform={format!("translate({})", tip.svg())}><circle r="8" /><path d="M-3-3l6 6M3-3l-6 6" /></g>
            }
            if slant.fate == Fate::UnderWay { <circle class="world-tip" cx={px(tip.x)} cy={px(tip.y)} r="4" /> }
            <text x={px(words.x)} y={px(words.y)} text-anchor={anchor}>{ &slant.words }</text>
            if slant.start == moment || row == moment { <circle key={moment} class="traveller" r="4.5" style={format!("offset-path:path('{path}')")} /> }
        </g>
    }
}

fn middle(start: Spot, end: Spot) -> Spot {
    Spot { x: f64::midpoint(start.x, end.x), y: f64::midpoint(start.y, end.y) }
}

/// Where an arrow begins and ends, where its words stand, and how they are aligned there: on the sender's side.
fn ends(from: Party, to: Party, diagram: &SpaceTime) -> (Spot, Spot, Spot, &'static str) {
    let spot = |x: f64, y: f64| Spot { x, y };
    let is_left = |column: Party| {
        let at = diagram.columns.iter().position(|other| *other == column).unwrap_or(0);
        at * 2 < diagram.columns.len()
    };
    let (top, bottom) = (CLIENT + 24.0, NODE - 29.0);
    let (near, far) = (NODES[0] + 54.0, NODES[1] - 54.0);
    let middle = f64::midpoint(near, far);
    match (from, to) {
        (Party::Client(_), Party::Node(node)) => {
            let x = NODES[node.index().min(1)] - 13.0;
            (spot(x, top), spot(x, bottom), spot(x - 7.0, 91.0), "end")
        }
        (Party::Node(node), Party::Client(_)) => {
            let x = NODES[node.index().min(1)] + 13.0;
            (spot(x, bottom), spot(x, top), spot(x + 7.0, 91.0), "start")
        }
        _ if is_left(from) => {
            (spot(near, NODE - 10.0), spot(far, NODE - 10.0), spot(middle - 13.0, NODE - 32.0), "end")
        }
        _ => (spot(far, NODE + 12.0), spot(near, NODE + 12.0), spot(middle + 16.0, NODE + 38.0), "start"),
    }
}

/// Fog over one side, up to the link.
fn fog_over(fog: Option<usize>, id: &str) -> Html {
    let middle = f64::midpoint(NODES[0], NODES[1]);
    let (x, width) = if fog == Some(1) { (middle - 12.0, WIDTH - middle + 12.0) } else { (0.0, middle + 12.0) };
    let state = if fog.is_some() { "on" } else { "off" };
    html! {
        <g class={classes!("fog", state)} aria-hidden="true">
            <rect class="fog-ground" x={px(x)} y="0" width={px(width)} height={px(HEIGHT)} rx="10" />
            <rect x={px(x)} y="0" width={px(width)} height={px(HEIGHT)} rx="10" fill={format!("url(#fog-{id})")} />
            <text x={px(x + width / 2.0)} y={px(HEIGHT / 2.0 + 5.0)}>{ "out of sight" }</text>
        </g>
    }
}
