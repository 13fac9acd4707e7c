//! Arrows: every stroke, head and length, with the text on them.
//!
//! An arrow is a tail, a stroke and a head: `<-->`, `x==x`, `-.->`, `~~~`. Its text stands behind it between pipes or
//! inside it: `-- text -->`. Lengths are counted as Mermaid counts them: by dashes, by `=`, by dots.

use super::diagnostic::{Fault, Severity};
use super::scanner::Scanner;
use super::{strict, text};
use crate::diagram::{Head, Label, Stroke};

/// An arrow that was read.
pub(super) struct Link {
    /// The id written before it: `e1@-->`.
    pub id: Option<String>,
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
}

/// Remarks on what was read.
pub(super) type Remarks = Vec<(Severity, Fault)>;

/// The end of an arrow: its head and its length.
type Closing = (Head, u8);

/// Reads an arrow with its text; `None` if none begins here.
pub(super) fn read<'a>(from: Scanner<'a>, remarks: &mut Remarks) -> Result<Option<(Link, Scanner<'a>)>, Fault> {
    let mut at = from;
    at.skip_space();
    let start = at.at;
    let id = link_id(&mut at);
    let body = at.at;
    let Some((tail, stroke)) = begin(&mut at) else { return Ok(None) };
    let (mut label, touching, (head, length), mut after) = match close(at, stroke) {
        Some((closing, after)) => (None, Head::Open, closing, after),
        None if at.peek() == Some('.') => return Ok(None),
        None => with_text(at, stroke, body, remarks)?,
    };
    if let Some(id) = &id {
        let message = format!("The edge is drawn, but its own id “{id}” is not kept.");
        remarks.push((Severity::Warning, Fault::new(start, after.at, message)));
    }
    let mut link = Link { id, tail, head, stroke, length, label: None };
    link.touched(touching);
    if tail != Head::Open && tail != head {
        link.drop_tail(label.is_some());
        let message = "Mermaid draws a head at the start only where both ends are alike; this one is left out.";
        remarks.push((Severity::Warning, Fault::new(body, after.at, message)));
    }
    let mut pipe = after;
    pipe.skip_space();
    if label.is_none() && pipe.peek() == Some('|') {
        let (piped, behind) = piped(pipe, remarks)?;
        label = Some(piped);
        after = behind;
    }
    link.label = label.filter(|label| !label.raw.is_empty());
    Ok(Some((link, after)))
}

impl Link {
    /// Mermaid counts a start that it does not draw as one more dash, and takes it for one where it stands before `==`.
    fn drop_tail(&mut self, has_text: bool) {
        self.tail = Head::Open;
        if !has_text && self.stroke != Stroke::Dotted {
            self.length = (self.length + 1).min(10);
            self.stroke = Stroke::Normal;
        }
    }

    /// The sign that ends the text inside an arrow and touches what follows, as in `--go-->`, is the start of that.
    fn touched(&mut self, sign: Head) {
        if sign != Head::Open && sign == self.head {
            self.tail = if self.tail == Head::Open { sign } else { self.tail };
        } else if sign != Head::Open && self.stroke == Stroke::Normal {
            self.length = (self.length + 1).min(10);
        }
    }
}

/// Whether an arrow begins here, so that what stands before it is complete.
pub(super) fn begins(at: Scanner<'_>) -> bool {
    begin(&mut { at }).is_some()
}

/// `e1@` before an arrow.
fn link_id(at: &mut Scanner<'_>) -> Option<String> {
    let mut after = *at;
    after.skip_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let id = at.slice(at.at, after.at);
    let mut arrow = after;
    if id.is_empty() || begins(*at) || !arrow.take("@") {
        return None;
    }
    arrow.skip_space();
    if !begins(arrow) {
        return None;
    }
    *at = arrow;
    Some(id)
}

/// Steps over the tail and says which stroke follows.
fn begin(at: &mut Scanner<'_>) -> Option<(Head, Stroke)> {
    let tail = tail(at.peek()?);
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

/// What stands at the start of an arrow that begins with this sign.
fn tail(sign: char) -> Head {
    match sign {
        '<' => Head::Point,
        'x' => Head::Cross,
        'o' => Head::Circle,
        _ => Head::Open,
    }
}

/// The rest of an arrow, from its stroke to its head.
fn close(mut at: Scanner<'_>, stroke: Stroke) -> Option<(Closing, Scanner<'_>)> {
    let count = match stroke {
        Stroke::Dotted => {
            at.take("-");
            let dots = at.skip_while(|c| c == '.');
            let closed = dots > 0 && at.take("-");
            return closed.then(|| ((head(&mut at), ranks(dots)), at));
        }
        Stroke::Normal => at.skip_while(|c| c == '-'),
        Stroke::Thick => at.skip_while(|c| c == '='),
        Stroke::Invisible => at.skip_while(|c| c == '~'),
    };
    let head = if stroke == Stroke::Invisible { Head::Open } else { head(&mut at) };
    // An open end is the last dash itself.
    let (least, beyond) = if head == Head::Open { (3, 2) } else { (2, 1) };
    (count >= least).then(|| ((head, ranks(count - beyond)), at))
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

/// The text inside an arrow, the sign of its end that touches the text, that end, and what follows.
type Inside<'a> = (Option<Label>, Head, Closing, Scanner<'a>);

/// `-- text -->`: the text, and the arrow that ends it.
fn with_text<'a>(at: Scanner<'a>, stroke: Stroke, start: usize, remarks: &mut Remarks) -> Result<Inside<'a>, Fault> {
    let mut begin = at.to(at.at + 2);
    begin.skip_space();
    let read = quoted_text(begin, stroke)
        .or_else(|| plain_text(begin, stroke, '\n'))
        .or_else(|| plain_text(begin, stroke, ';'));
    let Some((label, end, closing, after)) = read else {
        let arrow = match stroke {
            Stroke::Thick => "==>",
            Stroke::Dotted => ".->",
            Stroke::Normal | Stroke::Invisible => "-->",
        };
        let message = format!("The text on this arrow is not closed: write “{arrow}” behind it.");
        return Err(Fault::new(start, begin.at, message).fix(arrow));
    };
    let touching = begin.to(end).peek().map_or(Head::Open, tail);
    if touching != Head::Open {
        let sign = begin.slice(end, end + 1);
        let message = format!(
            "Mermaid takes the “{sign}” that touches this arrow for the arrow's start: put a blank before the arrow."
        );
        remarks.push((Severity::Warning, Fault::new(end, end + 1, message)));
    }
    if let Some(refused) = strict::inside(stroke, &label) {
        remarks.push(strict::label_remark((begin.at, end), &refused, &label));
    }
    Ok((Some(label), touching, closing, after))
}

type Text<'a> = (Label, usize, Closing, Scanner<'a>);

fn quoted_text(begin: Scanner<'_>, stroke: Stroke) -> Option<Text<'_>> {
    let (raw, behind) = text::quotation(begin)?;
    let mut arrow = behind;
    arrow.skip_space();
    let (closing, after) = close(arrow, stroke)?;
    Some((Label { raw, quoted: true }, behind.at, closing, after))
}

/// Unquoted text up to the arrow that ends it, but not beyond `stop`.
fn plain_text(begin: Scanner<'_>, stroke: Stroke, stop: char) -> Option<Text<'_>> {
    let mut end = begin;
    while let Some(c) = end.peek().filter(|c| *c != stop && end.at - begin.at <= text::BOUND) {
        if matches!(c, '-' | '=' | '.')
            && let Some((closing, after)) = close(end, stroke)
        {
            let mut last = begin.at.max(end.at.saturating_sub(1));
            let touches = tail(begin.to(last).peek().unwrap_or('-')) != Head::Open;
            if !touches || begin.slice(begin.at, last).trim().is_empty() {
                last = end.at;
            }
            let raw = begin.slice(begin.at, last).trim().to_owned();
            return Some((Label::plain(raw), last, closing, after));
        }
        end.bump();
    }
    None
}

fn piped<'a>(mut at: Scanner<'a>, remarks: &mut Remarks) -> Result<(Label, Scanner<'a>), Fault> {
    let start = at.at;
    at.bump();
    let read = text::quoted(at, &["|"]).or_else(|| text::strict(at, &["|"])).or_else(|| text::first(at, &["|"]));
    let read = read.ok_or_else(|| {
        Fault::new(start, start + 1, "The label that begins with this “|” is not closed: write another “|” behind it.")
            .fix("|")
    })?;
    if let Some(refused) = strict::pipe(&read.label, read.spaced) {
        remarks.push(strict::label_remark((at.at, read.after.at - 1), &refused, &read.label));
    }
    Ok((read.label, read.after))
}
