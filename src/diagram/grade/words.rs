//! What a label says: its words, found in the word lists of a rubric.
//!
//! ```text
//! "3. Not OK: quorum was lost"      3 │ not ok │ quorum was lost
//!                                       error    quorum-loss
//! ```
//!
//! Words are whole words (a token is no "ok"), without regard to case; `splitBrain` and `v1` are two words each. At each
//! place the longest phrase wins and uses its words up, so that "not ok" is not also an "ok". What follows closely behind
//! a denying word is not said.

use std::ops::Range;

/// How far apart two words of a label stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// By a blank, a hyphen or nothing: one phrase, which one "no" denies.
    Close,
    /// By a bracket, a slash or another sign: still one phrase, but a "no" does not reach across.
    Wide,
    /// By the end of a clause.
    Clause,
}

/// How many words behind a denying word are denied.
const DENIED: usize = 3;

/// A text taken apart into lower-case words.
pub(super) struct Words {
    text: String,
    spans: Vec<(Range<usize>, Gap)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    None,
    Digit,
    Upper,
    Lower,
}

impl Words {
    /// The words of a text. An equals sign and any pictograph are words, too.
    pub fn of(text: &str) -> Self {
        let mut words = Self { text: String::with_capacity(text.len()), spans: Vec::new() };
        let (mut before, mut gap) = (Letter::None, Gap::Clause);
        for c in text.chars() {
            let sign = c == '=' || c >= '\u{2190}' && !matches!(c, '\u{fe0f}' | '\u{200d}') && !c.is_alphanumeric();
            let letter = if c.is_ascii_digit() {
                Letter::Digit
            } else if c.is_ascii_uppercase() {
                Letter::Upper
            } else if c.is_alphanumeric() {
                Letter::Lower
            } else {
                Letter::None
            };
            if letter == Letter::None && !sign {
                if !matches!(c, '\'' | '’' | '‘') {
                    gap = gap.max(gap_of(c));
                    before = Letter::None;
                }
                continue;
            }
            let digits = (letter == Letter::Digit) != (before == Letter::Digit);
            if sign || before == Letter::None || digits || (letter == Letter::Upper && before == Letter::Lower) {
                let start = words.text.len();
                words.spans.push((start..start, gap));
                gap = Gap::Close;
            }
            words.text.push(c.to_ascii_lowercase());
            if let Some((span, _)) = words.spans.last_mut() {
                span.end = words.text.len();
            }
            before = letter;
        }
        words
    }

    fn word(&self, at: usize) -> &str {
        self.spans.get(at).and_then(|(span, _)| self.text.get(span.clone())).unwrap_or_default()
    }

    /// Whether there is a word that is more than a step's number.
    fn speaks(&self) -> bool {
        self.spans.iter().any(|(span, _)| !self.text.as_bytes()[span.start].is_ascii_digit())
    }

    /// Whether the phrase stands at that word.
    fn stands(&self, phrase: &Phrase, at: usize) -> bool {
        phrase.words.iter().enumerate().all(|(offset, wanted)| {
            let Some((_, gap)) = self.spans.get(at + offset) else { return false };
            let word = self.word(at + offset);
            let fits = match wanted {
                Wanted::Exactly(text) => word == text,
                Wanted::Begins(text) => word.starts_with(text.as_str()),
                Wanted::Any => true,
            };
            fits && (offset == 0 || *gap < Gap::Clause)
        })
    }

    /// The first word at which the phrase stands.
    pub fn find(&self, phrase: &Phrase) -> Option<usize> {
        (0..self.spans.len()).find(|&at| self.stands(phrase, at))
    }
}

fn gap_of(c: char) -> Gap {
    match c {
        '-' | '_' | '"' | '“' | '”' | '*' | '`' => Gap::Close,
        '.' | ',' | ';' | ':' | '!' | '?' => Gap::Clause,
        _ if c.is_whitespace() => Gap::Close,
        _ => Gap::Wide,
    }
}

/// A word of a phrase.
enum Wanted {
    /// This word.
    Exactly(String),
    /// Any word that begins so: `reject*`.
    Begins(String),
    /// Any one word: `*`.
    Any,
}

/// A phrase of a word list: `quorum * lost`, `reject*`.
pub(super) struct Phrase {
    words: Vec<Wanted>,
    /// What is said with it, one bit for each meaning.
    means: u64,
}

impl Phrase {
    /// Reads a phrase; `None` if it does not begin with a word.
    pub fn read(text: &str, means: u64) -> Option<Self> {
        let mut words = Vec::new();
        for piece in text.split_whitespace() {
            if piece == "*" {
                words.push(Wanted::Any);
                continue;
            }
            let parts = Words::of(piece);
            words.extend((0..parts.spans.len()).map(|at| Wanted::Exactly(parts.word(at).to_owned())));
            if piece.ends_with('*')
                && let Some(Wanted::Exactly(last)) = words.pop()
            {
                // One letter begins too many words to be meant.
                words.push(if last.len() > 1 { Wanted::Begins(last) } else { Wanted::Exactly(last) });
            }
        }
        let begins = matches!(words.first(), Some(Wanted::Exactly(_) | Wanted::Begins(_)));
        begins.then_some(Self { words, means })
    }

    fn shelf(&self) -> usize {
        match self.words.first() {
            Some(Wanted::Exactly(word) | Wanted::Begins(word)) => shelf(word),
            _ => 0,
        }
    }
}

/// A meaning found in a text.
pub(super) struct Hit {
    /// Its first word.
    pub at: usize,
    /// The word behind its last.
    pub end: usize,
    /// Whether it follows closely on the word before.
    pub close: bool,
    /// What it means.
    pub means: u64,
}

/// The bit of the meaning "it says something at all".
pub(super) const SPEAKS: u64 = 1 << 63;
/// The bit of words that deny what follows.
pub(super) const DENIES: u64 = 1 << 62;

/// How many shelves a lexicon has.
const SHELVES: usize = 256;

/// The shelf of a word and of all that begin like it.
fn shelf(word: &str) -> usize {
    let letter = |at: usize| usize::from(word.as_bytes().get(at).copied().unwrap_or_default());
    (letter(0) * 27 + letter(1)) % SHELVES
}

/// All word lists of a rubric, ready to be looked for.
#[derive(Default)]
pub(super) struct Lexicon {
    /// By the first two letters; the longest first.
    shelves: Vec<Vec<Phrase>>,
    /// The meanings that a "no" is spent on, unlike those of deeds: "no write succeeded" is no success.
    spends: u64,
}

impl Lexicon {
    /// A lexicon without phrases.
    pub fn new(spends: u64) -> Self {
        Self { shelves: (0..SHELVES).map(|_| Vec::new()).collect(), spends }
    }

    /// Adds a phrase. One that is there already gets the new meaning, too.
    pub fn add(&mut self, phrase: Phrase) {
        let found = &mut self.shelves[phrase.shelf()];
        let at = found.iter().position(|other| other.words.len() < phrase.words.len()).unwrap_or(found.len());
        found.insert(at, phrase);
    }

    /// The phrases that stand at a word: how many words the longest has, and what all of that length mean.
    fn longest(&self, words: &Words, at: usize) -> (usize, u64) {
        let (mut length, mut means) = (0, 0);
        for phrase in self.shelves.get(shelf(words.word(at))).into_iter().flatten() {
            if phrase.words.len() < length {
                break;
            }
            if words.stands(phrase, at) {
                length = phrase.words.len();
                means |= phrase.means;
            }
        }
        (length, means)
    }

    /// What a text says, in its order. What is denied is left out.
    pub fn hear(&self, words: &Words) -> Vec<Hit> {
        let mut hits = Vec::new();
        let (mut at, mut denied) = (0, 0);
        if words.speaks() {
            hits.push(Hit { at: 0, end: 0, close: false, means: SPEAKS });
        }
        while at < words.spans.len() {
            let close = words.spans[at].1 == Gap::Close;
            if !close {
                denied = 0;
            }
            let (length, means) = self.longest(words, at);
            if length == 0 {
                at += 1;
                continue;
            }
            if at >= denied {
                hits.push(Hit { at, end: at + length, close, means: means & !DENIES });
            } else if means & self.spends != 0 {
                denied = 0;
            }
            at += length;
            if means & DENIES != 0 {
                denied = at + DENIED;
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERROR: u64 = 1;
    const SUCCESS: u64 = 2;
    const QUORUM: u64 = 4;

    fn said(text: &str) -> u64 {
        let mut lexicon = Lexicon::new(ERROR | SUCCESS | QUORUM);
        for (phrase, means) in [
            ("error", ERROR),
            ("not ok", ERROR),
            ("reject*", ERROR),
            ("ok", SUCCESS),
            ("success", SUCCESS),
            ("accepted", SUCCESS),
            ("no quorum", QUORUM),
            ("quorum * lost", QUORUM),
            ("quorum lost", QUORUM),
            ("✅", SUCCESS),
            ("write", 8),
            ("no", DENIES),
            ("not", DENIES),
            ("doesn't", DENIES),
        ] {
            lexicon.add(Phrase::read(phrase, means).expect("it begins with a word"));
        }
        lexicon.hear(&Words::of(text)).iter().fold(0, |all, hit| all | hit.means) & !SPEAKS
    }

    #[test]
    fn words_are_whole_words_in_any_case() {
        assert_eq!(said("a token book"), 0);
        assert_eq!(said("HTTP 200OK"), SUCCESS);
        assert_eq!(said("Rejection"), ERROR);
        assert_eq!(said("done ✅"), SUCCESS);
    }

    #[test]
    fn what_is_denied_is_not_said() {
        assert_eq!(said("No error"), 0);
        assert_eq!(said("not a success"), 0);
        assert_eq!(said("It doesn’t say ok"), 0);
        assert_eq!(said("Not OK"), ERROR);
        assert_eq!(said("no write accepted") & SUCCESS, 0);
    }

    #[test]
    fn a_no_reaches_neither_across_a_comma_nor_past_what_it_denies() {
        assert_eq!(said("No, error"), ERROR);
        assert_eq!(said("no quorum error"), ERROR | QUORUM);
        assert_eq!(said("not accepted (error)"), ERROR);
        assert_eq!(said("no success error"), ERROR);
    }

    #[test]
    fn a_phrase_may_leave_one_word_open_but_not_cross_a_clause() {
        assert_eq!(said("the quorum was lost"), QUORUM);
        assert_eq!(said("quorum<lost>"), QUORUM);
        assert_eq!(said("Quorum. Lost"), 0);
    }

    #[test]
    fn only_numbers_say_nothing() {
        let lexicon = Lexicon::new(0);
        assert!(lexicon.hear(&Words::of("3.")).is_empty() && !lexicon.hear(&Words::of("3. x")).is_empty());
    }
}
