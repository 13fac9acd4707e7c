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

/// What a node's style and its classes say of one property: the last thing that counts, as far as `is_plain` says that it
/// is nothing but a plain value. Anything else a style can say is not drawn here, so that no text can smuggle in more.
fn said<'a>(diagram: &'a Diagram, node: &'a Node, property: &str, is_plain: fn(&str) -> bool) -> Option<&'a str> {
    let of_class = |class: &'a String| {
        diagram.class_defs.iter().filter(move |def| def.names.contains(class)).flat_map(|def| def.style.iter())
    };
    let declarations = node.classes.iter().flat_map(of_class).chain(&node.style);
    declarations
        .filter_map(|declaration| declaration.trim().strip_prefix(property)?.trim_start().strip_prefix(':'))
        .map(str::trim)
        .rfind(|value| is_plain(value))
}

/// The fill of a node, if it is a plain colour: `#f9f` or a name.
pub fn fill<'a>(diagram: &'a Diagram, node: &'a Node) -> Option<&'a str> {
    said(diagram, node, "fill", is_colour)
}

/// The colour of a node's outline, if it is a plain one. Greys, and black and white, are no colours here: they are what
/// outlines are drawn with on Mermaid's white ground, and on ours the lab's own line does the same.
pub fn stroke<'a>(diagram: &'a Diagram, node: &'a Node) -> Option<&'a str> {
    said(diagram, node, "stroke", is_colour).filter(|colour| !is_grey(colour))
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

/// How strong a node's outline is, in pixels from 3 to 8. Mermaid's usual 1 and 2 are one and the same here.
pub fn stroke_width(diagram: &Diagram, node: &Node) -> Option<u8> {
    let width = said(diagram, node, "stroke-width", |value| pixels(value).is_some()).and_then(pixels)?;
    (width > 2).then_some(width.min(8))
}

/// `4`, `4px`, `4.5px`: whole pixels.
fn pixels(text: &str) -> Option<u8> {
    let number = text.strip_suffix("px").unwrap_or(text).trim();
    let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
    whole.parse().ok()
}

fn is_grey(colour: &str) -> bool {
    let Some(digits) = colour.strip_prefix('#') else {
        let name = colour.to_ascii_lowercase();
        return ["black", "white", "none", "transparent"].contains(&name.as_str())
            || name.ends_with("gray")
            || name.ends_with("grey");
    };
    let size = if digits.len() > 4 { 2 } else { 1 };
    let part = |at: usize| digits.get(at * size..(at + 1) * size);
    part(0) == part(1) && part(1) == part(2)
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

    #[test]
    fn an_outline_has_the_colour_and_the_strength_that_the_text_gives_it() {
        let (diagram, _) = crate::diagram::mermaid::parse(
            "graph TD\na\nb\nc\nstyle a stroke:#333,stroke-width:2px\nstyle b stroke : #d4a359 , stroke-width:4px\nclassDef x stroke:red,stroke-width:40px\nclass c x",
        );
        let of = |at: usize| (stroke(&diagram, &diagram.nodes[at]), stroke_width(&diagram, &diagram.nodes[at]));
        assert_eq!(of(0), (None, None), "the template's outlines are the lab's own");
        assert_eq!(of(1), (Some("#d4a359"), Some(4)));
        assert_eq!(of(2), (Some("red"), Some(8)));
    }
}
