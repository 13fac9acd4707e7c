//! The outlines of nodes, by their delimiters.
//!
//! One table serves both ways. Longer openers stand before shorter ones; a label that no delimiter of the longer one
//! closes is tried with the shorter: `[/etc/hosts]` is a rectangle, which real Mermaid refuses.

use super::scanner::Scanner;
use super::text::{self, Read};
use super::{label, strict};
use crate::diagram::{Label, Shape};

/// One opener, what may close it, and the brackets to be counted inside.
struct Form {
    open: &'static str,
    closers: &'static [&'static str],
    shapes: &'static [Shape],
    nest: (char, char),
}

const fn form(
    open: &'static str,
    closers: &'static [&'static str],
    shapes: &'static [Shape],
    nest: (char, char),
) -> Form {
    Form { open, closers, shapes, nest }
}

const ROUND: (char, char) = ('(', ')');
const SQUARE: (char, char) = ('[', ']');
const CURLY: (char, char) = ('{', '}');

const FORMS: [Form; 13] = [
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
];

/// The delimiters of a shape; empty for [`Shape::Plain`].
pub(super) fn delimiters(shape: Shape) -> (&'static str, &'static str) {
    let found = FORMS.iter().find_map(|form| {
        let at = form.shapes.iter().position(|candidate| *candidate == shape)?;
        Some((form.open, form.closers[at]))
    });
    found.unwrap_or(("", ""))
}

/// A shape with its label.
pub(super) struct Outline<'a> {
    /// The shape.
    pub shape: Shape,
    /// The label in it.
    pub label: Label,
    /// What of it real Mermaid refuses.
    pub refused: Option<String>,
    /// The place behind it.
    pub after: Scanner<'a>,
}

/// Whether a shape may begin here.
pub(super) fn begins(at: Scanner<'_>) -> bool {
    candidates(at).next().is_some()
}

/// Reads delimiters and label: quoted, or as real Mermaid does, or as leniently as the line allows.
pub(super) fn read(at: Scanner<'_>) -> Option<Outline<'_>> {
    quoted(at).or_else(|| bordered(at)).or_else(|| strictly(at)).or_else(|| leniently(at))
}

fn quoted(at: Scanner<'_>) -> Option<Outline<'_>> {
    candidates(at).find_map(|(form, shorter, inside)| Some(outline(form, shorter, text::quoted(inside, form.closers)?)))
}

fn strictly(at: Scanner<'_>) -> Option<Outline<'_>> {
    candidates(at).find_map(|(form, shorter, inside)| Some(outline(form, shorter, text::strict(inside, form.closers)?)))
}

fn leniently(at: Scanner<'_>) -> Option<Outline<'_>> {
    let balanced = candidates(at).find_map(|(form, shorter, inside)| {
        Some(outline(form, shorter, text::balanced(inside, form.closers, Some(form.nest))?))
    });
    balanced.or_else(|| {
        let single = candidates(at).find(|(form, ..)| form.open.len() == 1);
        single.and_then(|(form, shorter, inside)| Some(outline(form, shorter, text::first(inside, form.closers)?)))
    })
}

fn outline<'a>(form: &Form, shorter: bool, read: Read<'a>) -> Outline<'a> {
    let shape = form.shapes[read.closer];
    let refused = strict::label(shape, &read.label, read.spaced, shorter);
    Outline { shape, label: read.label, refused, after: read.after }
}

/// The forms whose opener stands here, the longest first; whether a longer one was tried; and the place inside.
fn candidates(at: Scanner<'_>) -> impl Iterator<Item = (&'static Form, bool, Scanner<'_>)> {
    let forms = FORMS.iter().filter(move |form| at.sees(form.open));
    forms.enumerate().map(move |(tried, form)| (form, tried > 0, at.to(at.at + form.open.len())))
}

/// `[|borders:lt|text]`: the borders stay in the label as written.
fn bordered(at: Scanner<'_>) -> Option<Outline<'_>> {
    let mut inside = at;
    if !inside.take("[|") {
        return None;
    }
    let bar = inside.find('|', 80)?;
    let text = at.to(bar + 1);
    let read = text::quoted(text, &["]"]).or_else(|| text::strict(text, &["]"]))?;
    let label = Label::plain(at.slice(at.at + 1, read.after.at - 1));
    label::border(&label.raw)?;
    let refused = strict::label(Shape::Square, &label, false, false);
    Some(Outline { shape: Shape::Square, label, refused, after: read.after })
}

/// Reads `odd->text]`, whose minus belongs to the id: the only place where real Mermaid takes a `>` behind a minus.
pub(super) fn odd_behind_minus(at: Scanner<'_>) -> Option<Outline<'_>> {
    let mut inside = at;
    if !inside.take("->") {
        return None;
    }
    let read = text::quoted(inside, &["]"]).or_else(|| text::strict(inside, &["]"]))?;
    let refused = strict::label(Shape::Odd, &read.label, read.spaced, false);
    Some(Outline { shape: Shape::Odd, label: read.label, refused, after: read.after })
}

/// Whether this unquoted label, in this shape, is read back as it is.
pub(super) fn stands_unquoted(shape: Shape, raw: &str) -> bool {
    let (open, close) = delimiters(shape);
    let rest = label::border(raw).filter(|_| shape == Shape::Square).map(|(_, rest)| rest);
    rest.map_or_else(|| text::stands_unquoted(raw, open, close), |rest| text::stands_unquoted(rest, "|", "]"))
}
