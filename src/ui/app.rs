//! The frame: brand, rooms, theme; and the state of both rooms, which outlives a change of room.

use yew::prelude::*;

use super::draw::{Action, Draw, DrawRoom};
use super::prove::{self, Prove, ProveRoom};
use super::share::{Share, notice, use_arrival, use_print};
use super::theme::Theme;
use super::transport::Move;
use super::{api, browser, icons};
use crate::diagram::link::View;

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
        Self::ALL.into_iter().find(|room| address.starts_with(room.hash())).unwrap_or(Self::Draw)
    }
}

/// The page.
#[component]
pub fn App() -> Html {
    let address = use_address();
    let room = Room::of(&address);
    let theme = use_state(Theme::stored);
    let draw = use_reducer(Draw::load);
    let prove = use_reducer(Prove::new);
    api::use_api(&draw, &prove);
    let news = use_arrival(&address, &draw, follow(&prove));
    use_print(draw.document());
    use_effect_with(*theme, |theme| theme.apply());
    use_effect_with((), |()| {
        if let Some(root) = browser::root() {
            let _ = root.set_attribute("data-ready", "true");
        }
    });
    use_effect_with(room, |room| {
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
    html! {
        <div class="shell">
            <a class="skip" href="#room" onclick={Callback::from(|event: MouseEvent| skip_to_room(&event))}>{ "Skip to the room" }</a>
            <header class="bar">
                <a class="brand" href={Room::Draw.hash()}>{ icons::brand() }<span>{ "Partition Lab" }</span></a>
                <nav class="rooms" aria-label="Rooms">{ for Room::ALL.into_iter().map(|other| link(other, room)) }</nav>
                <Share view={view(room, &draw, &prove)} document={draw.document().clone()} {on_open} />
                <button class="quiet-button" onclick={toggle} aria-label={format!("Switch to the {} theme", theme.other().name())}
                    title={format!("Switch to the {} theme", theme.other().name())}>{ icons::theme() }</button>
            </header>
            <main id="room" tabindex="-1" key={room.name()}>
                { match room {
                    Room::Draw => html! { <DrawRoom {draw} /> },
                    Room::Prove => html! { <ProveRoom {prove} /> },
                } }
            </main>
            { notice(&news, room.hash()) }
        </div>
    }
}

/// What one sees, for a link to it.
fn view(room: Room, draw: &Draw, prove: &Prove) -> View {
    match room {
        Room::Draw => View::Draw(draw.document().clone()),
        Room::Prove => {
            View::Prove { step: number(prove.moment), healed: prove.before.as_ref().map(|(_, at)| number(*at)) }
        }
    }
}

fn number(step: usize) -> u32 {
    u32::try_from(step).unwrap_or(u32::MAX)
}

/// Goes to the step of a view.
fn follow(prove: &UseReducerHandle<Prove>) -> Callback<View> {
    let prove = prove.clone();
    Callback::from(move |view: View| {
        let View::Prove { step, healed } = view else { return };
        let to = |step: u32| prove::Action::Move(Move::To(step as usize));
        prove.dispatch(prove::Action::Return);
        if let Some(healed) = healed {
            prove.dispatch(to(healed));
            prove.dispatch(prove::Action::Heal);
        }
        prove.dispatch(to(step));
    })
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

/// The address, followed as it changes.
#[hook]
fn use_address() -> String {
    let address = use_state(browser::address);
    let setter = address.setter();
    browser::use_event("hashchange", move || setter.set(browser::address()));
    (*address).clone()
}
