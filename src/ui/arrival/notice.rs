//! What there is to say about a link that has arrived, over the page until it is put away.

use yew::prelude::*;

use crate::ui::{browser, icons};

/// What there is to say.
#[derive(Clone, PartialEq)]
pub enum Notice {
    /// What happened.
    News(String),
    /// What did not, and what to do.
    Problem(String),
}

/// The notice. Putting it away also clears the address of what could not be opened, to `room`.
pub fn notice(notice: &UseStateHandle<Option<Notice>>, room: &'static str) -> Html {
    let (text, role, class) = match &**notice {
        Some(Notice::News(text)) => (text, "status", "news"),
        Some(Notice::Problem(text)) => (text, "alert", "problem"),
        None => return Html::default(),
    };
    let onclick = {
        let notice = notice.clone();
        Callback::from(move |_: MouseEvent| {
            notice.set(None);
            browser::replace_address(room);
            browser::focus("room");
        })
    };
    html! {
        <div class={classes!("notice", class)}>
            <p {role}>{ text }</p>
            <button class="quiet-button" {onclick} aria-label="Put this notice away">{ icons::cross() }</button>
        </div>
    }
}
