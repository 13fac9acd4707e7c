//! What was done last, said for a moment.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long it is said, in milliseconds.
const MOMENT: u32 = 3_000;

/// What was done last. Numbered, so that the same words said twice are said for a moment twice.
#[derive(Clone)]
pub struct News(UseStateHandle<Option<(u32, String)>>);

/// Whatever comes next is said for its whole moment; what is said before goes.
#[hook]
pub fn use_news() -> News {
    let said = use_state(|| None::<(u32, String)>);
    let later = said.setter();
    use_effect_with((*said).clone(), move |said| {
        let timeout = said.is_some().then(|| Timeout::new(MOMENT, move || later.set(None)));
        move || drop(timeout)
    });
    News(said)
}

impl News {
    /// Says it.
    pub fn say(&self, words: String) {
        let number = self.0.as_ref().map_or(0, |(number, _)| *number);
        self.0.set(Some((number + 1, words)));
    }

    /// What is said now.
    pub fn words(&self) -> String {
        self.0.as_ref().map(|(_, words)| words.clone()).unwrap_or_default()
    }
}
