//! Long work in slices: a slice of a few milliseconds, then the page has its turn, until the work is done or somebody
//! stops it. Work about something else begins anew.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long a slice may take, in milliseconds; far below what one notices.
const SLICE: f64 = 8.0;

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

/// Work that was begun.
pub struct Begun<W> {
    /// The work.
    pub work: RefCell<W>,
    /// The how manyth it is: what is told of other work is not told of this.
    number: u32,
}

/// What was told of which work.
#[derive(Clone, Copy, PartialEq)]
struct Told {
    number: u32,
    status: Status,
    slices: u32,
}

/// Work about `key`, how far it is, and a callback that stops it or lets it go on.
#[hook]
pub fn use_work<K, W>(key: K, begin: impl FnOnce(&K) -> W) -> (Rc<Begun<W>>, Status, Callback<MouseEvent>)
where
    K: PartialEq + 'static,
    W: Work + 'static,
{
    let count = use_mut_ref(|| 0_u32);
    let begun = use_memo(key, |key| {
        let mut count = count.borrow_mut();
        *count += 1;
        Begun { work: RefCell::new(begin(key)), number: *count }
    });
    let fresh = Told { number: begun.number, status: Status::Running, slices: 0 };
    let kept = use_state_eq(|| fresh);
    let told = if kept.number == begun.number { *kept } else { fresh };
    use_effect_with(told, {
        let (begun, setter) = (begun.clone(), kept.setter());
        move |&told| {
            let slice = move || {
                let status = if a_slice(&begun.work) { Status::Running } else { Status::Done };
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
    (begun, told.status, on_halt)
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
