//! The picture of a diagram: every frame, node, edge and label with its place, ready to be drawn by anybody.
//!
//! Systems (outermost subgraphs) stand side by side or stacked; each lays out its own nodes, and what a person has
//! moved stays where they put it, relative to its system. Nodes outside any subgraph form a last system without a
//! frame.

use super::geometry::{Rect, Spot};
use super::layout::layout;
use super::measure::{width, wrap};
use super::role::{self, Role, Side};
use super::route::{Curve, Surroundings, Tag, place, run, tag_of};
use super::{Diagram, Edge, Node, Part, Point, Stroke};

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
}

/// A node, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its outline.
    pub rect: Rect,
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
}

/// The font size of a node's name, in pixels.
pub const NAME_SIZE: f64 = 15.0;
/// The font size of a node's details, in pixels.
pub const DETAIL_SIZE: f64 = 12.0;
const NAME_LINE: f64 = 20.0;
const DETAIL_LINE: f64 = 17.0;
const WIDEST: f64 = 190.0;
/// The mark of a lost message, in pixels across.
const MARK: f64 = 30.0;
const MARGIN: f64 = 24.0;
const BETWEEN: f64 = 20.0;
/// The space inside a frame: left and right, above (with its title), below.
const INSET: (f64, f64, f64) = (48.0, 64.0, 64.0);
const LEAST: (f64, f64) = (460.0, 380.0);
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
        let on_line = |arrow: &&Arrow| (1..20).any(|at| arrow.curve.at(f64::from(at) / 20.0).distance(spot) < 11.0);
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
    let mut picture = Picture { cards: diagram.nodes.iter().map(card).collect(), ..Picture::default() };
    let systems = systems(diagram);
    let sizes: Vec<Rect> = systems.iter().map(|system| system.lay_out(diagram, &mut picture.cards)).collect();
    picture.size = arrange(&systems, &sizes, arrangement, &mut picture);
    inner_frames(diagram, &mut picture);
    picture.arrows = arrows(diagram, &picture);
    picture
}

/// Where a place on the canvas is relative to its system, for a node of that parent: what [`Diagram::positions`] keeps.
pub fn relative(diagram: &Diagram, picture: &Picture, parent: Option<&str>, spot: Spot) -> Point {
    let origin = role::system(diagram, parent)
        .and_then(|system| picture.frames.iter().find(|frame| frame.id == system.id))
        .map_or(Spot::default(), |frame| Spot { x: frame.rect.x, y: frame.rect.y });
    spot.plus(-origin.x, -origin.y).point()
}

/// A system: the ids of the subgraph (none for what is in no subgraph) and the indices of its nodes.
struct System {
    id: Option<String>,
    nodes: Vec<usize>,
}

fn systems(diagram: &Diagram) -> Vec<System> {
    let of = |node: &Node| role::system(diagram, node.parent.as_deref()).map(|system| system.id.clone());
    let members = |id: &Option<String>| (0..diagram.nodes.len()).filter(|&at| of(&diagram.nodes[at]) == *id).collect();
    let mut systems: Vec<System> = diagram
        .subgraphs
        .iter()
        .filter(|subgraph| subgraph.parent.is_none())
        .map(|subgraph| Some(subgraph.id.clone()))
        .map(|id| System { nodes: members(&id), id })
        .collect();
    let loose = System { nodes: members(&None), id: None };
    if !loose.nodes.is_empty() {
        systems.push(loose);
    }
    systems
}

impl System {
    /// Places its cards relative to its own corner, and says how large it is.
    fn lay_out(&self, diagram: &Diagram, cards: &mut [Card]) -> Rect {
        let nodes: Vec<&Node> = self.nodes.iter().map(|&at| &diagram.nodes[at]).collect();
        let edges: Vec<&Edge> = diagram.edges.iter().collect();
        let sizes: Vec<(f64, f64)> = self.nodes.iter().map(|&at| (cards[at].rect.w, cards[at].rect.h)).collect();
        let spots = layout(&nodes, &edges, &sizes);
        let extent = spots.iter().zip(&sizes).map(|(&spot, &(w, h))| Rect::around(spot, w, h)).reduce(Rect::with);
        let extent = extent.unwrap_or_default();
        let (side, top, bottom) = INSET;
        let own = |at: usize| diagram.positions.get(&diagram.nodes[at].id);
        let (w, h) = if self.nodes.iter().any(|&at| own(at).is_some()) {
            LEAST
        } else {
            ((extent.w + 2.0 * side).max(LEAST.0), (extent.h + top + bottom).max(LEAST.1))
        };
        // Centred in the frame where the frame is larger than it needs to be.
        let (dx, dy) = ((w - extent.w) / 2.0 - extent.x, top + (h - top - bottom - extent.h) / 2.0 - extent.y);
        let mut taken: Vec<Rect> = Vec::new();
        for &at in &self.nodes {
            if let Some(point) = own(at) {
                let centre = Spot { x: f64::from(point.x), y: f64::from(point.y) };
                cards[at].rect = Rect::around(centre, cards[at].rect.w, cards[at].rect.h);
                taken.push(cards[at].rect);
            }
        }
        for ((&at, &spot), &(w, h)) in self.nodes.iter().zip(&spots).zip(&sizes) {
            if own(at).is_none() {
                cards[at].rect = beside(Rect::around(spot.plus(dx, dy), w, h), &taken);
                taken.push(cards[at].rect);
            }
        }
        let reach = |rect: Rect, all: Rect| all.with(Rect { w: rect.w + EDGE, h: rect.h + EDGE, ..rect });
        let all = taken.into_iter().fold(Rect { x: 0.0, y: 0.0, w, h }, |all, rect| reach(rect, all));
        Rect { x: 0.0, y: 0.0, w: all.x + all.w, h: all.y + all.h }
    }
}

/// The first place to the right where nothing stands yet.
fn beside(wanted: Rect, taken: &[Rect]) -> Rect {
    let mut rect = wanted;
    while let Some(other) = taken.iter().find(|other| other.grown(8.0).overlap(rect) > 0.0) {
        rect.x = other.x + other.w + BETWEEN;
    }
    rect
}

/// Puts the systems next to each other or below each other, and says how large the whole is.
fn arrange(systems: &[System], sizes: &[Rect], arrangement: Arrangement, picture: &mut Picture) -> (f64, f64) {
    let across = arrangement == Arrangement::SideBySide;
    let tallest = sizes.iter().map(|size| size.h).fold(0.0, f64::max);
    let widest = sizes.iter().map(|size| size.w).fold(0.0, f64::max);
    let mut corner = Spot { x: MARGIN, y: MARGIN };
    for (system, size) in systems.iter().zip(sizes) {
        let rect = if across {
            Rect { x: corner.x, y: corner.y, w: size.w, h: tallest }
        } else {
            Rect { x: corner.x, y: corner.y, w: widest, h: size.h }
        };
        for &at in &system.nodes {
            let card = &mut picture.cards[at];
            (card.rect.x, card.rect.y) = (card.rect.x + corner.x, card.rect.y + corner.y);
        }
        if let Some(id) = &system.id {
            picture.frames.push(Frame { id: id.clone(), rect, side: None, outermost: true, title: Default::default() });
        }
        if across {
            corner.x += rect.w + BETWEEN;
        } else {
            corner.y += rect.h + BETWEEN;
        }
    }
    if across {
        (corner.x - BETWEEN + MARGIN, tallest + 2.0 * MARGIN)
    } else {
        (widest + 2.0 * MARGIN, corner.y - BETWEEN + MARGIN)
    }
}

/// Frames the nested subgraphs around their nodes, and names all frames.
fn inner_frames(diagram: &Diagram, picture: &mut Picture) {
    for subgraph in diagram.subgraphs.iter().filter(|subgraph| subgraph.parent.is_some()) {
        let members = picture.cards.iter().zip(&diagram.nodes).filter(|(_, node)| {
            let mut parent = node.parent.as_deref();
            for _ in 0..diagram.subgraphs.len() {
                match parent {
                    Some(id) if id == subgraph.id => return true,
                    Some(id) => parent = diagram.subgraph(id).and_then(|outer| outer.parent.as_deref()),
                    None => break,
                }
            }
            false
        });
        if let Some(rect) = members.map(|(card, _)| card.rect).reduce(Rect::with) {
            let rect = Rect { x: rect.x - 18.0, y: rect.y - 36.0, w: rect.w + 36.0, h: rect.h + 54.0 };
            let id = subgraph.id.clone();
            picture.frames.push(Frame { id, rect, side: None, outermost: false, title: Default::default() });
        }
    }
    for frame in &mut picture.frames {
        if let Some(subgraph) = diagram.subgraph(&frame.id) {
            frame.side = role::side(subgraph);
            frame.title = halves(&subgraph.visible());
        }
    }
}

/// A label's two halves: what stands before ` - `, and what after.
fn halves(text: &str) -> (String, String) {
    match text.split_once(" - ") {
        Some((name, detail)) => (name.trim().to_owned(), detail.trim().to_owned()),
        None => (text.to_owned(), String::new()),
    }
}

fn card(node: &Node) -> Card {
    let (name, detail) = halves(&node.visible());
    let lines = wrap(&name, NAME_SIZE, WIDEST);
    let details = if detail.is_empty() { Vec::new() } else { wrap(&detail, DETAIL_SIZE, WIDEST) };
    let widest = lines
        .iter()
        .map(|line| width(line, NAME_SIZE) * 1.06)
        .chain(details.iter().map(|line| width(line, DETAIL_SIZE)))
        .fold(0.0, f64::max);
    let rows = |lines: &[String], height: f64| u32::try_from(lines.len()).map_or(1.0, f64::from) * height;
    let role = role::role(node);
    let (least, pad) = match role {
        Role::Client => (104.0, 44.0),
        Role::Replica => (132.0, 44.0),
    };
    let h = (rows(&lines, NAME_LINE) + rows(&details, DETAIL_LINE) + 24.0).max(46.0);
    let rect = Rect { x: 0.0, y: 0.0, w: (widest + pad).max(least), h };
    Card { id: node.id.clone(), rect, role, lines, details }
}

fn arrows(diagram: &Diagram, picture: &Picture) -> Vec<Arrow> {
    let rect_of = |id: &str| {
        let card = picture.cards.iter().find(|card| card.id == id).map(|card| card.rect);
        card.or_else(|| picture.frames.iter().find(|frame| frame.id == id).map(|frame| frame.rect))
    };
    let mut arrows: Vec<Arrow> = Vec::new();
    for (at, edge) in diagram.edges.iter().enumerate() {
        let (Some(from), Some(to)) = (rect_of(&edge.from), rect_of(&edge.to)) else { continue };
        if edge.stroke != Stroke::Invisible {
            arrows.push(Arrow { edge: at, curve: run(from, to, lane(diagram, at)), tag: None });
        }
    }
    let mut taken: Vec<Rect> = picture.cards.iter().map(|card| card.rect).collect();
    let lost = arrows.iter().filter(|arrow| diagram.edges[arrow.edge].stroke == Stroke::Dotted);
    taken.extend(lost.map(|arrow| Rect::around(arrow.curve.at(0.5), MARK, MARK)));
    let curves: Vec<(usize, Curve)> = arrows.iter().map(|arrow| (arrow.edge, arrow.curve)).collect();
    for arrow in &mut arrows {
        let edge = &diagram.edges[arrow.edge];
        let text = edge.visible();
        if text.trim().is_empty() {
            continue;
        }
        let mut tag = tag_of(&text);
        let others: Vec<Curve> =
            curves.iter().filter(|(other, _)| *other != arrow.edge).map(|(_, curve)| *curve).collect();
        let around = Surroundings { taken: &taken, others: &others, within: system_rect(diagram, picture, edge) };
        place(&mut tag, arrow.curve, preferred(diagram, arrow.edge), around);
        taken.push(tag.rect);
        arrow.tag = Some(tag);
    }
    arrows
}

/// Where an edge's label should stay: in its system, if it belongs to one.
fn system_rect(diagram: &Diagram, picture: &Picture, edge: &Edge) -> Rect {
    let whole = Rect { x: 0.0, y: 0.0, w: picture.size.0, h: picture.size.1 };
    role::system(diagram, edge.parent.as_deref())
        .and_then(|system| picture.frames.iter().find(|frame| frame.id == system.id))
        .map_or(whole, |frame| frame.rect.grown(-8.0))
}

/// The edges between the same two ends, as indices, in order.
fn bundle(diagram: &Diagram, at: usize) -> Vec<usize> {
    let edge = &diagram.edges[at];
    let same = |other: &Edge| {
        (other.from == edge.from && other.to == edge.to) || (other.from == edge.to && other.to == edge.from)
    };
    (0..diagram.edges.len()).filter(|&other| same(&diagram.edges[other])).collect()
}

/// The lane of an edge among those between the same ends: whole lanes apart, symmetrical about 0. Seen from the first
/// edge's start, earlier edges run further to the left when they lead down.
fn lane(diagram: &Diagram, at: usize) -> f64 {
    let bundle = bundle(diagram, at);
    let place = bundle.iter().position(|&other| other == at).and_then(|place| u32::try_from(place).ok()).unwrap_or(0);
    let middle = (u32::try_from(bundle.len()).map_or(1.0, f64::from) - 1.0) / 2.0;
    let lane = middle - f64::from(place);
    if diagram.edges[at].from == diagram.edges[bundle[0]].from { lane } else { -lane }
}

/// Where along its edge a label would like to stand: labels of parallel edges at different heights, answers further up.
fn preferred(diagram: &Diagram, at: usize) -> f64 {
    let bundle = bundle(diagram, at);
    let place = bundle.iter().position(|&other| other == at).and_then(|place| u32::try_from(place).ok()).unwrap_or(0);
    let count = u32::try_from(bundle.len()).map_or(1.0, f64::from);
    if count < 2.0 {
        return 0.5;
    }
    let t = 0.36 + 0.28 * f64::from(place) / (count - 1.0);
    if diagram.edges[at].from == diagram.edges[bundle[0]].from { t } else { 1.0 - t }
}
