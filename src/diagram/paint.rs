//! Colours and meanings that the picture takes from the text: a node's fill, and what a message's words say about it.

use super::{Diagram, Edge, Node, Stroke};

/// What a message is, by its stroke and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A request, or anything else that arrives.
    Message,
    /// A message that is lost.
    Lost,
    /// An answer that reports success.
    Success,
    /// An answer that reports an error.
    Error,
}

const ERROR_WORDS: [&str; 8] = ["error", "fail", "reject", "refus", "denied", "timeout", "unavailable", " 50"];
const SUCCESS_WORDS: [&str; 5] = ["200", "ok", "success", "accepted", "acknowledge"];

/// What an edge means.
pub fn meaning(edge: &Edge) -> Meaning {
    let words = edge.visible().to_ascii_lowercase();
    if edge.stroke == Stroke::Dotted {
        Meaning::Lost
    } else if ERROR_WORDS.iter().any(|word| words.contains(word)) {
        Meaning::Error
    } else if words.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| SUCCESS_WORDS.contains(&word)) {
        Meaning::Success
    } else {
        Meaning::Message
    }
}

/// The fill that a node's style or its classes give it, if it is a plain colour: `#f9f` or a name. Anything else a
/// style can say is not drawn here, so that no text can smuggle in more than a colour.
pub fn fill<'a>(diagram: &'a Diagram, node: &'a Node) -> Option<&'a str> {
    colour(diagram, node, "fill:")
}

/// The colour of a node's outline, likewise.
pub fn stroke<'a>(diagram: &'a Diagram, node: &'a Node) -> Option<&'a str> {
    colour(diagram, node, "stroke:")
}

/// A colour as a field for colours takes it, `#rrggbb`; black for none and for one with a name.
pub fn long_hex(colour: Option<&str>) -> String {
    let digits = colour.and_then(|colour| colour.strip_prefix('#')).unwrap_or_default();
    match digits.len() {
        3 | 4 => format!("#{}", digits.chars().take(3).flat_map(|digit| [digit, digit]).collect::<String>()),
        6 | 8 => format!("#{}", &digits[..6]),
        _ => "#000000".to_owned(),
    }
}

fn colour<'a>(diagram: &'a Diagram, node: &'a Node, property: &str) -> Option<&'a str> {
    let of_class = |class: &'a String| {
        diagram.class_defs.iter().filter(move |def| def.names.contains(class)).flat_map(|def| def.style.iter())
    };
    let declarations = node.classes.iter().flat_map(of_class).chain(&node.style);
    declarations
        .filter_map(|declaration| declaration.trim().strip_prefix(property))
        .map(str::trim)
        .rfind(|colour| is_colour(colour))
}

fn is_colour(text: &str) -> bool {
    match text.strip_prefix('#') {
        Some(digits) => matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|digit| digit.is_ascii_hexdigit()),
        None => !text.is_empty() && text.len() <= 24 && text.chars().all(|letter| letter.is_ascii_alphabetic()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_colours_are_taken_from_a_style() {
        for (text, plain) in [
            ("#f9f", true),
            ("#1a1f35", true),
            ("tomato", true),
            ("url(#x)", false),
            ("red;stroke:0", false),
            ("#12", false),
        ] {
            assert_eq!(is_colour(text), plain, "{text}");
        }
    }
}
