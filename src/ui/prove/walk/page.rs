//! The page: the question, two stages, the panel and the transport bar.

use yew::prelude::*;

use super::panel::panel;
use super::stage::{self, stage};
use super::state::{Action, Walking};
use crate::ui::browser;
use crate::ui::prove::{Page, PageProps, TakeAway};
use crate::ui::transport::{Move, Transport};

/// The two answers: the title of the stage and its class.
pub const ANSWERS: [(&str, &str); 2] = [("If B chooses consistency", "c"), ("If B chooses availability", "a")];

/// The page.
#[component]
pub fn WalkPage(props: &PageProps) -> Html {
    let start = props.start.clone();
    let walking = use_reducer(move || Walking::opened(&start));
    let walk = &walking.walk;
    use_effect_with(walking.saved(), {
        let on_state = props.on_state.clone();
        move |saved| on_state.emit(saved.clone())
    });
    let dispatch = Callback::from({
        let walking = walking.clone();
        move |action: Action| walking.dispatch(action)
    });
    let on_move = {
        let walking = walking.clone();
        use_callback((), move |what: Move, ()| walking.dispatch(Action::Move(what)))
    };
    let runs = use_callback(walking.clone(), |(), walking| walking.recordings());
    let compact = browser::use_media("(max-width: 1200px)");
    html! {
        <div class="prove">
            <header class="brief">
                <h1>{ "What should Node B answer?" }</h1>
                <p>{ "A write at Node A, a cut, a read at Node B: the Gilbert–Lynch scenario." }</p>
                <TakeAway page={Page::Walk} {runs} />
            </header>
            <div class="stages">
                { for ANSWERS.iter().enumerate().map(|(side, (title, class))| html! {
                    { stage(&stage::Props { side, title, class, walk, moment: walking.moment, compact }) }
                }) }
            </div>
            { panel(&walking, &dispatch) }
            <Transport step={walking.moment} last={walk.end()} marks={walk.turning_points()} playing={walking.playing} speed={walking.speed} {on_move} />
        </div>
    }
}
