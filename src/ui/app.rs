//! The frame: brand, rooms, theme; and the state of the room Draw, which outlives a change of room. (That of Prove
//! outlives it in the other program.)

use yew::prelude::*;

use super::draw::{Draw, DrawRoom};
use super::runs::{Hosted, View};
use super::theme::Theme;
use super::{api, browser, icons};

/// A room of the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Draw the challenge.
    Draw,
    /// Walk through the impossibility.
    Prove,
}

impl Room {
    const ALL: [Self; 2] = [Self::Draw, Self::Prove];

    fn name(self) -> &'static str {
        match self {
            Self::Draw => "Draw",
            Self::Prove => "Prove",
        }
    }

    fn hash(self) -> &'static str {
        match self {
            Self::Draw => "#/draw",
            Self::Prove => "#/prove",
        }
    }

    /// The room of the address; any other address leads to the first.
    fn here() -> Self {
        let hash = browser::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
        Self::ALL.into_iter().find(|room| hash.starts_with(room.hash())).unwrap_or(Self::Draw)
    }
}

/// The page.
#[component]
pub fn App() -> Html {
    let room = use_room();
    let theme = use_state(Theme::stored);
    let draw = use_reducer(Draw::load);
    api::use_api(&draw);
    use_effect_with(*theme, |theme| theme.apply());
    use_effect_with(room, |room| {
        if *room == Room::Draw {
            browser::announce_ready(); // the other says so when its program is there
        }
        if let Some(document) = browser::window().and_then(|window| window.document()) {
            document.set_title(&format!("{} · Partition Lab", room.name()));
        }
    });
    let toggle = {
        let theme = theme.clone();
        Callback::from(move |_: MouseEvent| theme.set(theme.other()))
    };
    html! {
        <div class="shell">
            <a class="skip" href="#room" onclick={Callback::from(|event: MouseEvent| skip_to_room(&event))}>{ "Skip to the room" }</a>
            <header class="bar">
                <a class="brand" href={Room::Draw.hash()}>{ icons::brand() }<span>{ "Partition Lab" }</span></a>
                <nav class="rooms" aria-label="Rooms">{ for Room::ALL.into_iter().map(|other| link(other, room)) }</nav>
                <button class="quiet-button" onclick={toggle} aria-label={format!("Switch to the {} theme", theme.other().name())}
                    title={format!("Switch to the {} theme", theme.other().name())}>{ icons::theme() }</button>
            </header>
            <main id="room" tabindex="-1" key={room.name()}>
                { match room {
                    Room::Draw => html! { <DrawRoom {draw} /> },
                    Room::Prove => html! { <Hosted view={View::Prove} /> },
                } }
            </main>
        </div>
    }
}

fn link(room: Room, here: Room) -> Html {
    let current = (room == here).then_some("page");
    html! { <a key={room.name()} href={room.hash()} aria-current={current}>{ room.name() }</a> }
}

/// The address belongs to the rooms, so the skip link moves the focus itself.
fn skip_to_room(event: &MouseEvent) {
    event.prevent_default();
    browser::focus("room");
}

/// The room of the address, followed as it changes.
#[hook]
fn use_room() -> Room {
    let room = use_state(Room::here);
    let setter = room.setter();
    browser::use_event("hashchange", move || setter.set(Room::here()));
    *room
}
