//! A link arrives: the second program says what it holds. The drawing becomes that, as one step of undo, and the address is the
//! room's own again, so that a reload shows what the learner has done since.

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::notice::Notice;
use crate::ui::draw::{Action, Draw};
use crate::ui::programs::{Hosted, View};
use crate::ui::{browser, document, values};

/// The link that follows the room in an address. A short word after the room Prove is a page of it; no link is that short.
fn code_in(address: &str) -> Option<&str> {
    let (room, code) = address.strip_prefix("#/")?.split_once('/')?;
    let is_page = room == "prove" && code.len() < 12 && code.bytes().all(|letter| letter.is_ascii_lowercase());
    (!is_page && !code.is_empty()).then_some(code)
}

/// Opens the link in the address, whenever there is one, and tells where it leads. Returns what to say about it, and what
/// asks the second program.
#[hook]
pub fn use_arrival(
    address: &str,
    draw: &UseReducerHandle<Draw>,
    on_place: Callback<JsValue>,
) -> (UseStateHandle<Option<Notice>>, Html) {
    let notice = use_state(|| None::<Notice>);
    let open = use_state(|| None::<String>);
    use_effect_with(address.to_owned(), {
        let open = open.clone();
        move |address| open.set(code_in(address).map(str::to_owned))
    });
    let given = use_memo((*open).clone(), |code| {
        let before = values::to_js(draw.document()).unwrap_or_default();
        values::object(&[("code", code.as_deref().into()), ("before", before)])
    });
    let on_told = {
        let (draw, notice, open) = (draw.clone(), notice.clone(), open.clone());
        Callback::from(move |told: JsValue| {
            open.set(None);
            browser::announce_ready();
            let words = values::get(&told, "words").as_string().unwrap_or_default();
            if let Ok(document) = document::from_js(values::get(&told, "document")) {
                draw.dispatch(Action::Open(document));
            }
            let Some(room) = values::get(&told, "room").as_string() else {
                // The address stays until the notice is put away: a reload may help, and one can copy it.
                notice.set(Some(Notice::Problem(words)));
                return;
            };
            notice.set((!words.is_empty()).then_some(Notice::News(words)));
            browser::replace_address(&room);
            let place = values::get(&told, "place");
            if room == "#/draw" {
                draw.dispatch(Action::Run(values::whole(&values::get(&place, "Run"))));
            }
            on_place.emit(place);
        })
    };
    let asking = match &*open {
        Some(code) => {
            html! { <div class="arrival" key={code.clone()}><Hosted view={View::Link} given={(*given).clone()} {on_told} /></div> }
        }
        None => Html::default(),
    };
    (notice, asking)
}

/// Whether an address holds a link.
pub fn holds_link(address: &str) -> bool {
    code_in(address).is_some()
}
