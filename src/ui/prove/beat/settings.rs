//! What the search tries: what the network may do, what is known of time, what the clients ask, and where it stops.

use yew::prelude::*;

use super::choice::Choice;
use super::composer::{pick, place};
use super::deeds::Action;
use crate::check::words::grouped;
use crate::course::contest::{Attempt, Network, Operations, Seats, Timing};

/// What the network may do, as it is offered.
pub const NETWORKS: [Network; 5] =
    [Network::Cut, Network::Lossy(1), Network::Lossy(2), Network::Lossy(3), Network::Reliable];
/// What is known of time.
pub const TIMINGS: [Timing; 2] = [Timing::Untimed, Timing::Timely];
/// What the clients ask.
pub const OPERATIONS: [Operations; 9] = [
    Operations::WriteAndRead,
    each(2, 2),
    each(2, 3),
    each(3, 2),
    each(3, 4),
    each(4, 4),
    Operations::Each { clients: 2, requests: 2, seats: Seats::OnlyB },
    Operations::Each { clients: 1, requests: 1, seats: Seats::OnlyA },
    Operations::WriteAndTwoReads,
];
/// After how many different states a search stops.
pub const LIMITS: [u64; 4] = [20_000, 200_000, 1_000_000, 5_000_000];

const fn each(clients: u8, requests: u8) -> Operations {
    Operations::Each { clients, requests, seats: Seats::Both }
}

/// What every search assumes, whatever is set.
const ASSUMED: &str = "Always assumed: no node fails. All clocks go at one speed and all nodes are equally patient, so timers run out in \
                       the order in which they were set. Where bounds are known, a timer runs out only when no message \
                       is under way. The same message is under way at most twice. Each client waits for an answer \
                       before it asks again. A run that is found breaks the idea; that none is found proves nothing beyond these bounds.";

/// What can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What the network may do.
    pub network: Network,
    /// What is known of time.
    pub timing: Timing,
    /// What the clients ask.
    pub operations: Operations,
    /// After how many different states the search stops.
    pub limit: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { network: NETWORKS[0], timing: TIMINGS[0], operations: OPERATIONS[0], limit: LIMITS[2] }
    }
}

impl Settings {
    /// Those of an attempt.
    pub fn of(attempt: &Attempt) -> Self {
        let &Attempt { network, timing, operations, .. } = attempt;
        Self { network, timing, operations, ..Self::default() }
    }

    /// As one digit for each, for links.
    pub fn digits(&self) -> String {
        let Self { network, timing, operations, limit } = *self;
        let places =
            [place(&NETWORKS, network), place(&TIMINGS, timing), place(&OPERATIONS, operations), place(&LIMITS, limit)];
        places.map(|place| place.to_string()).concat()
    }

    /// From such digits; what is not there is as it is usually.
    pub fn of_digits(digits: &str) -> Self {
        let mut places = digits.chars().map(|digit| digit.to_digit(10).map_or(usize::MAX, |digit| digit as usize));
        let usual = Self::default();
        let mut next = || places.next().unwrap_or(usize::MAX);
        Self {
            network: pick(&NETWORKS, next(), usual.network),
            timing: pick(&TIMINGS, next(), usual.timing),
            operations: pick(&OPERATIONS, next(), usual.operations),
            limit: pick(&LIMITS, next(), usual.limit),
        }
    }

    /// All of it in a sentence.
    pub fn sentence(&self) -> String {
        let network = match self.network {
            Network::Cut => "The link is cut".to_owned(),
            Network::Lossy(1) => "Any one message may be lost".to_owned(),
            Network::Lossy(losses) => format!("Any {losses} messages may be lost"),
            Network::Reliable => "Nothing is lost".to_owned(),
        };
        let timing = match self.timing {
            Timing::Untimed => "a message may take any time",
            Timing::Timely => "what arrives, arrives within a known time",
        };
        format!("{network}; {timing}. {}.", told(self.operations))
    }
}

fn told(operations: Operations) -> String {
    match operations {
        Operations::WriteAndRead => "One write at Node A, one read at Node B".to_owned(),
        Operations::WriteAndTwoReads => "One write at Node A, one read at each node".to_owned(),
        Operations::Each { clients: 1, requests: 1, seats: Seats::OnlyA } => {
            "One write at Node A, and nothing else".to_owned()
        }
        Operations::Each { clients, requests, seats } => {
            let seats = match seats {
                Seats::Both => "at both nodes",
                Seats::OnlyA => "at Node A",
                Seats::OnlyB => "at Node B",
            };
            format!("{clients} clients {seats} make {requests} requests each")
        }
    }
}

/// What the fields need.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// As it is set.
    pub settings: Settings,
    /// Changes it.
    pub on_action: Callback<Action>,
}

/// The fields, folded away until somebody asks for them.
#[component]
pub fn SettingsFields(props: &Props) -> Html {
    let Props { settings, on_action } = props;
    let settings = *settings;
    let set =
        |change: fn(Settings, usize) -> Settings| on_action.reform(move |at| Action::Settings(change(settings, at)));
    let fixed = |words: &[&'static str]| words.iter().map(|&words| AttrValue::Static(words)).collect::<Vec<_>>();
    let networks = fixed(&[
        "Cut from the start",
        "Loses any one message",
        "Loses any two messages",
        "Loses any three messages",
        "Loses nothing",
    ]);
    let timings = fixed(&["Nothing is known of it", "Bounds are known: what arrives, arrives in time"]);
    let operations = OPERATIONS.iter().map(|&operations| AttrValue::from(told(operations))).collect::<Vec<_>>();
    let limits =
        LIMITS.iter().map(|&limit| AttrValue::from(format!("After {} states", grouped(limit)))).collect::<Vec<_>>();
    html! {
        <details class="settings">
            <summary><b>{ "What is tried" }</b><span>{ settings.sentence() }</span></summary>
            <Choice label="Network" options={networks} chosen={place(&NETWORKS, settings.network)}
                on_choose={set(|settings, at| Settings { network: pick(&NETWORKS, at, settings.network), ..settings })} />
            <Choice label="Time" options={timings} chosen={place(&TIMINGS, settings.timing)}
                on_choose={set(|settings, at| Settings { timing: pick(&TIMINGS, at, settings.timing), ..settings })} />
            <Choice label="Clients" options={operations} chosen={place(&OPERATIONS, settings.operations)}
                on_choose={set(|settings, at| Settings { operations: pick(&OPERATIONS, at, settings.operations), ..settings })} />
            <Choice label="Stop" options={limits} chosen={place(&LIMITS, settings.limit)}
                on_choose={set(|settings, at| Settings { limit: pick(&LIMITS, at, settings.limit), ..settings })} />
            <p class="fine">{ ASSUMED }</p>
        </details>
    }
}
