//! What the words on a learner's drawing say: the number of a step, whether a message asks or answers, which value it
//! carries. Read as a person reads them: the order of words, capitals and the kind of quotation marks do not matter.

use crate::diagram::paint::{Meaning, meaning};
use crate::diagram::{Edge, Stroke};

/// The number of a step. `2.1` and `2.2` come after 2, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub u32, pub u32);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.1 {
            0 => write!(f, "{}", self.0),
            part => write!(f, "{}.{part}", self.0),
        }
    }
}

/// What a client asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// To store something.
    Write,
    /// For what is stored.
    Read,
}

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It is done, or here it is.
    Success,
    /// It is not.
    Error,
    /// The words do not tell.
    Unclear,
}

/// What a message between nodes is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It asks the other node for something, or brings it a copy.
    Asks,
    /// It answers such a message.
    Answers,
    /// It says what has been decided.
    Decides,
    /// It says that the link is cut.
    Cuts,
    /// It says that the link works again.
    Heals,
    /// The words do not tell.
    Any,
}

const WRITES: [&str; 20] = [
    "write",
    "set",
    "put",
    "updat",
    "insert",
    "store",
    "save",
    "post",
    "create",
    "append",
    "chang",
    "delet",
    "increment",
    "add",
    "modif",
    "edit",
    "upsert",
    "patch",
    "assign",
    "commit",
];
const READS: [&str; 8] = ["read", "get", "fetch", "quer", "select", "look", "retriev", "load"];
const ERRORS: [&str; 19] = [
    "quorum loss",
    "quorum lost",
    "loss of quorum",
    "lost quorum",
    "no quorum",
    "no majority",
    "abort",
    "cannot",
    "can't",
    "unable",
    "not available",
    "blocked",
    "500",
    "503",
    "no answer",
    "no response",
    "exception",
    "timed out",
    "times out",
];
const NO_ERRORS: [&str; 4] = ["no error", "without error", "without an error", "no fail"];
const SUCCESSES: [&str; 10] =
    ["done", "written", "stored", "saved", "confirmed", "ack", "success", "accepted", "201", "204"];
const ANSWERS: [&str; 7] = ["return", "respon", "reply", "replie", "answer", "ack", "result"];

/// The number that a label begins with, and the words after it: `2. OK`, `2) OK`, `(2) OK`, `Step 2: OK`, `② OK`.
pub fn number(label: &str) -> (Option<Number>, &str) {
    let text = label.trim_start();
    if let Some(circled) = text.chars().next().filter(|letter| ('①'..='⑳').contains(letter)) {
        let rest = text[circled.len_utf8()..].trim_start_matches(['.', ')', ':', ' ']);
        return (Some(Number(u32::from(circled) - u32::from('①') + 1, 0)), rest);
    }
    let opened = text.strip_prefix(['(', '[', '#']);
    let named = text.get(..5).filter(|word| word.eq_ignore_ascii_case("step ")).map(|_| &text[5..]);
    let announced = named.is_some() || text.starts_with('#');
    match digits(named.or(opened).unwrap_or(text)) {
        Some((main, rest)) => ended(main, rest, announced).unwrap_or((None, label)),
        None => (None, label),
    }
}

/// What ends a number, if something does. A bare number needs a sign after it: `200 OK` is not step 200.
fn ended(main: u32, rest: &str, announced: bool) -> Option<(Option<Number>, &str)> {
    let mut letters = rest.chars();
    let small = main < 100;
    match letters.next() {
        Some('.') => {
            let (part, rest) = digits(letters.as_str()).unwrap_or((0, letters.as_str()));
            Some((Some(Number(main, part)), rest.trim_start_matches(['.', ')', ':', ']']).trim_start()))
        }
        Some(')' | ':' | ']') if small => {
            Some((Some(Number(main, 0)), letters.as_str().trim_start_matches(['.', ':']).trim_start()))
        }
        Some('a'..='d') if small && letters.as_str().starts_with(['.', ')', ':']) => {
            Some((Some(Number(main, 0)), letters.as_str()[1..].trim_start()))
        }
        None if announced => Some((Some(Number(main, 0)), "")),
        Some(blank) if announced && blank.is_whitespace() => Some((Some(Number(main, 0)), rest.trim_start())),
        _ => None,
    }
}

fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase).collect()
}

fn begins(word: &str, list: &[&str]) -> bool {
    list.iter().any(|start| word.starts_with(start))
}

/// Whether a text has a word that begins with one of these.
pub fn mentions(text: &str, list: &[&str]) -> bool {
    words(text).iter().any(|word| begins(word, list))
}

/// What a request asks for: by the first word that says it.
pub fn asks(text: &str) -> Option<Asks> {
    words(text).iter().find_map(|word| match word.as_str() {
        word if begins(word, &WRITES) => Some(Asks::Write),
        word if begins(word, &READS) => Some(Asks::Read),
        _ => None,
    })
}

/// What an answer says, by its words alone. A value is an answer, too.
pub fn says(edge: &Edge, text: &str) -> Says {
    let lower = text.to_lowercase();
    let any = |list: &[&str]| list.iter().any(|words| lower.contains(words));
    if any(&NO_ERRORS) {
        return Says::Success;
    }
    match meaning(&Edge { stroke: Stroke::Normal, ..edge.clone() }) {
        Meaning::Error => Says::Error,
        _ if any(&ERRORS) => Says::Error,
        Meaning::Success => Says::Success,
        _ if mentions(text, &SUCCESSES) || lower.contains('✓') || lower.contains('✅') => Says::Success,
        _ => Says::Unclear,
    }
}

/// Whether a text begins as an answer does.
pub fn opens_as_answer(text: &str) -> bool {
    words(text).first().is_some_and(|word| begins(word, &ANSWERS))
}

/// What a message between nodes is for.
pub fn class(text: &str) -> Class {
    const HEALS: [&str; 6] = ["heal", "restor", "repair", "reconnect", "recover", "rejoin"];
    const CUTS: [&str; 7] = ["cut", "partition", "split", "sever", "disconnect", "outage", "network"];
    const ASKS: [&str; 14] = [
        "replic", "propos", "write", "cop", "sync", "propagat", "send", "forward", "prepar", "ask", "confirm", "check",
        "read", "updat",
    ];
    const REPLIES: [&str; 11] =
        ["ack", "accept", "ok", "vote", "agree", "respon", "reply", "return", "result", "200", "success"];
    words(text)
        .iter()
        .find_map(|word| match word.as_str() {
            word if begins(word, &HEALS) => Some(Class::Heals),
            word if begins(word, &CUTS) => Some(Class::Cuts),
            word if begins(word, &["commit", "decid", "appl"]) => Some(Class::Decides),
            "confirmed" => Some(Class::Answers),
            word if begins(word, &REPLIES) => Some(Class::Answers),
            word if begins(word, &ASKS) => Some(Class::Asks),
            _ => None,
        })
        .unwrap_or(Class::Any)
}

/// The value that a text names, as it is written there: in quotation marks, as `v` and a number, or after `=`.
pub fn value(text: &str) -> Option<String> {
    quoted(text).or_else(|| version(text)).or_else(|| assigned(text))
}

fn quoted(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let inside = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphanumeric());
    for (at, open) in letters.iter().enumerate() {
        let close = match open {
            '\'' | '"' | '`' => *open,
            '“' | '„' => '”',
            '‘' => '’',
            _ => continue,
        };
        // The apostrophe of a genitive opens nothing.
        if at > 0 && inside(at - 1) {
            continue;
        }
        let Some(length) = letters[at + 1..].iter().position(|letter| *letter == close) else { continue };
        let value: String = letters[at + 1..at + 1 + length].iter().collect();
        if (1..=24).contains(&value.trim().chars().count()) && !inside(at + length + 2) {
            return Some(value.trim().to_owned());
        }
    }
    None
}

fn version(text: &str) -> Option<String> {
    words(text).into_iter().find(|word| numbered(word).is_some())
}

fn assigned(text: &str) -> Option<String> {
    let (_, after) = text.split_once('=')?;
    words(after).into_iter().next()
}

/// The number of a value that is written as the core writes it, or as a plain number: `v2`, `2`.
pub fn numbered(value: &str) -> Option<u32> {
    let digits = value.strip_prefix(['v', 'V']).unwrap_or(value);
    let fits = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    // A bare number among words is too often a status or a count: those are asked for with `v`.
    fits.then(|| digits.parse().ok()).flatten().filter(|_| digits.len() < value.len())
}

/// The words of an edge without its number, on one line.
pub fn text(edge: &Edge) -> String {
    let label = edge.visible();
    let words: Vec<&str> = number(&label).1.split_whitespace().collect();
    words.join(" ")
}

/// The words of an edge as a sentence can quote them.
pub fn said(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None if text.is_empty() => "an arrow without words".to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbered_in_many_hands() {
        for (label, main, part, rest) in [
            ("1. Write Request", 1, 0, "Write Request"),
            (" 12.  OK", 12, 0, "OK"),
            ("2.1 Replicate", 2, 1, "Replicate"),
            ("2.1. Replicate", 2, 1, "Replicate"),
            ("2) OK", 2, 0, "OK"),
            ("(2) OK", 2, 0, "OK"),
            ("Step 3: OK", 3, 0, "OK"),
            ("step 3", 3, 0, ""),
            ("1a. Write", 1, 0, "Write"),
            ("② OK", 2, 0, "OK"),
        ] {
            assert_eq!(number(label), (Some(Number(main, part)), rest), "{label}");
        }
        for label in ["200 OK", "500: error", "HTTP 200", "", "Write", "4 nodes", "99999999999. x"] {
            assert_eq!(number(label), (None, label), "{label}");
        }
    }

    #[test]
    fn a_value_is_what_is_quoted_or_looks_like_a_version() {
        for (text, expected) in [
            ("Write 'v1'", Some("v1")),
            ("set value = \"v1\"", Some("v1")),
            ("Client's write of “apple”", Some("apple")),
            ("write V2 now", Some("v2")),
            ("x = 5", Some("5")),
            ("HTTP 200 OK", None),
            ("Client's request", None),
        ] {
            assert_eq!(value(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn requests_and_answers_are_told_apart_by_their_words() {
        assert_eq!(asks("Write 'v1'"), Some(Asks::Write));
        assert_eq!(asks("GET /value"), Some(Asks::Read));
        assert_eq!(asks("HTTP 200 OK"), None);
        for (text, expected) in [
            ("Return Write Error", Says::Error),
            ("Quorum Loss", Says::Error),
            ("503", Says::Error),
            ("HTTP 200 OK", Says::Success),
            ("done, no error", Says::Success),
            ("Response", Says::Unclear),
        ] {
            let edge = Edge {
                from: String::new(),
                to: String::new(),
                label: Some(crate::diagram::Label::plain(text)),
                stroke: Stroke::Dotted,
                tail: crate::diagram::Head::Open,
                head: crate::diagram::Head::Point,
                length: 1,
                parent: None,
            };
            assert_eq!(says(&edge, text), expected, "{text}");
        }
    }
}
