//! One of several, as a list to choose from.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What a list needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What it is about.
    pub label: &'static str,
    /// What there is to choose from.
    pub options: Vec<AttrValue>,
    /// Which of them is chosen.
    pub chosen: usize,
    /// Why the choice does not matter at the moment, if it does not.
    #[prop_or_default]
    pub idle: Option<&'static str>,
    /// Another is chosen.
    pub on_choose: Callback<usize>,
}

/// The list.
#[component]
pub fn Choice(props: &Props) -> Html {
    let Props { label, options, chosen, idle, on_choose } = props;
    let field = use_node_ref();
    // A list that a person has used no longer follows the attributes of its options.
    use_effect_with((*chosen, field.clone()), |(chosen, field)| {
        if let Some(field) = field.cast::<HtmlSelectElement>() {
            field.set_selected_index(i32::try_from(*chosen).unwrap_or(0));
        }
    });
    let onchange = on_choose.reform(|event: Event| {
        let field: HtmlSelectElement = event.target_unchecked_into();
        usize::try_from(field.selected_index()).unwrap_or(0)
    });
    let options = options
        .iter()
        .enumerate()
        .map(|(at, words)| html! { <option key={at} selected={at == *chosen}>{ words }</option> });
    html! {
        <label class={classes!("choice", idle.map(|_| "idle"))} title={*idle}>
            <span>{ *label }</span><select ref={field} {onchange}>{ for options }</select>
        </label>
    }
}
