//! A dial: a slider with its value in words, and marks where something changes.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a dial shows.
pub struct Dial<'a> {
    /// What no other dial of the page is called.
    pub id: &'static str,
    /// What it sets.
    pub label: &'a str,
    /// What it stands at.
    pub value: u32,
    /// The least and the most it can say.
    pub range: (u32, u32),
    /// Its steps.
    pub step: u32,
    /// What it stands at, in words.
    pub text: String,
    /// Where something changes, and what.
    pub marks: &'a [(u32, String)],
    /// Turn it.
    pub on_turn: Callback<u32>,
}

/// The dial.
pub fn dial(props: Dial) -> Html {
    let Dial { id, label, value, range: (least, most), step, text, marks, on_turn } = props;
    let oninput = Callback::from(move |event: InputEvent| {
        let field: HtmlInputElement = event.target_unchecked_into();
        if let Ok(value) = field.value().parse() {
            on_turn.emit(value);
        }
    });
    html! {
        <div class="dial">
            <label for={id}>{ label }{ " " }<b class="dial-value">{ &text }</b></label>
            <div class="dial-track" style={format!("--done:{}", share(value - least, most - least))}>
                <input {id} type="range" min={least.to_string()} max={most.to_string()} step={step.to_string()}
                    value={value.to_string()} aria-valuetext={text} {oninput} />
                { for marks.iter().map(|(at, words)| html! {
                    <span class="dial-mark" key={*at} style={format!("--at:{}", share(at - least, most - least))}>{ words }</span>
                }) }
            </div>
        </div>
    }
}

/// A part of a whole, from `0.000` to `1.000`.
pub fn share(part: u32, whole: u32) -> String {
    let thousandths = (part * 1_000).checked_div(whole).unwrap_or(0);
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

/// A choice among a few, of which one is pressed.
pub fn choice<T: Copy + PartialEq + 'static>(
    label: &'static str,
    all: &[(T, String)],
    now: T,
    on_choose: &Callback<T>,
) -> Html {
    let one = |(at, (value, words)): (usize, &(T, String))| {
        let (value, on_choose) = (*value, on_choose.clone());
        let onclick = Callback::from(move |_: MouseEvent| on_choose.emit(value));
        html! { <button key={at} aria-pressed={(value == now).to_string()} {onclick}>{ words }</button> }
    };
    html! {
        <div class="pick">
            <span aria-hidden="true">{ label }</span>
            <div class="segments" role="group" aria-label={label}>{ for all.iter().enumerate().map(one) }</div>
        </div>
    }
}
