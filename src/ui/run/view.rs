//! The view as a whole: the stage, what is told below it, and the transport bar; or what to add when nothing can run.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::stage::stage;
use super::staged::Staged;
use super::strip::strips;
use super::times::times;
use crate::diagram::space_time_layout::Room;
use crate::ui::browser;
use crate::ui::focus::use_focus_kept;
use crate::ui::transport::{Move, Playhead, Transport};
use crate::ui::words::rich;

/// What outlives the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// How the run is shown.
    pub shown: Shown,
    /// How fast it plays, in percent.
    pub speed: u32,
}

impl Default for Habits {
    fn default() -> Self {
        Self { shown: Shown::Picture, speed: 100 }
    }
}

/// How a run is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// On the learner's picture.
    Picture,
    /// As space-time diagrams.
    SpaceTime,
}

/// What the view needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is run: see [`super`].
    pub given: JsValue,
    /// Tells the room.
    pub told: Callback<JsValue>,
    /// What outlives the view.
    pub habits: Rc<Cell<Habits>>,
}

/// The cursor in a run that ends somewhere.
#[derive(Clone, Copy, PartialEq)]
struct Cursor {
    head: Playhead,
    end: usize,
}

/// What moves it.
enum Turn {
    Move(Move),
    Begin(Cursor),
}

impl Reducible for Cursor {
    type Action = Turn;

    fn reduce(self: Rc<Self>, turn: Turn) -> Rc<Self> {
        Rc::new(match turn {
            Turn::Move(what) => Self { head: self.head.moved(what, self.end), ..*self },
            Turn::Begin(cursor) => cursor,
        })
    }
}

/// A drawing that has been run: the same only if it is the same run.
#[derive(Clone)]
struct Same(Rc<Staged>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The view.
#[component]
pub fn RunView(props: &Props) -> Html {
    let Props { given, told, habits } = props.clone();
    let staged = use_memo(given, Staged::of);
    let calm = browser::use_media("(prefers-reduced-motion: reduce)");
    let begin = {
        let mut head = staged.playhead(habits.get().speed);
        head.playing &= !calm;
        Cursor { head, end: staged.run.end() }
    };
    let cursor = use_reducer_eq(move || begin);
    let shown = use_state(|| habits.get().shown);
    let Playhead { step, playing, speed } = cursor.head;
    let step = step.min(staged.run.end());
    habits.set(Habits { shown: *shown, speed });
    use_effect_with(Same(staged.clone()), {
        let (cursor, told) = (cursor.dispatcher(), told.clone());
        move |Same(staged)| {
            cursor.dispatch(Turn::Begin(begin));
            if let Some(text) = staged.sequence() {
                told.emit(JsValue::from(text));
            }
        }
    });
    use_focus_kept();
    use_effect_with(step, {
        let told = told.clone();
        move |&step| told.emit(JsValue::from(step))
    });
    use_effect_with((), |()| browser::focus_first(".run .play, .run-empty .button"));
    let on_move = use_callback((), {
        let cursor = cursor.dispatcher();
        move |what: Move, ()| cursor.dispatch(Turn::Move(what))
    });
    let room = Room::scarce_if(browser::use_media("(max-width: 1200px)"));
    if staged.run.scenes.is_empty() {
        return empty(&staged.run.missing, told);
    }
    let on_jump = on_move.reform(Move::To);
    let choice = |name: &'static str, what: Shown| {
        let shown = shown.clone();
        let pressed = (*shown == what).to_string();
        html! { <button aria-pressed={pressed} onclick={Callback::from(move |_: MouseEvent| shown.set(what))}>{ name }</button> }
    };
    html! {
        <div class="run">
            <div class="run-stage canvas paper">
                { match *shown {
                    Shown::Picture => stage(&staged, step, speed),
                    Shown::SpaceTime => times(&staged, step, room),
                } }
                <div class="canvas-bar"><div class="segments" role="group" aria-label="How the run is shown">
                    { choice("Picture", Shown::Picture) }{ choice("Space-time", Shown::SpaceTime) }
                </div></div>
            </div>
            { strips(&staged, step, &on_jump) }
            <p class="offstage run-said" role="status" aria-live="polite">{ staged.said(step) }</p>
            <Transport {step} last={staged.run.end()} marks={staged.run.turning_points()} {playing} {speed} beat={staged.beat(step)} {on_move} />
        </div>
    }
}

/// What there is to do before anything can run.
fn empty(missing: &[String], told: Callback<JsValue>) -> Html {
    let back = Callback::from(move |_: MouseEvent| told.emit(JsValue::NULL));
    html! {
        <div class="run run-empty paper" role="region" aria-label="Run">
            <div>
                <h2>{ "Nothing can run yet" }</h2>
                { for missing.iter().map(|why| html! { <p key={why.clone()}>{ rich(why) }</p> }) }
                <button class="button primary" onclick={back}>{ "Back to drawing" }</button>
            </div>
        </div>
    }
}
