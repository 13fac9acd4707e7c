//! A gauge: the letter, where it points, why, and the step at which that came about.

use yew::prelude::*;

use crate::course::{Gauge, Reading};
use crate::ui::icons;
use crate::ui::words::rich;

/// What a gauge shows.
pub struct Props<'a> {
    /// `C` or `A`.
    pub letter: &'static str,
    /// The property in full.
    pub name: &'static str,
    /// The reading and the reason.
    pub gauge: &'a Gauge,
    /// Go to the step of the violation.
    pub on_jump: &'a Callback<usize>,
}

/// The gauge.
pub fn gauge(props: &Props) -> Html {
    gauge_with(props, Html::default())
}

/// The gauge with something more in it: a way to its explanation.
pub fn gauge_with(props: &Props, more: Html) -> Html {
    let Props { letter, name, gauge, on_jump } = props;
    let (class, icon, words) = match gauge.reading {
        Reading::NotDecided => ("open", icons::dots(), "not decided yet".to_owned()),
        Reading::HoldsSoFar => ("holds", icons::check(), "holds so far".to_owned()),
        Reading::Holds => ("holds", icons::check(), "holds in this run".to_owned()),
        Reading::Violated(step) => ("violated", icons::cross(), format!("violated at step {step}")),
    };
    let jump = match gauge.reading {
        Reading::Violated(step) => {
            let on_jump = (*on_jump).clone();
            let onclick = Callback::from(move |_: MouseEvent| on_jump.emit(step as usize));
            html! { <button class="link" {onclick}>{ words }</button> }
        }
        _ => html! { <span>{ words }</span> },
    };
    html! {
        // The way to the violation goes when one steps back before it: then the gauge has the focus.
        <div class={classes!("gauge", class)} data-gauge={*letter} data-heir="" role="group" aria-label={*name}>
            <span class={classes!("gauge-letter", letter.to_ascii_lowercase())} aria-hidden="true">{ *letter }</span>
            <div>
                <p class="gauge-reading"><span class="gauge-name">{ *name }</span>{ " " }{ jump }</p>
                <p class="gauge-why">{ rich(&gauge.why) }</p>
            </div>
            <span class="gauge-mark">{ icon }</span>
            { more }
        </div>
    }
}

/// A gauge in short: the letter and where it points. The panel says it in words.
pub fn badge(letter: &'static str, gauge: &Gauge) -> Html {
    let (class, icon, words) = match gauge.reading {
        Reading::NotDecided => ("open", icons::dots(), "not decided yet"),
        Reading::HoldsSoFar | Reading::Holds => ("holds", icons::check(), "holds"),
        Reading::Violated(_) => ("violated", icons::cross(), "violated"),
    };
    html! { <span class={classes!("badge", class)} title={format!("{letter} {words}")} aria-hidden="true">{ letter }{ icon }</span> }
}
