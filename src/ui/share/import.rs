//! Import: paste or open a Mermaid text. Problems are shown with line and column while one types; until it is used, the
//! drawing stays as it is.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::diagram::Document;
use crate::diagram::mermaid::{self, Diagnostic, Severity};
use crate::ui::modal::Modal;
use crate::ui::values;

/// What the view needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Tells the document that is to be used, or null.
    pub told: Callback<JsValue>,
}

/// The dialog. It is there while it is open.
#[component]
pub fn ImportView(props: &Props) -> Html {
    let told = props.told.clone();
    let text = use_state(String::new);
    let (diagram, diagnostics) = mermaid::parse(&text);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let usable = errors == 0 && !text.trim().is_empty();
    let counted = format!("{} and {}", plural(diagram.nodes.len(), "node"), plural(diagram.edges.len(), "edge"));
    let on_text = Callback::from({
        let text = text.clone();
        move |event: InputEvent| text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value())
    });
    let on_file = Callback::from({
        let text = text.clone();
        move |event: Event| read_file(&event, text.clone())
    });
    let on_close = Callback::from({
        let told = told.clone();
        move |()| told.emit(JsValue::NULL)
    });
    let on_cancel = on_close.reform(|_: MouseEvent| ());
    let on_use = Callback::from({
        let text = text.clone();
        move |_: MouseEvent| {
            told.emit(values::to_js(&Document::of(mermaid::parse(&text).0)).unwrap_or_default());
        }
    });
    html! {
        <Modal class="import" title="import-title" {on_close}>
            <h2 id="import-title">{ "Import a Mermaid flowchart" }</h2>
            <p>{ "Paste the text, or open a .mmd file. Your drawing stays as it is until you use the new one, and undo brings it back." }</p>
            <textarea aria-label="Mermaid text" oninput={on_text} value={(*text).clone()} rows="12" spellcheck="false"
                placeholder={"graph TD\nClient[Client] -->|1. Write Request| NodeA[Node A]"} />
            { verdict(&text, &diagnostics, &counted) }
            <footer>
                <label class="button">{ "Open a file…" }<input class="offstage" type="file" accept=".mmd,.mermaid,.md,.txt,text/plain" onchange={on_file} /></label>
                <span class="spring"></span>
                <button class="button" onclick={on_cancel}>{ "Cancel" }</button>
                <button class="button primary" onclick={on_use} disabled={!usable}>{ "Use this graph" }</button>
            </footer>
        </Modal>
    }
}

fn verdict(text: &str, diagnostics: &[Diagnostic], counted: &str) -> Html {
    if text.trim().is_empty() {
        return html! { <p class="import-verdict" role="status">{ "Nothing to read yet." }</p> };
    }
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let summary = match errors {
        0 => format!("Read: {counted}."),
        1 => "One problem keeps this from being used:".to_owned(),
        count => format!("{count} problems keep this from being used:"),
    };
    html! {
        <div class="import-verdict" role="status">
            <p>{ summary }</p>
            <ul>{ for diagnostics.iter().enumerate().map(|(at, diagnostic)| html! { <li key={at} class={severity(diagnostic)}>
                <span class="spot">{ format!("line {}, column {}", diagnostic.line, diagnostic.column) }</span>
                <span>{ format!("{}: {}", severity(diagnostic), diagnostic.message) }</span>
            </li> }) }</ul>
        </div>
    }
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn read_file(event: &Event, text: UseStateHandle<String>) {
    let field: HtmlInputElement = event.target_unchecked_into();
    let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
    wasm_bindgen_futures::spawn_local(async move {
        if let Ok(content) = wasm_bindgen_futures::JsFuture::from(file.unchecked_ref::<web_sys::Blob>().text()).await {
            text.set(content.as_string().unwrap_or_default());
        }
    });
    field.set_value("");
}
