//! The bar under the picture: how the systems stand, and how much one sees.

use yew::prelude::*;

use super::action::Action;
use super::canvas::Props;
use crate::diagram::Edit;
use crate::diagram::picture::Arrangement;
use crate::ui::icons;

/// The step of the buttons and keys.
pub const STEP: f64 = 1.25;

/// The bar.
pub fn bar(props: &Props) -> Html {
    html! { <div class="canvas-bar">{ arrange(props) }<span class="spring"></span>{ zoom(props) }</div> }
}

fn act(props: &Props, action: Action) -> Callback<MouseEvent> {
    let on_action = props.on_action.clone();
    Callback::from(move |_| on_action.emit(action.clone()))
}

fn arrange(props: &Props) -> Html {
    let option = |name: &'static str, arrangement| {
        let chosen = props.arrangement == Some(arrangement);
        html! { <button aria-pressed={chosen.to_string()} onclick={act(props, Action::Arrange(arrangement))}>{ name }</button> }
    };
    html! {
        <div class="arrange">
            if props.arrangement.is_some() {
                <div class="segments" role="group" aria-label="Arrangement">
                    { option("Side by side", Arrangement::SideBySide) }{ option("Stacked", Arrangement::Stacked) }
                </div>
            }
            <button class="button small" onclick={act(props, Action::Edit(Edit::Tidy, None))} disabled={props.diagram.positions.is_empty()}
                title="Let the layout place everything">{ "Tidy" }</button>
        </div>
    }
}

fn zoom(props: &Props) -> Html {
    let seen = props.seen();
    let by = |factor: f64| act(props, Action::View(Some(seen.zoomed(factor, seen.centre))));
    html! {
        <div class="segments" role="group" aria-label="Zoom">
            <button aria-label="Zoom out" title="Zoom out (−)" onclick={by(1.0 / STEP)}>{ icons::minus() }</button>
            <button class="fit" aria-label={format!("{}: see all of it", percent(seen.zoom))} title="See all of it (0)" disabled={props.view.is_none()} onclick={act(props, Action::View(None))}>{ percent(seen.zoom) }</button>
            <button aria-label="Zoom in" title="Zoom in (+)" onclick={by(STEP)}>{ icons::plus() }</button>
        </div>
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // magnification is between 0.25 and 12
fn percent(zoom: f64) -> String {
    if (zoom - 1.0).abs() < 0.005 { "Fit".to_owned() } else { format!("{} %", (zoom * 100.0).round() as u32) }
}
