//! What a search looks like: a row for each number of steps, as wide as there are states that many steps from the start.
//! Time runs down, as in the diagrams of runs; where a run breaks a promise the picture ends in a cross.

use yew::prelude::*;

use crate::check::words::grouped;
use crate::diagram::geometry::px;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// How many different states were met at each depth.
    pub levels: Vec<u64>,
    /// What became of the search.
    pub end: End,
}

/// What became of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It goes on.
    Open,
    /// A promise is broken at the last depth.
    Broken,
    /// There was nothing left to find.
    Exhausted,
    /// It stopped at its bound, or was stopped.
    Stopped,
}

/// The size of the picture, in its own units.
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 520.0;
const TOP: f64 = 46.0;
/// The tallest row.
const ROW: f64 = 30.0;
/// Half of the widest bar, and of the narrowest.
const HALF: (f64, f64) = (186.0, 3.0);

/// The picture.
#[component]
pub fn Figure(props: &Props) -> Html {
    let Props { levels, end } = props;
    let rows = levels.len().max(8);
    let row = ((HEIGHT - TOP - 40.0) / number(rows)).min(ROW);
    let widest = levels.iter().copied().max().unwrap_or(1).max(1);
    let every = if row >= 15.0 { 1 } else { 2 + rows / 30 };
    let bars = levels.iter().enumerate().map(|(depth, &count)| {
        let half = HALF.1 + (HALF.0 - HALF.1) * root(count, widest);
        let y = TOP + number(depth) * row;
        let last = depth + 1 == levels.len();
        let class = classes!("level", (last && *end == End::Open).then_some("growing"));
        let told = last || depth % every == 0;
        html! {
            <g key={depth} {class}>
                <rect x={px(WIDTH / 2.0 - half)} y={px(y)} width={px(half * 2.0)} height={px((row - 2.0).max(2.0))} rx={px((row / 2.0 - 1.0).clamp(1.0, 6.0))} />
                if told {
                    <text class="depth" x="52" y={px(y + row / 2.0 + 3.0)}>{ depth }</text>
                    <text class="count" x={px(WIDTH - 12.0)} y={px(y + row / 2.0 + 3.0)}>{ grouped(count) }</text>
                }
            </g>
        }
    });
    let bottom = TOP + number(levels.len()) * row;
    html! {
        <svg class="search-figure" viewBox={format!("0 0 {} {}", px(WIDTH), px(HEIGHT))} preserveAspectRatio="xMidYMin meet" role="img" aria-label={spoken(levels, *end)}>
            <text class="axis" x="52" y="28">{ "choice" }</text>
            <text class="axis" x={px(WIDTH / 2.0)} y="28">{ "everything that can have happened by then" }</text>
            <text class="axis count" x={px(WIDTH - 12.0)} y="28">{ "states" }</text>
            { for bars }
            if *end == End::Broken {
                <g class="found" transform={format!("translate({} {})", px(WIDTH / 2.0), px(bottom - row / 2.0 - 1.0))}>
                    <circle r="10" /><path d="M-3.6-3.6l7.2 7.2M3.6-3.6l-7.2 7.2" />
                </g>
            }
            if let Some(words) = closing(*end) { <text class="closing" x={px(WIDTH / 2.0)} y={px(bottom + 22.0)}>{ words }</text> }
        </svg>
    }
}

fn closing(end: End) -> Option<&'static str> {
    match end {
        End::Open => None,
        End::Broken => Some("here a promise breaks"),
        End::Exhausted => Some("nothing more can happen: every state has been met"),
        End::Stopped => Some("the search stopped here; what lies below is not known"),
    }
}

/// The picture for those who do not see it.
fn spoken(levels: &[u64], end: End) -> String {
    let widest = levels.iter().enumerate().max_by_key(|(_, count)| **count).map_or(0, |(depth, _)| depth);
    let last = levels.len().saturating_sub(1);
    let end = match end {
        End::Open => "The search goes on.",
        End::Broken => "After the last choice a promise breaks.",
        End::Exhausted => "Nothing more can happen.",
        End::Stopped => "The search stopped there.",
    };
    format!("The search, choice by choice: {last} choices deep, widest at {widest}. {end}")
}

/// The square root of a share, from 0 to 1: areas that differ a thousandfold can still be compared.
fn root(count: u64, of: u64) -> f64 {
    let whole = |count: u64| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    (whole(count) / whole(of)).sqrt()
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}
