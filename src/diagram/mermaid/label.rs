//! What a person sees of a label, and what a label is made of when a person types it.
//!
//! [`Label::visible`] decodes entities, takes `\n` and `<br/>` for line breaks and leaves tags out.
//! [`Label::from_visible`] goes back: unquoted as the template writes where that is read back the same, otherwise
//! quoted and escaped. For any text `t`, `from_visible(t).visible() == tidy(t)`.

use super::{entity, text};
use crate::diagram::Label;

/// A typed text with line breaks as `\n`, tabs and no-break spaces as spaces, and no other control characters.
pub fn tidy(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace(['\t', '\u{a0}'], " ");
    lines.chars().filter(|c| *c == '\n' || !(c.is_control() || *c == '\u{feff}')).collect()
}

impl Label {
    /// The text that a person sees, with `\n` for line breaks.
    pub fn visible(&self) -> String {
        match self.markdown() {
            Some(body) => decode(&body.replace("**", "").replace('*', "")),
            None => decode(&self.spoken()),
        }
    }

    /// The label for a typed text.
    pub fn from_visible(text: &str) -> Self {
        let text = tidy(text);
        let plain = Self::plain(text.clone());
        let stands = text::stands_unquoted(&text, "[", "]") && text::stands_unquoted(&text, "|", "|");
        if stands && plain.visible() == text { plain } else { Self { raw: escape(&text), quoted: true } }
    }

    /// The inside of a Markdown string, "`text`".
    pub(super) fn markdown(&self) -> Option<&str> {
        let inside = self.raw.strip_prefix('`')?.strip_suffix('`')?;
        self.quoted.then_some(inside)
    }

    /// The raw text without what only steers it: borders, and quotation marks around the first words of an unquoted
    /// label, which Mermaid drops.
    pub(super) fn spoken(&self) -> String {
        if self.quoted {
            return self.raw.clone();
        }
        let raw = border(&self.raw).map_or(self.raw.as_str(), |(_, rest)| rest);
        leading_quotation(raw).map_or_else(|| raw.to_owned(), |(inside, rest)| format!("{inside}{rest}"))
    }
}

/// `|borders:lt|text`, Mermaid's rectangle with some of its borders: the borders and the text.
pub(super) fn border(raw: &str) -> Option<(&str, &str)> {
    let (border, rest) = raw.strip_prefix('|')?.split_once('|')?;
    let (key, value) = border.split_once(':')?;
    let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
    (word(key) && word(value)).then_some((border, rest))
}

/// `"quoted" rest`: what is quoted and what follows.
pub(super) fn leading_quotation(raw: &str) -> Option<(&str, &str)> {
    let (inside, rest) = raw.strip_prefix('"')?.split_once('"')?;
    (!rest.contains('"')).then_some((inside, rest))
}

fn decode(raw: &str) -> String {
    let chars: Vec<char> = raw.chars().collect();
    let mut visible = String::with_capacity(raw.len());
    let mut at = 0;
    while at < chars.len() {
        let (shown, taken) = decode_one(&chars[at..]);
        // A person sees no difference, and the Portable form writes one where a plain space would make a list.
        visible.extend(shown.map(|c| if c == '\u{a0}' { ' ' } else { c }));
        at += taken;
    }
    visible
}

fn decode_one(rest: &[char]) -> (Option<char>, usize) {
    match rest {
        ['\\', 'n', ..] => (Some('\n'), 2),
        ['\n', after @ ..] => (Some('\n'), 1 + after.iter().take_while(|c| matches!(c, ' ' | '\t')).count()),
        ['<', ..] => tag(rest).unwrap_or((Some('<'), 1)),
        ['#' | '&', ..] => entity::decode(rest).map_or((Some(rest[0]), 1), |(c, taken)| (Some(c), taken)),
        [c, ..] => (Some(*c), 1),
        [] => (None, 1),
    }
}

/// A tag: a line break if it is `<br>`, otherwise nothing.
fn tag(rest: &[char]) -> Option<(Option<char>, usize)> {
    let name = usize::from(rest.get(1) == Some(&'/')) + 1;
    rest.get(name).filter(|c| c.is_ascii_alphabetic())?;
    let end = rest.iter().skip(1).take(2_000).position(|c| matches!(c, '<' | '>' | '\n'))? + 1;
    let inside: String = rest[1..end].iter().collect();
    let is_break = inside.trim_end_matches('/').trim().eq_ignore_ascii_case("br");
    (rest[end] == '>').then_some((is_break.then_some('\n'), end + 1))
}

fn escape(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let ends_in_backtick = chars.last() == Some(&'`');
    let mut raw = String::with_capacity(text.len() + 8);
    for (at, c) in chars.iter().enumerate() {
        let rest = &chars[at..];
        let next = rest.get(1);
        match c {
            '\n' => raw.push_str("\\n"),
            '"' => raw.push_str("#quot;"),
            '\\' if next == Some(&'n') => raw.push_str("#92;"),
            '`' if at == 0 && ends_in_backtick => raw.push_str("#96;"),
            '<' if next.is_some_and(|c| c.is_ascii_alphabetic() || *c == '/') => raw.push_str("#lt;"),
            '#' if entity::decode(rest).is_some() => raw.push_str("#35;"),
            '&' if next.is_some_and(|c| !c.is_whitespace()) => raw.push_str("#amp;"),
            other => raw.push(*other),
        }
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(raw: &str) -> Label {
        Label { raw: raw.into(), quoted: true }
    }

    #[test]
    fn entities_and_line_breaks_are_seen_as_what_they_mean() {
        assert_eq!(quoted("1#46; Write #quot;v1#quot;").visible(), "1. Write \"v1\"");
        assert_eq!(quoted("1. The Network\\nis Reliable").visible(), "1. The Network\nis Reliable");
        assert_eq!(quoted("a<br/>b<br>c<BR />d").visible(), "a\nb\nc\nd");
        assert_eq!(quoted("<b>bold</b> 1 < 2").visible(), "bold 1 < 2");
        assert_eq!(quoted("`**bold** text`").visible(), "bold text");
        assert_eq!(Label::plain("|borders:lt|box").visible(), "box");
        assert_eq!(Label::plain("\"Quorum\" lost").visible(), "Quorum lost");
    }

    #[test]
    fn typed_text_is_written_as_the_template_writes_it() {
        for text in
            ["1. Write 'v1'", "CP System - Quorum Loss Rejection", "AP System - Accept & Diverge", "2. HTTP 200 OK"]
        {
            assert_eq!(Label::from_visible(text), Label::plain(text));
        }
        assert_eq!(Label::from_visible("say \"no\""), quoted("say #quot;no#quot;"));
    }
}
