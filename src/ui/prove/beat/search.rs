//! The search as a job beside the page: it works for some milliseconds, lets the page breathe, and works on.
//!
//! ```text
//!  page   ···▮······▮······▮······▮······        ▮ a slice: batches of states until its time is up
//!            slice  slice         told           told: ten times a second the page hears how far it has come
//! ```

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::deeds::Action;
use crate::course::contest::{Attempt, Job};

/// How long a slice works, in milliseconds. A batch that is under way when it is over is finished.
const SLICE: f64 = 8.0;
/// How long a batch may take, in milliseconds, before the next is made smaller.
const BATCH: f64 = 2.0;
/// How many states a batch goes on from, at least and at most.
const STATES: (usize, usize) = (16, 4_096);
/// How often the page is told, in milliseconds.
const TELL: f64 = 100.0;

/// A search under way.
struct Hunt {
    job: Job,
    batch: usize,
    told: f64,
    on_action: Callback<Action>,
    /// When it goes on. Dropped with the hunt.
    timer: Option<Timeout>,
}

/// Searches while there is an attempt: a new number is a new attempt, none stops it and frees its memory.
#[hook]
pub fn use_search(attempt: Option<(u32, Attempt)>, on_action: Callback<Action>) {
    use_effect_with(attempt, move |attempt| {
        let job = attempt.as_ref().and_then(|(_, attempt)| Job::new(attempt));
        let hunt = job.map(|job| {
            let hunt = Hunt { job, batch: STATES.0, told: js_sys::Date::now(), on_action, timer: None };
            let hunt = Rc::new(RefCell::new(hunt));
            go_on_soon(&hunt);
            hunt
        });
        move || {
            if let Some(hunt) = hunt {
                hunt.borrow_mut().timer = None;
            }
        }
    });
}

fn go_on_soon(hunt: &Rc<RefCell<Hunt>>) {
    let next = Rc::clone(hunt);
    let timer = Timeout::new(0, move || {
        if let Some(action) = slice(&next) {
            let on_action = next.borrow().on_action.clone();
            on_action.emit(action);
        }
    });
    hunt.borrow_mut().timer = Some(timer);
}

/// Works for a slice; what there is to tell.
fn slice(hunt: &Rc<RefCell<Hunt>>) -> Option<Action> {
    let begun = js_sys::Date::now();
    let mut more = true;
    let mut now = begun;
    {
        let hunt = &mut *hunt.borrow_mut();
        while more && now - begun < SLICE {
            let before = now;
            more = hunt.job.run(hunt.batch);
            now = js_sys::Date::now();
            let (least, most) = STATES;
            hunt.batch = if now - before > BATCH { hunt.batch / 2 } else { hunt.batch * 2 }.clamp(least, most);
        }
        if !more {
            let levels = hunt.job.levels().to_vec();
            let finding = hunt.job.finding()?;
            return Some(Action::Found(hunt.job.progress(), levels, Rc::new(finding)));
        }
    }
    go_on_soon(hunt);
    let hunt = &mut *hunt.borrow_mut();
    (now - hunt.told >= TELL).then(|| {
        hunt.told = now;
        Action::Progress(hunt.job.progress(), hunt.job.levels().to_vec())
    })
}
