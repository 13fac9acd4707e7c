//! Where real Mermaid is stricter than we are.
//!
//! We read what a person plainly means; these rules say what Mermaid 11 would refuse of it, so that the reader of a
//! diagnostic knows. Each returns what completes the sentence "Mermaid itself rejects …". Checked against Mermaid
//! 11.17.2 on some five thousand texts.

use super::diagnostic::{Fault, Severity};
use super::{label as labels, text};
use crate::diagram::{Label, Shape, Stroke};

/// What Mermaid refuses in an ellipse.
const ELLIPSE: [char; 7] = ['[', ']', '(', ')', '{', '}', '"'];

/// The remark that Mermaid refuses what we have read.
pub(super) fn remark(span: (usize, usize), refused: &str) -> (Severity, Fault) {
    (Severity::Note, Fault::new(span.0, span.1, format!("Mermaid itself rejects {refused}.")))
}

/// The same for a label, with the quoted writing as the fix.
pub(super) fn label_remark(span: (usize, usize), refused: &str, label: &Label) -> (Severity, Fault) {
    let fix = format!("\"{}\"", super::escape::portable(&label.visible()));
    let message = format!("Mermaid itself rejects {refused}; the Portable form quotes it.");
    (Severity::Note, Fault::new(span.0, span.1, message).fix(fix))
}

/// What Mermaid refuses of a node's label. `spaced` says that a blank stands before it, `shorter` that a longer
/// opener was tried first.
pub(super) fn label(shape: Shape, label: &Label, spaced: bool, shorter: bool) -> Option<String> {
    if label.quoted {
        return match (label.raw.is_empty(), spaced) {
            (true, _) => Some("an empty label".into()),
            (_, true) => Some("a blank before the quotation mark".into()),
            _ => None,
        };
    }
    let border = labels::border(&label.raw).filter(|_| shape == Shape::Square);
    let raw = border.map_or(label.raw.as_str(), |(_, rest)| rest);
    let slanted =
        matches!(shape, Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::InvTrapezoid | Shape::Ellipse);
    let special: &[char] = match shape {
        Shape::Ellipse => &ELLIPSE,
        _ if slanted => &text::SPECIAL[..6],
        _ => &text::SPECIAL,
    };
    let behind_quotation = labels::leading_quotation(raw).filter(|_| !spaced).map(|(_, rest)| rest);
    let first = raw.chars().next();
    let minus = matches!(shape, Shape::Round | Shape::Circle) && first == Some('-');
    if raw.is_empty() && !spaced {
        Some("an empty label".into())
    } else if (shorter && matches!(first, Some('/' | '\\' | '-'))) || minus {
        Some(format!("an unquoted label that begins with “{}” here", first.unwrap_or('-')))
    } else if behind_quotation.is_none() && raw.starts_with("~~~") || shape == Shape::Ellipse && raw.contains("~~~") {
        Some("“~~~” in an unquoted label".into())
    } else {
        special_sign(behind_quotation.unwrap_or(raw), special).or_else(|| (!spaced).then(|| at_sign(raw)).flatten())
    }
}

fn special_sign(raw: &str, special: &[char]) -> Option<String> {
    Some(match raw.chars().find(|c| special.contains(c))? {
        '(' | ')' => "this unquoted parenthesis".into(),
        '[' | ']' => "this unquoted bracket".into(),
        '{' | '}' => "this unquoted brace".into(),
        '"' => "this quotation mark in an unquoted label".into(),
        other => format!("this unquoted “{other}”"),
    })
}

/// A label's first word is taken for the id of an edge if an `@` ends it.
fn at_sign(raw: &str) -> Option<String> {
    let word = raw.split(|c: char| c.is_whitespace() || c == '"').next()?;
    let mut after = word.split('@').skip(1).peekable();
    let refused = after.any(|rest| !rest.starts_with('{'));
    refused.then(|| "this unquoted “@”".into())
}

/// What Mermaid refuses of the text between pipes.
pub(super) fn pipe(label: &Label, spaced: bool) -> Option<String> {
    self::label(Shape::Plain, label, spaced, false)
}

/// What Mermaid refuses of the text inside an arrow.
pub(super) fn inside(stroke: Stroke, label: &Label) -> Option<String> {
    if label.quoted {
        return label.raw.is_empty().then(|| "an empty label".into());
    }
    let raw = labels::leading_quotation(&label.raw).map_or(label.raw.as_str(), |(_, rest)| rest);
    let (sign, refused) = match stroke {
        Stroke::Normal | Stroke::Invisible => ("--", raw.contains("--")),
        Stroke::Thick => ("=", raw.contains('=')),
        Stroke::Dotted => (".", raw.contains('.')),
    };
    if refused {
        Some(format!("“{sign}” or a head inside the text of this arrow"))
    } else {
        raw.contains('"').then(|| "this quotation mark in an unquoted label".into())
    }
}

/// What Mermaid refuses of an id.
pub(super) fn id(id: &str) -> Option<String> {
    let sign = id.chars().find(|c| *c == '=' || !c.is_ascii() && !c.is_alphabetic())?;
    Some(format!("“{sign}” in an id; the Portable form renames the node"))
}

/// What Mermaid refuses of the unquoted name of a subgraph.
pub(super) fn title(name: &str) -> Option<String> {
    const WORDS: [&str; 6] = ["default", "interpolate", "_self", "_blank", "_parent", "_top"];
    let sign =
        name.chars().find(|c| matches!(c, ',' | '=' | '@' | '~' | '|' | '<' | '>' | '(' | ')' | '{' | '}' | ']'));
    let own = WORDS.iter().find(|word| name.split_whitespace().any(|part| part == **word));
    match (name.is_empty(), sign, own) {
        (true, ..) => Some("a subgraph without a name".into()),
        (_, Some(sign), _) => Some(format!("“{sign}” in the name of a subgraph, unless it is quoted")),
        (_, _, Some(word)) => Some(format!("“{word}” as the name of a subgraph")),
        _ if name.contains(":::") || name.contains("---") => {
            Some("this name of a subgraph, unless it is quoted".into())
        }
        _ => None,
    }
}

/// What Mermaid refuses of style declarations.
pub(super) fn declarations(style: &[String]) -> Option<String> {
    let signs = ['(', ')', '[', ']', '{', '}', '|', '<', '>', '@', '~', '^', '"', '='];
    let sign = style.iter().flat_map(|piece| piece.chars()).find(|c| signs.contains(c))?;
    Some(format!("“{sign}” in a style"))
}

/// A colour such as `#f66` right before a `;` that is not the last of its line is taken for an entity.
pub(super) fn colour_before_semicolon(statement: &str, rest_of_line: &str) -> Option<String> {
    let last_word = statement.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next()?;
    let colour = statement.strip_suffix(last_word)?.ends_with('#') && !last_word.is_empty();
    let link_style = statement.starts_with("linkStyle");
    let followed = rest_of_line.strip_prefix(';')?.trim();
    (colour && (link_style || !followed.is_empty()))
        .then(|| "a colour right before this “;”; begin a new line instead".into())
}
