//! What each sign of a text is, for an editor to colour.
//!
//! The tokenizer reads with the parser's own eyes (the same scanner, ids, outlines and arrows), but it never gives up: a
//! statement that the parser refuses is coloured as far as it makes sense, so that colours do not jump about while one
//! types. Every byte of the text belongs to exactly one stretch.
//!
//! ```text
//! A[Client] -->|1. Write| B:::lost   %% why
//! I MLLLLLM AAAMLLLLLLLLM IMMMSSSS   CCCCCC
//! ```

use std::ops::Range;

use super::scanner::{Scanner, Source};
use super::{arrow, id, props, shape, text};

/// What a stretch of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Blanks, and what is nothing else.
    Plain,
    /// A word of the language: `graph`, `subgraph`, `end`, `style`, `LR`.
    Keyword,
    /// The id of a node or subgraph.
    Id,
    /// What a person reads in the picture: labels, titles, quoted strings.
    Label,
    /// An arrow.
    Arrow,
    /// What stands around labels and between statements: brackets, pipes, `&`, `;`.
    Mark,
    /// What things look like: declarations, classes, properties.
    Style,
    /// `%% a comment`
    Comment,
    /// `%%{ a directive }%%` and front matter.
    Directive,
}

/// The text in stretches, from its first byte to its last, neighbours of different kinds.
pub fn highlight(text: &str) -> Vec<(Range<usize>, Kind)> {
    let source = Source::as_it_is(text);
    let mut pen = Pen { at: source.scanner(), source: &source, ends: Vec::new() };
    pen.front_matter();
    while !pen.at.is_done() {
        pen.statement();
    }
    in_bytes(text, pen.ends)
}

/// The same stretches, each given by the character it ends before, in bytes.
fn in_bytes(text: &str, ends: Vec<(usize, Kind)>) -> Vec<(Range<usize>, Kind)> {
    let mut stretches: Vec<(Range<usize>, Kind)> = Vec::with_capacity(ends.len());
    let (mut byte, mut passed, mut chars) = (0, 0, text.chars());
    for (end, kind) in ends {
        let from = byte;
        while passed < end {
            byte += chars.next().map_or(0, char::len_utf8);
            passed += 1;
        }
        match stretches.last_mut() {
            Some((last, before)) if *before == kind => last.end = byte,
            _ => stretches.push((from..byte, kind)),
        }
    }
    stretches
}

struct Pen<'a> {
    at: Scanner<'a>,
    source: &'a Source,
    /// Where each stretch ends, in characters, and what it is.
    ends: Vec<(usize, Kind)>,
}

impl Pen<'_> {
    /// Colours what lies before `end` that is not coloured yet.
    fn until(&mut self, end: usize, kind: Kind) {
        if end > self.at.at {
            self.at.at = end;
            self.ends.push((end, kind));
        }
    }

    fn one(&mut self, kind: Kind) {
        self.until(self.at.at + 1, kind);
    }

    fn line_end(&self) -> usize {
        self.source.line_end(self.at.at)
    }

    fn blanks(&mut self) {
        let mut after = self.at;
        after.skip_blanks();
        self.until(after.at, Kind::Plain);
    }

    /// `---` … `---` on the first lines, or to the end of the text if it is not closed.
    fn front_matter(&mut self) {
        let mut fences = 0;
        let mut end = self.at;
        while fences < 2 && !end.is_done() {
            let line_end = self.source.line_end(end.at);
            let fence = end.slice(end.at, line_end).trim_end() == "---";
            if fences == 0 && !fence {
                return;
            }
            fences += usize::from(fence);
            end.at = line_end + 1;
        }
        if fences > 0 {
            self.until(end.at - 1, Kind::Directive);
        }
    }

    /// A statement with the blanks before it, to the end of its line or behind its `;`.
    fn statement(&mut self) {
        self.blanks();
        if self.at.sees("%%{") {
            self.through("}%%", Kind::Directive);
        } else if self.at.sees("%%") || self.at.sees("```") {
            self.until(self.line_end(), Kind::Comment);
        } else if !self.keyword() {
            self.chain();
        }
        if matches!(self.at.peek(), Some('\n' | ';')) {
            self.one(if self.at.peek() == Some(';') { Kind::Mark } else { Kind::Plain });
        }
    }

    /// Up to and with the next `closer`, or the end of the line if there is none.
    fn through(&mut self, closer: &str, kind: Kind) {
        let mut end = self.at;
        while !end.is_done() && !end.sees(closer) {
            end.bump();
        }
        let found = end.take(closer);
        self.until(if found { end.at } else { self.line_end() }, kind);
    }

    /// A statement that begins with a word of the language; `false` if this is none.
    fn keyword(&mut self) -> bool {
        const WORDS: [&str; 13] = [
            "flowchart-elk",
            "flowchart",
            "graph",
            "subgraph",
            "end",
            "direction",
            "style",
            "classDef",
            "class",
            "linkStyle",
            "click",
            "accTitle",
            "accDescr",
        ];
        let Some(word) = WORDS.into_iter().find(|word| self.at.sees_word(word)) else { return false };
        let behind = self.at.ahead(word.len());
        let ends = behind.is_none_or(|c| c.is_whitespace() || matches!(c, ';' | ':' | '{'));
        if !ends {
            return false;
        }
        self.until(self.at.at + word.len(), Kind::Keyword);
        self.blanks();
        match word {
            "subgraph" | "end" => self.chain(),
            "style" | "classDef" | "class" | "linkStyle" | "click" => self.declarations(),
            "accTitle" | "accDescr" if self.at.peek() == Some('{') => self.through("}", Kind::Label),
            "accTitle" | "accDescr" => self.until(self.line_end(), Kind::Label),
            _ => {
                let mut word = self.at;
                word.skip_while(|c| c.is_ascii_alphabetic() || matches!(c, '<' | '>' | '^'));
                self.until(word.at, Kind::Keyword);
                self.chain();
            }
        }
        true
    }

    /// What `style`, `class` and the like are about, and what they say of it.
    fn declarations(&mut self) {
        let mut word = self.at;
        word.skip_while(|c| !c.is_whitespace() && c != ';');
        self.until(word.at, Kind::Id);
        self.blanks();
        while let Some(c) = self.at.peek().filter(|c| !matches!(c, '\n' | ';')) {
            if c == '"' { self.quotation() } else { self.one(Kind::Style) }
        }
    }

    /// `"text"`, over several lines if it is closed there.
    fn quotation(&mut self) {
        let end = text::quotation(self.at).map_or_else(|| self.line_end(), |(_, after)| after.at);
        self.until(end, Kind::Label);
    }

    /// Nodes and arrows, to the end of the line or a `;`.
    fn chain(&mut self) {
        while let Some(c) = self.at.peek().filter(|c| !matches!(c, '\n' | ';')) {
            if c.is_whitespace() {
                self.blanks();
            } else if c == '"' {
                self.quotation();
            } else if self.at.sees("%%") {
                self.until(self.line_end(), Kind::Comment);
            } else if arrow::begins(self.at) {
                self.arrow();
            } else if c == '|' {
                self.piped();
            } else if shape::begins(self.at) {
                self.outlined();
            } else if self.at.sees(":::") {
                self.until(self.at.at + 3, Kind::Mark);
                let end = self.id_end();
                self.until(end, Kind::Style);
            } else if self.at.sees("@{") {
                let end = props::end(self.at).ok().flatten().unwrap_or_else(|| self.line_end());
                self.until(end, Kind::Style);
            } else if c == '&' {
                self.one(Kind::Mark);
            } else {
                let end = self.id_end();
                self.until(end, Kind::Id);
                self.until_one_if(end, c);
            }
        }
    }

    /// Steps over a sign that nothing begins with.
    fn until_one_if(&mut self, end: usize, c: char) {
        if end == self.at.at && self.at.peek() == Some(c) && !arrow::begins(self.at) && !shape::begins(self.at) {
            self.one(if c.is_alphanumeric() { Kind::Id } else { Kind::Mark });
        }
    }

    /// Where the id that begins here ends; here, if none does.
    fn id_end(&self) -> usize {
        match id::read(self.at) {
            Ok(Some(read)) => read.after.at,
            Ok(None) => self.at.at,
            Err(_) => {
                let mut word = self.at;
                word.skip_while(|c| c.is_alphanumeric() || c == '_');
                word.at.max(self.at.at + 1)
            }
        }
    }

    /// An arrow, with the text inside it: `-- text -->`.
    fn arrow(&mut self) {
        let from = self.at.at;
        let mut end = self.at;
        end.skip_while(|c| matches!(c, '<' | 'x' | 'o'));
        let body = end.at;
        end.skip_while(|c| matches!(c, '-' | '=' | '.' | '~'));
        let length = end.at - body;
        let headed = matches!(end.peek(), Some('>'))
            || matches!(end.peek(), Some('x' | 'o')) && end.ahead(1).is_none_or(|c| !c.is_alphanumeric());
        if headed {
            end.bump();
        }
        self.until(end.at.max(from + 1), Kind::Arrow);
        if length == 2 && !headed {
            let mut text = self.at;
            while text.peek().is_some_and(|c| c != '\n') && !arrow::begins(text) {
                text.bump();
            }
            if arrow::begins(text) {
                self.until(text.at, Kind::Label);
            }
        }
    }

    /// `|text|`
    fn piped(&mut self) {
        self.one(Kind::Mark);
        let end = self.at.find('|', text::BOUND).unwrap_or_else(|| self.line_end());
        self.until(end, Kind::Label);
        if self.at.peek() == Some('|') {
            self.one(Kind::Mark);
        }
    }

    /// `[text]`, in any of its outlines; to the end of the line if it is not closed.
    fn outlined(&mut self) {
        let Some(outline) = shape::read(self.at) else {
            self.one(Kind::Mark);
            return self.until(self.line_end(), Kind::Label);
        };
        let (open, close) = shape::delimiters(outline.shape);
        self.until(self.at.at + open.len(), Kind::Mark);
        self.until(outline.after.at - close.len(), Kind::Label);
        self.until(outline.after.at, Kind::Mark);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))] // proptest is for the host
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text with a letter for each sign of it.
    fn painted(text: &str) -> String {
        let letter = |kind| match kind {
            Kind::Plain => ' ',
            Kind::Keyword => 'K',
            Kind::Id => 'I',
            Kind::Label => 'L',
            Kind::Arrow => 'A',
            Kind::Mark => 'M',
            Kind::Style => 'S',
            Kind::Comment => 'C',
            Kind::Directive => 'D',
        };
        let stretches = highlight(text).into_iter();
        stretches.map(|(range, kind)| letter(kind).to_string().repeat(text[range].chars().count())).collect()
    }

    #[test]
    fn every_part_of_a_statement_has_its_kind() {
        for (text, kinds) in [
            ("graph TD", "KKKKK KK"),
            ("A[Client] -->|1. Write| B:::lost   %% why", "IMLLLLLLM AAAMLLLLLLLLM IMMMSSSS   CCCCCC"),
            ("A -- the text --> B & C", "I AALLLLLLLLLLAAA I M I"),
            ("subgraph CP_System [CP - \"x\"]", "KKKKKKKK IIIIIIIII MLLLLLLLLM"),
            ("style A fill:#f9f,stroke:#333; B", "KKKKK I SSSSSSSSSSSSSSSSSSSSSM I"),
            ("click A \"https://a.b\" _blank", "KKKKK I LLLLLLLLLLLLLSSSSSSS"),
            ("A@{ shape: cyl } ==x B((b))", "ISSSSSSSSSSSSSSS AAA IMMLMM"),
            ("%%{init: {}}%%", "DDDDDDDDDDDDDD"),
            ("end", "KKK"),
            ("endpoint --- xy", "IIIIIIII AAA II"),
            ("accDescr: all of it", "KKKKKKKKLLLLLLLLLLL"),
            ("A[never closed --> B", "IMLLLLLLLLLLLLLLLLLL"),
        ] {
            assert_eq!(painted(text), kinds, "{text}");
        }
    }

    #[test]
    fn front_matter_is_what_stands_between_its_fences() {
        assert_eq!(painted("---\na: b\n---\ngraph TD"), "DDDDDDDDDDDD KKKKK KK");
        assert_eq!(painted("---\na"), "DDDDD");
        assert_eq!(painted("graph\n---\n"), "KKKKK AAA ");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_byte_belongs_to_exactly_one_stretch(text in "\\PC*|[\\x00-\\x7f]{0,80}|([-=.~<>xo|\\[\\](){}\"%@:&; \n]|end|graph |A|é){0,40}") {
            let mut at = 0;
            for (range, _) in highlight(&text) {
                prop_assert_eq!(range.start, at);
                prop_assert!(range.end > range.start);
                prop_assert!(text.is_char_boundary(range.end));
                at = range.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
