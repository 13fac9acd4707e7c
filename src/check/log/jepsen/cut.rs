//! Whether a last line without a line feed may have been cut off: whether what is there is the beginning of something that
//! would fit. `:inv` is one, `[1 2` is one, and 1 is one where 12 was asked; -5 is none where 1 was asked.

use crate::check::log::Call;

/// Whether more could follow this word to make one of the names, beginning with a colon, that a sentence gives.
pub(super) fn begins_name(names: &str, word: &str) -> bool {
    let mut names = names.split([' ', ',', '.']).filter(|name| name.starts_with(':'));
    names.any(|name| is_beginning(word, name))
}

/// Whether more could follow this to make a value.
pub(super) fn begins_value(text: &str) -> bool {
    is_beginning(text, "nil") || ["-", "#"].contains(&text) || begins_list(text)
}

/// Whether more could follow this to make a value that ends such a call.
pub(super) fn begins_value_of(call: Call, text: &str) -> bool {
    let asked = match call {
        Call::Write(value) => value,
        Call::Add(value) | Call::Insert(value) | Call::Remove(value) => Some(value),
        Call::Read | Call::Cas(..) => None,
    };
    begins_value(text) || asked.is_some_and(|value| is_beginning(text, &value.to_string()))
}

/// Whether this is a list or a set that is not yet at its end, of numbers, of `nil` and of further lists.
fn begins_list(text: &str) -> bool {
    let many = |brackets: [u8; 2]| text.bytes().filter(|byte| brackets.contains(byte)).count();
    let fits = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_whitespace() || b"[]{}#-,nil".contains(&byte);
    many(*b"[{") > many(*b"]}") && (text.starts_with('[') || text.starts_with("#{")) && text.bytes().all(fits)
}

/// Whether a text begins so and goes on.
fn is_beginning(beginning: &str, text: &str) -> bool {
    beginning.len() < text.len() && text.starts_with(beginning)
}
