//! The dialog: the forms on one side, what one gets on the other.

use std::rc::Rc;

use web_sys::Blob;
use yew::prelude::*;

use super::item::{GROUPS, Item, Taken};
use crate::course::take::{Form, Recording};
use crate::ui::modal::Modal;
use crate::ui::news::{News, use_news};
use crate::ui::prove::Page;
use crate::ui::share::png_of;
use crate::ui::theme::Theme;
use crate::ui::{browser, icons};

/// What the dialog needs.
#[derive(Clone, Properties)]
pub struct Props {
    /// The runs.
    pub runs: Rc<Vec<Recording>>,
    /// The page one is on.
    pub page: Page,
    /// How that page is.
    pub state: AttrValue,
    /// Somebody wants to be rid of it.
    pub on_close: Callback<()>,
}

/// The same runs, not merely some that look the same: cheap, and never wrong.
impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.runs, &other.runs) && self.state == other.state
    }
}

/// The dialog. It is there while it is open.
#[component]
pub fn TakeDialog(props: &Props) -> Html {
    let side = use_state(|| 0_usize);
    let item = use_state(|| Item::Text(Form::Sequence));
    let theme = use_state(Theme::stored);
    let news = use_news();
    let taken = use_memo((props.clone(), *side, *item, *theme), |(props, side, item, theme)| {
        let run = props.runs.get(*side)?;
        Some(item.taken(run, (props.page, &props.state), *theme))
    });
    let on_close = props.on_close.clone();
    let close = on_close.reform(|_: MouseEvent| ());
    html! {
        <Modal class="take" title="take-title" {on_close}>
            <header class="take-head">
                <h2 id="take-title">{ "Take this run away" }</h2>
                if props.runs.len() > 1 {
                    <div class="segments" role="group" aria-label="Which run">
                        { for props.runs.iter().enumerate().map(|(at, run)| choice(&run.title, at, &side)) }
                    </div>
                }
                <button class="quiet-button" onclick={close} aria-label="Close">{ icons::cross() }</button>
            </header>
            <div class="take-forms" role="group" aria-label="Form">{ for GROUPS.iter().map(|group| forms(group, &item)) }</div>
            if let (Some(taken), Some(run)) = ((*taken).as_ref(), props.runs.get(*side)) {
                { shown(*item, taken, run, &theme, &news) }
            }
        </Modal>
    }
}

/// A button that chooses.
fn choice<T: PartialEq + Copy + 'static>(name: &str, wanted: T, chosen: &UseStateHandle<T>) -> Html {
    let pressed = (**chosen == wanted).to_string();
    let chosen = chosen.clone();
    let onclick = Callback::from(move |_: MouseEvent| chosen.set(wanted));
    html! { <button key={name} aria-pressed={pressed} {onclick}>{ name }</button> }
}

fn forms((title, items): &(&'static str, &'static [Item]), chosen: &UseStateHandle<Item>) -> Html {
    html! { <div key={*title}><h3>{ *title }</h3>{ for items.iter().map(|&item| choice(item.name(), item, chosen)) }</div> }
}

/// What one gets, and what one can do with it.
fn shown(item: Item, taken: &Taken, run: &Recording, theme: &UseStateHandle<Theme>, news: &News) -> Html {
    let (name, said) = (item.name(), news.words());
    let (body, acts) = match &taken.text {
        Err(why) => (html! { <p class="take-none" key="none">{ why }</p> }, Html::default()),
        Ok(svg) if item == Item::Picture => (preview(svg, run), picture_acts(svg, taken, run, theme, news)),
        Ok(text) => (
            html! {
                <pre key={name} id="take-text" class={classes!((item == Item::Link).then_some("wrapped"))} tabindex="0" role="region"
                    aria-label={name}><code>{ text }</code></pre>
            },
            html! { <>{ copy(text, news) }{ for taken.file.iter().map(|file| download(file, text, news)) }</> },
        ),
    };
    html! {
        <div class="take-shown">
            <p class="take-about">{ item.about() }</p>
            { body }
            if let (Some((command, then)), Ok(_)) = (&taken.command, &taken.text) {
                <p class="take-command">{ "In a terminal " }<code>{ command }</code>{ " says: " }{ then }</p>
            }
            <footer><p class="take-note" role="status">{ said }</p>{ acts }</footer>
        </div>
    }
}

/// The picture as the file shows it: it is the file that is shown.
fn preview(svg: &str, run: &Recording) -> Html {
    let src = ["data:image/svg+xml,", &String::from(js_sys::encode_uri_component(svg))].concat();
    let alt = ["Space-time diagram: ", &run.title, ". ", &run.story()].concat();
    html! { <div class="take-preview" key="picture" tabindex="0" role="region" aria-label="Preview"><img {src} {alt} /></div> }
}

fn picture_acts(svg: &str, taken: &Taken, run: &Recording, theme: &UseStateHandle<Theme>, news: &News) -> Html {
    let name = run.stem() + ".png";
    let onclick = {
        let (svg, news) = (svg.to_owned(), news.clone());
        Callback::from(move |_: MouseEvent| {
            let (svg, name, news) = (svg.clone(), name.clone(), news.clone());
            wasm_bindgen_futures::spawn_local(async move { hand_over(&name, png_of(&svg).await, &news) });
        })
    };
    html! {
        <>
            <div class="segments" role="group" aria-label="Colours">
                { choice("Dark", Theme::Dark, theme) }{ choice("Light", Theme::Light, theme) }
            </div>
            { copy(svg, news) }
            { for taken.file.iter().map(|file| save(file, "SVG", svg, news)) }
            <button class="button" {onclick}>{ icons::download() }{ "PNG" }</button>
        </>
    }
}

fn copy(text: &str, news: &News) -> Html {
    let (text, news) = (text.to_owned(), news.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let (text, news) = (text.clone(), news.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let copied = browser::copy(text).await;
            news.say(String::from(if copied { "Copied" } else { "Not copied: select the text and press Ctrl+C" }));
        });
    });
    html! { <button class="button" {onclick}>{ icons::copy() }{ "Copy" }</button> }
}

fn download(file: &str, text: &str, news: &News) -> Html {
    save(file, "Download", text, news)
}

fn save(file: &str, name: &'static str, text: &str, news: &News) -> Html {
    let kind = if name == "SVG" { "image/svg+xml" } else { "text/plain;charset=utf-8" };
    let (file, text, news) = (file.to_owned(), text.to_owned(), news.clone());
    let onclick = Callback::from(move |_: MouseEvent| hand_over(&file, browser::blob(&text, kind), &news));
    html! { <button class="button" {onclick}>{ icons::download() }{ name }</button> }
}

/// Hands a file over, and says so.
fn hand_over(file: &str, blob: Option<Blob>, news: &News) {
    match blob.and_then(|blob| browser::download_blob(file, &blob)) {
        Some(()) => news.say([file, " is saved"].concat()),
        None => news.say(String::from("The browser did not let us make this file")),
    }
}
