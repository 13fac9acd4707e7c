//! The square of what is possible; each field opens its page.

use yew::prelude::*;

use super::state::Deed;
use crate::course::beyond::{Square, Topic};
use crate::ui::icons;
use crate::ui::prove::Page;

/// The square, as seen from a page.
pub fn square(here: Topic, dispatch: &Callback<Deed>) -> Html {
    html! {
        <section class="square" aria-label="What is possible">
            <h2>{ "Always available, and consistent …" }</h2>
            <table>
                <thead><tr><td></td>{ for Square::COLUMNS.iter().map(|words| html! { <th scope="col" key={*words}>{ *words }</th> }) }</tr></thead>
                <tbody>
                    { for Square::ROWS.iter().zip(Square::ALL.chunks(2)).map(|(words, fields)| html! {
                        <tr key={*words}><th scope="row">{ *words }</th>{ for fields.iter().map(|field| self::field(*field, here, dispatch)) }</tr>
                    }) }
                </tbody>
            </table>
        </section>
    }
}

fn field(field: Square, here: Topic, dispatch: &Callback<Deed>) -> Html {
    let (class, icon, words) =
        if field.possible { ("holds", icons::check(), "possible") } else { ("violated", icons::cross(), "impossible") };
    let inside = html! { <><b>{ icon }{ words }</b><span>{ field.source }</span></> };
    let link = match field.topic {
        None => html! { <a href={Page::Walk.address()}>{ inside }</a> },
        Some(topic) => {
            let dispatch = dispatch.clone();
            let onclick = Callback::from(move |_: MouseEvent| dispatch.emit(Deed::Open(topic)));
            let current = (topic == here).then_some("true");
            html! { <button aria-current={current} {onclick}>{ inside }</button> }
        }
    };
    html! { <td key={field.source} {class}>{ link }</td> }
}
