//! The page: the question and its outline, two stages, what one can do, the branches, the panel and the transport bar.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::deeds::{self, Opened};
use super::outline::outline;
use super::panel::panel;
use super::pointing::{Pointed, Target, step_on};
use super::stage::{self, diagram, stage};
use super::state::{Action, Walking};
use super::tree::{keep_here_in_sight, tree};
use crate::course::walk::{causes, name};
use crate::diagram::light::{Kind, Lights, Mark};
use crate::diagram::space_time_layout::Room;
use crate::ui::browser;
use crate::ui::focus::{has_focus, use_focus_kept};
use crate::ui::keys::{use_keys, with_command};
use crate::ui::prove::{Page, PageProps, TakeAway};
use crate::ui::space_time::{Touch, element_id};
use crate::ui::transport::{Move, Transport};

/// The two answers: the title of the stage and its class.
pub const ANSWERS: [(&str, &str); 2] = [("If B chooses consistency", "c"), ("If B chooses availability", "a")];

/// The page.
#[component]
pub fn WalkPage(props: &PageProps) -> Html {
    let start = props.start.clone();
    let walking = use_reducer(move || Walking::opened(&start));
    let pointed = use_reducer(Pointed::default);
    let opened = use_state(|| None::<Opened>);
    use_effect_with(walking.saved(), {
        let on_state = props.on_state.clone();
        move |saved| on_state.emit(saved.clone())
    });
    use_effect_with((walking.branch, walking.moment, walking.branches.acts().len()), {
        let (pointed, opened) = (pointed.clone(), opened.setter());
        move |_| {
            // One still points at a mark that has the focus, if it is still there.
            let is_held =
                matches!(pointed.target(), Target::Mark(side, mark) if has_focus(&element_id(ANSWERS[side].1, mark)));
            if !is_held {
                pointed.dispatch(Target::Nothing);
            }
            opened.set(None);
        }
    });
    use_effect_with((walking.branch, walking.branches.all().len()), |_| keep_here_in_sight());
    use_focus_kept();
    let walk = &walking.walk;
    let moment = walking.moment;
    let dispatch = Callback::from({
        let walking = walking.clone();
        move |action: Action| walking.dispatch(action)
    });
    let on_move = {
        let walking = walking.clone();
        use_callback((), move |what: Move, ()| walking.dispatch(Action::Move(what)))
    };
    let runs = use_callback(walking.clone(), |(), walking| walking.recordings());
    let on_open = Callback::from({
        let (opened, pointed, is_full) = (opened.setter(), pointed.dispatcher(), walking.branches.is_full());
        move |menu: Option<Opened>| match menu {
            Some(_) if is_full => pointed.dispatch(Target::Limit),
            menu => opened.set(menu),
        }
    });
    let room = Room::scarce_if(browser::use_media("(max-width: 1200px)"));
    let diagrams = [0, 1].map(|side| diagram(walk, side, moment));
    let lights = [0, 1].map(|side| {
        let events = walk.events(side, moment);
        match pointed.target() {
            Target::Mark(of, mark) if of == side => Lights::of(&diagrams[side], events, mark),
            Target::Step(step) => {
                let at = walk.moments.get(step).filter(|at| at.moves[side])?;
                Some(Lights::of_step(events, at.steps[side]))
            }
            _ => None,
        }
    });
    let told = match pointed.target() {
        Target::Mark(side, mark) => lights[side]
            .as_ref()
            .map(|lights| (format!("{}.", name(&diagrams[side], mark)), causes(&diagrams[side], lights))),
        Target::Limit => Some((deeds::FULL.0.to_owned(), deeds::FULL.1.to_owned())),
        _ => None,
    };
    let on_touch = |side: usize| {
        let (pointed, on_open, slants) = (pointed.dispatcher(), on_open.clone(), diagrams[side].slants.clone());
        Callback::from(move |(mark, touch): (Mark, Touch)| match touch {
            Touch::Over => pointed.dispatch(Target::Mark(side, mark)),
            Touch::Out | Touch::Blur => pointed.dispatch(Target::Nothing),
            Touch::Focus => pointed.dispatch(Target::Stop(side, mark)),
            Touch::Press => {
                let slant = slants.iter().find(|slant| mark == Mark { kind: Kind::Slant, event: slant.span.first });
                if let Some(message) = slant.and_then(crate::diagram::space_time::Slant::in_flight) {
                    on_open.emit(Some(menu_of(side, mark, message)));
                }
            }
        })
    };
    let on_key = {
        let (dispatch, on_open, pointed) = (dispatch.clone(), on_open.clone(), pointed.clone());
        let marks = [0, 1].map(|side| diagrams[side].marks().into_iter().map(|(mark, _)| mark).collect::<Vec<Mark>>());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            match key.as_str() {
                "z" | "Z" if with_command(&event) && event.shift_key() => dispatch.emit(Action::Redo),
                "z" if with_command(&event) => dispatch.emit(Action::Undo),
                "y" if with_command(&event) => dispatch.emit(Action::Redo),
                _ if with_command(&event) || event.alt_key() => return,
                "a" | "A" => on_open.emit(Some(deeds::everything())),
                "Escape" => pointed.dispatch(Target::Nothing),
                "j" | "J" => step_on(&pointed, &marks, 1),
                "k" | "K" => step_on(&pointed, &marks, -1),
                "ArrowDown" if is_on_mark(&event) => step_on(&pointed, &marks, 1),
                "ArrowUp" if is_on_mark(&event) => step_on(&pointed, &marks, -1),
                _ => return,
            }
            event.prevent_default();
        })
    };
    use_keys(on_key);
    let on_step = Callback::from({
        let pointed = pointed.dispatcher();
        move |step: Option<usize>| pointed.dispatch(step.map_or(Target::Nothing, Target::Step))
    });
    html! {
        <div class="prove">
            <header class="brief">
                <h1>{ "What should Node B answer?" }</h1>
                { outline(&walking, &dispatch) }
            </header>
            <div class="stages">
                { for ANSWERS.iter().enumerate().map(|(side, (title, class))| stage(&stage::Props {
                    side, title, class, walk, moment, room,
                    diagram: &diagrams[side], lights: lights[side].as_ref(), stop: pointed.stop(side), on_touch: on_touch(side),
                })) }
            </div>
            <div class="tries" data-heir={deeds::OPENER}>
                { deeds::bar(&deeds::Bar { walking: &walking, on_action: &dispatch, opened: opened.as_ref(), on_open: &on_open, told, aside: html! { <TakeAway page={Page::Walk} {runs} /> } }) }
                { tree(&walking, &dispatch) }
            </div>
            { panel(&walking, &dispatch, &lights, &on_step) }
            <Transport step={moment} last={walk.end()} marks={walk.turning_points()} playing={walking.playing} speed={walking.speed} {on_move} />
        </div>
    }
}

/// Whether a mark has the focus. Elsewhere the arrows up and down scroll.
fn is_on_mark(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest(".mark").ok().flatten().is_some())
}

/// The menu of a message, beside it.
fn menu_of(side: usize, mark: Mark, message: crate::sim::MessageId) -> Opened {
    let opener = element_id(ANSWERS[side].1, mark);
    let at = browser::by_id(&opener).map(|element| {
        let place = element.get_bounding_client_rect();
        (f64::midpoint(place.left(), place.right()), place.bottom() + 6.0)
    });
    Opened { message: Some((side, message)), at, opener }
}
