//! The branches as a small tree: a row for each, its line beginning where it left another, with a dot for each act.
//!
//! ```text
//!  The scenario                       ──────────────────
//!  After step 4: crashed Node A           └●────────
//! ```

use yew::prelude::*;

use super::state::{Action, Walking};
use crate::course::walk::Branch;
use crate::diagram::geometry::px;
use crate::ui::browser;

/// The width of the lines, in pixels, and the height of a row.
const SIZE: (f64, f64) = (220.0, 26.0);
/// What stays free above and below the branch one is on, in pixels.
const MARGIN: f64 = 5.0;

/// The tree, once there is a branch besides the scenario.
pub fn tree(walking: &Walking, on_action: &Callback<Action>) -> Html {
    let all = walking.branches.all();
    if all.len() < 2 {
        return Html::default();
    }
    let longest = all.iter().map(|branch| branch.walk.end()).max().unwrap_or(1).max(1);
    let x = |moment: usize| 6.0 + (SIZE.0 - 12.0) * number(moment) / number(longest);
    let rows = all.iter().enumerate().map(|(at, branch)| row(at, branch, walking, on_action, &x));
    html! {
        <nav class="tree" aria-label="Branches"><ul>{ for rows }</ul></nav>
    }
}

/// Scrolls the tree, and nothing else, until the branch one is on is in it.
pub fn keep_here_in_sight() {
    let find = |name: &str| browser::document()?.query_selector(name).ok().flatten();
    if let (Some(tree), Some(here)) = (find(".tree"), find(".tree [aria-current]")) {
        let (box_at, here_at) = (tree.get_bounding_client_rect(), here.get_bounding_client_rect());
        let (above, below) = (here_at.top() - box_at.top() - MARGIN, here_at.bottom() - box_at.bottom() + MARGIN);
        let by = if above < 0.0 { above } else { below.max(0.0) };
        #[expect(clippy::cast_possible_truncation, reason = "a scroll position is a whole number of pixels")]
        tree.set_scroll_top(tree.scroll_top() + by as i32);
    }
}

fn row(at: usize, branch: &Branch, walking: &Walking, on_action: &Callback<Action>, x: &impl Fn(usize) -> f64) -> Html {
    let all = walking.branches.all();
    let is_here = at == walking.branch;
    let onclick = {
        let on_action = on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(Action::Go(at)))
    };
    let (height, middle) = (SIZE.1, SIZE.1 / 2.0);
    // The lines down to the branches that left this one or one above it.
    let drops = all.iter().enumerate().filter_map(|(other, branch)| {
        let origin = branch.origin?;
        let (from, to) = match at {
            _ if at == origin.branch && other > at => (middle, height),
            _ if at > origin.branch && at < other => (0.0, height),
            _ if at == other => (0.0, middle),
            _ => return None,
        };
        let left = px(x(origin.moment));
        Some(html! { <line key={format!("d{other}")} x1={left.clone()} x2={left} y1={px(from)} y2={px(to)} /> })
    });
    let start = x(branch.origin.map_or(0, |origin| origin.moment));
    let dots = branch.deeds.iter().map(|(moment, _)| {
        html! { <circle key={*moment} cx={px(x(moment + 1))} cy={px(middle)} r="3.5" /> }
    });
    let title = branch.title();
    html! {
        <li key={at}>
            <button {onclick} aria-current={is_here.then_some("true")} title={title.clone()}>
                <svg viewBox={format!("0 0 {} {}", px(SIZE.0), px(height))} aria-hidden="true">
                    { for drops }
                    <line class="own" x1={px(start)} x2={px(x(branch.walk.end()))} y1={px(middle)} y2={px(middle)} />
                    <g>{ for dots }</g>
                    if is_here { <circle class="here" cx={px(x(walking.moment))} cy={px(middle)} r="5.5" /> }
                </svg>
                <span>{ title }</span>
            </button>
        </li>
    }
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}
