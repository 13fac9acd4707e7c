//! Opening a history: its bytes come, then it is read, laid out and judged, some milliseconds at a time.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Date;
use web_sys::File;
use yew::Context;

use super::kept::{Kept, LONGEST, Source};
use super::memory;
use super::page::{HistoryPage, Msg, Origin, Phase, Shown};
use super::source::{self, Piece};
use crate::check::log::Slices;
use crate::check::order::terms::Undecided;
use crate::check::{Budget, Verdict, words};
use crate::course::etcd::{self, Example};
use crate::course::opening::{Finding, Laid, Opening, judging};
use crate::ui::browser;

/// How long a slice of work lasts, in milliseconds.
const SLICE: f64 = 5.0;

/// How much work is done between two looks at the clock.
const WORK: usize = 400;

/// How often progress is shown, in milliseconds.
const SHOWN: f64 = 120.0;

/// How long a state has to last before it is told, in milliseconds.
const LASTS: u32 = 350;

impl HistoryPage {
    /// Goes to where one was.
    pub(super) fn go_back(&mut self, ctx: &Context<Self>) {
        let kept = self.kept.clone();
        let left = memory::take_long(); // whichever history is opened now, no other is to take up memory
        match &kept.source {
            Some(Source::Example(name)) => {
                if let Some(example) = etcd::example(name) {
                    self.open_example(ctx, example);
                }
            }
            Some(Source::Text(name, text)) => self.open_text(ctx, name.clone(), text.clone()),
            Some(Source::Large(name, operations)) => {
                let is_it = |left: &str, shown: &Shown| left == name && shown.laid.log.entries.len() == *operations;
                if let Some((left, shown)) = left.filter(|(left, shown)| is_it(left, shown)) {
                    self.name = left;
                    self.show_again(ctx, shown);
                    return;
                }
                let many = words::count(*operations, "operation");
                let news =
                    format!("You had {name} open ({many}), which is too long to be kept here. Open it again to go on.");
                self.phase = Phase::Landing(Some(news));
            }
            None => {}
        }
        self.kept = kept; // opening forgets it
    }

    pub(super) fn open_example(&mut self, ctx: &Context<Self>, example: &'static Example) {
        self.begin(example.title.to_owned(), 8_192);
        self.example = Some(example);
        source::example(example, self.on_piece(ctx));
    }

    pub(super) fn open_file(&mut self, ctx: &Context<Self>, file: File) {
        self.begin(file.name(), source::length(&file));
        source::file(file, Rc::downgrade(&self.source), self.on_piece(ctx));
    }

    pub(super) fn open_text(&mut self, ctx: &Context<Self>, name: String, text: String) {
        self.begin(name, 0);
        self.text = (text.len() <= LONGEST).then(|| text.clone());
        self.phase = Phase::Reading(Opening::of(Slices::of_text(text)));
        self.work_soon(ctx);
    }

    fn begin(&mut self, name: String, length: usize) {
        self.source = Rc::new(*self.source + 1);
        (self.name, self.origin, self.example, self.text) = (name, Origin::Remembered, None, None);
        (self.selected, self.hovered, self.slice) = (None, None, None);
        self.kept = Kept::default();
        self.profile.forget();
        self.phase = Phase::Coming(Opening::of(Slices::of_length(length)));
    }

    fn on_piece(&self, ctx: &Context<Self>) -> yew::Callback<Piece> {
        let source = *self.source;
        ctx.link().callback(move |piece| Msg::Piece(source, piece))
    }

    /// Something comes of the source; whether to render.
    pub(super) fn piece(&mut self, ctx: &Context<Self>, piece: Piece) -> bool {
        match piece {
            Piece::Bytes(bytes) => {
                if let Phase::Coming(opening) = &mut self.phase {
                    opening.push(&bytes);
                }
                false
            }
            Piece::End => {
                if let Phase::Coming(opening) = std::mem::replace(&mut self.phase, Phase::Landing(None)) {
                    let is_kept = self.example.is_none() && opening.length() <= LONGEST;
                    self.text = if is_kept { opening.text() } else { None };
                    self.phase = Phase::Reading(opening);
                    self.work_soon(ctx);
                }
                true
            }
            Piece::Lost(why) => {
                self.refuse(Phase::Lost(why));
                true
            }
        }
    }

    fn work_soon(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.slice = Some(Timeout::new(0, move || link.send_message(Msg::Slice)));
    }

    /// Works for some milliseconds; whether to render.
    pub(super) fn work(&mut self, ctx: &Context<Self>) -> bool {
        self.slice = None;
        let begun = Date::now();
        loop {
            match self.work_a_little(ctx) {
                Some(render) => return render,
                None if Date::now() - begun >= SLICE => break,
                None => {}
            }
        }
        self.work_soon(ctx);
        let due = begun - self.shown_at >= SHOWN;
        if due {
            self.shown_at = begun;
        }
        due
    }

    /// Does a little work; if something has come to its end, whether to render.
    fn work_a_little(&mut self, ctx: &Context<Self>) -> Option<bool> {
        if matches!(self.phase, Phase::Ready(_)) {
            if let Phase::Ready(laid) = std::mem::replace(&mut self.phase, Phase::Landing(None)) {
                self.show(ctx, *laid);
            }
            return Some(true);
        }
        match &mut self.phase {
            Phase::Reading(opening) => {
                match opening.advance(&mut { WORK })? {
                    Ok(laid) => {
                        self.phase = Phase::Ready(Box::new(laid));
                        self.work_soon(ctx);
                    }
                    Err(problems) => self.refuse(Phase::Refused(problems)),
                }
                Some(true)
            }
            Phase::Shown(shown) => {
                let Shown { laid, judging, finding } = &mut **shown;
                let verdict = judging.as_mut().map(|judging| judging.advance(&laid.log, &mut { WORK }));
                let Some(verdict) = verdict else { return Some(false) };
                *finding = Some(Finding::of(laid, verdict?));
                *judging = None;
                let stuck = finding.as_ref().and_then(Finding::stuck);
                self.selected = self.selected.or(stuck);
                Some(true)
            }
            _ => Some(false),
        }
    }

    /// What was to be opened is not. The field to paste into sees to the keyboard itself.
    fn refuse(&mut self, why: Phase) {
        self.phase = why;
        self.focus = (self.origin == Origin::Chosen).then_some(".history-refusal");
    }

    fn show(&mut self, ctx: &Context<Self>, laid: Laid) {
        if self.origin == Origin::Pasted {
            memory::keep_draft(String::new());
        }
        self.focus = (self.origin != Origin::Remembered).then_some(".history-lanes");
        let judging = Some(judging(&laid, Budget::default()));
        self.show_again(ctx, Box::new(Shown { laid, judging, finding: None }));
        // At once: who leaves now is to come back to it.
        ctx.link().send_message(Msg::Tell);
    }

    /// Shows a history as it was left, and judges on.
    fn show_again(&mut self, ctx: &Context<Self>, shown: Box<Shown>) {
        self.view = self.kept.view(shown.laid.chronicle.length());
        self.selected = self.kept.selected.filter(|&selected| selected < shown.laid.log.entries.len());
        self.phase = Phase::Shown(shown);
        self.work_soon(ctx);
    }

    /// The page goes: a history that is too long to be kept is remembered as it is.
    pub(super) fn leave(&mut self) {
        let is_kept = self.example.is_some() || self.text.is_some();
        if !is_kept && let Phase::Shown(shown) = std::mem::replace(&mut self.phase, Phase::Landing(None)) {
            memory::keep_long(std::mem::take(&mut self.name), shown);
        }
    }

    /// Stops reading, or judging. What is only half judged is not decided.
    pub(super) fn cancel(&mut self, ctx: &Context<Self>) {
        if let Phase::Shown(shown) = &mut self.phase {
            if let Some(judging) = shown.judging.take() {
                let verdict = Verdict::Unknown(Undecided::Exhausted(Budget(judging.visited())));
                shown.finding = Some(Finding::of(&shown.laid, verdict));
            }
            self.slice = None;
            browser::focus_first(".history-panel"); // the button goes
        } else {
            self.close(ctx);
        }
    }

    /// Back to what can be opened.
    pub(super) fn close(&mut self, ctx: &Context<Self>) {
        self.begin(String::new(), 0);
        self.phase = Phase::Landing(None);
        self.tell_soon(ctx);
        browser::focus("room"); // the button goes
        self.focus = Some(".history-examples button");
    }

    /// What is to be remembered.
    pub(super) fn state(&self) -> Kept {
        let Phase::Shown(shown) = &self.phase else { return Kept::default() };
        let source = match (self.example, &self.text) {
            (Some(example), _) => Source::Example(example.name.to_owned()),
            (None, Some(text)) => Source::Text(self.name.clone(), text.clone()),
            (None, None) => Source::Large(self.name.clone(), shown.laid.log.entries.len()),
        };
        Kept { source: Some(source), range: Some((self.view.from, self.view.to)), selected: self.selected }
    }

    /// Tells the state once it has lasted for a moment.
    pub(super) fn tell_soon(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.telling = Some(Timeout::new(LASTS, move || link.send_message(Msg::Tell)));
    }
}
