//! The parts of the picture on the canvas: each is a component, which is drawn anew when it is another than before, and
//! not whenever one of them moves. In a diagram of two hundred nodes that is what makes dragging smooth.
//!
//! What a part looks like depends on its place in the picture, on the words of the diagram and on a few marks. Words
//! that are the same are the same `Rc` ([`use_words`]): places are no part of them.

use std::rc::Rc;

use yew::prelude::*;

use super::canvas::element_id;
use super::{arrow, card};
use crate::diagram::picture::{Card, Frame, Picture};
use crate::diagram::role::{Role, role, system};
use crate::diagram::{Diagram, Part};

/// Which part of a picture, by its index there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A frame.
    Frame(usize),
    /// A card.
    Card(usize),
    /// An arrow.
    Arrow(usize),
}

/// A part as it is shown.
#[derive(Clone, Properties)]
pub struct Props {
    /// Which one.
    pub what: What,
    /// The picture.
    pub picture: Rc<Picture>,
    /// The diagram, as [`use_words`] gives it.
    pub words: Rc<Diagram>,
    /// Classes beside its own, each with a blank before it.
    pub marks: &'static str,
    /// Whether it is selected.
    pub chosen: bool,
    /// Whether Tab comes to it.
    pub tabbable: bool,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let (own, its) = (&self.picture, &other.picture);
        let is_in_place = Rc::ptr_eq(own, its)
            || match self.what {
                What::Frame(at) => own.frames.get(at) == its.frames.get(at),
                What::Card(at) => own.cards.get(at) == its.cards.get(at),
                What::Arrow(at) => own.arrows.get(at) == its.arrows.get(at),
            };
        self.what == other.what
            && self.chosen == other.chosen
            && self.tabbable == other.tabbable
            && self.marks == other.marks
            && Rc::ptr_eq(&self.words, &other.words)
            && is_in_place
    }
}

/// The diagram of last time while all its words are the same, wherever its nodes stand now.
#[hook]
pub fn use_words(diagram: &Rc<Diagram>) -> Rc<Diagram> {
    let kept = use_mut_ref(|| diagram.clone());
    let mut kept = kept.borrow_mut();
    if !kept.says_the_same(diagram) {
        *kept = diagram.clone();
    }
    kept.clone()
}

/// A part: it can be focused, is selected by that, and says what it is.
#[component]
pub fn Shown(props: &Props) -> Html {
    let (picture, words) = (&props.picture, &props.words);
    let (part, name, class, inner) = match props.what {
        What::Frame(at) => {
            let frame = &picture.frames[at];
            let part = Part::Subgraph(frame.id.clone());
            (part, frame_name(frame, words), ("frame-part", ""), card::frame(frame))
        }
        What::Card(at) => {
            let card = &picture.cards[at];
            (Part::Node(card.id.clone()), card_name(card, words), ("card-part", ""), card::card(card, words))
        }
        What::Arrow(at) => {
            let arrow = &picture.arrows[at];
            let edge = &words.edges[arrow.edge];
            let inner = html! {
                <>
                    { arrow::line(arrow, edge) }
                    if let Some(tag) = &arrow.tag { { arrow::tag(tag) } }
                </>
            };
            (Part::Edge(arrow.edge), arrow::name(arrow, edge, words), ("arrow-part ", arrow::tone(edge)), inner)
        }
    };
    let class = ["part ", class.0, class.1, props.marks].concat();
    html! {
        <g id={element_id(&part)} {class} role="button" tabindex={if props.tabbable { "0" } else { "-1" }}
            aria-label={name} aria-pressed={if props.chosen { "true" } else { "false" }}>{ inner }</g>
    }
}

fn frame_name(frame: &Frame, words: &Diagram) -> String {
    let (name, detail) = &frame.title;
    let count = words.nodes.iter().filter(|node| node.parent.as_ref() == Some(&frame.id)).count();
    format!("{name} {detail}: system, {count} nodes")
}

fn card_name(card: &Card, words: &Diagram) -> String {
    let node = words.node(&card.id);
    let kind = match node.map(role) {
        Some(Role::Client) => "client",
        _ => "node",
    };
    let home = node
        .and_then(|node| system(words, node.parent.as_deref()))
        .map(|system| format!(" in {}", system.visible()))
        .unwrap_or_default();
    format!("{}: {kind}{home}", card.lines.iter().chain(&card.details).cloned().collect::<Vec<_>>().join(" "))
}
