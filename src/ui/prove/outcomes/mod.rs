//! Three outcomes: a slow link, a lost request and a lost answer side by side, the notebook of the one who asks, the same
//! in all three until it gives up, and what is true meanwhile.

mod state;

use yew::prelude::*;

use super::view::notebook::{self, notebook};
use super::view::world::{self, world};
use super::view::{Eyes, eyes, fog};
use super::{Page, PageProps, TakeAway, take};
use crate::course::outcomes::{Outcome, Truth};
use crate::ui::icons;
use crate::ui::transport::{Move, Transport};
use crate::ui::words::{plain, rich};
use state::{Action, Waiting};

/// What a run is called in a picture's id.
const IDS: [&str; 3] = ["slow", "request-lost", "answer-lost"];

/// Whose notebook it is, and why it is that one's.
const ABOUT: &str = "A client here reaches its own node without delay, so the one who asks across the link is \
                       Node A, for Client 1.";

/// The page.
#[component]
pub fn OutcomesPage(props: &PageProps) -> Html {
    let start = props.start.clone();
    let waiting = use_reducer(move || Waiting::opened(&start));
    use_effect_with(waiting.saved(), {
        let on_state = props.on_state.clone();
        move |saved| on_state.emit(saved.clone())
    });
    let on_move = {
        let waiting = waiting.dispatcher();
        use_callback((), move |what: Move, ()| waiting.dispatch(Action::Move(what)))
    };
    let on_see = {
        let waiting = waiting.dispatcher();
        use_callback((), move |eyes, ()| waiting.dispatch(Action::See(eyes)))
    };
    let moment = waiting.head.step;
    let runs = &waiting.runs;
    let abreast = &runs.abreast;
    let all = [0, 1, 2];
    let views = all.map(|run| runs.view(run, moment));
    let before = all.map(|run| moment.checked_sub(1).map_or(0, |before| runs.view(run, before).len()));
    let rows = all.map(|run| runs.view(run, abreast.end()).len()).into_iter().max().unwrap_or(0);
    let titles = Outcome::ALL.map(Outcome::title);
    let (words, nothing) = match waiting.eyes {
        Eyes::Ours => (all.map(|run| runs.words(run, moment)), "Nothing happens here at this step."),
        Eyes::Theirs => (all.map(|run| notebook::news(&views[run], before[run])), "Node A sees nothing."),
    };
    let side = |run: usize| {
        let words = words[run].as_deref();
        html! {
            <section key={run} class="world-box" aria-label={titles[run]}>
                <header><h2>{ titles[run] }</h2></header>
                { world(&world::Props {
                    id: IDS[run], abreast, run, moment, details: [runs.asker(moment), ""], fog: fog(waiting.eyes, 1),
                    words: format!("{}. {}", titles[run], plain(words.unwrap_or(nothing))),
                }) }
                <p class={classes!("world-words", words.is_none().then_some("waits"))}>{ rich(words.unwrap_or(nothing)) }</p>
            </section>
        }
    };
    html! {
        <div class="prove abreast outcomes">
            <header class="brief">
                <h1>{ "Three outcomes" }</h1>
                <p>{ "No answer comes. Was the write done? Whoever asked cannot know." }</p>
                { eyes("as Node A sees it", waiting.eyes, &on_see) }
                <TakeAway page={Page::Outcomes} runs={take::runs_of(abreast, titles.map(str::to_owned).to_vec())} />
            </header>
            <div class="abreast-main paper" tabindex="0" role="region" aria-label="Three runs, and what the one who asks sees of them">
                <div class="worlds three">{ for all.into_iter().map(side) }</div>
                { notebook(&notebook::Props { caption: "Node A’s notebook.", about: ABOUT, heads: &titles, views: &views, before: &before, rows }) }
                <div class="truths">
                    <h2>{ "Meanwhile, in truth: is v1 written?" }</h2>
                    <ul>{ for all.into_iter().map(|run| truth(titles[run], (waiting.eyes == Eyes::Ours).then(|| runs.truth(run, moment)))) }</ul>
                </div>
                <p class="tally">{ tally(notebook::alike(&views)) }{ " " }{ runs.lesson(moment) }</p>
            </div>
            <p class="offstage" role="status" aria-live="polite">{ spoken(&waiting, &words) }</p>
            <Transport step={moment} last={abreast.end()} marks={vec![runs.timeout()]} mark_words="Node A’s time is up here" playing={waiting.head.playing} speed={waiting.head.speed} {on_move} />
        </div>
    }
}

fn tally((same, of): (usize, usize)) -> Html {
    let count = match (same, of) {
        (_, 0) => "Nothing is written down yet.".to_owned(),
        (same, of) if same == of => format!("Line by line the same in all three, {of} of {of}."),
        (same, of) => format!("{same} of {of} lines are the same in all three."),
    };
    html! { <b>{ count }</b> }
}

/// Whether the write is done; nothing where that is out of sight.
fn truth(title: &'static str, truth: Option<Truth>) -> Html {
    let (class, icon) = match truth {
        None => ("open", Html::default()),
        Some(Truth::NotAsked | Truth::NotYet) => ("open", icons::dots()),
        Some(Truth::Never) => ("never", icons::cross()),
        Some(Truth::Done) => ("done", icons::check()),
    };
    let words = truth.map_or("Out of sight", Truth::words);
    html! { <li key={title} class={class}>{ icon }<span><span class="truth-of">{ title }{ ": " }</span>{ words }</span></li> }
}

/// What happens at this step in each run, what is true, and what there is to learn.
fn spoken(waiting: &Waiting, words: &[Option<String>; 3]) -> String {
    let Waiting { runs, head, .. } = waiting;
    let mut said = format!("Step {}.", head.step);
    for (run, outcome) in Outcome::ALL.into_iter().enumerate() {
        if let Some(words) = &words[run] {
            for piece in [" ", outcome.title(), ": ", &plain(words)] {
                said += piece;
            }
        }
    }
    said += " ";
    said += runs.lesson(head.step);
    said
}
