//! The colours of the canvases: those of the style sheets, read anew when the theme changes.

use crate::ui::browser;

/// The colours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub paper: String,
    /// Thin lines.
    pub line: String,
    /// Lines that are to be seen.
    pub strong: String,
    /// Words.
    pub text: String,
    /// Words that matter less.
    pub quiet: String,
    /// What one points at.
    pub gold: String,
    /// Behind what one sees of the whole.
    pub gold_soft: String,
    /// Writes.
    pub write: String,
    /// Behind what an order explains.
    pub explained: String,
    /// What fits nowhere.
    pub violation: String,
    /// Behind it.
    pub violation_soft: String,
    /// The face of words on bars.
    pub mono: String,
    /// The face of other words.
    pub sans: String,
    /// The inside of reads.
    pub read: String,
}

impl Palette {
    /// As the style sheets have them now.
    pub fn now() -> Self {
        let style = browser::window()
            .zip(browser::root())
            .and_then(|(window, root)| window.get_computed_style(&root).ok().flatten());
        let get = |name: &str| {
            let value = style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
            value.trim().to_owned()
        };
        Self {
            paper: get("--paper"),
            line: get("--line"),
            strong: get("--line-strong"),
            text: get("--text"),
            quiet: get("--quiet"),
            gold: get("--gold"),
            gold_soft: get("--gold-soft"),
            write: get("--consistent"),
            explained: get("--available-soft"),
            violation: get("--violation"),
            violation_soft: get("--violation-soft"),
            mono: get("--mono"),
            sans: get("--sans"),
            read: get("--raised"),
        }
    }
}
