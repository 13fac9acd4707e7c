//! Before a history is open: what can be opened, three real ones, and a place to paste into. And while one is being read, and
//! when one cannot be.

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::paste::Paste;
use crate::check::log::{MOST_PROBLEMS, Problem};
use crate::check::words;
use crate::course::etcd::{BACKGROUND, EXAMPLES};
use crate::course::opening::Way;
use crate::ui::words::rich;

/// How many problems are shown.
const TOLD: usize = 12;

/// What can be opened.
#[derive(Clone, PartialEq)]
pub struct Doorway {
    /// An example, by its place.
    pub example: Callback<usize>,
    /// A file.
    pub file: Callback<File>,
    /// A text.
    pub text: Callback<String>,
}

/// Why what was to be opened is not.
pub enum Refused<'a> {
    /// Nothing was refused.
    Nothing,
    /// A file, or an example, in words.
    Source(Html),
    /// What was pasted, by its name and its problems.
    Pasted(&'a str, &'a [Problem]),
}

/// The first view: what to open. `news` says what has become of what was open before.
pub fn landing(doorway: &Doorway, news: Option<&str>, refused: Refused) -> Html {
    let (source, pasted, fault) = match refused {
        Refused::Nothing => (Html::default(), Html::default(), None),
        Refused::Source(words) => (words, Html::default(), None),
        Refused::Pasted(name, problems) => {
            let fault = problems.first().map(|problem| (problem.line, problem.column));
            (Html::default(), refusal(name, problems), fault)
        }
    };
    html! {
        <div class="history-landing">
            <div class="history-intro">
                <h1>{ "Where does a history stop being linearizable?" }</h1>
                <p>{ "A history is what the clients of a system asked and what they were told. Open one, and a checker looks for one order of all \
                      operations, true to real time, that explains every answer. Where there is none, it shows the answer that fits nowhere." }</p>
            </div>
            if let Some(news) = news { <p class="history-news" role="status">{ news }</p> }
            { source }
            <section aria-labelledby="history-examples">
                <h2 id="history-examples">{ "Three real ones: etcd 2.0, tested with Jepsen" }</h2>
                <ul class="history-examples">{ for EXAMPLES.iter().enumerate().map(|(at, example)| {
                    let on_example = doorway.example.clone();
                    html! {
                        <li key={example.name}><button onclick={Callback::from(move |_: MouseEvent| on_example.emit(at))}>
                            <strong>{ example.title }</strong>
                            <span>{ example.teaser }</span>
                            <span class="history-file">{ format!("{}.log", example.name) }</span>
                        </button></li>
                    }
                }) }</ul>
                <p class="fine">{ rich(BACKGROUND) }</p>
            </section>
            { own(doorway, pasted, fault) }
        </div>
    }
}

/// A person's own log, and what is wrong with what was pasted, beside the field that still holds it.
fn own(doorway: &Doorway, refused: Html, fault: Option<(usize, usize)>) -> Html {
    let on_files = {
        let on_file = doorway.file.clone();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                on_file.emit(file);
            }
            field.set_value("");
        })
    };
    html! {
        <section aria-labelledby="history-own">
            <h2 id="history-own">{ "Your own" }</h2>
            { refused }
            <div class="history-own">
                <div class="history-drop">
                    <p>{ "Drop a log anywhere on this page, or" }</p>
                    <label class="button">{ "Choose a file…" }<input class="offstage" type="file" accept=".log,.txt,.jsonl,.json,text/plain" onchange={on_files} /></label>
                    <p class="fine">{ "Jepsen's output, or JSON lines: one event a line. Nothing leaves this page. A hundred thousand operations are fine." }</p>
                </div>
                <Paste {fault} on_text={doorway.text.clone()} />
            </div>
        </section>
    }
}

/// What is wrong with a log.
pub fn refusal(name: &str, problems: &[Problem]) -> Html {
    let (many, these) = match problems.len() {
        1 => ("One problem keeps".to_owned(), "it"),
        more if more > MOST_PROBLEMS => (format!("At least {MOST_PROBLEMS} problems keep"), "these"),
        more => (format!("{more} problems keep"), "these"),
    };
    let rest = match problems.len().saturating_sub(TOLD) {
        0 => None,
        _ if problems.len() > MOST_PROBLEMS => Some("And many more.".to_owned()),
        rest => Some(format!("And {rest} more.")),
    };
    html! {
        <section class="history-refusal" role="alert" tabindex="-1" aria-label="What is wrong with this log">
            <h2>{ format!("{name} was not opened") }</h2>
            <p>{ format!("{many} it from being judged. A verdict on the rest would not be one on the history, so mend {these} and open it again.") }</p>
            <ul>{ for problems.iter().take(TOLD).enumerate().map(|(at, problem)| html! {
                <li key={at}><span class="spot">{ format!("line {}, column {}", problem.line, problem.column) }</span>{ " " }<span>{ rich(&problem.message) }</span></li>
            }) }</ul>
            { for rest.map(|rest| html! { <p class="fine">{ rest }</p> }) }
        </section>
    }
}

/// A file could not be had.
pub fn lost(why: &str) -> Html {
    html! { <section class="history-refusal" role="alert" tabindex="-1"><p>{ why.to_owned() }</p></section> }
}

/// While a history is being read.
pub fn reading(name: &str, way: Way, on_cancel: &Callback<MouseEvent>) -> Html {
    let (words, done, all) = match way {
        Way::Reading(0, all) => (format!("Fetching {name}…"), 0, all),
        Way::Reading(done, all) => (format!("Reading {name}: {} of {} KB", done / 1024, all / 1024), done, all),
        Way::LayingOut(operations) => (format!("Laying out {}", words::count(operations, "operation")), 1, 1),
    };
    html! {
        <div class="history-wait">
            <p role="status">{ words }</p>
            <progress max={all.max(1).to_string()} value={done.to_string()} aria-label="How much has been read"></progress>
            <button class="button" onclick={on_cancel.clone()}>{ "Cancel" }</button>
        </div>
    }
}
