//! Arrows: every stroke, head and length, with the text on them.
//!
//! An arrow is a tail, a stroke and a head: `<-->`, `x==x`, `-.->`, `~~~`. Its text stands behind it between pipes or
//! inside it: `-- text -->`. Lengths are counted as Mermaid counts them: by dashes, by `=`, by dots.

use super::diagnostic::Fault;
use super::scanner::Scanner;
use super::text;
use crate::diagram::{Head, Label, Stroke};

/// An arrow that was read.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// The id written before it: `e1@-->`.
    pub id: Option<String>,
    /// Where it begins and ends.
    pub span: (usize, usize),
    /// What stands at its start.
    pub tail: Head,
    /// What stands at its end.
    pub head: Head,
    /// How it is stroked.
    pub stroke: Stroke,
    /// Its length in ranks.
    pub length: u8,
    /// The text on it.
    pub label: Option<Label>,
    /// Whether that text stands between pipes.
    pub piped: bool,
}

/// Reads an arrow with its text; `None` if none begins here.
pub(super) fn read(from: Scanner<'_>) -> Result<Option<(Link, Scanner<'_>)>, Fault> {
    let mut at = from;
    at.skip_space();
    let id = link_id(&mut at);
    let start = at.at;
    let Some((tail, stroke)) = begin(&mut at) else { return Ok(None) };
    let (inside, closing, mut after) = match close(at, stroke) {
        Some((closing, after)) => (None, closing, after),
        None if at.peek() == Some('.') => return Ok(None),
        None => with_text(at, stroke, start)?,
    };
    let mut link = Link {
        id,
        span: (start, after.at),
        tail,
        head: closing.0,
        stroke,
        length: closing.1,
        label: inside,
        piped: false,
    };
    after.skip_space();
    if link.label.is_none() && after.peek() == Some('|') {
        let (label, behind) = piped(after)?;
        link.label = Some(label);
        link.piped = true;
        after = behind;
    }
    link.label = link.label.filter(|label| !label.raw.is_empty());
    Ok(Some((link, after)))
}

/// `e1@` before an arrow.
fn link_id(at: &mut Scanner<'_>) -> Option<String> {
    let mut after = *at;
    after.skip_while(|c| !c.is_whitespace() && !matches!(c, '@' | '"' | ';' | '|'));
    let id = at.slice(at.at, after.at);
    let mut arrow = after;
    if id.is_empty() || !arrow.take("@") || begin(&mut { arrow }).is_none() {
        return None;
    }
    *at = arrow;
    Some(id)
}

/// Steps over the tail and says which stroke follows.
fn begin(at: &mut Scanner<'_>) -> Option<(Head, Stroke)> {
    let tail = match at.peek()? {
        '<' => Head::Point,
        'x' => Head::Cross,
        'o' => Head::Circle,
        _ => Head::Open,
    };
    let mut body = *at;
    if tail != Head::Open {
        body.bump();
    }
    let stroke = match (body.peek()?, body.ahead(1)?) {
        ('-', '-') => Stroke::Normal,
        ('=', '=') => Stroke::Thick,
        ('-', '.') | ('.', '-' | '.') => Stroke::Dotted,
        ('~', '~') if tail == Head::Open && body.ahead(2) == Some('~') => Stroke::Invisible,
        _ => return None,
    };
    *at = body;
    Some((tail, stroke))
}

/// The rest of an arrow, from its stroke to its head.
fn close(mut at: Scanner<'_>, stroke: Stroke) -> Option<((Head, u8), Scanner<'_>)> {
    let (count, least) = match stroke {
        Stroke::Dotted => {
            at.take("-");
            let dots = at.skip_while(|c| c == '.');
            let closed = dots > 0 && at.take("-");
            return closed.then(|| ((head(&mut at), ranks(dots)), at));
        }
        Stroke::Normal => (at.skip_while(|c| c == '-'), 2),
        Stroke::Thick => (at.skip_while(|c| c == '='), 2),
        Stroke::Invisible => (at.skip_while(|c| c == '~'), 3),
    };
    let head = if stroke == Stroke::Invisible { Head::Open } else { head(&mut at) };
    let open = usize::from(head == Head::Open);
    (count >= least + usize::from(open == 1 && stroke != Stroke::Invisible))
        .then(|| ((head, ranks(count - 1 - open)), at))
}

fn head(at: &mut Scanner<'_>) -> Head {
    let head = match at.peek() {
        Some('>') => Head::Point,
        Some('x') => Head::Cross,
        Some('o') => Head::Circle,
        _ => return Head::Open,
    };
    at.bump();
    head
}

fn ranks(count: usize) -> u8 {
    // Mermaid draws no edge longer than ten ranks.
    u8::try_from(count.clamp(1, 10)).unwrap_or(10)
}

type Inside<'a> = (Option<Label>, (Head, u8), Scanner<'a>);

/// `-- text -->`: the text, and the arrow that ends it.
fn with_text(mut at: Scanner<'_>, stroke: Stroke, start: usize) -> Result<Inside<'_>, Fault> {
    at.at += 2;
    let mut begin = at;
    begin.skip_space();
    if let Some((raw, mut after)) = text::quotation(begin) {
        after.skip_space();
        if let Some((closing, after)) = close(after, stroke) {
            return Ok((Some(Label { raw, quoted: true }), closing, after));
        }
    }
    let mut end = begin;
    while let Some(c) = end.peek().filter(|c| *c != '\n') {
        if matches!(c, '-' | '=' | '.')
            && let Some((closing, after)) = close(end, stroke)
        {
            let raw = begin.slice(begin.at, end.at).trim().to_owned();
            return Ok((Some(Label::plain(raw)), closing, after));
        }
        end.bump();
    }
    let arrow = match stroke {
        Stroke::Thick => "==>",
        Stroke::Dotted => ".->",
        Stroke::Normal | Stroke::Invisible => "-->",
    };
    let message = format!("The text on this arrow is not closed: write “{arrow}” behind it.");
    Err(Fault::new(start, start + 2, message).fix(arrow))
}

fn piped(mut at: Scanner<'_>) -> Result<(Label, Scanner<'_>), Fault> {
    let start = at.at;
    at.bump();
    let read = text::quoted(at, &["|"]).or_else(|| text::strict(at, &["|"])).or_else(|| text::first(at, &["|"]));
    let read = read.ok_or_else(|| {
        Fault::new(start, start + 1, "The label that begins with this “|” is not closed: write another “|” behind it.")
    })?;
    Ok((read.label, read.after))
}
