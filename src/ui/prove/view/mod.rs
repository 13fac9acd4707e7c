//! What Node B sees: two executions side by side, Node B's notebook of each, and the rule that is to save it.

pub mod notebook;
mod panel;
mod state;
pub mod world;

use yew::prelude::*;

use super::{Page, PageProps, TakeAway, take};
use crate::ui::browser;
use crate::ui::focus::use_focus_kept;
use crate::ui::gauge::badge;
use crate::ui::transport::{Move, Transport};
use crate::ui::words::{plain, rich};
use notebook::notebook;
use panel::panel;
pub use state::Eyes;
use state::{Action, Seeing};
use world::world;

/// What the executions are called, and what is special about each.
const EXECUTIONS: [(&str, &str); 2] = [("E1", "v1 was never written"), ("E2", "v1 was acknowledged")];

/// What follows when all rules have failed.
const CONCLUSION: &str = "Nothing is left: any other value is wrong in both. The notebook is the same in E1 and E2, so whatever \
                          Node B’s rule is, it does the same in both, and in at least one of them that breaks a promise.";

/// How many lines the notebooks have: as many as any rule needs, so that nothing moves when one tries another.
const ROWS: usize = 5;

/// The page.
#[component]
pub fn ViewPage(props: &PageProps) -> Html {
    let start = props.start.clone();
    let seeing = use_reducer(move || Seeing::opened(&start));
    use_effect_with(seeing.saved(), {
        let on_state = props.on_state.clone();
        move |saved| on_state.emit(saved.clone())
    });
    let dispatch = {
        let seeing = seeing.dispatcher();
        use_callback((), move |action: Action, ()| seeing.dispatch(action))
    };
    let on_move = {
        let dispatch = dispatch.clone();
        use_callback((), move |what: Move, ()| dispatch.emit(Action::Move(what)))
    };
    use_focus_kept();
    let calm = browser::use_media("(prefers-reduced-motion: reduce)");
    let moment = seeing.head.step;
    let abreast = &seeing.runs.abreast;
    let views = [0, 1].map(|run| seeing.runs.view(run, moment));
    let before = [0, 1].map(|run| moment.checked_sub(1).map_or(0, |before| seeing.runs.view(run, before).len()));
    let words = [0, 1].map(|run| match seeing.eyes {
        Eyes::Ours => seeing.runs.words(run, moment).unwrap_or_else(|| "Nothing happens.".to_owned()),
        Eyes::Theirs => notebook::news(&views[run], before[run]).unwrap_or_else(|| "Node B sees nothing.".to_owned()),
    });
    let rows = seeing.runs.view(0, abreast.end()).len().max(ROWS);
    html! {
        <div class="prove abreast">
            <header class="brief">
                <h1>{ "What Node B sees" }</h1>
                <p>{ "Two executions, and one notebook. Can Node B tell which of them it is in?" }</p>
                { eyes("as Node B sees it", seeing.eyes, &dispatch.reform(Action::See)) }
                <TakeAway page={Page::View} runs={take::runs_of(abreast, EXECUTIONS.map(|(name, about)| format!("{name}: {about}")).to_vec())} />
            </header>
            <div class="abreast-main paper" tabindex="0" role="region" aria-label="Both executions, and what Node B sees of them">
                <div class="worlds">
                    { for EXECUTIONS.iter().enumerate().map(|(run, (name, about))| {
                        let gauges = abreast.gauges(run, moment);
                        html! {
                            <section key={run} class="world-box" aria-label={format!("{name}: {about}")}>
                                <header><h2><b>{ *name }</b>{ *about }</h2>{ badge("C", &gauges.consistency) }{ badge("A", &gauges.availability) }</header>
                                { world(&world::Props {
                                    id: name, abreast, run, moment, details: ["", ""], fog: fog(seeing.eyes, 0),
                                    words: format!("{name}. {}", plain(&words[run])),
                                }) }
                            </section>
                        }
                    }) }
                </div>
                { notebook(&notebook::Props { caption: "Node B’s notebook.", about: "All it has to go by: what came, what it did, in its own order.", heads: &["in E1", "in E2"], views: &views, before: &before, rows }) }
                <p class="tally">{ tally(notebook::alike(&views)) }</p>
                if seeing.is_exhausted() { <p class="finale">{ rich(CONCLUSION) }</p> }
            </div>
            { panel(&seeing, &words, calm, &dispatch) }
            <Transport step={moment} last={abreast.end()} marks={marks(&seeing)} playing={seeing.head.playing} speed={seeing.head.speed} {on_move} />
        </div>
    }
}

/// How much of it is the same, counted.
fn tally((same, of): (usize, usize)) -> Html {
    let rest = if same == of { "Node B cannot tell E1 from E2." } else { "Node B could tell E1 from E2." };
    let count = match (same, of) {
        (1, 1) => "The one line is the same.".to_owned(),
        (same, of) if same == of => format!("All {of} lines are the same."),
        (same, of) => format!("{same} of {of} lines are the same."),
    };
    html! { <><b>{ count }</b>{ " " }{ rest }</> }
}

/// The moments at which a verdict turns.
fn marks(seeing: &Seeing) -> Vec<usize> {
    let abreast = &seeing.runs.abreast;
    let gauges = [0, 1].map(|run| abreast.gauges(run, abreast.end()));
    let readings = gauges.into_iter().flat_map(|gauges| [gauges.consistency.reading, gauges.availability.reading]);
    readings.filter_map(|reading| reading.violated().map(|moment| moment as usize)).collect()
}

/// The side that lies in fog.
pub fn fog(eyes: Eyes, side: usize) -> Option<usize> {
    (eyes == Eyes::Theirs).then_some(side)
}

/// Whose eyes one sees with.
pub fn eyes(theirs: &'static str, eyes: Eyes, on_see: &Callback<Eyes>) -> Html {
    let choice = |name: &'static str, what: Eyes| {
        let on_see = on_see.clone();
        let onclick = Callback::from(move |_: MouseEvent| on_see.emit(what));
        html! { <button aria-pressed={(eyes == what).to_string()} {onclick}>{ name }</button> }
    };
    html! {
        <div class="segments" role="group" aria-label="How much is shown">{ choice("Everything", Eyes::Ours) }{ choice(theirs, Eyes::Theirs) }</div>
    }
}
