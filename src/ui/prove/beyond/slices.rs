//! Long work in slices: a slice of a few milliseconds, then the page has its turn, until the work is done or somebody
//! stops it. Work about something else begins anew.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long a slice may take, in milliseconds; far below what one notices.
const SLICE: f64 = 12.0;

/// Work that can be done bit by bit.
pub trait Work {
    /// Does a bit of it, well below a slice; whether there is more to do.
    fn go_on(&mut self) -> bool;
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It goes on.
    Running,
    /// Somebody stopped it.
    Halted,
    /// There is no more to do.
    Done,
}

/// What was told of which work.
#[derive(Clone, Copy, PartialEq)]
struct Told {
    work: usize,
    status: Status,
    slices: u32,
}

/// Work about `key`, how far it is, and a callback that stops it or lets it go on.
#[hook]
pub fn use_work<K, W>(key: K, begin: impl FnOnce(&K) -> W) -> (Rc<RefCell<W>>, Status, Callback<MouseEvent>)
where
    K: PartialEq + 'static,
    W: Work + 'static,
{
    let work = use_memo(key, |key| RefCell::new(begin(key)));
    let number = Rc::as_ptr(&work) as usize;
    let fresh = Told { work: number, status: Status::Running, slices: 0 };
    let kept = use_state_eq(|| fresh);
    let told = if kept.work == number { *kept } else { fresh };
    use_effect_with(told, {
        let (work, setter) = (work.clone(), kept.setter());
        move |&told| {
            let slice = move || {
                let status = if a_slice(&work) { Status::Running } else { Status::Done };
                setter.set(Told { status, slices: told.slices + 1, ..told });
            };
            let timer = (told.status == Status::Running).then(|| Timeout::new(0, slice));
            move || drop(timer)
        }
    });
    let turn = match told.status {
        Status::Running => Status::Halted,
        Status::Halted => Status::Running,
        Status::Done => Status::Done,
    };
    let setter = kept.setter();
    let on_halt = Callback::from(move |_: MouseEvent| setter.set(Told { status: turn, ..told }));
    (work, told.status, on_halt)
}

/// Does as much as fits into a slice; whether there is more to do.
fn a_slice(work: &RefCell<impl Work>) -> bool {
    let start = js_sys::Date::now();
    let mut work = work.borrow_mut();
    while work.go_on() {
        if js_sys::Date::now() - start >= SLICE {
            return true;
        }
    }
    false
}
