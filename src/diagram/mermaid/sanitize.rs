//! A label as Mermaid's parser holds it, after its sanitiser.
//!
//! Only a text with a `<` in it passes the sanitiser, and then as HTML: `<br/>` becomes `<br>`, a lone `<` becomes
//! `&lt;`, unknown tags and scripts go.

use super::entity;

const KEPT: [&str; 31] = [
    "a", "b", "big", "br", "center", "code", "del", "div", "em", "font", "h1", "h2", "h3", "h4", "hr", "i", "img",
    "ins", "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "u", "ul",
];

/// Elements that hold nothing.
const VOID: [&str; 3] = ["br", "hr", "img"];

/// The text as Mermaid reports it.
pub(super) fn sanitized(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut kept = Kept { text: String::with_capacity(text.len()), open: Vec::new() };
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        at += match rest[0] {
            '<' if rest.starts_with(&['<', '!', '-', '-']) => comment(rest),
            '<' if tag_begins(rest) => kept.tag(rest),
            '&' => reference(rest, &mut kept.text),
            c => {
                push_escaped(c, &mut kept.text);
                1
            }
        };
    }
    kept.close_to(0);
    kept.text
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

/// The length of a comment.
fn comment(rest: &[char]) -> usize {
    rest.windows(3).position(|signs| signs == ['-', '-', '>']).map_or(rest.len(), |at| at + 3)
}

fn tag_begins(rest: &[char]) -> bool {
    let name = if rest.get(1) == Some(&'/') { 2 } else { 1 };
    rest.get(name).is_some_and(char::is_ascii_alphabetic)
}

/// What is kept, and the elements that are open in it.
struct Kept {
    text: String,
    open: Vec<String>,
}

impl Kept {
    /// Takes a tag and returns its length: to the end of the text if it is not closed, with its content if it is a
    /// script.
    fn tag(&mut self, rest: &[char]) -> usize {
        let Some(end) = rest.iter().position(|c| *c == '>') else { return rest.len() };
        let inside: String = rest[1..end].iter().collect();
        let closing = inside.starts_with('/');
        let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let attributes = attributes(inside.get(name.len()..).unwrap_or_default());
        let name = name.to_ascii_lowercase();
        if !closing && (name == "script" || name == "style") {
            let content: String = rest[end..].iter().collect();
            let closing = content.find(&format!("</{name}>"));
            return closing.map_or(rest.len(), |at| end + content[..at].chars().count() + name.len() + 3);
        }
        if closing {
            if let Some(at) = self.open.iter().rposition(|open| *open == name) {
                self.close_to(at);
            }
        } else if KEPT.contains(&name.as_str()) {
            self.text.extend(["<", &name, &attributes, ">"]);
            if !VOID.contains(&name.as_str()) {
                self.open.push(name);
            }
        }
        end + 1
    }

    /// Closes elements until so many are open.
    fn close_to(&mut self, count: usize) {
        while self.open.len() > count {
            let name = self.open.pop().unwrap_or_default();
            self.text.extend(["</", &name, ">"]);
        }
    }
}

/// The attributes of a tag, in quotation marks, without those that would run something.
fn attributes(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end.max(1).min(rest.len()));
        let (value, behind) = behind.strip_prefix('=').map_or(("", behind), value);
        let runs = name.starts_with("on") || value.trim_start().starts_with("javascript:");
        if !runs {
            kept.extend([" ", name, "=\"", value, "\""]);
        }
        rest = behind.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    }
    kept
}

/// The value of an attribute, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let quoted = ['"', '\''].iter().find_map(|mark| text.strip_prefix(*mark)?.split_once(*mark));
    quoted.unwrap_or_else(|| text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())))
}
