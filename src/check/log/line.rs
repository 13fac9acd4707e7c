//! The lines of a text, whoever wrote it: with a byte order mark at its start or not, ended by line feeds alone or by
//! carriage returns and line feeds, and with a last line that may have no end.

use std::iter;

/// One line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub number: u32,
    /// What it says, without its end.
    pub text: &'a str,
    /// Whether it has an end. A line without one is the last, and may have been cut off.
    pub ended: bool,
}

impl Line<'_> {
    /// Whether there is nothing on it.
    pub fn is_blank(&self) -> bool {
        self.text.trim_ascii().is_empty()
    }

    /// Where a part of the line begins, in bytes.
    pub fn offset(&self, part: &str) -> usize {
        let start = part.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr());
        if self.text.is_char_boundary(start) { start } else { 0 }
    }
}

/// The lines of a text. What follows the last line feed is a line only if it is not empty.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let numbers = (1..=u32::MAX).chain(iter::repeat(u32::MAX));
    text.split_inclusive('\n').zip(numbers).map(|(whole, number)| {
        let text = whole.strip_suffix('\n');
        let ended = text.is_some();
        let text = text.unwrap_or(whole);
        Line { number, text: text.strip_suffix('\r').unwrap_or(text), ended }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_with_any_end_and_with_a_byte_order_mark() {
        for text in ["one\n\ntwo\n", "one\r\n\r\ntwo\r\n", "\u{feff}one\n\ntwo\n"] {
            let read: Vec<_> = lines(text).map(|line| (line.number, line.text, line.ended)).collect();
            assert_eq!(read, [(1, "one", true), (2, "", true), (3, "two", true)], "{text:?}");
        }
        assert!(lines("one\ntwo").last().is_some_and(|line| !line.ended));
        assert_eq!(lines("").count(), 0);
    }
}
