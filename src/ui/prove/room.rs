//! The room as a whole: the question, two stages, the panel and the transport bar.

use yew::prelude::*;

use super::panel::panel;
use super::stage::{self, stage};
use super::state::{Action, Prove};
use crate::ui::browser;
use crate::ui::transport::{Move, Transport};

/// What the room works on.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Its state.
    pub prove: UseReducerHandle<Prove>,
}

/// The two answers: the title of the stage and its class.
pub const ANSWERS: [(&str, &str); 2] = [("If B chooses consistency", "c"), ("If B chooses availability", "a")];

/// The room.
#[component]
pub fn ProveRoom(props: &Props) -> Html {
    let prove = &props.prove;
    let walk = &prove.walk;
    let dispatch = Callback::from({
        let prove = prove.clone();
        move |action: Action| prove.dispatch(action)
    });
    let on_move = {
        let prove = prove.clone();
        use_callback((), move |what: Move, ()| prove.dispatch(Action::Move(what)))
    };
    let compact = browser::use_media("(max-width: 1200px)");
    // Until the room has tabs: histories are behind an address of their own.
    let address = browser::use_address();
    if address.starts_with("#/prove?history") {
        let start = browser::stored("history").unwrap_or_default();
        let on_state = Callback::from(|state: String| {
            browser::store("history", &state);
        });
        return html! { <super::HistoryPage {start} {on_state} /> };
    }
    html! {
        <div class="prove">
            <header class="brief">
                <h1>{ "What should Node B answer?" }</h1>
                <p>{ "A write at Node A, a cut, a read at Node B: the Gilbert–Lynch scenario." }</p>
            </header>
            <div class="stages">
                { for ANSWERS.iter().enumerate().map(|(side, (title, class))| html! {
                    { stage(&stage::Props { side, title, class, walk, moment: prove.moment, compact }) }
                }) }
            </div>
            { panel(prove, &dispatch) }
            <Transport step={prove.moment} last={walk.end()} marks={walk.turning_points()} playing={prove.playing} speed={prove.speed} {on_move} />
        </div>
    }
}
