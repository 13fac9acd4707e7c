//! A link lands: it is decoded, and what was there before is kept as a draft.

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::drafts::{self, Before};
use crate::diagram::Document;
use crate::diagram::link::{self, View};
use crate::ui::place::Place;
use crate::ui::prove::Page;
use crate::ui::{document, values};

/// What has come of a link.
#[derive(Default)]
struct Landed {
    /// The drawing it holds, if it is another than the one that is there.
    document: Option<Document>,
    /// Where it leads; nowhere, if it could not be opened.
    place: Option<Place>,
    /// What there is to say about it; nothing, if it opened what was there already.
    words: String,
}

impl Landed {
    /// As the first program takes it: `{ document, place, room, words }`, where `room` is the address of the room.
    fn to_js(&self) -> JsValue {
        let room = self.place.as_ref().map(|place| match place {
            Place::Draw | Place::Run(_) => "#/draw".to_owned(),
            Place::Prove { page, .. } => Page::named(page).unwrap_or(Page::Walk).address(),
        });
        values::object(&[
            ("document", self.document.as_ref().and_then(|document| values::to_js(document).ok()).unwrap_or_default()),
            ("place", self.place.as_ref().and_then(|place| values::to_js(place).ok()).unwrap_or_default()),
            ("room", room.as_deref().into()),
            ("words", self.words.as_str().into()),
        ])
    }
}

/// What the view needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What follows the room in the address, and the drawing that is there.
    pub given: JsValue,
    /// Tells what came of it.
    pub told: Callback<JsValue>,
}

/// Opens the link, once. There is nothing to see.
#[component]
pub fn LinkView(props: &Props) -> Html {
    use_effect_with(props.given.clone(), {
        let told = props.told.clone();
        move |given| {
            let code = values::get(given, "code").as_string();
            if let (Some(code), Ok(before)) = (code, document::from_js(values::get(given, "before"))) {
                told.emit(open(&code, &before).to_js());
            }
        }
    });
    Html::default()
}

fn on_page(page: String, state: String) -> Landed {
    Landed { document: None, place: Some(Place::Prove { page, state }), words: String::new() }
}

fn open(code: &str, before: &Document) -> Landed {
    let (document, place) = match link::decode(code) {
        Ok(View::Draw(document)) => (document, Place::Draw),
        Ok(View::Run { document, step }) => (document, Place::Run(step)),
        Ok(View::Prove { step, healed }) => {
            let healed = healed.map_or("null".to_owned(), |healed| healed.to_string());
            return on_page("walk".to_owned(), format!(r#"{{"step":{step},"healed":{healed}}}"#));
        }
        Ok(View::Page { page, state }) => return on_page(page, state),
        Err(problem) => return Landed { document: None, place: None, words: problem.to_string() },
    };
    if before.diagram == document.diagram && before.arrangement == document.arrangement {
        return Landed { document: None, place: Some(place), words: String::new() };
    }
    let words = match drafts::keep_before(before, "opening a link") {
        Before::Known => "This drawing came with the link. Undo brings back what was here before.".to_owned(),
        Before::Kept(name) => {
            format!("This drawing came with the link. What was here before is kept as the draft “{name}”.")
        }
        Before::Lost => {
            "This drawing came with the link. This browser has no room to keep what was here before as a draft, \
            but Undo brings it back."
                .to_owned()
        }
    };
    Landed { document: Some(document), place: Some(place), words }
}
