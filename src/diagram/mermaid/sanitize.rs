//! A label as Mermaid's parser holds it, after its sanitiser.
//!
//! Only a text with a `<` in it passes the sanitiser, and then as HTML: `<br/>` becomes `<br>`, a lone `<` becomes
//! `&lt;`, unknown tags and scripts go.

use super::entity;

const KEPT: [&str; 31] = [
    "a", "b", "big", "br", "center", "code", "del", "div", "em", "font", "h1", "h2", "h3", "h4", "hr", "i", "img",
    "ins", "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "u", "ul",
];

/// The text as Mermaid reports it.
pub(super) fn sanitized(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        at += match rest[0] {
            '<' if tag_begins(rest) => tag(rest, &mut kept),
            '&' => reference(rest, &mut kept),
            c => {
                push_escaped(c, &mut kept);
                1
            }
        };
    }
    kept.trim().to_owned()
}

fn push_escaped(c: char, kept: &mut String) {
    match c {
        '<' => kept.push_str("&lt;"),
        '>' => kept.push_str("&gt;"),
        '&' => kept.push_str("&amp;"),
        '\u{a0}' => kept.push_str("&nbsp;"),
        c => kept.push(c),
    }
}

fn reference(rest: &[char], kept: &mut String) -> usize {
    let (c, taken) = entity::decode(rest).unwrap_or(('&', 1));
    push_escaped(c, kept);
    taken
}

fn tag_begins(rest: &[char]) -> bool {
    let name = if rest.get(1) == Some(&'/') { 2 } else { 1 };
    rest.get(name).is_some_and(char::is_ascii_alphabetic)
}

/// Takes a tag and returns its length: to the end of the text if it is not closed, with its content if it is a
/// script.
fn tag(rest: &[char], kept: &mut String) -> usize {
    let Some(end) = rest.iter().position(|c| *c == '>') else { return rest.len() };
    let inside: String = rest[1..end].iter().collect();
    let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    if name == "script" || name == "style" {
        let content: String = rest[end..].iter().collect();
        let closing = content.find(&format!("</{name}>"));
        return closing.map_or(rest.len(), |at| end + content[..at].chars().count());
    }
    if name == "br" {
        kept.push_str("<br>");
    } else if KEPT.contains(&name.as_str()) {
        kept.push('<');
        kept.push_str(inside.trim_end_matches('/').trim_end().replace('\'', "\"").as_str());
        kept.push('>');
    }
    end + 1
}
