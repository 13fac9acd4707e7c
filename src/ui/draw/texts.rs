//! The two texts, side by side: the Module form and the Portable form, line by line, with what Portable adds marked.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::diagram::difference::{Stretch, stretches};
use crate::diagram::{Diagram, mermaid};
use crate::ui::{browser, icons};

/// What is printed.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The diagram.
    pub diagram: Rc<Diagram>,
}

/// Both texts.
#[component]
pub fn Texts(props: &Props) -> Html {
    let texts = use_memo(props.diagram.clone(), |diagram| {
        (mermaid::print_module(diagram), mermaid::print_portable(diagram), mermaid::side_by_side(diagram))
    });
    let (module, portable, rows) = &*texts;
    let as_written = |text: &String| vec![Stretch { text: text.clone(), added: false }];
    let module_lines: Vec<Vec<Stretch>> = rows.iter().map(|(module, _)| as_written(module)).collect();
    let portable_lines: Vec<Vec<Stretch>> = rows.iter().map(|(module, portable)| stretches(module, portable)).collect();
    html! {
        <section class="texts" aria-label="Mermaid">
            <Pane name="Module form" id="module" about="as the course writes it" text={module.clone()} lines={module_lines} />
            <Pane name="Portable form" id="portable" about="for Mermaid 8 to 12" text={portable.clone()} lines={portable_lines} />
        </section>
    }
}

/// What a pane shows.
#[derive(Clone, PartialEq, Properties)]
struct PaneProps {
    /// The name of the form.
    name: AttrValue,
    /// Its word in file names and ids.
    id: AttrValue,
    /// What to know about it.
    about: AttrValue,
    /// The text, as it is copied.
    text: AttrValue,
    /// The text, as it is shown.
    lines: Vec<Vec<Stretch>>,
}

#[component]
fn Pane(props: &PaneProps) -> Html {
    let PaneProps { name, id, about, text, lines } = props.clone();
    let note = use_state(|| None::<&'static str>);
    let on_copy = {
        let (text, note) = (text.to_string(), note.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, note) = (text.clone(), note.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let copied = browser::copy(text).await;
                note.set(Some(if copied { "Copied" } else { "Not copied: select the text and press Ctrl+C" }));
                Timeout::new(2_400, move || note.set(None)).forget();
            });
        })
    };
    let on_download = {
        let (text, file) = (text.to_string(), format!("partition-lab-{id}.mmd"));
        Callback::from(move |_: MouseEvent| {
            let _ = browser::download(&file, &text);
        })
    };
    let rows = lines.iter().enumerate().map(|(at, line)| {
        let marked = line.iter().any(|stretch| stretch.added).then_some("differs");
        html! { <span key={at} class={classes!("line", marked)}>{ for line.iter().enumerate().map(stretch) }{ "\n" }</span> }
    });
    html! {
        <div class="pane">
            <header>
                <h2>{ &name }</h2><p>{ about }</p>
                <span class="pane-note" role="status">{ (*note).unwrap_or_default() }</span>
                <button class="button small" onclick={on_copy} aria-label={format!("Copy the {name}")}>{ icons::copy() }{ "Copy" }</button>
                <button class="button small" onclick={on_download} aria-label={format!("Download the {name}")}>{ icons::download() }{ "Download" }</button>
            </header>
            <pre id={format!("text-{id}")} tabindex="0" role="region" aria-label={format!("{name} of the diagram")}><code>{ for rows }</code></pre>
        </div>
    }
}

fn stretch((at, stretch): (usize, &Stretch)) -> Html {
    if stretch.added {
        html! { <ins key={at}>{ &stretch.text }</ins> }
    } else {
        html! { <span key={at}>{ &stretch.text }</span> }
    }
}
