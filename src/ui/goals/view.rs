//! The goals: what the drawing is to show, what it shows already, and help for the rest, a rung at a time.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::marks::{Marks, use_marks};
use crate::diagram::grade::{About, Goal, Mark};
use crate::ui::draw::element_id;
use crate::ui::words::rich;
use crate::ui::{document, icons, values};

/// What the view needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The document, as a JavaScript value.
    pub given: JsValue,
    /// Tells the room.
    pub told: Callback<JsValue>,
    /// How much help each goal has been given, which outlives the view.
    pub rungs: Rc<RefCell<Vec<usize>>>,
}

/// The sections: whose goals, and their title.
const SECTIONS: [(About, &str, &str); 3] =
    [(About::Cp, "The consistent side", "c"), (About::Ap, "The available side", "a"), (About::Both, "Both", "both")];

/// The names of the rungs of help.
const RUNGS: [&str; 3] = ["A nudge", "Where to look", "What to draw"];

/// The goals.
#[component]
pub fn GoalsView(props: &Props) -> Html {
    let diagram = use_memo(props.given.clone(), |given| {
        document::from_js(given.clone()).map_or_else(|_| Rc::default(), |document| document.diagram)
    });
    let marked = use_marks(&diagram);
    let told = props.told.clone();
    use_effect_with(marked.as_ref().map(|(marks, _)| marks.met()), {
        let told = told.clone();
        move |met| {
            if let Some((met, of)) = *met {
                told.emit(values::object(&[("met", met.into()), ("of", of.into())]));
            }
        }
    });
    match marked {
        Some((marks, news)) => html! { <Goals {marks} {news} {told} rungs={props.rungs.clone()} /> },
        None => html! { <p class="goals">{ "The goals could not be read. Reload the page." }</p> },
    }
}

/// What the list shows.
#[derive(Clone, PartialEq, Properties)]
struct ListProps {
    marks: Marks,
    /// What is newly met, for those who listen.
    news: String,
    told: Callback<JsValue>,
    rungs: Rc<RefCell<Vec<usize>>>,
}

#[component]
fn Goals(props: &ListProps) -> Html {
    let Marks { rubric, grade } = &props.marks;
    let chosen = use_state(|| None::<Option<usize>>);
    let redraw = use_force_update();
    let open = chosen.unwrap_or_else(|| grade.marks.iter().position(|mark| !mark.met));
    let (met, of) = props.marks.met();
    props.rungs.borrow_mut().resize(of, 0);
    let row = |at: usize| {
        let (Some(goal), Some(mark)) = (rubric.goals.get(at), grade.marks.get(at)) else { return Html::default() };
        let toggle = {
            let chosen = chosen.clone();
            let next = if open == Some(at) { None } else { Some(at) };
            Callback::from(move |_: MouseEvent| chosen.set(Some(next)))
        };
        let more = {
            let (rungs, redraw) = (props.rungs.clone(), redraw.clone());
            Callback::from(move |_: MouseEvent| {
                rungs.borrow_mut()[at] += 1;
                redraw.force_update();
            })
        };
        let rung = props.rungs.borrow()[at];
        let (class, icon, words) =
            if mark.met { ("met", icons::check(), "met") } else { ("open", icons::ring(), "not yet") };
        html! {
            <li key={goal.id.clone()} class={classes!("goal", class, (open == Some(at)).then_some("opened"))} data-goal={goal.id.clone()}>
                <button class="goal-row" onclick={toggle} aria-expanded={(open == Some(at)).to_string()}>
                    <span class="goal-mark">{ icon }</span><span>{ &goal.title }</span><span class="offstage">{ words }</span>
                </button>
                if open == Some(at) { { body(goal, mark, rung, more, &props.told) } }
            </li>
        }
    };
    let sections = SECTIONS.iter().map(|(side, title, class)| {
        let of_side: Vec<usize> = (0..of).filter(|&at| rubric.goals[at].about() == *side).collect();
        let met_here = of_side.iter().filter(|&&at| grade.marks[at].met).count();
        let count = of_side.len();
        html! {
            <section key={*class} aria-label={*title} hidden={count == 0}>
                <h2><span class={*class}>{ *title }</span><span class="count">{ format!("{met_here} of {count}") }</span></h2>
                <ul>{ for of_side.into_iter().map(&row) }</ul>
            </section>
        }
    });
    html! {
        <div class="goals">
            <div class="progress">
                <p><b>{ format!("{met} of {of}") }</b>{ if met == of { " goals met. Run it, then hand it in under Share." } else { " goals met" } }</p>
                <progress max={of.to_string()} value={met.to_string()} aria-label="Goals met"></progress>
            </div>
            { for sections }
            <p class="offstage" role="status" aria-live="polite">{ &props.news }</p>
        </div>
    }
}

fn body(goal: &Goal, mark: &Mark, rung: usize, more: Callback<MouseEvent>, told: &Callback<JsValue>) -> Html {
    let show = {
        let (told, ids) =
            (told.clone(), mark.parts.iter().map(|part| JsValue::from(element_id(part))).collect::<Array>());
        Callback::from(move |_: MouseEvent| told.emit(values::object(&[("show", ids.clone().into())])))
    };
    let given = goal.hints.iter().zip(RUNGS).take(rung).map(|(hint, name)| {
        html! { <p key={name} class="hint-given"><b>{ name }</b>{ " " }{ rich(hint) }</p> }
    });
    html! {
        <div class="goal-body">
            <p>{ rich(&mark.reason) }</p>
            <p class="goal-why">{ rich(&goal.why) }</p>
            <div class="hints" aria-live="polite">{ for given }</div>
            <div class="row">
                if !mark.parts.is_empty() { <button class="link" onclick={show}>{ "Show me" }</button> }
                if !mark.met && rung < RUNGS.len() { <button class="link" onclick={more}>{ if rung == 0 { "Hint" } else { "Another hint" } }</button> }
            </div>
        </div>
    }
}
