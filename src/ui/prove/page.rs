//! The pages of the room, their names and addresses.

use yew::prelude::*;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Step through the scenario, with both answers.
    Walk,
    /// Two runs that Node B cannot tell apart.
    View,
    /// Three outcomes that a client cannot tell apart.
    Outcomes,
    /// Compose a way out, and see it fail.
    Beat,
    /// What follows, and what does not.
    Beyond,
    /// Real histories.
    History,
}

impl Page {
    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 6] = [Self::Walk, Self::View, Self::Outcomes, Self::Beat, Self::Beyond, Self::History];

    /// Its name in addresses, links and the browser's storage.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::View => "view",
            Self::Outcomes => "outcomes",
            Self::Beat => "beat",
            Self::Beyond => "beyond",
            Self::History => "history",
        }
    }

    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Walk => "Walk through it",
            Self::View => "What Node B sees",
            Self::Outcomes => "Three outcomes",
            Self::Beat => "Beat the theorem",
            Self::Beyond => "Beyond it",
            Self::History => "Real histories",
        }
    }

    /// The page of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.name() == name)
    }

    /// The page of an address, or the first; and the name in the address, where no page has it.
    pub fn of(address: &str) -> (Self, Option<String>) {
        let name = address.strip_prefix("#/prove/").unwrap_or_default();
        let page = Self::named(name);
        let unknown = (page.is_none() && !name.is_empty()).then(|| name.to_owned());
        (page.unwrap_or(Self::Walk), unknown)
    }

    /// Its address.
    pub fn address(self) -> String {
        match self {
            Self::Walk => "#/prove".to_owned(),
            page => format!("#/prove/{}", page.name()),
        }
    }
}

/// What a page is given, and what it tells.
#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    /// How it was left, as the JSON that it told; empty the first time. What cannot be read is as good as empty.
    pub start: AttrValue,
    /// It tells how it is now, as JSON: short enough for a link where it can be.
    pub on_state: Callback<String>,
}
