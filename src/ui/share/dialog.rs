//! The dialog behind “Share”: the link, files, pictures and paper on one side, drafts on the other.

use wasm_bindgen::JsValue;
use web_sys::{Blob, HtmlInputElement};
use yew::prelude::*;

use super::draft_list::DraftList;
use super::{drafts, files, picture, submission};
use crate::diagram::Document;
use crate::diagram::link::{self, View};
use crate::ui::modal::Modal;
use crate::ui::place::Place;
use crate::ui::{browser, document, icons, values};

/// What the view needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What one sees: `{ document, place }`.
    pub given: JsValue,
    /// Tells what was opened, as a document; anything else when it closes without.
    pub told: Callback<JsValue>,
}

/// What one sees.
struct Seen {
    /// The drawing.
    document: Document,
    /// Where one is.
    place: Place,
}

impl Seen {
    fn of(given: &JsValue) -> Option<Self> {
        let place = serde_wasm_bindgen::from_value(values::get(given, "place")).unwrap_or_default();
        Some(Self { document: document::from_js(values::get(given, "document")).ok()?, place })
    }
}

/// What there is to say about what was done.
#[derive(Clone, PartialEq)]
pub enum Said {
    /// It was done.
    News(String),
    /// It was not.
    Problem(String),
}

/// What the dialog shows.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Share,
    Drafts,
}

/// The dialog. It is there while it is open.
#[component]
pub fn ShareView(props: &Props) -> Html {
    let seen = use_memo(props.given.clone(), Seen::of);
    let side = use_state(|| Side::Share);
    let said = use_state(|| None::<Said>);
    let show = |to: Side| {
        let (side, said) = (side.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            side.set(to);
            said.set(None);
        })
    };
    let tell = {
        let told = props.told.clone();
        move |what: JsValue| told.emit(what)
    };
    let on_close = {
        let tell = tell.clone();
        Callback::from(move |()| tell(JsValue::NULL))
    };
    let close = on_close.reform(|_: MouseEvent| ());
    let on_said = {
        let said = said.clone();
        Callback::from(move |words| said.set(Some(words)))
    };
    let on_open = Callback::from(move |document: Document| tell(values::to_js(&document).unwrap_or_default()));
    let tab = |name: &'static str, to: Side| {
        html! { <button aria-pressed={(*side == to).to_string()} onclick={show(to)}>{ name }</button> }
    };
    let Some(seen) = &*seen else { return Html::default() };
    let document = Document { selected: Vec::new(), ..seen.document.clone() };
    html! {
        <Modal class="share" title="share-title" {on_close}>
            <div class="share-head">
                <h2 id="share-title">{ "Share and keep" }</h2>
                <div class="segments" role="group" aria-label="Part of the dialog">{ tab("Share", Side::Share) }{ tab("Drafts", Side::Drafts) }</div>
                <button class="quiet-button" onclick={close} aria-label="Close">{ icons::cross() }</button>
            </div>
            if *side == Side::Share {
                { link_to(seen, &on_said) }
                { outputs(&document, matches!(seen.place, Place::Prove { .. }), &on_open, &on_said) }
            } else {
                <DraftList {document} {on_open} {on_said} />
            }
            { match &*said {
                Some(Said::News(words)) => html! { <p class="share-said" role="status">{ words }</p> },
                Some(Said::Problem(words)) => html! { <p class="share-said problem" role="alert">{ words }</p> },
                None => html! { <p class="share-said" role="status"></p> },
            } }
        </Modal>
    }
}

/// The link, and a button to copy it.
fn link_to(seen: &Seen, on_said: &Callback<Said>) -> Html {
    let document = Document { selected: Vec::new(), ..seen.document.clone() };
    let (view, room) = match seen.place.clone() {
        Place::Draw => (View::Draw(document), "#/draw"),
        Place::Run(step) => (View::Run { document, step }, "#/draw"),
        Place::Prove { page, state } => (View::Page { page, state }, "#/prove"),
    };
    let link = link::encode(&view).map(|code| format!("{}{room}/{code}", browser::home()));
    let about = match view {
        View::Prove { .. } | View::Page { .. } => "It opens this page as you see it.",
        View::Draw(_) | View::Run { .. } => {
            "It opens exactly this drawing. The drawing is in the link itself: nothing is uploaded."
        }
    };
    let (text, length) = match link {
        Ok(link) => (link.clone(), format!("{} letters", link.len())),
        Err(why) => (String::new(), why.to_string()),
    };
    let on_copy = {
        let (text, on_said) = (text.clone(), on_said.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, on_said) = (text.clone(), on_said.clone());
            wasm_bindgen_futures::spawn_local(async move {
                on_said.emit(if browser::copy(text).await {
                    Said::News("The link is copied.".to_owned())
                } else {
                    Said::Problem("The browser did not let us copy it: select the link and press Ctrl+C.".to_owned())
                });
            });
        })
    };
    let onfocus = Callback::from(|event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select());
    html! {
        <section class="share-link">
            <h3>{ "Link" }</h3>
            <p>{ about }</p>
            <div class="share-line">
                <input class="field" type="text" readonly=true aria-label="Link" value={text.clone()} {onfocus} disabled={text.is_empty()} />
                <button class="button primary" onclick={on_copy} disabled={text.is_empty()} autofocus=true>{ icons::copy() }{ "Copy" }</button>
            </div>
            <p class="share-length">{ length }</p>
        </section>
    }
}

/// A file that the browser could not be handed.
const NOT_MADE: &str = "The browser did not let us make this file.";

/// Hands a file over, and says so.
fn hand_over(name: &str, blob: Option<Blob>, on_said: &Callback<Said>) {
    let done = blob.and_then(|blob| browser::download_blob(name, &blob));
    on_said.emit(done.map_or_else(|| Said::Problem(NOT_MADE.to_owned()), |()| Said::News(format!("{name} is saved."))));
}

/// Everything but the link: what to hand in, pictures, files, paper.
fn outputs(document: &Document, is_elsewhere: bool, on_open: &Callback<Document>, on_said: &Callback<Said>) -> Html {
    let json = |name: &'static str, make: fn(&Document) -> Option<String>| {
        let (document, on_said) = (document.clone(), on_said.clone());
        Callback::from(move |_: MouseEvent| {
            let blob = make(&document).and_then(|text| browser::blob(&text, "application/json"));
            hand_over(name, blob, &on_said);
        })
    };
    let on_svg = {
        let on_said = on_said.clone();
        Callback::from(move |_: MouseEvent| hand_over("partition-lab.svg", picture::svg(), &on_said))
    };
    let on_png = {
        let on_said = on_said.clone();
        Callback::from(move |_: MouseEvent| {
            let on_said = on_said.clone();
            wasm_bindgen_futures::spawn_local(async move {
                hand_over("partition-lab.png", picture::png().await, &on_said);
            });
        })
    };
    let on_print = Callback::from(|_: MouseEvent| {
        let _ = browser::window().map(|window| window.print());
    });
    let on_file = {
        let (document, on_open, on_said) = (document.clone(), on_open.clone(), on_said.clone());
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
            let (document, on_open, on_said) = (document.clone(), on_open.clone(), on_said.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match files::open(&file).await {
                    Ok(opened) => {
                        drafts::keep_before(&document, "opening a file");
                        on_open.emit(opened);
                    }
                    Err(why) => on_said.emit(Said::Problem(why)),
                }
            });
            field.set_value("");
        })
    };
    let row = |name: &'static str, about: &'static str, acts: Html| {
        html! { <section key={name}><h3>{ name }</h3><p>{ about }</p><div class="row">{ acts }</div></section> }
    };
    html! {
        <div class="share-rows">
            { row("Hand in", "A file with your answer and the goals it meets.", html! {
                <button class="button" onclick={json("partition-lab-submission.json", submission::submission)}>{ "Save submission" }</button>
            }) }
            if !is_elsewhere {
                { row("Picture", "The diagram alone, in the colours of this theme.", html! { <>
                    <button class="button" onclick={on_svg}>{ "SVG" }</button>
                    <button class="button" onclick={on_png}>{ "PNG" }</button>
                </> }) }
                { row("Paper", "The diagram and both texts, on one page.", html! {
                    <button class="button" onclick={on_print}>{ "Print…" }</button>
                }) }
            }
            { row("File", "The drawing with its places. Mermaid texts and submissions open, too.", html! { <>
                <button class="button" onclick={json("partition-lab.json", document::to_json)}>{ "Save" }</button>
                <label class="button">{ "Open…" }<input class="offstage" type="file" accept=".json,.mmd,.mermaid,.md,.txt,application/json,text/plain" onchange={on_file} /></label>
            </> }) }
        </div>
    }
}
