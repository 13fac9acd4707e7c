//! The transport bar: to the start, back, play, step, to the end, a scrubber with a tick for each step, the speed. One
//! bar wherever something runs.

use std::cmp::Ordering;

use gloo_timers::callback::Timeout;
use web_sys::{HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

use super::icons;
use super::keys::{presses_control, use_keys, with_command};

/// What the bar can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To this step.
    To(usize),
    /// One step back.
    Back,
    /// One step on.
    Forward,
    /// To the last step.
    End,
    /// Play or pause.
    Toggle,
    /// Play this fast, in percent.
    Speed(u32),
}

/// Where one is, and whether it plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playhead {
    /// The step one is at, from 0.
    pub step: usize,
    /// Whether it plays.
    pub playing: bool,
    /// How fast, in percent.
    pub speed: u32,
}

impl Playhead {
    /// Where one is after a move, if `end` is the last step. Only playing on goes on playing.
    pub fn moved(self, what: Move, end: usize) -> Self {
        let still = |step: usize| Self { step: step.min(end), playing: false, ..self };
        match what {
            Move::To(step) => still(step),
            Move::Back => still(self.step.saturating_sub(1)),
            Move::End => still(end),
            Move::Forward => Self { playing: self.playing && self.step + 1 < end, ..still(self.step + 1) },
            Move::Toggle if self.playing => still(self.step),
            Move::Toggle => Self { step: if self.step == end { 0 } else { self.step }, playing: true, ..self },
            Move::Speed(speed) => Self { speed, ..self },
        }
    }
}

/// The time a step stays when played at 100 %, in milliseconds.
pub const BEAT: u32 = 1_800;

/// What the bar shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The step one is at, from 0.
    pub step: usize,
    /// The last step.
    pub last: usize,
    /// Steps to mark.
    #[prop_or_default]
    pub marks: Vec<usize>,
    /// Why they are marked.
    #[prop_or("A verdict turns here")]
    pub mark_words: &'static str,
    /// Whether it plays.
    pub playing: bool,
    /// How fast, in percent.
    pub speed: u32,
    /// How long the step stays when played at 100 %, in milliseconds.
    #[prop_or(BEAT)]
    pub beat: u32,
    /// What to do.
    pub on_move: Callback<Move>,
}

/// The bar.
#[component]
pub fn Transport(props: &Props) -> Html {
    let Props { step, last, playing, speed, beat, on_move, .. } = props.clone();
    use_ticking(playing, step, beat * 100 / speed.max(1), on_move.clone());
    let on_key_down = use_callback(on_move.clone(), |event: KeyboardEvent, on_move| on_key(&event, on_move));
    use_keys(on_key_down);
    let go = |what: Move| {
        let on_move = on_move.clone();
        Callback::from(move |_: MouseEvent| on_move.emit(what))
    };
    // A button that leads nowhere from here does nothing, but keeps the focus: it is not `disabled`.
    let key = |what: Move, label: &'static str, title: &'static str, leads: bool, icon: Html| {
        let (onclick, disabled) = (leads.then(|| go(what)), (!leads).then_some("true"));
        html! { <button {onclick} aria-label={label} {title} aria-disabled={disabled}>{ icon }</button> }
    };
    let (is_start, is_end) = (step == 0, step == last);
    let on_scrub = {
        let on_move = on_move.clone();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            if let Ok(step) = field.value().parse() {
                on_move.emit(Move::To(step));
            }
        })
    };
    let (play_label, play_icon) = if playing { ("Pause", icons::pause()) } else { ("Play", icons::play()) };
    html! {
        <div class="transport" role="group" aria-label="Steps">
            <div class="transport-keys">
                { key(Move::To(0), "To the start", "To the start (Home)", !is_start, icons::to_start()) }
                { key(Move::Back, "Step back", "Step back (←)", !is_start, icons::back()) }
                <button class={classes!("play", (step == 0 && !playing).then_some("first"))} onclick={go(Move::Toggle)} aria-label={play_label} title="Play or pause (Space)">{ play_icon }</button>
                { key(Move::Forward, "Step forward", "Step forward (→)", !is_end, icons::forward()) }
                { key(Move::End, "To the end", "To the end (End)", !is_end, icons::to_end()) }
            </div>
            <div class="scrub" style={format!("--done:{}", fraction(step, last))}>
                <div class="ticks" aria-hidden="true">{ for (0..=last).map(|tick| tick_mark(tick, props)) }</div>
                <input type="range" min="0" max={last.to_string()} value={step.to_string()} oninput={on_scrub}
                    aria-label="Step" aria-valuetext={format!("step {step} of {last}")} />
            </div>
            <span class="where">{ format!("step {step} of {last}") }</span>
            { speeds(speed, on_move) }
            <span class="hints" aria-hidden="true"><kbd>{ "←" }</kbd><kbd>{ "→" }</kbd><kbd>{ "Space" }</kbd></span>
        </div>
    }
}

fn tick_mark(tick: usize, props: &Props) -> Html {
    let state = match tick.cmp(&props.step) {
        Ordering::Less => "past",
        Ordering::Equal => "here",
        Ordering::Greater => "ahead",
    };
    let mark = props.marks.contains(&tick).then_some("marked");
    let title = mark.map(|_| props.mark_words);
    html! { <i key={tick} {title} class={classes!("tick", state, mark)} style={format!("--at:{}", fraction(tick, props.last))}></i> }
}

/// How far along a step is, from `0.000` to `1.000`.
fn fraction(step: usize, last: usize) -> String {
    let thousandths = (step * 1_000).checked_div(last).unwrap_or(0);
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

fn speeds(speed: u32, on_move: Callback<Move>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let field: HtmlSelectElement = event.target_unchecked_into();
        if let Ok(speed) = field.value().parse() {
            on_move.emit(Move::Speed(speed));
        }
    });
    let options = [(50, "½×"), (100, "1×"), (200, "2×"), (400, "4×")];
    html! {
        <select class="speed" aria-label="Speed" {onchange}>
            { for options.into_iter().map(|(percent, name)| html! {
                <option key={percent} value={percent.to_string()} selected={percent == speed}>{ name }</option>
            }) }
        </select>
    }
}

fn on_key(event: &KeyboardEvent, on_move: &Callback<Move>) {
    if with_command(event) || event.alt_key() || presses_control(event) {
        return;
    }
    let what = match event.key().as_str() {
        "ArrowRight" | "PageDown" | "." => Move::Forward,
        "ArrowLeft" | "PageUp" => Move::Back,
        " " => Move::Toggle,
        "Home" => Move::To(0),
        "End" => Move::End,
        _ => return,
    };
    event.prevent_default();
    on_move.emit(what);
}

/// While playing, steps on after each beat.
#[hook]
fn use_ticking(playing: bool, step: usize, beat: u32, on_move: Callback<Move>) {
    use_effect_with((playing, step, beat), move |&(playing, _, beat)| {
        let timer = playing.then(|| Timeout::new(beat, move || on_move.emit(Move::Forward)));
        move || drop(timer)
    });
}
