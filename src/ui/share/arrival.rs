//! A link arrives: what it holds becomes the drawing, as one step of undo, and what was there before is kept as a draft.
//! The address is then the room's own again, so that a reload shows what the learner has done since.

use yew::prelude::*;

use super::drafts::{self, Before};
use super::notice::Notice;
use crate::diagram::Document;
use crate::diagram::link::{self, View};
use crate::ui::browser;
use crate::ui::draw::{Action, Draw};

/// Opens the link in the address, whenever there is one, and tells what was opened. Returns what to say about it, and
/// how to put that away.
#[hook]
pub fn use_arrival(
    address: &str,
    draw: &UseReducerHandle<Draw>,
    on_view: Callback<View>,
) -> UseStateHandle<Option<Notice>> {
    let notice = use_state(|| None::<Notice>);
    use_effect_with(address.to_owned(), {
        let (draw, notice) = (draw.clone(), notice.clone());
        move |address| {
            let Some(code) = code_in(address) else { return };
            match link::decode(code) {
                Ok(view) => {
                    notice.set(open(&view, &draw));
                    browser::replace_address(room_of(&view));
                    on_view.emit(view);
                }
                // The address stays until the notice is put away: a reload may help, and one can copy it.
                Err(problem) => notice.set(Some(Notice::Problem(problem.to_string()))),
            }
        }
    });
    notice
}

/// What follows the room in an address.
fn code_in(address: &str) -> Option<&str> {
    let (_, code) = address.strip_prefix("#/")?.split_once('/')?;
    Some(code).filter(|code| !code.is_empty())
}

/// The address of the room that a view is of.
pub fn room_of(view: &View) -> &'static str {
    match view {
        View::Draw(_) | View::Run { .. } => "#/draw",
        View::Prove { .. } => "#/prove",
    }
}

fn open(view: &View, draw: &UseReducerHandle<Draw>) -> Option<Notice> {
    let (View::Draw(document) | View::Run { document, .. }) = view else { return None };
    let before = draw.document();
    if before.diagram == document.diagram && before.arrangement == document.arrangement {
        return None;
    }
    let words = match drafts::keep_before(&Document { selected: Vec::new(), ..before.clone() }, "opening a link") {
        Before::Known => "This drawing came with the link. Undo brings back what was here before.".to_owned(),
        Before::Kept(name) => {
            format!("This drawing came with the link. What was here before is kept as the draft “{name}”.")
        }
        Before::Lost => {
            "This drawing came with the link. This browser has no room to keep what was here before as a draft, \
            but Undo brings it back."
                .to_owned()
        }
    };
    draw.dispatch(Action::Open(document.clone()));
    Some(Notice::News(words))
}
