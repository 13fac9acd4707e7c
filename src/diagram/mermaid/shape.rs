//! The outlines of nodes, by their delimiters.
//!
//! One table serves both ways. Longer openers stand before shorter ones; a label that no delimiter of the longer one
//! closes is tried with the shorter: `[/etc/hosts]` is a rectangle.

use super::scanner::Scanner;
use super::text::{self, Read};
use crate::diagram::{Label, Shape};

/// One opener and what may close it.
struct Form {
    open: &'static str,
    closers: &'static [&'static str],
    shapes: &'static [Shape],
    nest: (char, char),
}

const fn form(open: &'static str, closers: &'static [&'static str], shapes: &'static [Shape], nest: (char, char)) -> Form {
    Form { open, closers, shapes, nest }
}

const ROUND: (char, char) = ('(', ')');
const SQUARE: (char, char) = ('[', ']');
const CURLY: (char, char) = ('{', '}');

const FORMS: [Form; 14] = [
    form("(((", &[")))"], &[Shape::Doublecircle], ROUND),
    form("((", &["))"], &[Shape::Circle], ROUND),
    form("([", &["])"], &[Shape::Stadium], SQUARE),
    form("(-", &["-)"], &[Shape::Ellipse], ROUND),
    form("(", &[")"], &[Shape::Round], ROUND),
    form("[[", &["]]"], &[Shape::Subroutine], SQUARE),
    form("[(", &[")]"], &[Shape::Cylinder], ROUND),
    form("[/", &["/]", "\\]"], &[Shape::LeanRight, Shape::Trapezoid], SQUARE),
    form("[\\", &["\\]", "/]"], &[Shape::LeanLeft, Shape::InvTrapezoid], SQUARE),
    form("[", &["]"], &[Shape::Square], SQUARE),
    form("{{", &["}}"], &[Shape::Hexagon], CURLY),
    form("{", &["}"], &[Shape::Diamond], CURLY),
    form(">", &["]"], &[Shape::Odd], SQUARE),
    form("", &[""], &[Shape::Plain], SQUARE),
];

/// The delimiters of a shape; empty for [`Shape::Plain`].
pub(super) fn delimiters(shape: Shape) -> (&'static str, &'static str) {
    let found = FORMS.iter().find_map(|form| {
        let at = form.shapes.iter().position(|candidate| *candidate == shape)?;
        Some((form.open, form.closers[at]))
    });
    found.unwrap_or(("", ""))
}

/// Whether a shape may begin here.
pub(super) fn begins(at: Scanner<'_>) -> bool {
    candidates(at).next().is_some()
}

/// Reads delimiters and label.
pub(super) fn read(at: Scanner<'_>) -> Option<(Shape, Label, Scanner<'_>)> {
    let inside = |form: &Form| at.to(at.at + form.open.len());
    let done = |form: &Form, read: Read<'_>| (form.shapes[read.closer], read.label, read.after.at);
    let quoted = || candidates(at).find_map(|form| Some(done(form, text::quoted(inside(form), form.closers)?)));
    let strict = || candidates(at).find_map(|form| Some(done(form, text::strict(inside(form), form.closers)?)));
    let with_border = || bordered(at).map(|read| (Shape::Square, read.label, read.after.at));
    let balanced = || {
        candidates(at)
            .find_map(|form| Some(done(form, text::balanced(inside(form), form.closers, Some(form.nest))?)))
    };
    let first = || {
        candidates(at)
            .filter(|form| form.open.len() == 1)
            .find_map(|form| Some(done(form, text::first(inside(form), form.closers)?)))
    };
    let found = quoted().or_else(with_border).or_else(strict).or_else(balanced).or_else(first)?;
    Some((found.0, found.1, at.to(found.2)))
}

fn candidates(at: Scanner<'_>) -> impl Iterator<Item = &'static Form> {
    FORMS.iter().filter(move |form| !form.open.is_empty() && at.sees(form.open))
}

/// `[|borders:lt|text]`: the borders stay in the label as written.
fn bordered(at: Scanner<'_>) -> Option<Read<'_>> {
    let mut inside = at;
    if !inside.take("[|") {
        return None;
    }
    let bar = inside.find('|', 80)?;
    let read = text::strict(at.to(bar + 1), &["]"])?;
    let raw = at.slice(at.at + 1, read.after.at - 1);
    super::label::border(&raw).is_some().then_some(Read { label: Label { raw, quoted: false }, ..read })
}

/// Whether this unquoted label, in this shape, is read back as it is.
pub(super) fn stands_unquoted(shape: Shape, raw: &str) -> bool {
    let (open, close) = delimiters(shape);
    let rest = super::label::border(raw).filter(|_| shape == Shape::Square).map(|(_, rest)| rest);
    rest.map_or_else(|| text::stands_unquoted(raw, open, close), |rest| text::stands_unquoted(rest, "|", "]"))
}
