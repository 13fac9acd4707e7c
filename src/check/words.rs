//! Operations of a log in words: who did what, and where it stands in the log.
//!
//! ```text
//! process 23 read 0 (line 161, returned line 164)
//! process 7 may have changed 3 to nil (line 12, never returned)
//! ```

use super::log::{Call, Datum, Ending, Entry, Moment, Reading};

/// A value of a register: a number, or `nil`.
pub fn value(value: Datum) -> String {
    value.map_or_else(|| "nil".to_owned(), |number| number.to_string())
}

/// How much of a long list is spelt out.
const SPELT_OUT: usize = 12;

/// The elements of a set: `{1, 2}`. Of many, only the first.
pub fn elements(held: &[i64]) -> String {
    let mut shown: Vec<String> = held.iter().take(SPELT_OUT).map(i64::to_string).collect();
    if held.len() > SPELT_OUT {
        shown.push(format!("… {} in all", held.len()));
    }
    format!("{{{}}}", shown.join(", "))
}

/// One of several: `4`, `4 or nil`, `1, 2 or 3`. Of many, only how many.
pub fn one_of(shown: &[String]) -> String {
    match shown.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) if rest.len() < SPELT_OUT => format!("{} or {last}", rest.join(", ")),
        Some(_) => format!("one of {} other values", shown.len()),
    }
}

/// A number with a comma before every three digits: `12,345,678`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things: `1 operation`, `71 operations`.
pub fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// The sentence about an object of that key.
pub fn about(key: Option<&str>, sentence: &str) -> String {
    match key {
        Some(key) => format!("Key {key}: {sentence}"),
        None => capital(sentence),
    }
}

/// The sentence with its first letter large.
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who did what, and where: the beginning of a sentence, in lower case.
pub fn deed(entry: &Entry) -> String {
    format!("process {} {} ({})", entry.process, act(entry), place(entry))
}

/// What was done, in the past tense.
pub fn act(entry: &Entry) -> String {
    let (call, object) = phrase(entry);
    let verb = match (&entry.ended, call) {
        (Some((_, Ending::Ok(_))), [past, ..]) => past.to_owned(),
        (Some((_, Ending::Fail)), [.., infinitive]) => format!("failed to {infinitive}"),
        (Some((_, Ending::Info)) | None, [_, participle, _]) => format!("may have {participle}"),
    };
    if object.is_empty() { verb } else { format!("{verb} {object}") }
}

/// The verb of a call (past tense, participle, infinitive) and its object.
fn phrase(entry: &Entry) -> ([&'static str; 3], String) {
    let found = match &entry.ended {
        Some((_, Ending::Ok(Reading::Value(found)))) => value(*found),
        Some((_, Ending::Ok(Reading::Elements(found)))) => elements(found),
        _ => String::new(),
    };
    match entry.call {
        Call::Read => (["read"; 3], found),
        Call::Write(new) => (["wrote", "written", "write"], value(new)),
        Call::Cas(from, to) => (["changed", "changed", "change"], format!("{} to {}", value(from), value(to))),
        Call::Add(amount) => (["added", "added", "add"], amount.to_string()),
        Call::Insert(element) => (["put in", "put in", "put in"], element.to_string()),
        Call::Remove(element) => (["took out", "taken out", "take out"], element.to_string()),
    }
}

/// Where an operation stands: its lines if it was read from a file, else the places of its events.
pub fn place(entry: &Entry) -> String {
    match &entry.ended {
        Some((end, Ending::Ok(_))) => format!("{}, returned {}", at(entry.invoked), at(*end)),
        Some((end, Ending::Fail)) => format!("{}, failed {}", at(entry.invoked), at(*end)),
        Some((_, Ending::Info)) | None => format!("{}, never returned", at(entry.invoked)),
    }
}

/// Where something was recorded.
pub fn at(moment: Moment) -> String {
    match moment.line {
        0 => format!("event {}", moment.position),
        line => format!("line {line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(call: Call, ended: Option<Ending>) -> Entry {
        let moment = |line| Moment { position: line, line, at: None };
        Entry { process: 7, key: None, call, invoked: moment(12), ended: ended.map(|ending| (moment(14), ending)) }
    }

    #[test]
    fn an_operation_is_told_with_its_process_its_values_and_its_lines() {
        let read = entry(Call::Read, Some(Ending::Ok(Reading::Value(None))));
        assert_eq!(deed(&read), "process 7 read nil (line 12, returned line 14)");
        let cas = entry(Call::Cas(Some(3), None), None);
        assert_eq!(deed(&cas), "process 7 may have changed 3 to nil (line 12, never returned)");
        let write = entry(Call::Write(Some(4)), Some(Ending::Fail));
        assert_eq!(deed(&write), "process 7 failed to write 4 (line 12, failed line 14)");
    }

    #[test]
    fn a_long_list_is_cut_and_says_how_long_it_is() {
        let many: Vec<i64> = (0..100).collect();
        assert!(elements(&many).ends_with("11, … 100 in all}"));
        assert_eq!(one_of(&["4".to_owned(), "nil".to_owned()]), "4 or nil");
    }
}
