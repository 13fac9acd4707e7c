//! The page as a component: what is open, what is seen of it, and what is under way. Moving and zooming draw on the canvases
//! and render nothing else, once for each frame of the screen.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use web_sys::{File, KeyboardEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

use super::doors::Doors;
use super::hands::Hand;
use super::kept::Kept;
use super::landing::{Doorway, Refused, landing, lost, reading, refusal};
use super::overview::Profile;
use super::palette::Palette;
use super::panel::{self, panel};
use super::source::Piece;
use super::stage::{Place, Stage, What};
use super::view::View;
use super::{focus, tell};
use crate::check::linearizable::Judging;
use crate::check::log::Problem;
use crate::course::etcd::{EXAMPLES, Example};
use crate::course::opening::{Finding, Laid, Opening, Way};
use crate::ui::prove::PageProps;
use crate::ui::{browser, icons};

/// How much a press of a button or a key zooms.
pub(super) const TIMES: f64 = 1.5;

/// What is to be done.
pub enum Msg {
    /// Open an example.
    Example(usize),
    /// Open a file.
    File(File),
    /// Open a text.
    Text(String, String),
    /// Something came of the source that was opened so many sources ago.
    Piece(u32, Piece),
    /// Work on.
    Slice,
    /// Stop reading, or judging.
    Cancel,
    /// Open another history.
    Close,
    /// A file is held over the page.
    Hold(bool),
    /// A pointer does something.
    Pointer(Place, What, PointerEvent),
    /// The wheel is turned.
    Wheel(WheelEvent),
    /// A key is pressed.
    Key(KeyboardEvent),
    /// Select an operation and show it.
    Select(usize),
    /// Show where it stops.
    Stop,
    /// Show all of it.
    All,
    /// Zoom about the middle.
    Zoom(f64),
    /// The size or the theme has changed.
    Changed,
    /// Draw.
    Frame,
    /// Tell the state.
    Tell,
}

/// What is on show.
pub(super) enum Phase {
    /// Nothing is open; what became of the last.
    Landing(Option<String>),
    /// Bytes are coming.
    Coming(Opening),
    /// All bytes are there.
    Reading(Opening),
    /// It is laid out, and shown with the next slice: rendering it is work enough for one.
    Ready(Box<Laid>),
    /// A log that is none.
    Refused(Vec<Problem>),
    /// A source that could not be had.
    Lost(String),
    /// A history.
    Shown(Box<Shown>),
}

/// A history on show.
pub(super) struct Shown {
    /// The operations and where they stand.
    pub laid: Laid,
    /// The search, while it goes on.
    pub judging: Option<Judging>,
    /// What it found.
    pub finding: Option<Finding>,
}

/// Where what is opened comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// It was there before: nobody has asked for it now.
    Remembered,
    /// A file or an example.
    Chosen,
    /// The field.
    Pasted,
}

/// The page.
pub struct HistoryPage {
    pub(super) phase: Phase,
    pub(super) name: String,
    pub(super) origin: Origin,
    pub(super) example: Option<&'static Example>,
    /// The text of a person's own history, if it is short.
    pub(super) text: Option<String>,
    /// What was remembered, until it is shown.
    pub(super) kept: Kept,
    pub(super) view: View,
    pub(super) selected: Option<usize>,
    pub(super) hovered: Option<usize>,
    pub(super) hand: Hand,
    pub(super) held: bool,
    /// How many sources have been opened: what comes of an earlier one is too late. An earlier one is no longer wanted, nor
    /// is any once the page goes.
    pub(super) source: Rc<u32>,
    pub(super) slice: Option<Timeout>,
    pub(super) telling: Option<Timeout>,
    /// What is to have the keyboard once it is there, by its selector.
    pub(super) focus: Option<&'static str>,
    /// When progress was shown last.
    pub(super) shown_at: f64,
    pub(super) overview: NodeRef,
    pub(super) lanes: NodeRef,
    pub(super) profile: Profile,
    pub(super) palette: Palette,
    pub(super) frame: Closure<dyn FnMut()>,
    /// The frame that was asked for, if it is still to come.
    pub(super) frame_asked: Option<i32>,
}

impl Component for HistoryPage {
    type Message = Msg;
    type Properties = PageProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let mut page = Self {
            phase: Phase::Landing(None),
            name: String::new(),
            origin: Origin::Remembered,
            example: None,
            text: None,
            kept: Kept::read(&ctx.props().start),
            view: View::all(0),
            selected: None,
            hovered: None,
            hand: Hand::Idle,
            held: false,
            source: Rc::default(),
            slice: None,
            telling: None,
            focus: None,
            shown_at: 0.0,
            overview: NodeRef::default(),
            lanes: NodeRef::default(),
            profile: Profile::default(),
            palette: Palette::default(),
            frame: Closure::new(move || link.send_message(Msg::Frame)),
            frame_asked: None,
        };
        page.go_back(ctx);
        page
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Example(at) => {
                browser::focus("room"); // what was pressed goes
                self.open_example(ctx, &EXAMPLES[at.min(EXAMPLES.len() - 1)]);
                self.origin = Origin::Chosen;
            }
            Msg::File(file) => {
                browser::focus("room");
                self.open_file(ctx, file);
                self.origin = Origin::Chosen;
            }
            Msg::Text(name, text) => {
                browser::focus("room");
                self.open_text(ctx, name, text);
                self.origin = Origin::Pasted;
            }
            Msg::Piece(source, piece) => return source == *self.source && self.piece(ctx, piece),
            Msg::Slice => return self.work(ctx),
            Msg::Cancel => self.cancel(ctx),
            Msg::Close => self.close(ctx),
            Msg::Hold(held) => return std::mem::replace(&mut self.held, held) != held,
            Msg::Pointer(place, what, event) => return self.pointer(ctx, place, what, &event),
            Msg::Wheel(event) => return self.wheel(ctx, &event),
            Msg::Key(event) => return self.key(ctx, &event),
            Msg::Select(index) => return self.select(ctx, index),
            Msg::Stop => return self.stop(ctx),
            Msg::All => return self.see(ctx, |_, length| View::all(length)),
            Msg::Zoom(times) => return self.zoom(ctx, times),
            Msg::Changed => {
                self.palette = Palette::now();
                self.draw_soon();
                return false;
            }
            Msg::Frame => {
                self.frame_asked = None;
                self.draw();
                return false;
            }
            Msg::Tell => {
                self.telling = None;
                ctx.props().on_state.emit(self.state().write());
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let doorway = Doorway {
            example: link.callback(Msg::Example),
            file: link.callback(Msg::File),
            text: link.callback(|text| Msg::Text("Pasted text".to_owned(), text)),
        };
        let on_cancel = link.callback(|_: MouseEvent| Msg::Cancel);
        let shown = match &self.phase {
            Phase::Landing(news) => landing(&doorway, news.as_deref(), Refused::Nothing),
            Phase::Refused(problems) if self.origin == Origin::Pasted => {
                landing(&doorway, None, Refused::Pasted(&self.name, problems))
            }
            Phase::Refused(problems) => landing(&doorway, None, Refused::Source(refusal(&self.name, problems))),
            Phase::Lost(why) => landing(&doorway, None, Refused::Source(lost(why))),
            Phase::Coming(opening) | Phase::Reading(opening) => reading(&self.name, opening.way(), &on_cancel),
            Phase::Ready(laid) => reading(&self.name, Way::LayingOut(laid.log.entries.len()), &on_cancel),
            Phase::Shown(shown) => self.history(ctx, shown),
        };
        html! {
            <div class={classes!("history", self.held.then_some("held"))}>
                <Doors on_hold={link.callback(Msg::Hold)} on_file={doorway.file.clone()} />
                { shown }
                if self.held { <p class="history-held" role="status">{ "Drop it to open it" }</p> }
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(selector) = self.focus.take() {
            focus::give(selector);
        }
        self.draw_soon();
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.draw_no_more();
        self.leave();
    }
}

impl HistoryPage {
    /// The history on show: its name, the stage, the panel.
    fn history(&self, ctx: &Context<Self>, shown: &Shown) -> Html {
        let link = ctx.link();
        let Shown { laid, judging, finding } = shown;
        let press = |msg: fn() -> Msg| link.callback(move |_: MouseEvent| msg());
        let props = panel::Props {
            laid,
            finding: finding.as_ref(),
            progress: judging.as_ref().map(Judging::progress).unwrap_or_default(),
            selected: self.selected,
            example: self.example,
            on_select: link.callback(Msg::Select),
            on_stop: press(|| Msg::Stop),
            on_cancel: press(|| Msg::Cancel),
        };
        html! {
            <>
                <header class="brief history-brief">
                    <div><h1>{ self.name.clone() }</h1><p>{ self.example.map(|example| format!("{}.log · ", example.name)) }{ tell::about(laid) }</p></div>
                    <div class="brief-acts">
                        <button class="button square" onclick={press(|| Msg::Zoom(TIMES))} aria-label="Zoom out" title="Zoom out (−)">{ icons::minus() }</button>
                        <button class="button square" onclick={press(|| Msg::Zoom(1.0 / TIMES))} aria-label="Zoom in" title="Zoom in (+)">{ icons::plus() }</button>
                        <button class="button" onclick={press(|| Msg::All)}>{ "All of it" }</button>
                        <button class="button" onclick={press(|| Msg::Close)}>{ "Open another" }</button>
                    </div>
                </header>
                <Stage overview={self.overview.clone()} lanes={self.lanes.clone()} label={format!("Time line of {}", self.name)}
                    on_pointer={link.callback(|(place, what, event)| Msg::Pointer(place, what, event))}
                    on_wheel={link.callback(Msg::Wheel)} on_key={link.callback(Msg::Key)} on_change={link.callback(|()| Msg::Changed)} />
                { panel(&props) }
                { legend(finding.as_ref()) }
                <p class="offstage" role="status" aria-live="polite">{ self.spoken(shown) }</p>
            </>
        }
    }

    /// What the live region says: the operation that is selected, or the verdict.
    fn spoken(&self, shown: &Shown) -> String {
        match (self.selected.and_then(|at| Some((at, shown.laid.log.entries.get(at)?))), &shown.finding) {
            (Some((at, entry)), finding) => {
                format!(
                    "{}. {} {}",
                    tell::who(entry),
                    tell::standing(&shown.laid, finding.as_ref(), at),
                    tell::when(entry)
                )
            }
            (None, Some(finding)) => {
                format!("{}. {}", tell::headline(Some(finding)).1, tell::verdict(&shown.laid, finding))
            }
            (None, None) => String::new(),
        }
    }
}

/// What the marks mean, and the keys.
fn legend(finding: Option<&Finding>) -> Html {
    let mark =
        |class: &'static str, words: &'static str| html! { <li><i class={class} aria-hidden="true"></i>{ words }</li> };
    html! {
        <footer class="history-legend">
            <ul aria-label="What the marks mean">
                { mark("read", "read") }{ mark("write", "change") }{ mark("failed", "failed") }{ mark("unknown", "nobody knows") }
                { mark("point", "takes effect") }{ mark("explained", "explained") }
                if finding.is_some_and(|finding| finding.stops.is_some()) { { mark("stuck", "fits nowhere") } }
            </ul>
            <p id="history-keys"><kbd>{ "←" }</kbd><kbd>{ "→" }</kbd>{ " move · " }<kbd>{ "+" }</kbd><kbd>{ "−" }</kbd>{ " zoom · " }<kbd>{ "J" }</kbd><kbd>{ "K" }</kbd>{ " next, previous · " }<kbd>{ "N" }</kbd>{ " where it stops · " }<kbd>{ "Home" }</kbd><kbd>{ "End" }</kbd>{ " the ends" }</p>
        </footer>
    }
}
