//! What stands for values in either form: numbers, `nil` or `null`, lists in brackets, sets.
//!
//! Clojure takes commas for blanks, and the lists of JSON differ from its vectors in nothing else, so one scanner reads
//! both. It is handed the text of one value and says what it makes of it, given what the operation does.

use super::problem::{Fault, quote};
use super::record::Function;
use super::{Call, Datum, Form, Reading};

/// What is asked, from the function and the text of the value. A read asks for nothing.
pub(super) fn call(form: Form, function: Function, value: &str) -> Result<Call, Fault<'_>> {
    Ok(match function {
        Function::Read => Call::Read,
        Function::Write => Call::Write(datum(form, value)?),
        Function::Cas => {
            let (old, new) = pair(form, value)?;
            Call::Cas(old, new)
        }
        Function::Add => Call::Add(whole(value)?),
        Function::Insert => Call::Insert(whole(value)?),
        Function::Remove => Call::Remove(whole(value)?),
    })
}

/// What was told, from what was asked and the text of the value.
pub(super) fn reading(form: Form, asked: Call, value: &str) -> Result<Reading, Fault<'_>> {
    if asked == Call::Read {
        let is_list = value.starts_with("#{") || value.starts_with('[');
        return if is_list {
            elements(form, value).map(Reading::Elements)
        } else {
            datum(form, value).map(Reading::Value)
        };
    }
    if value == form.nil() || call(form, asked.function(), value)? == asked {
        return Ok(Reading::Done);
    }
    let message =
        format!("The {} was begun with another value than {}: repeat it.", asked.function().name(), quote(value));
    Err(Fault::new(value, message))
}

/// The text in quotation marks, or that there is none.
fn said(text: &str) -> String {
    if text.is_empty() { "Nothing".to_owned() } else { quote(text) }
}

/// A number or nothing.
pub(super) fn datum(form: Form, text: &str) -> Result<Datum, Fault<'_>> {
    if text == form.nil() { Ok(None) } else { whole(text).map(Some) }
}

/// A whole number of 64 bits.
pub(super) fn whole(text: &str) -> Result<i64, Fault<'_>> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("{} stands here for a whole number, such as 3 or -1.", said(text));
        return Err(Fault::new(text, message));
    }
    text.parse().map_err(|_| {
        let message = format!("{} does not fit: whole numbers go from {} to {}.", quote(text), i64::MIN, i64::MAX);
        Fault::new(text, message)
    })
}

/// `[old new]`.
fn pair(form: Form, text: &str) -> Result<(Datum, Datum), Fault<'_>> {
    let mut scanner = Scanner::new(text);
    if scanner.take("[") {
        let (old, new) = (scanner.word(), scanner.word());
        if scanner.take("]") && scanner.is_done() && !old.is_empty() && !new.is_empty() {
            return Ok((datum(form, old)?, datum(form, new)?));
        }
    }
    let message = format!("{} stands here for the old value and the new one, such as [1 2].", said(text));
    Err(Fault::new(text, message))
}

/// `#{1 2 3}` or `[1 2 3]`, in any order.
fn elements(form: Form, text: &str) -> Result<Vec<i64>, Fault<'_>> {
    let mut scanner = Scanner::new(text);
    let end = if form == Form::Jepsen && scanner.take("#{") { "}" } else { "]" };
    if end == "]" {
        scanner.take("[");
    }
    let mut elements = Vec::new();
    while !scanner.take(end) {
        let word = scanner.word();
        if word.is_empty() {
            let message = format!("{} is no set of whole numbers, or its end is missing.", quote(text));
            return Err(Fault::new(text, message));
        }
        elements.push(whole(word)?);
    }
    if !scanner.is_done() {
        return Err(Fault::new(scanner.rest(), format!("{} follows the end of the set.", quote(scanner.rest()))));
    }
    elements.sort_unstable();
    match elements.windows(2).find(|two| two[0] == two[1]) {
        None => Ok(elements),
        Some(two) => {
            let message = format!("The element {} stands here twice: a set holds each element once.", two[0]);
            Err(Fault::new(text, message))
        }
    }
}

/// A key and the value beside it: `[0 nil]`, `[0 3]` or `[0 [1 2]]`, as Jepsen writes operations on one of many keys.
///
/// `None` if the value is not of this shape. A function whose value is itself a list is keyed only if the list holds
/// another.
pub(super) fn keyed(function: Function, text: &str) -> Option<(&str, &str)> {
    let mut scanner = Scanner::new(text);
    if !scanner.take("[") {
        return None;
    }
    let key = scanner.word();
    scanner.skip();
    let inner = scanner.rest().strip_suffix(']')?.trim_ascii_end();
    let is_keyed = match function {
        Function::Cas => inner.starts_with('['),
        Function::Read | Function::Write | Function::Add | Function::Insert | Function::Remove => !inner.is_empty(),
    };
    (is_keyed && !key.is_empty()).then_some((key, inner))
}

/// Walks over the text of a value.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self) {
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == b',';
        self.at += self.rest().bytes().take_while(blank).count();
    }

    fn take(&mut self, sign: &str) -> bool {
        self.skip();
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    /// What stands before the next blank, bracket or brace; empty if one of these is next.
    fn word(&mut self) -> &'a str {
        self.skip();
        let rest = self.rest();
        let end = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | b'{' | b'}');
        let length = rest.bytes().position(end).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn is_done(&self) -> bool {
        self.at == self.text.len()
    }
}
