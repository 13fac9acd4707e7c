//! The picture of a diagram: every frame, node, edge and label with its place, ready to be drawn by anybody.
//!
//! Systems (outermost subgraphs) stand side by side or stacked; each lays out its own nodes, and what a person has
//! moved stays where they put it, relative to its system. Nodes outside any subgraph form a last system without a
//! frame.

use super::geometry::{Rect, Spot, count};
use super::layout::Scene;
use super::measure::{clipped, width, wrap};
use super::nest::Kid;
use super::role::{self, Role, Side};
use super::route::Curve;
use super::tag::Tag;
use super::{Diagram, Node, Part, Point, Shape, Subgraph, outline};

/// How systems stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// Next to each other.
    #[default]
    SideBySide,
    /// One below the other.
    Stacked,
}

/// A subgraph, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Its id.
    pub id: String,
    /// Its outline.
    pub rect: Rect,
    /// The side it takes.
    pub side: Option<Side>,
    /// Whether it is a system of its own rather than a part of one.
    pub outermost: bool,
    /// Its title: the part before ` - `, and the part after it.
    pub title: (String, String),
    /// As much of the title as the frame has room for.
    pub shown: (String, String),
}

/// A node, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// The rectangle around it.
    pub rect: Rect,
    /// Its outline in that rectangle.
    pub shape: Shape,
    /// The part it plays.
    pub role: Role,
    /// What it is called, in lines.
    pub lines: Vec<String>,
    /// What follows ` - ` in its label, in lines.
    pub details: Vec<String>,
}

/// An edge, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Its index in the diagram.
    pub edge: usize,
    /// How it runs.
    pub curve: Curve,
    /// Its label.
    pub tag: Option<Tag>,
}

/// A diagram, placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The outline of everything.
    pub size: (f64, f64),
    /// The frames, outer before inner.
    pub frames: Vec<Frame>,
    /// The nodes, in the order of the diagram.
    pub cards: Vec<Card>,
    /// The edges, in the order of the diagram; those whose ends are not there are left out.
    pub arrows: Vec<Arrow>,
    /// From where the places of nodes that stand in no subgraph are counted.
    pub origin: Spot,
}

/// The font size of a node's name, in pixels.
pub const NAME_SIZE: f64 = 15.0;
/// The font size of a node's details, in pixels.
pub const DETAIL_SIZE: f64 = 12.0;
/// The height of a line of a node's name, in pixels.
pub const NAME_LINE: f64 = 20.0;
/// The height of a line of a node's details, in pixels.
pub const DETAIL_LINE: f64 = 17.0;
/// The font size of a frame's title, in pixels.
const TITLE_SIZE: f64 = 13.5;
/// From the side of a frame to its title, and from one half of the title to the other, in pixels.
const TITLE_INSET: (f64, f64) = (22.0, 14.0);
/// How far nodes that a person has placed stay from the right and lower side of their frame.
pub const EDGE: f64 = 24.0;

impl Picture {
    /// The part at a place: a node before a label, a label before an edge, an edge before a frame's title.
    pub fn hit(&self, spot: Spot) -> Option<Part> {
        let card = self.cards.iter().rev().find(|card| card.rect.contains(spot));
        if let Some(card) = card {
            return Some(Part::Node(card.id.clone()));
        }
        let on_tag = |arrow: &&Arrow| arrow.tag.as_ref().is_some_and(|tag| tag.rect.grown(3.0).contains(spot));
        let on_line = |arrow: &&Arrow| arrow.curve.passes(spot, 11.0);
        let arrow = self.arrows.iter().rev().find(on_tag).or_else(|| self.arrows.iter().rev().find(on_line));
        if let Some(arrow) = arrow {
            return Some(Part::Edge(arrow.edge));
        }
        let on_title = |frame: &&Frame| Rect { h: 52.0, ..frame.rect }.contains(spot);
        self.frames.iter().rev().find(on_title).map(|frame| Part::Subgraph(frame.id.clone()))
    }

    /// Where a node stands, relative to its system: what [`Diagram::positions`] would keep of it.
    pub fn place_of(&self, diagram: &Diagram, id: &str) -> Option<Point> {
        let centre = self.cards.iter().find(|card| card.id == id)?.rect.centre();
        Some(relative(diagram, self, diagram.node(id)?.parent.as_deref(), centre))
    }

    /// The outline of a part: of an edge, that of its label, or a point on its line.
    pub fn outline(&self, part: &Part) -> Option<Rect> {
        match part {
            Part::Node(id) => self.cards.iter().find(|card| card.id == *id).map(|card| card.rect),
            Part::Edge(at) => {
                let arrow = self.arrows.iter().find(|arrow| arrow.edge == *at)?;
                let middle = || Rect::around(arrow.curve.at(0.5), 0.0, 0.0);
                Some(arrow.tag.as_ref().map_or_else(middle, |tag| tag.rect))
            }
            Part::Subgraph(id) => self.frames.iter().find(|frame| frame.id == *id).map(|frame| frame.rect),
        }
    }

    /// The nodes and edges that a rectangle touches: an edge by its label or the middle of its line.
    pub fn touching(&self, rect: Rect) -> Vec<Part> {
        let cards = self.cards.iter().map(|card| Part::Node(card.id.clone()));
        let parts = cards.chain(self.arrows.iter().map(|arrow| Part::Edge(arrow.edge)));
        parts.filter(|part| self.outline(part).is_some_and(|outline| outline.grown(0.5).overlap(rect) > 0.0)).collect()
    }

    /// The node from whose edge a new message would be drawn at a place: the middles of its four sides are handles.
    pub fn handle(&self, spot: Spot, reach: f64) -> Option<&Card> {
        let near = |card: &&Card| handles(card.rect).into_iter().any(|handle| handle.distance(spot) <= reach);
        self.cards.iter().rev().find(near)
    }

    /// The innermost frame at a place.
    pub fn frame_at(&self, spot: Spot) -> Option<&Frame> {
        self.frames.iter().rev().find(|frame| frame.rect.contains(spot))
    }
}

/// The middles of a card's four sides.
pub fn handles(rect: Rect) -> [Spot; 4] {
    let Spot { x, y } = rect.centre();
    [Spot { x, y: rect.y }, Spot { x: rect.x + rect.w, y }, Spot { x, y: rect.y + rect.h }, Spot { x: rect.x, y }]
}

/// Lays out a diagram.
pub fn picture(diagram: &Diagram, arrangement: Arrangement) -> Picture {
    let mut cards: Vec<Card> = diagram.nodes.iter().map(card).collect();
    let titles: Vec<(String, String)> = diagram.subgraphs.iter().map(|subgraph| halves(&subgraph.visible())).collect();
    let widths = titles.iter().map(|(name, detail)| name_width(name) + detail_width(detail)).collect();
    let scene = Scene::of(diagram, &cards, widths, arrangement);
    for (card, end) in cards.iter_mut().zip(&scene.cards) {
        card.rect = end.rect;
    }
    let all = scene.boxes[scene.nest.all()];
    // Systems before what is in them.
    let order = scene.nest.order.iter().filter(|&&at| at < diagram.subgraphs.len());
    let frames = order.map(|&at| {
        let is_outermost = scene.nest.outer(Kid::Box(at)) == Some(scene.nest.all());
        frame(&diagram.subgraphs[at], &titles[at], scene.boxes[at], is_outermost)
    });
    Picture {
        size: (all.w, all.h),
        frames: frames.collect(),
        cards,
        origin: scene.origin(),
        arrows: (0..)
            .zip(scene.runs.iter().zip(scene.tags))
            .filter_map(|(edge, (curve, tag))| Some(Arrow { edge, curve: (*curve)?, tag }))
            .collect(),
    }
}

/// Where a place on the canvas is relative to its system, for a node of that parent: what [`Diagram::positions`] keeps.
pub fn relative(diagram: &Diagram, picture: &Picture, parent: Option<&str>, spot: Spot) -> Point {
    let origin = role::system(diagram, parent)
        .and_then(|system| picture.frames.iter().find(|frame| frame.id == system.id))
        .map_or(picture.origin, |frame| Spot { x: frame.rect.x, y: frame.rect.y });
    spot.plus(-origin.x, -origin.y).point()
}

fn frame(subgraph: &Subgraph, title: &(String, String), rect: Rect, outermost: bool) -> Frame {
    let room = rect.w - 2.0 * TITLE_INSET.0;
    let name = clipped(&title.0, TITLE_SIZE, room / 1.06);
    let left = room - name_width(&name) - TITLE_INSET.1;
    let detail = if left > 3.0 * TITLE_SIZE { clipped(&title.1, TITLE_SIZE, left) } else { String::new() };
    Frame {
        id: subgraph.id.clone(),
        rect,
        side: role::side(subgraph),
        outermost,
        title: title.clone(),
        shown: (name, detail),
    }
}

/// How wide the first half of a title is: it is bold.
fn name_width(name: &str) -> f64 {
    width(name, TITLE_SIZE) * 1.06
}

fn detail_width(detail: &str) -> f64 {
    if detail.is_empty() { 0.0 } else { width(detail, TITLE_SIZE) + TITLE_INSET.1 }
}

/// A label's two halves: what stands before ` - `, and what after.
fn halves(text: &str) -> (String, String) {
    match text.split_once(" - ") {
        Some((name, detail)) => (name.trim().to_owned(), detail.trim().to_owned()),
        None => (text.to_owned(), String::new()),
    }
}

fn card(node: &Node) -> Card {
    let role = role::role(node);
    // A client is a pill unless the text gives it another shape.
    let (shape, least) = match (role, node.shape) {
        (Role::Client, Shape::Plain | Shape::Square) => (Shape::Stadium, (104.0, 46.0)),
        (_, Shape::Circle | Shape::Doublecircle) => (node.shape, (0.0, 0.0)),
        _ => (node.shape, (132.0, 46.0)),
    };
    let limit = outline::widest(shape);
    let (name, detail) = halves(&node.visible());
    let lines = wrap(&name, NAME_SIZE, limit);
    let details = if detail.is_empty() { Vec::new() } else { wrap(&detail, DETAIL_SIZE, limit) };
    let widest = lines
        .iter()
        .map(|line| width(line, NAME_SIZE) * 1.06)
        .chain(details.iter().map(|line| width(line, DETAIL_SIZE)))
        .fold(0.0, f64::max);
    let height = count(lines.len()) * NAME_LINE + count(details.len()) * DETAIL_LINE;
    let (w, h) = outline::size(shape, (widest, height));
    let rect = Rect { x: 0.0, y: 0.0, w: w.max(least.0), h: h.max(least.1) };
    Card { id: node.id.clone(), rect, shape, role, lines, details }
}
