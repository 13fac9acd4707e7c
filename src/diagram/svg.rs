//! The parts of a picture as SVG, for whoever has a place to put it: shapes and texts with their classes, whose colours
//! and fonts a style sheet knows.
//!
//! One text for each part is put into a page in one go, which is several times as fast as making its elements one by
//! one. What a person has written is escaped: it is text here, whatever it looks like.

use super::geometry::{Rect, Spot, count, px};
use super::paint::{Meaning, fill, meaning, stroke, stroke_width};
use super::picture::{Arrow, Card, DETAIL_LINE, DETAIL_SIZE, Frame, NAME_LINE, NAME_SIZE, Picture};
use super::role::{Role, Side};
use super::route::Curve;
use super::tag::{LABEL_LINE, Tag};
use super::{Diagram, Edge, Head, Stroke, outline};

/// The ends of lines, by the names that [`line`] gives them.
const HEADS: &str = concat!(
    "<defs><marker id=\"arrowhead\" viewBox=\"0 0 10 10\" refX=\"8.5\" refY=\"5\" markerUnits=\"userSpaceOnUse\" ",
    "markerWidth=\"13\" markerHeight=\"13\" orient=\"auto-start-reverse\"><path d=\"M1 1L9 5 1 9\"/></marker>",
    "<marker id=\"circlehead\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerUnits=\"userSpaceOnUse\" ",
    "markerWidth=\"11\" markerHeight=\"11\"><circle cx=\"5\" cy=\"5\" r=\"3.6\"/></marker>",
    "<marker id=\"crosshead\" viewBox=\"0 0 10 10\" refX=\"6\" refY=\"5\" markerUnits=\"userSpaceOnUse\" ",
    "markerWidth=\"13\" markerHeight=\"13\" orient=\"auto\"><path d=\"M2 2l6 6M8 2l-6 6\"/></marker></defs>",
);

/// A whole picture, to be looked at: with the ends that its lines may have, and without what is there to be hit.
pub fn whole(diagram: &Diagram, picture: &Picture) -> String {
    let (w, h) = (px(picture.size.0), px(picture.size.1));
    let mut all =
        ["<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"canvas\" viewBox=\"0 0 ", &w, " ", &h, "\">"].concat();
    all += HEADS;
    for placed in &picture.frames {
        all += &frame(placed);
    }
    for placed in picture.arrows.iter().filter(|placed| diagram.edges[placed.edge].stroke == Stroke::Dotted) {
        all += &tear(placed.curve);
    }
    for placed in &picture.cards {
        all += &card(placed, diagram);
    }
    for placed in &picture.arrows {
        let edge = &diagram.edges[placed.edge];
        let label = placed.tag.as_ref().map(tag).unwrap_or_default();
        all += &["<g class=\"arrow-part ", tone(edge), "\">", &line(placed, edge), &label, "</g>"].concat();
    }
    all + "</svg>"
}

/// The outline and the title of a subgraph.
pub fn frame(frame: &Frame) -> String {
    let side = match frame.side {
        Some(Side::Cp) => "c",
        Some(Side::Ap) => "a",
        None => "plain",
    };
    // As much of the title as there is room for; the part's name says all of it.
    let (name, detail) = (escaped(&frame.shown.0), escaped(&frame.shown.1));
    let title = [&name, " <tspan class=\"frame-detail\" dx=\"10\">", &detail, "</tspan>"].concat();
    let at = Spot { x: frame.rect.x + 22.0, y: frame.rect.y + 33.0 };
    rect("frame", frame.rect, 16.0) + &text(&["frame-title ", side].concat(), at, &title)
}

/// The outline and the text of a node.
pub fn card(card: &Card, diagram: &Diagram) -> String {
    let mut class = match card.role {
        Role::Client => "card client",
        Role::Replica => "card node",
    }
    .to_owned();
    let mut style = String::new();
    if let Some(node) = diagram.node(&card.id) {
        let width = stroke_width(diagram, node).map(|width| width.to_string() + "px");
        let said = [
            (" tinted", "--tint:", fill(diagram, node)),
            (" outlined", "--outline:", stroke(diagram, node)),
            (" strong", "--strength:", width.as_deref()),
        ];
        for (name, property, value) in said {
            if let Some(value) = value {
                class += name;
                style += &[property, value, ";"].concat();
            }
        }
    }
    let shape = match outline::corners(card.shape, card.rect) {
        Some(radius) => rect("card-box", card.rect, radius),
        None => path("card-box", &outline::path(card.shape, card.rect), ""),
    };
    let centre = outline::middle(card.shape, card.rect);
    let (names, details) = (count(card.lines.len()) * NAME_LINE, count(card.details.len()) * DETAIL_LINE);
    let first = centre.y - f64::midpoint(names, details);
    let row = |class: &str, line: &String, y: f64| text(class, Spot { x: centre.x, y }, &escaped(line));
    let mut inner = shape;
    for (at, line) in card.lines.iter().enumerate() {
        inner += &row("card-name", line, first + count(at) * NAME_LINE + NAME_SIZE);
    }
    for (at, line) in card.details.iter().enumerate() {
        inner += &row("card-detail", line, first + names + count(at) * DETAIL_LINE + DETAIL_SIZE);
    }
    let style = if style.is_empty() { style } else { [" style=\"", &style, "\""].concat() };
    ["<g class=\"", &class, "\"", &style, ">", &inner, "</g>"].concat()
}

/// The class that shows what a message means.
pub fn tone(edge: &Edge) -> &'static str {
    match meaning(edge) {
        Meaning::Message => "message",
        Meaning::Lost => "lost",
        Meaning::Success => "success",
        Meaning::Error => "error",
    }
}

/// A wide line around that of an edge, which nobody sees and which is easy to hit.
pub fn hit(arrow: &Arrow) -> String {
    path("hit", &arrow.curve.path(), "")
}

/// The line of an edge.
pub fn line(arrow: &Arrow, edge: &Edge) -> String {
    let (tail, head) = (end("marker-start", edge.tail), end("marker-end", edge.head));
    let whole = arrow.curve.path();
    match edge.stroke {
        // It gets as far as the cut; where it was to go is only hinted at.
        Stroke::Dotted => {
            let [sent, lost] = arrow.curve.halves();
            path("edge beyond", &lost, &head) + &path("edge", &sent, &tail) + &cross(arrow.curve.at(0.5))
        }
        Stroke::Thick => path("edge thick", &whole, &(tail + &head)),
        Stroke::Normal | Stroke::Invisible => path("edge", &whole, &(tail + &head)),
    }
}

fn end(attribute: &str, head: Head) -> String {
    let marker = match head {
        Head::Open => return String::new(),
        Head::Point => "arrowhead",
        Head::Circle => "circlehead",
        Head::Cross => "crosshead",
    };
    [" ", attribute, "=\"url(#", marker, ")\""].concat()
}

fn cross(at: Spot) -> String {
    let circle = "<circle r=\"10.5\"/><path d=\"M-3.8-3.8l7.6 7.6M3.8-3.8l-7.6 7.6\"/></g>";
    ["<g class=\"cross\" transform=\"translate(", &at.svg(), ")\">", circle].concat()
}

/// The tear behind a lost message: across its edge.
pub fn tear(curve: Curve) -> String {
    let (middle, heading) = (curve.at(0.5), curve.heading());
    let zigzag = [(-40.0, -4.0), (-25.0, 7.0), (-12.0, -6.0), (12.0, 6.0), (25.0, -7.0), (40.0, 4.0)];
    let mut points = String::new();
    for (along, aside) in zigzag {
        let x = -heading.y * along + heading.x * aside;
        points += &(middle.plus(x, heading.x * along + heading.y * aside).svg() + " ");
    }
    ["<polyline class=\"tear\" points=\"", &points, "\"/>"].concat()
}

/// The label of an edge.
pub fn tag(tag: &Tag) -> String {
    let centre = tag.rect.centre();
    let first = centre.y - count(tag.lines.len()) * LABEL_LINE / 2.0 + 12.8;
    let mut inner = rect("", tag.rect, 13.0);
    for (at, line) in tag.lines.iter().enumerate() {
        let number = tag.number.filter(|_| at == 0).map(|number| number.to_string());
        let number =
            number.map(|number| ["<tspan class=\"tag-number\">", &number, " </tspan><tspan dx=\"3\">"].concat());
        let end = if number.is_some() { "</tspan>" } else { "" };
        let words = [&number.unwrap_or_default(), &escaped(line), end].concat();
        inner += &text("tag-text", Spot { x: centre.x, y: first + count(at) * LABEL_LINE }, &words);
    }
    ["<g class=\"tag\">", &inner, "</g>"].concat()
}

fn rect(class: &str, rect: Rect, radius: f64) -> String {
    let place = ["\" x=\"", &px(rect.x), "\" y=\"", &px(rect.y)].concat();
    let size = ["\" width=\"", &px(rect.w), "\" height=\"", &px(rect.h)].concat();
    ["<rect class=\"", class, &place, &size, "\" rx=\"", &px(radius), "\"/>"].concat()
}

/// A line of text, with a blank behind it: lines that follow each other are words to a reader.
fn text(class: &str, at: Spot, inner: &str) -> String {
    ["<text class=\"", class, "\" x=\"", &px(at.x), "\" y=\"", &px(at.y), "\">", inner, " </text>"].concat()
}

fn path(class: &str, d: &str, more: &str) -> String {
    ["<path class=\"", class, "\" d=\"", d, "\"", more, "/>"].concat()
}

/// A text as markup that shows it to the letter.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid;
    use crate::diagram::picture::{Arrangement, picture};

    fn drawn(diagram: &Diagram) -> String {
        whole(diagram, &picture(diagram, Arrangement::SideBySide))
    }

    #[test]
    fn what_a_person_has_written_is_shown_and_never_run() {
        use crate::diagram::{Edit, Part};
        let hostile = "</text><script>alert('1')</script>\" onload=\"x";
        let mut diagram = mermaid::parse("graph TD\nsubgraph S [t]\na[x] -->|y| b[z - d]\nend").0;
        let text = format!("1. {hostile} - {hostile}");
        for part in [Part::Node("a".into()), Part::Node("b".into()), Part::Edge(0), Part::Subgraph("S".into())] {
            diagram = diagram.edited(&Edit::Relabel { part, text: text.clone() }).0;
        }
        diagram.nodes[0].style = vec!["fill:red\"><script>".to_owned(), "stroke:url(x)".to_owned()];
        let drawn = drawn(&diagram);
        assert!(!drawn.contains("<script") && !drawn.contains("onload=\"") && !drawn.contains("url(x)"), "{drawn}");
        assert!(drawn.contains("&lt;script&gt;"), "it is there to be read");
    }

    #[test]
    fn every_element_that_opens_closes() {
        let (diagram, _) = mermaid::parse(include_str!("../../tests/golden/mermaid/shop.mmd"));
        let drawn = drawn(&diagram);
        let mut open: Vec<&str> = Vec::new();
        for tag in drawn.split('<').skip(1) {
            let inside = tag.split('>').next().unwrap_or_default();
            let name = inside.split(' ').next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None if inside.ends_with('/') => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn heads_and_strokes_are_as_the_text_says() {
        let (diagram, _) = mermaid::parse("graph LR\na --o b\nb ==> c\nc --x d\nd --- e");
        let picture = picture(&diagram, Arrangement::SideBySide);
        let arrows: Vec<String> =
            picture.arrows.iter().map(|placed| line(placed, &diagram.edges[placed.edge])).collect();
        assert!(arrows[0].contains("marker-end=\"url(#circlehead)\""), "{}", arrows[0]);
        assert!(arrows[1].contains("class=\"edge thick\"") && arrows[1].contains("url(#arrowhead)"), "{}", arrows[1]);
        assert!(arrows[2].contains("url(#crosshead)"), "{}", arrows[2]);
        assert!(!arrows[3].contains("marker"), "{}", arrows[3]);
    }
}
