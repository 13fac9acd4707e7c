//! The time line of an explanation, and its beats: each a sentence that one can stop at, with the line as it is then.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::course::explain::order::{Bar, Beat, Mille, OrderStory, Part};
use crate::course::explain::{Explanation, Standing};
use crate::ui::words::{plain, rich};
use crate::ui::{browser, icons};

/// How long a beat stays, in milliseconds: for each, and for each letter.
const BEAT: (u32, u32) = (900, 18);

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The explanation.
    pub told: Rc<Explanation>,
}

/// The time line and its beats. It plays once as it opens; where motion is not wanted it is at its end.
#[component]
pub fn Order(props: &Props) -> Html {
    let calm = browser::use_media("(prefers-reduced-motion: reduce)");
    let last = beats(&props.told).len().saturating_sub(1);
    let at = use_state(|| if calm { last } else { 0 });
    let playing = use_state(|| !calm);
    use_effect_with((*at, *playing), {
        let (at, playing, told) = (at.clone(), playing.clone(), props.told.clone());
        move |&(now, plays)| {
            let long = beats(&told).get(now).map_or(0, |beat| u32::try_from(beat.words.len()).unwrap_or(0));
            let timer = (plays && now < last).then(|| {
                Timeout::new(BEAT.0 + long * BEAT.1, move || {
                    playing.set(now + 1 < last);
                    at.set(now + 1);
                })
            });
            move || drop(timer)
        }
    });
    let Explanation::Order(story) = &*props.told else { return Html::default() };
    let go = {
        let (at, playing) = (at.clone(), playing.clone());
        move |to: usize| {
            playing.set(false);
            at.set(to);
        }
    };
    let onkeydown = {
        let (go, at) = (go.clone(), *at);
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowRight" | "ArrowDown" | "PageDown" => (at + 1).min(last),
                "ArrowLeft" | "ArrowUp" | "PageUp" => at.saturating_sub(1),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            browser::focus(&format!("why-beat-{to}"));
            go(to);
        })
    };
    let beat = &story.beats[(*at).min(last)];
    html! {
        <div class="order">
            { line(story, beat) }
            <p class="offstage" role="status" aria-live="polite">{ plain(&beat.words) }</p>
            <ol class="beats" {onkeydown}>
                { for story.beats.iter().enumerate().map(|(index, beat)| {
                    let go = go.clone();
                    let onclick = Callback::from(move |_: MouseEvent| go(index));
                    let here = (index == *at).then_some("step");
                    let class = if index > *at { "ahead" } else { "" };
                    html! {
                        <li key={index} {class}>
                            <button id={format!("why-beat-{index}")} {onclick} aria-current={here} autofocus={index == 0}>
                                { mark(story, index) }<span>{ rich(&beat.words) }</span>
                            </button>
                        </li>
                    }
                }) }
            </ol>
        </div>
    }
}

fn beats(told: &Explanation) -> &[Beat] {
    match told {
        Explanation::Order(story) => &story.beats,
        Explanation::Requests(_) => &[],
    }
}

/// The sign before a beat: a point's number, a cross for a place that was tried in vain, the verdict at the end.
fn mark(story: &OrderStory, index: usize) -> Html {
    let beat = &story.beats[index];
    let before = index.checked_sub(1).map_or(0, |before| story.beats[before].points);
    let (class, sign) = if index + 1 == story.beats.len() {
        match story.standing {
            Standing::Holds => ("good", icons::check()),
            Standing::Violated => ("bad", icons::cross()),
            Standing::Open => ("", icons::dots()),
        }
    } else if beat.points > before {
        ("point", html! { { beat.points } })
    } else if beat.tried.is_some() {
        ("bad", html! { { "?" } })
    } else {
        ("", Html::default())
    };
    html! { <i class={classes!("beat-mark", class)} aria-hidden="true">{ sign }</i> }
}

/// Thousandths as a percentage.
fn percent(mille: Mille) -> String {
    format!("{}.{}%", mille / 10, mille % 10)
}

/// The line as it is at a beat. All of it is said in the beats.
fn line(story: &OrderStory, beat: &Beat) -> Html {
    let label = "Time line: the requests of each client as bars, from left to right in the order in which they began and ended. What it shows is told below.";
    let points = story.points.get(..beat.points).unwrap_or_default();
    html! {
        <div class="line-scroll" tabindex="0" role="group" aria-label={label}>
            <div class="line" aria-hidden="true" style={format!("--edges:{}", story.edges + 1)}>
                { for story.clients.iter().map(|client| html! {
                    <div class="lane" key={client.index()}>
                        <span class="lane-name">{ format!("Client {client}") }</span>
                        <div class="track">
                            { for story.bars.iter().enumerate().filter(|(_, bar)| bar.client == *client).map(|(at, bar)| html! {
                                <div key={at} class="op-place">{ self::bar(bar, beat) }</div>
                            }) }
                        </div>
                    </div>
                }) }
                <div class="lane register">
                    <span class="lane-name">{ "Register" }</span>
                    <div class="track">{ register(story, beat) }</div>
                </div>
                <div class="points">
                    { for points.iter().enumerate().map(|(at, point)| {
                        let lane = lane(story, point.bar);
                        html! { <i key={at} class="point" style={format!("--at:{};--lane:{lane}", percent(point.at))}><b>{ at + 1 }</b></i> }
                    }) }
                    if let Some(at) = beat.tried {
                        <i key="tried" class="point tried" style={format!("--at:{};--lane:{}", percent(at), stuck_lane(story))}><b>{ icons::cross() }</b></i>
                    }
                </div>
            </div>
        </div>
    }
}

fn lane(story: &OrderStory, bar: usize) -> usize {
    let client = story.bars.get(bar).map(|bar| bar.client);
    story.clients.iter().position(|other| Some(*other) == client).unwrap_or(0)
}

fn stuck_lane(story: &OrderStory) -> usize {
    story.bars.iter().position(|bar| bar.part == Part::Stuck).map_or(0, |bar| lane(story, bar))
}

fn bar(bar: &Bar, beat: &Beat) -> Html {
    let class = match bar.part {
        Part::Placed(place) if place <= beat.points => "placed",
        Part::Stuck if beat.tried.is_some() => "stuck",
        Part::Open => "open",
        Part::Without => "without",
        Part::Placed(_) | Part::Stuck | Part::Beyond => "",
    };
    let times = match bar.times {
        (asked, Some(answered)) if asked == answered => asked.to_string(),
        (asked, Some(answered)) => format!("{asked} – {answered}"),
        (asked, None) => format!("{asked} …"),
    };
    let style = format!("left:{};width:{}", percent(bar.from), percent(bar.to - bar.from));
    html! {
        <div class={classes!("op", class)} {style}>
            <span class="op-words">{ &bar.words }</span><span class="op-bar"></span><span class="op-times">{ times }</span>
        </div>
    }
}

/// What the register holds between the points that are placed.
fn register(story: &OrderStory, beat: &Beat) -> Html {
    let placed = story.points.get(..beat.points).unwrap_or_default();
    let changes = std::iter::once((0, story.initial)).chain(placed.iter().map(|point| (point.at, point.value)));
    let changes: Vec<_> = changes.collect();
    let pieces = changes.iter().enumerate().map(|(at, &(from, value))| {
        let to = changes.get(at + 1).map_or(1_000, |next| next.0);
        let tried = beat.tried.is_some_and(|tried| (from..to).contains(&tried)).then_some("tried");
        let fresh = (at > 0).then_some("written");
        html! {
            <span key={at} class={classes!("held-value", tried, fresh)} style={format!("left:{};width:{}", percent(from), percent(to - from))}>{ value.to_string() }</span>
        }
    });
    html! { { for pieces } }
}
