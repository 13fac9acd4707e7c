//! The drafts as a list: keep, open, rename, duplicate, delete, and take a deletion back.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

use super::dialog::Said;
use super::drafts::{self, Change, Draft};
use super::time;
use crate::diagram::Document;
use crate::ui::{browser, document};

/// What the list needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The drawing as it is.
    pub document: Document,
    /// Open another.
    pub on_open: Callback<Document>,
    /// Say something.
    pub on_said: Callback<Said>,
}

/// The list.
#[component]
pub fn DraftList(props: &Props) -> Html {
    let Props { document, on_open, on_said } = props.clone();
    let drafts = use_state(drafts::all);
    let renaming = use_state(|| None::<(usize, Draft)>);
    let deleted = use_state(|| None::<(usize, Draft)>);
    let name = use_node_ref();
    // Where the focus goes once that is there; counted, as it may go to the same place again.
    let focus = use_state(|| (0_u32, String::new()));
    use_effect_with((*focus).clone(), |(_, id)| browser::focus(id));
    let go_to = {
        let focus = focus.clone();
        move |id: String| focus.set((focus.0 + 1, id))
    };
    // What is done to the list is said, and the list is read anew.
    let change = {
        let (drafts, on_said) = (drafts.clone(), on_said.clone());
        move |change: Change, words: String| {
            let said = drafts::change(change).map_or_else(|why| Said::Problem(why.to_owned()), |()| Said::News(words));
            let is_done = matches!(said, Said::News(_));
            drafts.set(drafts::all());
            on_said.emit(said);
            is_done
        }
    };
    let on_keep = {
        let (change, name, document) = (change.clone(), name.clone(), document.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = name.cast::<HtmlInputElement>() else { return };
            let Some(draft) = drafts::of(&document, &field.value()) else { return };
            let words = format!("Kept “{}”.", draft.name);
            if change(Change::Add(draft), words) {
                field.set_value("");
            }
        })
    };
    let on_undo = {
        let (change, deleted, go_to) = (change.clone(), deleted.clone(), go_to.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some((at, draft)) = (*deleted).clone() {
                let words = format!("“{}” is there again.", draft.name);
                if change(Change::Restore(at, draft), words) {
                    deleted.set(None);
                    go_to("draft-name".to_owned());
                }
            }
        })
    };
    // Another name for the draft that is being renamed, or none.
    let on_name = {
        let (change, renaming, go_to) = (change.clone(), renaming.clone(), go_to.clone());
        Callback::from(move |name: Option<String>| {
            let Some((at, draft)) = (*renaming).clone() else { return };
            if let Some(name) = name {
                change(Change::Rename(draft, name), "Renamed.".to_owned());
            }
            renaming.set(None);
            go_to(format!("draft-rename-{at}"));
        })
    };
    let row = |(at, draft): (usize, &Draft)| {
        if renaming.as_ref().is_some_and(|(_, renamed)| renamed == draft) {
            return html! { <li key={at}>{ name_field(draft, &on_name) }</li> };
        }
        let act = |name: &'static str, id: Option<String>, run: Box<dyn Fn(Draft)>| {
            let given = draft.clone();
            let onclick = Callback::from(move |_: MouseEvent| run(given.clone()));
            html! { <button class="button small" {id} {onclick} aria-label={format!("{name} {}", draft.name)}>{ name }</button> }
        };
        let open = {
            let (document, on_open, on_said) = (document.clone(), on_open.clone(), on_said.clone());
            move |draft: Draft| match document::from_text(&draft.document) {
                Ok(opened) => {
                    drafts::keep_before(&document, "opening a draft");
                    on_open.emit(opened);
                }
                Err(why) => on_said.emit(Said::Problem(format!("“{}” was not opened: {why}.", draft.name))),
            }
        };
        let rename = {
            let (renaming, go_to) = (renaming.clone(), go_to.clone());
            move |draft| {
                renaming.set(Some((at, draft)));
                go_to("draft-new-name".to_owned());
            }
        };
        let duplicate = {
            let change = change.clone();
            move |draft: Draft| {
                let words = format!("Kept another “{}”.", draft.name);
                change(Change::Duplicate(draft), words);
            }
        };
        let delete = {
            let (change, deleted, go_to) = (change.clone(), deleted.clone(), go_to.clone());
            move |draft: Draft| {
                deleted.set(Some((at, draft.clone())));
                change(Change::Delete(draft), String::new());
                go_to("draft-undo".to_owned());
            }
        };
        html! {
            <li key={at}>
                <p><strong>{ &draft.name }</strong><span>{ about(draft) }</span></p>
                <div class="row">
                    { act("Open", None, Box::new(open)) }
                    { act("Rename", Some(format!("draft-rename-{at}")), Box::new(rename)) }
                    { act("Duplicate", None, Box::new(duplicate)) }
                    { act("Delete", None, Box::new(delete)) }
                </div>
            </li>
        }
    };
    html! {
        <>
            <form class="share-line" onsubmit={on_keep}>
                <input ref={name} id="draft-name" class="field" type="text" aria-label="Name of a new draft" placeholder="Name, such as: first try" autocomplete="off" maxlength="80" />
                <button class="button">{ "Keep this drawing" }</button>
            </form>
            if let Some((_, draft)) = &*deleted {
                <p class="share-undo">{ format!("Deleted “{}”.", draft.name) }<button id="draft-undo" class="button small" onclick={on_undo}>{ "Undo" }</button></p>
            }
            if drafts.is_empty() {
                <p class="share-empty">{ "No drafts yet. The drawing itself is kept as you work; a draft is a copy to come back to." }</p>
            } else {
                <ul class="drafts" aria-label="Drafts">{ for drafts.iter().enumerate().map(row) }</ul>
            }
            { for drafts::unreadable().into_iter().map(unreadable) }
        </>
    }
}

/// When it was kept, and how much is in it.
fn about(draft: &Draft) -> String {
    let plural = |count: u32, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    format!("{} · {}, {}", time::words(draft.when), plural(draft.nodes, "node"), plural(draft.edges, "edge"))
}

fn unreadable((what, file, text): (&'static str, &'static str, String)) -> Html {
    let onclick = Callback::from(move |_: MouseEvent| {
        let _ = browser::download(file, &text);
    });
    html! {
        <p key={file} class="share-undo">{ format!("{what} that this page could not read is kept aside.") }
            <button class="button small" {onclick}>{ "Save it as a file" }</button></p>
    }
}

/// The field for another name. Escape ends the renaming; left alone it would close the dialog.
fn name_field(draft: &Draft, on_name: &Callback<Option<String>>) -> Html {
    let onsubmit = {
        let on_name = on_name.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let field = browser::by_id("draft-new-name").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            on_name.emit(field.map(|field| field.value()));
        })
    };
    let onkeydown = {
        let on_name = on_name.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                on_name.emit(None);
            }
        })
    };
    let onfocus = Callback::from(|event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select());
    html! {
        <form class="share-line" {onsubmit}>
            <input id="draft-new-name" class="field" type="text" aria-label="New name" value={draft.name.clone()} maxlength="80" autocomplete="off" {onkeydown} {onfocus} />
            <button class="button">{ "Rename" }</button>
        </form>
    }
}
