//! The room as a whole: the tabs of its pages, and the page one is on.

use yew::prelude::*;

use super::beat::BeatPage;
use super::beyond::BeyondPage;
use super::history::HistoryPage;
use super::outcomes::OutcomesPage;
use super::page::Page;
use super::saved;
use super::view::ViewPage;
use super::walk::{WalkPage, Walking};
use crate::ui::browser;

/// What the room needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// A place that a link leads to: a page, and how it is to be. A new one opens the page anew.
    pub asked: Option<(Page, AttrValue)>,
    /// Tells the page one is on and how it is, as JSON.
    pub on_place: Callback<(Page, String)>,
}

/// The walk as it is now, whether or not it is on show.
pub fn walking_now() -> Walking {
    Walking::opened(&saved::left(Page::Walk))
}

/// The room.
#[component]
pub fn ProveRoom(props: &Props) -> Html {
    let (page, unknown) = use_page();
    let opened = use_state(|| 0_u32);
    use_effect_with(props.asked.clone(), {
        let opened = opened.clone();
        move |asked| {
            if let Some((page, state)) = asked {
                saved::keep(*page, state);
                opened.set(*opened + 1);
            }
        }
    });
    let on_state = use_callback((page, props.on_place.clone()), |state: String, (page, on_place)| {
        saved::keep(*page, &state);
        on_place.emit((*page, state));
    });
    // A page that has nothing to tell yet is a place, too.
    use_effect_with((page, props.on_place.clone()), |(page, on_place)| on_place.emit((*page, saved::left(*page))));
    let start = use_memo((page, *opened), |(page, _)| AttrValue::from(saved::left(*page)));
    let start = (*start).clone();
    let shown = match page {
        Page::Walk => html! { <WalkPage {start} {on_state} /> },
        Page::View => html! { <ViewPage {start} {on_state} /> },
        Page::Outcomes => html! { <OutcomesPage {start} {on_state} /> },
        Page::Beat => html! { <BeatPage {start} {on_state} /> },
        Page::Beyond => html! { <BeyondPage {start} {on_state} /> },
        Page::History => html! { <HistoryPage {start} {on_state} /> },
    };
    html! {
        <div class="proofs">
            <nav class="pages" aria-label="Pages of the room Prove">{ for Page::ALL.into_iter().map(|other| tab(other, page)) }</nav>
            { for unknown.as_deref().map(no_such_page) }
            <div class="page" key={format!("{} {}", page.name(), *opened)}>{ shown }</div>
        </div>
    }
}

fn tab(page: Page, here: Page) -> Html {
    let current = (page == here).then_some("page");
    html! { <a key={page.name()} href={page.address()} aria-current={current}>{ page.title() }</a> }
}

fn no_such_page(name: &str) -> Html {
    html! { <p class="no-such-page" role="status">{ format!("There is no page “{name}” in this room. Here is the first; all are named above.") }</p> }
}

/// The page in the address, and the name in it where there is no such page. While the address leads elsewhere, one is still
/// where one was.
#[hook]
fn use_page() -> (Page, Option<String>) {
    let address = browser::use_address();
    let last = use_mut_ref(|| (Page::Walk, None));
    if address.starts_with("#/prove") {
        *last.borrow_mut() = Page::of(&address);
    }
    last.borrow().clone()
}
