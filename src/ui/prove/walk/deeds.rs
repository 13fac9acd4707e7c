//! What one can do at this moment: the bar below the stages, and the menu that opens from it or from a message on its way.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::state::{Action, Walking};
use crate::course::Deed;
use crate::course::walk::{Choice, Subject};
use crate::sim::MessageId;
use crate::ui::browser;
use crate::ui::icons;

/// The id of the button that opens the menu.
pub const OPENER: &str = "walk-act";

/// Why nothing more can be done, and what to do about it.
pub const FULL: (&str, &str) = ("That is as much as a link to this page can hold.", "Undo something, or start over.");

/// An open menu: of everything, or of a message, at a place on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The message it is about, if about one: its number on each side.
    pub message: Option<(usize, MessageId)>,
    /// Where, in pixels from the left and the top of the window; below the button that opened it otherwise.
    pub at: Option<(f64, f64)>,
    /// Who gets the focus when it closes.
    pub opener: String,
}

/// What the bar needs.
pub struct Bar<'a> {
    /// The page.
    pub walking: &'a Walking,
    /// What to do.
    pub on_action: &'a Callback<Action>,
    /// The menu that is open.
    pub opened: Option<&'a Opened>,
    /// Opens or closes the menu.
    pub on_open: &'a Callback<Option<Opened>>,
    /// What led to what one points at: its name, and the rest.
    pub told: Option<(String, String)>,
    /// What stands at its end.
    pub aside: Html,
}

/// The bar.
pub fn bar(props: &Bar) -> Html {
    let Bar { walking, on_action, opened, on_open, told, aside } = props;
    let Walking { walk, moment, branches, .. } = walking;
    let act = |action: Action| {
        let on_action = (*on_action).clone();
        Callback::from(move |_: MouseEvent| on_action.emit(action))
    };
    let toggle = {
        let (on_open, is_open) = ((*on_open).clone(), opened.is_some());
        Callback::from(move |_: MouseEvent| on_open.emit((!is_open).then(everything)))
    };
    // Where nothing more can be done the buttons stay, and pressing them tells why.
    let is_full = branches.is_full();
    let full = is_full.then(|| format!("{} {}", FULL.0, FULL.1));
    let disabled = is_full.then_some("true");
    let turn = |deed: Deed| if is_full { toggle.clone() } else { act(Action::Do(deed)) };
    let undo = walking.last_deed();
    html! {
        <div class="deeds" role="toolbar" aria-label="What you can do">
            <button id={OPENER} class="button small act" aria-haspopup="menu" aria-expanded={opened.is_some().to_string()} onclick={toggle.clone()}
                aria-disabled={disabled} title={full.unwrap_or_else(|| "Write, read, cut, crash, drop … just after this step (A)".to_owned())}>{ format!("Act after step {moment}") }{ icons::up() }</button>
            if walk.is_cut(*moment) {
                <button class="button small" onclick={turn(Deed::Heal)} aria-disabled={disabled}>{ icons::heal() }{ "Heal the link" }</button>
            } else {
                <button class="button small" onclick={turn(Deed::Cut)} aria-disabled={disabled}>{ icons::cut() }{ "Cut the link" }</button>
            }
            if let Some(last) = undo {
                <button class="button small square" onclick={act(Action::Undo)} aria-label={format!("Undo: {last}")} title={format!("Undo: {last} (Ctrl Z)")}>{ icons::undo() }</button>
            }
            if walking.undone() > 0 {
                <button class="button small square" onclick={act(Action::Redo)} aria-label="Redo" title="Redo (Ctrl Shift Z)">{ icons::redo() }</button>
            }
            if !branches.acts().is_empty() {
                <button class="button small" onclick={act(Action::StartOver)}>{ "Start over" }</button>
            }
            <p class="caused" aria-live="polite">
                if let Some((name, words)) = told { <b>{ name }</b>{ " " }{ words } } else { <span class="lead">{ "Point at anything, or press J and K: what led to it?" }</span> }
            </p>
            { aside.clone() }
            if let Some(opened) = opened {
                <Menu opened={(*opened).clone()} entries={entries(walking, opened)} on_action={(*on_action).clone()} on_open={(*on_open).clone()} />
            }
        </div>
    }
}

/// The menu of everything.
pub fn everything() -> Opened {
    Opened { message: None, at: None, opener: OPENER.to_owned() }
}

/// Subjects, and what can be done to each.
type Entries = Vec<(String, Vec<Choice>)>;

fn entries(walking: &Walking, opened: &Opened) -> Entries {
    let mut entries: Entries = Vec::new();
    let mut last = None;
    for choice in walking.walk.choices(walking.moment) {
        let is_meant = match (opened.message, choice.subject) {
            (None, _) => true,
            (Some((side, id)), Subject::Message(ids)) => ids[side] == Some(id),
            (Some(_), _) => false,
        };
        if !is_meant {
            continue;
        }
        if last != Some(choice.subject) {
            last = Some(choice.subject);
            entries.push((walking.walk.subject(choice.subject), Vec::new()));
        }
        if let Some((_, choices)) = entries.last_mut() {
            choices.push(choice);
        }
    }
    entries
}

/// What the menu needs.
#[derive(Clone, PartialEq, Properties)]
struct MenuProps {
    opened: Opened,
    entries: Entries,
    on_action: Callback<Action>,
    on_open: Callback<Option<Opened>>,
}

#[component]
fn Menu(props: &MenuProps) -> Html {
    let list = use_node_ref();
    use_effect_with(props.opened.clone(), {
        let list = list.clone();
        move |_| focus_entry(&list, 0)
    });
    let close = {
        let (on_open, opener) = (props.on_open.clone(), props.opened.opener.clone());
        move || {
            on_open.emit(None);
            browser::focus(if browser::by_id(&opener).is_some() { &opener } else { OPENER });
        }
    };
    let onkeydown = {
        let (list, close) = (list.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "ArrowDown" => focus_entry(&list, 1),
                "ArrowUp" => focus_entry(&list, -1),
                "Escape" | "Tab" => close(),
                // A choice that is not possible is there to be read.
                "ArrowLeft" | "ArrowRight" | "Home" | "End" => {}
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onfocusout = {
        let (list, on_open) = (list.clone(), props.on_open.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            let opener = browser::by_id(OPENER).map(web_sys::Node::from);
            let is_inside = list.cast::<HtmlElement>().is_some_and(|list| list.contains(to.as_ref()));
            if !is_inside && (to.is_none() || to != opener) {
                on_open.emit(None);
            }
        })
    };
    let groups = props.entries.iter().map(|(subject, choices)| {
        let items = choices.iter().map(|choice| item(choice, &close, &props.on_action));
        html! { <div key={subject.clone()} class="about" role="group" aria-label={subject.clone()}><span aria-hidden="true">{ subject }</span><div>{ for items }</div></div> }
    });
    let style = props.opened.at.map(|(x, y)| {
        let px = crate::diagram::geometry::px;
        format!("position:fixed;left:min({}px, 100vw - 300px);top:min({}px, 100vh - 200px);bottom:auto", px(x), px(y))
    });
    html! {
        <div ref={list} class={classes!("menu", "deeds-menu", props.opened.at.map(|_| "one"))} role="menu" aria-label="What to do" {style} {onkeydown} {onfocusout}>{ for groups }</div>
    }
}

fn item(choice: &Choice, close: &(impl Fn() + Clone + 'static), on_action: &Callback<Action>) -> Html {
    let Choice { deed, why_not, .. } = choice.clone();
    let onclick = {
        let (close, on_action, is_possible) = (close.clone(), on_action.clone(), choice.is_possible());
        Callback::from(move |_: MouseEvent| {
            if is_possible {
                close();
                on_action.emit(Action::Do(deed));
            }
        })
    };
    let name = deed.name();
    html! {
        <button key={name.clone()} role="menuitem" tabindex="-1" {onclick} aria-disabled={why_not.is_some().to_string()}>{ name }
            if let Some(why) = why_not { <small>{ why }</small> }
        </button>
    }
}

/// Gives the focus to the entry `by` places on from the one that has it; to the first that is possible when none has.
fn focus_entry(list: &NodeRef, by: i32) {
    let Some(list) = list.cast::<HtmlElement>() else { return };
    let Ok(entries) = list.query_selector_all("[role=menuitem]") else { return };
    let entry = |at: i32| entries.item(at.unsigned_abs()).and_then(|entry| entry.dyn_into::<HtmlElement>().ok());
    let count = i32::try_from(entries.length()).unwrap_or(0);
    let active = browser::document().and_then(|document| document.active_element());
    let is_active = |at: &i32| entry(*at).map(web_sys::Element::from) == active;
    let is_possible =
        |at: &i32| entry(*at).is_some_and(|it| it.get_attribute("aria-disabled").as_deref() != Some("true"));
    let next = match (0..count).find(is_active) {
        Some(here) => (here + by).rem_euclid(count.max(1)),
        None => (0..count).find(is_possible).unwrap_or(0),
    };
    if let Some(entry) = entry(next) {
        let _ = entry.focus();
    }
}
