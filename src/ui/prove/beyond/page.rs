//! The page: the list, the words, the stage, what was checked, and the transport bar.

use std::rc::Rc;

use yew::prelude::*;

use super::control::control;
use super::counts::counts;
use super::stage::stage;
use super::state::{Deed, Going};
use super::words::words;
use crate::course::beyond::Topic;
use crate::diagram::space_time_layout::Room;
use crate::ui::focus::use_focus_kept;
use crate::ui::prove::{Page, PageProps, TakeAway};
use crate::ui::transport::{Move, Transport};
use crate::ui::words::plain;
use crate::ui::{browser, icons};

/// The page.
#[component]
pub fn BeyondPage(props: &PageProps) -> Html {
    let start = props.start.clone();
    let going = use_reducer_eq(move || Going::opened(&start));
    use_effect_with(going.saved(), {
        let on_state = props.on_state.clone();
        move |saved| on_state.emit(saved.clone())
    });
    let dispatch = {
        let going = going.dispatcher();
        use_callback((), move |deed: Deed, ()| going.dispatch(deed))
    };
    let on_move = {
        let going = going.dispatcher();
        use_callback((), move |what: Move, ()| going.dispatch(Deed::Move(what)))
    };
    use_focus_kept();
    use_effect_with((going.topic, going.head.step, going.told.end()), |_| keep_now_in_sight());
    let on_turn = dispatch.reform(Deed::Turn);
    let (narrow, short) = (browser::use_media("(max-width: 1280px)"), browser::use_media("(max-height: 960px)"));
    let low = browser::use_media("(min-width: 721px) and (max-width: 1280px) and (max-height: 860px)");
    let Going { topic, dials, ref told, head } = *going;
    // What one turns on these two pages is tall, and the stage below it has what is left.
    let room = match topic {
        Topic::Healing | Topic::Rumour if low => Room::Low,
        _ => Room::in_view(narrow, short),
    };
    html! {
        <div class="beyond" data-topic={topic.name()}>
            { list(&going, &dispatch) }
            <div class="beyond-reading">
                { words(topic) }
                <div class="beyond-checked">{ counts(&going, &on_turn, &on_move, &dispatch) }</div>
            </div>
            { control(topic, dials, told, head.step, &on_turn) }
            { stage(told, head.step, room) }
            <p class="offstage" role="status" aria-live="polite">{ said(&going) }</p>
            <Transport step={head.step} last={told.end()} marks={told.turning_points()} playing={head.playing} speed={head.speed} {on_move} />
        </div>
    }
}

/// Where the stage is too low for the whole run, the line of now stays in it.
fn keep_now_in_sight() {
    let find = |name: &str| browser::document()?.query_selector(name).ok().flatten();
    if let (Some(stage), Some(now)) = (find(".beyond-stage"), find(".beyond-stage .now")) {
        let (stage_at, now_at) = (stage.get_bounding_client_rect(), now.get_bounding_client_rect());
        let below = now_at.bottom() + 12.0 - stage_at.bottom();
        let above = now_at.top() - 160.0 - stage_at.top();
        let by = if below > 0.0 { below } else { above.min(0.0) };
        #[expect(clippy::cast_possible_truncation, reason = "a scroll position is a whole number of pixels")]
        stage.set_scroll_top(stage.scroll_top() + by as i32);
    }
}

/// What is said of a step, to who cannot see it: what happens, and how the promises stand.
fn said(going: &Going) -> String {
    let Going { topic, told, head, .. } = going;
    let gauges = told.gauges(head.step);
    let lost = told.post(head.step).lost;
    let stand = |gauge: &crate::course::Gauge| match gauge.reading {
        crate::course::Reading::NotDecided => "not decided yet",
        crate::course::Reading::HoldsSoFar | crate::course::Reading::Holds => "holds",
        crate::course::Reading::Violated(_) => "violated",
    };
    format!(
        "{}. Step {}. {} Consistency: {}. Availability: {}. Messages lost: {lost}.",
        topic.short(),
        head.step,
        plain(&told.words(head.step)),
        stand(&gauges.consistency),
        stand(&gauges.availability),
    )
}

/// The list of the pages, with the ways on and back.
fn list(going: &Going, dispatch: &Callback<Deed>) -> Html {
    let here = going.topic;
    let told = Rc::clone(&going.told);
    let runs = Callback::from(move |()| vec![told.recording(here.claim())]);
    let open = |topic: Topic| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(Deed::Open(topic)))
    };
    let neighbour = |at: Option<usize>| at.and_then(|at| Topic::ALL.get(at)).copied();
    let before = neighbour(here.place().checked_sub(1));
    let after = neighbour(Some(here.place() + 1));
    html! {
        <nav class="beyond-list" aria-label="Pages beyond Theorem 1">
            <ol>
                { for Topic::ALL.into_iter().map(|topic| html! {
                    <li key={topic.name()}>
                        <button aria-current={(topic == here).then_some("step")} onclick={open(topic)}>
                            <b>{ topic.place() + 1 }</b><span>{ topic.short() }</span>
                        </button>
                    </li>
                }) }
            </ol>
            <div class="beyond-turn">
                <TakeAway page={Page::Beyond} {runs} />
                <button class="button small" aria-disabled={before.is_none().then_some("true")} onclick={before.map(open)}>{ icons::back() }{ "Previous" }</button>
                <button class="button small" aria-disabled={after.is_none().then_some("true")} onclick={after.map(open)}>{ "Next" }{ icons::forward() }</button>
            </div>
        </nav>
    }
}
