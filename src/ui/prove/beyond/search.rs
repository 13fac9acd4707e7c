//! What was explored: every run of the two nodes up to stated bounds, in slices.

use yew::prelude::*;

use super::dial::choice;
use super::slices::{Status, Work, use_work};
use crate::check::words::grouped;
use crate::course::beyond::asking::{self, Size, TimeUp};
use crate::course::beyond::{Dials, Topic};
use crate::course::contest::{Finding, Job, Promise};
use crate::ui::icons;

/// A few explorations, one after the other.
pub struct Explored {
    jobs: Vec<Job>,
    /// What they found, as far as they are done.
    findings: Vec<Finding>,
}

impl Explored {
    /// Every run with true bounds and that many lost messages at most, for each number.
    fn new(time_up: TimeUp, losses: std::ops::RangeInclusive<u8>, size: Size) -> Self {
        let jobs = losses.filter_map(|losses| Job::new(&asking::attempt(time_up, losses, size))).collect();
        Self { jobs, findings: Vec::new() }
    }

    /// How many states the one under way has met.
    fn met(&self) -> u64 {
        self.jobs.get(self.findings.len()).map_or(0, |job| job.progress().unique)
    }
}

impl Work for Explored {
    fn go_on(&mut self) -> bool {
        let Some(job) = self.jobs.get_mut(self.findings.len()) else { return false };
        if !job.run(8)
            && let Some(finding) = job.finding()
        {
            self.findings.push(finding);
        }
        self.findings.len() < self.jobs.len()
    }
}

/// What the view needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Of which page.
    pub topic: Topic,
    /// How the dials stand.
    pub dials: Dials,
    /// Turn them.
    pub on_turn: Callback<Dials>,
}

/// The view.
#[component]
pub fn SearchView(props: &Props) -> Html {
    let Props { topic, dials, on_turn } = props.clone();
    let lossy = topic == Topic::Clocks;
    let key = if lossy { (dials.time_up, asking::LOSSES, Size::Small) } else { (TimeUp::Answer, 0, dials.size) };
    let (begun, status, on_halt) = use_work(key, |&(time_up, losses, size)| Explored::new(time_up, 0..=losses, size));
    let explored = begun.work.borrow();
    let (clients, requests) = key.2.bounds();
    let bound = format!(
        "Bound: {clients} clients, {requests} requests each, in every order of events. A timer runs out only when no message is \
         under way. More clients are not explored."
    );
    let halt = html! {
        if status != Status::Done { <button class="button small" onclick={on_halt}>{ if status == Status::Running { "Stop" } else { "Go on" } }</button> }
    };
    html! {
        <section class="search" aria-label="Every run, explored">
            <h2>{ "Every run, explored" }</h2>
            if lossy {
                <table>
                    <thead><tr><th scope="col">{ "lost" }</th><th scope="col">{ "both promises" }</th></tr></thead>
                    <tbody>{ for (0..=asking::LOSSES).map(|losses| row(losses, explored.findings.get(usize::from(losses)))) }</tbody>
                </table>
            } else {
                { sizes(dials, &on_turn) }
                { count(&explored, status) }
            }
            { halt }
            <p class="fine">{ bound }</p>
        </section>
    }
}

fn row(losses: u8, finding: Option<&Finding>) -> Html {
    let (class, icon, words) = match finding {
        None => ("open", icons::dots(), "not explored yet".to_owned()),
        Some(Finding::Unbroken { unique, .. }) => {
            ("holds", icons::check(), format!("kept in all {} states", grouped(*unique)))
        }
        Some(Finding::Unknown { unique, .. }) => {
            ("open", icons::dots(), format!("open after {} states", grouped(*unique)))
        }
        Some(Finding::Broken(broken)) => {
            let promise = match broken.breach.promise() {
                Promise::Consistency => "consistency",
                Promise::Availability => "availability",
            };
            ("violated", icons::cross(), format!("{promise} broken · {} choices", broken.steps.len()))
        }
    };
    html! { <tr key={losses} class={class}><th scope="row">{ if losses == 0 { "none".to_owned() } else { format!("up to {losses}") } }</th><td>{ icon }{ words }</td></tr> }
}

fn sizes(dials: Dials, on_turn: &Callback<Dials>) -> Html {
    let name = |size: Size| {
        let (clients, requests) = size.bounds();
        format!("{clients} × {requests}")
    };
    let all = Size::ALL.map(|size| (size, name(size)));
    choice("Clients × requests", &all, dials.size, &on_turn.reform(move |size| Dials { size, ..dials }))
}

fn count(explored: &Explored, status: Status) -> Html {
    let (class, number, words) = match (explored.findings.first(), status) {
        (Some(Finding::Unbroken { unique, .. }), _) => (
            "holds",
            *unique,
            "different states, each with the history that led to it: all there are within the bound. In all of them it is linearizable, and at the end every request is answered.",
        ),
        (Some(Finding::Broken(broken)), _) => ("violated", broken.unique, "states until one broke a promise."),
        (Some(Finding::Unknown { unique, .. }), _) => {
            ("open", *unique, "states, and the limit was reached: not decided.")
        }
        (None, Status::Halted) => {
            ("open", explored.met(), "states so far, none breaks a promise. Stopped: not decided.")
        }
        (None, _) => ("open", explored.met(), "states so far, none breaks a promise."),
    };
    html! {
        <p class={classes!("count", class)}>
            <strong>{ grouped(number) }</strong>
            if class == "holds" { { icons::check() } }
            <span>{ words }</span>
        </p>
    }
}
