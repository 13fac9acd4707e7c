//! The page: ideas along the top, the composer at the left, the stage, and at the right what came of it.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::composer::Composer;
use super::deeds::Action;
use super::ideas::ideas;
use super::panel::{next_idea, panel};
use super::search::use_search;
use super::settings::SettingsFields;
use super::stage::stage;
use super::state::Beat;
use super::witness::witness;
use crate::course::contest::Design;
use crate::diagram::space_time_layout::Room;
use crate::ui::focus::use_focus_kept;
use crate::ui::keys::{presses_control, use_keys, with_command};
use crate::ui::prove::PageProps;
use crate::ui::transport::{Move, Transport};
use crate::ui::{browser, icons};

/// The page.
#[component]
pub fn BeatPage(props: &PageProps) -> Html {
    let start = props.start.clone();
    let beat = use_reducer(move || Beat::opened(&start));
    use_effect_with(beat.saved(), {
        let on_state = props.on_state.clone();
        move |saved| on_state.emit(saved.clone())
    });
    let on_action = use_callback((), {
        let dispatcher = beat.dispatcher();
        move |action: Action, ()| dispatcher.dispatch(action)
    });
    use_search(beat.sought(), on_action.clone());
    let on_key_down =
        use_callback((beat.is_searching(), on_action.clone()), |event: KeyboardEvent, (searching, on_action)| {
            on_key(&event, *searching, on_action);
        });
    use_keys(on_key_down);
    let on_move = use_callback(on_action.clone(), |what: Move, on_action| on_action.emit(Action::Move(what)));
    let (narrow, short) = (browser::use_media("(max-width: 1300px)"), browser::use_media("(max-height: 960px)"));
    let room = Room::in_view(narrow, short);
    use_focus_kept();
    use_outcome_in_sight(beat.is_searching());
    let head = beat.head;
    let marks = beat.staged.as_ref().map(|staged| staged.turning_points()).unwrap_or_default();
    html! {
        <div class="beat">
            <header class="brief">
                <h1>{ "Can you beat it?" }</h1>
                <p>{ "Make two nodes that answer every request and never contradict each other. The lab looks for the run that breaks them." }</p>
            </header>
            { ideas(&beat, &on_action) }
            { idea(&beat, &on_action) }
            { stage(&beat, room, &on_action) }
            { panel(&beat, &on_action) }
            <p class="offstage" role="status" aria-live="polite">{ &beat.said }</p>
            <Transport step={head.step} last={beat.end()} {marks} playing={head.playing} speed={head.speed} {on_move} />
        </div>
    }
}

/// On a telephone the stage is below the rules: once a search has ended, one is taken there.
#[hook]
fn use_outcome_in_sight(searching: bool) {
    let narrow = browser::use_media("(max-width: 720px)");
    let before = use_mut_ref(|| searching);
    use_effect_with(searching, move |&searching| {
        if before.replace(searching) && !searching && narrow {
            browser::reveal(".beat > .stage");
        }
    });
}

/// The idea that is tried, as rules, and the button that tries it.
fn idea(beat: &Beat, on_action: &Callback<Action>) -> Html {
    let (name, about) = match beat.plain_idea().and_then(|idea| beat.ideas.get(idea)) {
        Some(idea) => (idea.name, idea.idea),
        None => ("Your own rules", "Nobody has a name for these yet. Try them."),
    };
    let rules = match beat.design {
        Design::Rules(rules) => html! { <Composer {rules} both={beat.both} on_action={on_action} /> },
        Design::Majority => witness(),
    };
    let (act, words, key) = if beat.is_searching() {
        (Action::Stop, "Stop the search", "Esc")
    } else if beat.next_idea().is_some() {
        (Action::Try, "Try again", "Enter")
    } else {
        (Action::Try, "Try to beat it", "Enter")
    };
    let leads = !beat.is_searching() && beat.next_idea().is_none();
    let onclick = on_action.reform(move |_: MouseEvent| act.clone());
    html! {
        <section class="compose" aria-label="Your idea">
            <div class="compose-scroll">
                <div class="idea-told"><h2>{ name }</h2><p>{ about }</p></div>
                { rules }
                <SettingsFields settings={beat.settings} on_action={on_action} />
            </div>
            <div class="compose-act">
                <button class={classes!("button", "try", leads.then_some("primary"))} {onclick} aria-keyshortcuts={if beat.is_searching() { "Escape" } else { key }}>
                    if beat.is_searching() { { icons::pause() } } else { { icons::play() } }
                    { words }<kbd aria-hidden="true">{ key }</kbd>
                </button>
                { next_idea(beat, on_action) }
            </div>
        </section>
    }
}

fn on_key(event: &KeyboardEvent, searching: bool, on_action: &Callback<Action>) {
    if with_command(event) || event.alt_key() || presses_control(event) {
        return;
    }
    let action = match (event.key().as_str(), searching) {
        ("Enter", false) => Action::Try,
        ("Escape", true) => Action::Stop,
        _ => return,
    };
    event.prevent_default();
    on_action.emit(action);
}
