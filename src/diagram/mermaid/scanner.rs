//! A cursor over the source that knows its place.
//!
//! The source is cut into characters once, with every line break as `\n`; offsets count characters. A [`Scanner`] is
//! a cheap copy, so a reader may try one reading, fail, and try the next from where it began.

/// A text ready to be read.
pub(super) struct Source {
    chars: Vec<char>,
    starts: Vec<usize>,
}

impl Source {
    /// Takes a text as it comes: with any line breaks and perhaps a byte order mark.
    pub fn new(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut chars = Vec::with_capacity(text.len());
        let mut after_return = false;
        for c in text.chars() {
            match c {
                '\n' if after_return => {}
                '\r' | '\n' => chars.push('\n'),
                other => chars.push(other),
            }
            after_return = c == '\r';
        }
        Self::of(chars)
    }

    /// Takes a text sign by sign, so that offsets count its own characters.
    pub fn as_it_is(text: &str) -> Self {
        Self::of(text.chars().collect())
    }

    fn of(chars: Vec<char>) -> Self {
        let breaks = chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        Self { chars, starts }
    }

    /// Line and column of an offset, both from 1.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line.saturating_sub(1)];
        (line, at - start + 1)
    }

    /// The offset of the end of the line that holds `at`.
    pub fn line_end(&self, at: usize) -> usize {
        let line = self.starts.partition_point(|start| *start <= at);
        self.starts.get(line).map_or(self.chars.len(), |next| next - 1)
    }

    /// A cursor at the start.
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner { chars: &self.chars, at: 0 }
    }
}

/// A place in a [`Source`].
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    chars: &'a [char],
    /// The offset.
    pub at: usize,
}

impl Scanner<'_> {
    /// The character here.
    pub fn peek(self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// The character `ahead` places on.
    pub fn ahead(self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    /// The same cursor at another offset.
    pub fn to(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// Whether nothing is left.
    pub fn is_done(self) -> bool {
        self.at >= self.chars.len()
    }

    /// Whether `text` stands here.
    pub fn sees(self, text: &str) -> bool {
        let mut at = self.at;
        text.chars().all(|c| {
            at += 1;
            self.chars.get(at - 1) == Some(&c)
        })
    }

    /// Whether `word` stands here and ends here, as a regular expression's `\b` would have it.
    pub fn sees_word(self, word: &str) -> bool {
        let after = self.chars.get(self.at + word.chars().count());
        self.sees(word) && !after.is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_')
    }

    /// Steps over `text` if it stands here.
    pub fn take(&mut self, text: &str) -> bool {
        let sees = self.sees(text);
        if sees {
            self.at += text.chars().count();
        }
        sees
    }

    /// Steps over one character.
    pub fn bump(&mut self) {
        self.at = (self.at + 1).min(self.chars.len());
    }

    /// Steps over characters while they please, and returns how many.
    pub fn skip_while(&mut self, pleases: impl Fn(char) -> bool) -> usize {
        let from = self.at;
        while self.peek().is_some_and(&pleases) {
            self.at += 1;
        }
        self.at - from
    }

    /// Steps over blanks of this line, and returns how many.
    pub fn skip_blanks(&mut self) -> usize {
        self.skip_while(|c| c.is_whitespace() && c != '\n')
    }

    /// Steps over blanks and line breaks.
    pub fn skip_space(&mut self) -> usize {
        self.skip_while(char::is_whitespace)
    }

    /// The text between two offsets.
    pub fn slice(self, from: usize, to: usize) -> String {
        let to = to.min(self.chars.len());
        self.chars[from.min(to)..to].iter().collect()
    }

    /// The offset at which `c` next stands, looking no further than `bound` characters.
    pub fn find(self, c: char, bound: usize) -> Option<usize> {
        let until = self.chars.len().min(self.at.saturating_add(bound));
        (self.at..until).find(|at| self.chars[*at] == c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_columns_from_one_whatever_the_line_breaks() {
        let source = Source::new("ab\r\nc\rd\n");
        assert_eq!(source.place(0), (1, 1));
        assert_eq!(source.place(3), (2, 1));
        assert_eq!(source.place(5), (3, 1));
        assert_eq!(source.place(7), (4, 1));
        assert_eq!(source.line_end(4), 4);
    }

    #[test]
    fn a_word_ends_where_its_letters_end() {
        let source = Source::new("end-node endpoint");
        assert!(source.scanner().sees_word("end"));
        assert!(!source.scanner().to(9).sees_word("end"));
    }
}
