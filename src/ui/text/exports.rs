//! The other forms of the text, to be taken away: Portable, with what it adds marked, and the sequence diagram of a run.

use std::rc::Rc;

use yew::prelude::*;

use crate::diagram::difference::{Stretch, stretches};
use crate::diagram::{Diagram, mermaid};
use crate::ui::news::use_news;
use crate::ui::{browser, icons};

/// The forms there are beside the one that is written.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    /// For every Mermaid from 8 to 12.
    Portable,
    /// A run, told.
    Sequence,
}

/// A diagram as both writers print it.
pub struct Printed {
    /// The Module form.
    pub module: String,
    portable: Rc<str>,
    lines: Vec<Vec<Stretch>>,
}

impl Printed {
    /// Prints a diagram.
    pub fn of(diagram: &Diagram) -> Self {
        let rows = mermaid::side_by_side(diagram);
        let lines = rows.iter().map(|(module, portable)| stretches(module, portable)).collect();
        let (mut module, mut portable) = (String::new(), String::new());
        for (first, second) in rows {
            module += &(first + "\n");
            portable += &(second + "\n");
        }
        Self { module, portable: portable.into(), lines }
    }
}

/// The pane for the forms to take away.
pub fn exports(printed: &Printed, sequence: Option<&AttrValue>, frozen: bool, form: &UseStateHandle<Form>) -> Html {
    let choice = |name: &'static str, wanted: Form| {
        let pressed = (**form == wanted).to_string();
        let form = form.clone();
        html! { <button aria-pressed={pressed} onclick={Callback::from(move |_: MouseEvent| form.set(wanted))}>{ name }</button> }
    };
    let take = |name, file, text: Rc<str>| html! { <Take {name} {file} {text} /> };
    let (about, buttons, shown) = match (**form, sequence) {
        (Form::Portable, _) => (
            if frozen { "of the last text that could be read" } else { "for Mermaid 8 to 12" },
            take("the Portable form", "partition-lab-portable.mmd", printed.portable.clone()),
            pre("text-portable", "Portable form of the diagram", printed.lines.iter().enumerate().map(line).collect()),
        ),
        (Form::Sequence, Some(text)) => {
            let as_written = |text: &str| vec![Stretch { text: text.to_owned(), added: false }];
            let lines = text.lines().enumerate().map(|(at, text)| line((at, &as_written(text)))).collect();
            (
                "of the last run",
                take("the Sequence diagram", "partition-lab-sequence.mmd", Rc::from(text.as_str())),
                pre("text-sequence", "Sequence diagram of the run", lines),
            )
        }
        (Form::Sequence, None) => (
            "of a run",
            Html::default(),
            html! { <p class="empty">{ "Run the diagram to get its sequence diagram." }</p> },
        ),
    };
    html! {
        <div class="pane taken">
            <header>
                <div class="segments" role="group" aria-label="Form">
                    { choice("Portable", Form::Portable) }{ choice("Sequence", Form::Sequence) }
                </div>
                <p>{ about }</p>
                { buttons }
            </header>
            { shown }
        </div>
    }
}

fn pre(id: &'static str, name: &'static str, lines: Vec<Html>) -> Html {
    html! { <pre key={id} {id} tabindex="0" role="region" aria-label={name}><code>{ lines }</code></pre> }
}

fn line((at, line): (usize, &Vec<Stretch>)) -> Html {
    let marked = line.iter().any(|stretch| stretch.added).then_some("differs");
    let pieces = line.iter().enumerate().map(|(at, stretch)| {
        if stretch.added {
            html! { <ins key={at}>{ &stretch.text }</ins> }
        } else {
            html! { <span key={at}>{ &stretch.text }</span> }
        }
    });
    html! { <span key={at} class={classes!("line", marked)}>{ for pieces }{ "\n" }</span> }
}

/// What is handed out.
#[derive(Clone, PartialEq, Properties)]
pub struct TakeProps {
    /// What it is called behind “Copy” and “Download”.
    pub name: &'static str,
    /// The name of the file.
    pub file: &'static str,
    /// The text.
    pub text: Rc<str>,
}

/// The two buttons that hand a text out.
#[component]
pub fn Take(props: &TakeProps) -> Html {
    let TakeProps { name, file, text } = props.clone();
    let news = use_news();
    let on_copy = {
        let (text, news) = (text.to_string(), news.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, news) = (text.clone(), news.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let copied = browser::copy(text).await;
                news.say(String::from(if copied { "Copied" } else { "Not copied: select the text and press Ctrl+C" }));
            });
        })
    };
    let on_download = Callback::from(move |_: MouseEvent| {
        let _ = browser::download(file, &text);
    });
    html! {
        <>
            <span class="pane-note" role="status">{ news.words() }</span>
            <button class="button small" onclick={on_copy} aria-label={format!("Copy {name}")}>{ icons::copy() }{ "Copy" }</button>
            <button class="button small" onclick={on_download} aria-label={format!("Download {name}")}>{ icons::download() }{ "Download" }</button>
        </>
    }
}
