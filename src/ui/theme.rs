//! Light and dark. Dark is the default; the choice is kept in this browser.

use super::browser;

/// A theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ground.
    Dark,
    /// Warm paper.
    Light,
}

impl Theme {
    /// The one chosen before, or dark.
    pub fn stored() -> Self {
        if browser::stored("theme").as_deref() == Some("light") { Self::Light } else { Self::Dark }
    }

    /// Its name, as the style sheets know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Dark,
        }
    }

    /// Puts it on the page and keeps it.
    pub fn apply(self) {
        if let Some(root) = browser::root() {
            let _ = root.set_attribute("data-theme", self.name());
        }
        browser::store("theme", self.name());
    }
}
