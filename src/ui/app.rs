//! The frame: brand, rooms, theme; and the state of the room Draw, which outlives a change of room. (That of Prove
//! outlives it in the other program.)

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::arrival::{Notice, ShareButton, holds_link, notice, use_arrival};
use super::draw::{Action, Draw, DrawRoom};
use super::programs::{Hosted, View};
use super::theme::Theme;
use super::{api, browser, icons, values};

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

    /// The room of an address; any other address leads to the first.
    fn of(address: &str) -> Self {
        Self::named(address).unwrap_or(Self::Draw)
    }

    fn named(address: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|room| address.starts_with(room.hash()))
    }

    /// The name in an address that neither names a room nor holds a link.
    fn unknown(address: &str) -> Option<&str> {
        let name = address.strip_prefix("#/").filter(|name| !name.is_empty())?;
        (Self::named(address).is_none() && !holds_link(address)).then_some(name)
    }
}

/// The page.
#[component]
pub fn App() -> Html {
    let address = browser::use_address();
    let room = Room::of(&address);
    let theme = use_state(Theme::stored);
    let draw = use_reducer(Draw::load);
    api::use_api(&draw);
    use_effect_with(*theme, |theme| theme.apply());
    let places = use_places(room, draw.running);
    let (news, asking) = use_arrival(&address, &draw, places.on_asked);
    use_effect_with(Room::unknown(&address).map(str::to_owned), {
        let news = news.clone();
        move |unknown| {
            let is_unknown = unknown.is_some();
            if let Some(name) = unknown {
                let words = format!("There is no room “{name}” in the lab. This is the room Draw.");
                news.set(Some(Notice::Problem(words)));
            }
            move || {
                if is_unknown {
                    news.set(None); // true only where one was
                }
            }
        }
    });
    use_effect_with((room, holds_link(&address)), |(room, is_link)| {
        if *room == Room::Draw && !is_link {
            browser::announce_ready(); // the other says so when its program is there, and a link when it has been opened
        }
        if let Some(document) = browser::window().and_then(|window| window.document()) {
            document.set_title(&format!("{} · Partition Lab", room.name()));
        }
    });
    let toggle = {
        let theme = theme.clone();
        Callback::from(move |_: MouseEvent| theme.set(theme.other()))
    };
    let on_open = {
        let draw = draw.clone();
        Callback::from(move |document| {
            draw.dispatch(Action::Open(document));
            browser::replace_address(Room::Draw.hash()); // where one can see it
        })
    };
    let proving = use_mut_ref(|| Room::Prove.hash().to_owned());
    if room == Room::Prove && !holds_link(&address) {
        proving.borrow_mut().clone_from(&address); // back to the page one was on
    }
    let link = |other: Room| {
        let current = (other == room).then_some("page");
        let href = if other == Room::Prove { proving.borrow().clone() } else { other.hash().to_owned() };
        html! { <a key={other.name()} {href} aria-current={current}>{ other.name() }</a> }
    };
    html! {
        <div class="shell">
            <a class="skip" href="#room" onclick={Callback::from(|event: MouseEvent| skip_to_room(&event))}>{ "Skip to the room" }</a>
            <header class="bar">
                <a class="brand" href={Room::Draw.hash()}>{ icons::brand() }<span>{ "Partition Lab" }</span></a>
                <nav class="rooms" aria-label="Rooms">{ for Room::ALL.into_iter().map(link) }</nav>
                <ShareButton place={places.here} document={draw.document().clone()} {on_open} />
                <button class="quiet-button" onclick={toggle} aria-label={format!("Switch to the {} theme", theme.other().name())}
                    title={format!("Switch to the {} theme", theme.other().name())}>{ icons::theme() }</button>
            </header>
            <main id="room" tabindex="-1" key={room.name()}>
                { match room {
                    Room::Draw => html! { <DrawRoom {draw} /> },
                    Room::Prove => html! { <Hosted view={View::Prove} given={places.asked} on_told={places.on_here} /> },
                } }
            </main>
            { asking }
            { notice(&news, room.hash()) }
        </div>
    }
}

/// Where one is and where a link leads, both as the second program tells them.
struct Places {
    /// Where one is in this room; undefined in Draw while nothing runs.
    here: JsValue,
    /// Where the last link led.
    asked: JsValue,
    /// Prove tells where it is.
    on_here: Callback<JsValue>,
    /// A link leads somewhere.
    on_asked: Callback<JsValue>,
}

#[hook]
fn use_places(room: Room, running: Option<usize>) -> Places {
    let (here, asked) = (use_state(JsValue::default), use_state(JsValue::default));
    let on = |state: &UseStateHandle<JsValue>| {
        let setter = state.setter();
        Callback::from(move |told| setter.set(told))
    };
    let (on_here, on_asked) = (on(&here), on(&asked));
    let here = match (room, running) {
        (Room::Prove, _) => (*here).clone(),
        (Room::Draw, Some(step)) => values::object(&[("Run", step.into())]),
        (Room::Draw, None) => JsValue::UNDEFINED,
    };
    Places { here, asked: (*asked).clone(), on_here, on_asked }
}

/// The address belongs to the rooms, so the skip link moves the focus itself.
fn skip_to_room(event: &MouseEvent) {
    event.prevent_default();
    browser::focus("room");
}
