//! What can be taken away: what each form is called, what is said about it, and what it comes to.

use wasm_bindgen::JsValue;

use crate::course::Reading;
use crate::course::take::{Form, Origin, Recording, picture, write};
use crate::diagram::link::{self, View};
use crate::diagram::space_time_colours::{DARK, LIGHT};
use crate::ui::prove::Page;
use crate::ui::theme::Theme;
use crate::ui::{browser, values};

/// A form in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A text that is read off the run.
    Text(Form),
    /// The space-time diagram.
    Picture,
    /// A link to the page.
    Link,
    /// The run itself.
    Run,
}

/// The list: groups, each with its title.
pub const GROUPS: [(&str, &[Item]); 3] = [
    ("Diagrams", &[Item::Text(Form::Sequence), Item::Text(Form::Portable), Item::Text(Form::Module), Item::Picture]),
    ("What the clients saw", &[Item::Text(Form::Lines), Item::Text(Form::Jepsen)]),
    ("The run itself", &[Item::Link, Item::Run]),
];

/// What one gets: the text of a file, and the file's name.
#[derive(Clone, PartialEq)]
pub struct Taken {
    /// The text; a sentence that says why there is none.
    pub text: Result<String, String>,
    /// The name of the file; `None` where a file makes no sense.
    pub file: Option<String>,
    /// What to type in a terminal, and what then comes.
    pub command: Option<(String, String)>,
}

impl Item {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text(Form::Sequence) => "Sequence diagram",
            Self::Text(Form::Portable) => "Flowchart, Portable",
            Self::Text(Form::Module) => "Flowchart, Module",
            Self::Text(Form::Lines) => "JSON lines",
            Self::Text(Form::Jepsen) => "Jepsen log",
            Self::Picture => "Space-time picture",
            Self::Link => "Link",
            Self::Run => "Run, as JSON",
        }
    }

    /// What there is to say about it.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Text(Form::Sequence) => {
                "Who sends what to whom, what is lost, and the verdicts. Every Mermaid from 8 to 12 draws it."
            }
            Self::Text(Form::Portable) => "The run as a flowchart of two nodes. Every Mermaid from 8 to 12 draws it.",
            Self::Text(Form::Module) => {
                "The same flowchart in the module's own writing. Mermaid itself refuses some of it; to have it drawn, take \
                 Portable."
            }
            Self::Text(Form::Lines) => "What each client asked and was told, one event a line, with its time.",
            Self::Text(Form::Jepsen) => {
                "The same as Jepsen prints it: without times, and with nil for the value at the start."
            }
            Self::Picture => "The whole run, with its title and its verdicts. It needs no page and no font around it.",
            Self::Link => "It opens this page as you see it. Nothing is uploaded: all of it is in the link itself.",
            Self::Run => "The scenario, its seed, and what was done by hand. It runs again to the same events.",
        }
    }

    /// What it comes to for a run, on a page in that state.
    pub fn taken(self, run: &Recording, (page, state): (Page, &str), theme: Theme) -> Taken {
        let file = |ending: &str| Some(run.stem() + ending);
        match self {
            Self::Text(form) => Taken {
                text: write(std::slice::from_ref(run), form),
                file: file(form.ending()),
                command: form.is_a_history().then(|| {
                    let verdict = match run.gauges().consistency.reading {
                        Reading::Violated(_) => "not linearizable",
                        _ => "linearizable",
                    };
                    (["partition-lab check ", &run.stem(), form.ending()].concat(), verdict.to_owned())
                }),
            },
            Self::Picture => {
                let palette = if theme == Theme::Light { LIGHT } else { DARK };
                Taken { text: Ok(picture(run, palette)), file: file(".svg"), command: None }
            }
            Self::Link => Taken { text: link_to(page, state), file: None, command: None },
            Self::Run => Taken {
                text: json(run),
                file: file(".json"),
                command: Some((
                    ["partition-lab simulate ", &run.stem(), ".json"].concat(),
                    "what became of every message and request, and every verdict".to_owned(),
                )),
            },
        }
    }
}

/// The link to a page in that state.
fn link_to(page: Page, state: &str) -> Result<String, String> {
    let view = View::Page { page: page.name().to_owned(), state: state.to_owned() };
    let code = link::encode(&view).map_err(|_| {
        "What was done here is too much for a link. Take the run as JSON instead: the program runs it again.".to_owned()
    })?;
    Ok([&browser::home(), "#/prove/", &code].concat())
}

/// The run as JSON, if it can be run again.
fn json(run: &Recording) -> Result<String, String> {
    if run.origin == Origin::Chosen {
        return Err(
            "The steps of this run were chosen one by one, so its scenario alone does not bring it back. Take what \
                    its clients saw, or its sequence diagram."
                .to_owned(),
        );
    }
    let text = values::to_js(&run.run).ok().and_then(|value| {
        js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &1.into()).ok()?.as_string()
    });
    text.map(|text| text + "\n").ok_or_else(|| "The browser could not write this run.".to_owned())
}
