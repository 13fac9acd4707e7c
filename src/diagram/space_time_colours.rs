//! The colours of a space-time diagram as a file: those of the page's themes.

/// The colours, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The ground.
    pub paper: &'static str,
    /// The card of a value.
    pub panel: &'static str,
    /// The head of a node.
    pub node: &'static str,
    /// The head of a client.
    pub client: &'static str,
    /// Lines that are always there.
    pub line: &'static str,
    /// Words.
    pub text: &'static str,
    /// Words and arrows that step back.
    pub quiet: &'static str,
    /// The cut, and what is lost at it.
    pub cut: &'static str,
    /// Success.
    pub good: &'static str,
    /// A refusal, and an answer that is wrong.
    pub bad: &'static str,
}

/// The colours of the light theme.
pub const LIGHT: Palette = Palette {
    paper: "#fdfbf5",
    panel: "#fffdf8",
    node: "#ffffff",
    client: "#faf6ec",
    line: "#b3a78f",
    text: "#1b2233",
    quiet: "#566074",
    cut: "#855810",
    good: "#0f7550",
    bad: "#b3303a",
};

/// The colours of the dark theme.
pub const DARK: Palette = Palette {
    paper: "#0c111b",
    panel: "#121826",
    node: "#182036",
    client: "#141b2b",
    line: "#4a5568",
    text: "#e8eaf0",
    quiet: "#9aa6ba",
    cut: "#d9ab62",
    good: "#5fd0a0",
    bad: "#ff8b8f",
};

/// So many percent of one colour in another.
pub fn mixed(colour: &str, with: &str, percent: u32) -> String {
    let part = |colour: &str, at: usize| colour.get(at..at + 2).and_then(|two| u32::from_str_radix(two, 16).ok());
    let digit = |number: u32| char::from_digit(number, 16).unwrap_or('0');
    let mut mixture = "#".to_owned();
    for at in [1, 3, 5] {
        let share = part(colour, at).unwrap_or(0) * percent + part(with, at).unwrap_or(0) * (100 - percent);
        let byte = (share + 50) / 100;
        mixture.push(digit(byte / 16));
        mixture.push(digit(byte % 16));
    }
    mixture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palettes_are_those_of_the_themes() {
        let tokens = include_str!("../../www/tokens.css");
        let (dark, light) = tokens.split_once("[data-theme=\"light\"]").expect("there are two themes");
        for (palette, theme) in [(DARK, dark), (LIGHT, light)] {
            for (name, colour) in [
                ("paper", palette.paper),
                ("panel", palette.panel),
                ("node", palette.node),
                ("client", palette.client),
                ("line-strong", palette.line),
                ("text", palette.text),
                ("quiet", palette.quiet),
                ("gold", palette.cut),
                ("available", palette.good),
                ("violation", palette.bad),
            ] {
                assert!(theme.contains(&format!("--{name}: {colour};")), "--{name} is not {colour}");
            }
        }
    }

    #[test]
    fn colours_mix_as_in_a_style_sheet() {
        assert_eq!(mixed("#ffffff", "#000000", 0), "#000000");
        assert_eq!(mixed("#ffffff", "#000000", 100), "#ffffff");
        assert_eq!(mixed("#ff0000", "#0000ff", 50), "#800080");
    }
}
