//! What is told of each system below its picture: what happens now, what of the drawing is not true, the gauges, and in
//! the end what it comes to.

use yew::prelude::*;

use super::staged::Staged;
use crate::course::enact::{Act, Claim, System};
use crate::diagram::role::Side;
use crate::ui::gauge::{self, gauge};
use crate::ui::icons;
use crate::ui::words::rich;

/// What is told at a step.
pub fn strips(staged: &Staged, step: usize, on_jump: &Callback<usize>) -> Html {
    let is_end = step == staged.run.end();
    html! {
        <div class="run-told" tabindex="0" role="region" aria-label="What happens">
            if !staged.run.missing.is_empty() {
                <div class="run-note"><b>{ "Left out." }</b>{ for staged.run.missing.iter().map(|why| html! { <p key={why.clone()}>{ rich(why) }</p> }) }</div>
            }
            <div class="run-systems">
                { for staged.acts(step).enumerate().map(|(at, (system, act))| strip(at, system, act, (step, is_end), on_jump)) }
            </div>
        </div>
    }
}

fn strip(at: usize, system: &System, act: &Act, (step, is_end): (usize, bool), on_jump: &Callback<usize>) -> Html {
    let class = match system.side {
        Some(Side::Cp) => "c",
        Some(Side::Ap) => "a",
        None => "plain",
    };
    let reached = system.claims.iter().filter(|claim| claim.scene <= step);
    let gauges = &act.gauges;
    html! {
        <section class="run-system" key={at} data-system={at.to_string()} aria-label={system.name.clone()}>
            <header><h2 class={class}>{ &system.name }</h2>{ truth(system.first_false(), on_jump) }</header>
            <div class="run-words">
                { for reached.map(|claim| claimed(claim, claim.scene == step)) }
                if !act.words.is_empty() {
                    <p class="say">{ rich(&act.words) }</p>
                } else if !is_end {
                    <p class="say waits">{ "Nothing happens here at this step." }</p>
                }
                if is_end {
                    <p class="say conclusion">{ rich(&system.conclusion) }</p>
                    { for system.remarks.iter().map(|remark| html! { <p class="fine" key={remark.clone()}>{ rich(remark) }</p> }) }
                }
            </div>
            <div class="run-gauges">
                { gauge(&gauge::Props { letter: "C", name: "Consistency", gauge: &gauges.consistency, on_jump }) }
                { gauge(&gauge::Props { letter: "A", name: "Availability", gauge: &gauges.availability, on_jump }) }
            </div>
            <p class="fine">{ &system.rule }</p>
        </section>
    }
}

/// Whether what is drawn is what happens; else where it stops being true, with a way there.
fn truth(first: Option<&Claim>, on_jump: &Callback<usize>) -> Html {
    let Some(Claim { scene, number, .. }) = first else {
        return html! { <p class="truth holds">{ icons::check() }{ "All of it is true" }</p> };
    };
    let words = match number {
        Some(number) => format!("Stops being true at your step {number}"),
        None => "Not all of it is what happens".to_owned(),
    };
    let (on_jump, scene) = (on_jump.clone(), *scene);
    let onclick = Callback::from(move |_: MouseEvent| on_jump.emit(scene));
    html! { <p class="truth violated">{ icons::cross() }<button class="link" {onclick}>{ words }</button></p> }
}

fn claimed(claim: &Claim, is_new: bool) -> Html {
    let key = format!("{}-{}", claim.scene, claim.sentence);
    html! {
        <div {key} class={classes!("claim", is_new.then_some("new"))} data-edge={claim.edge.map(|edge| edge.to_string())} data-scene={claim.scene.to_string()}>
            { icons::cross() }<p><b>{ "Not what happens." }</b>{ " " }{ rich(&claim.sentence) }</p>
        </div>
    }
}
