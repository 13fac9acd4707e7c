//! What is on the stage: the drawing, its picture, and what came of running it. Made once for a drawing, then shared.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::course::enact::{Act, Enactment, System, enact};
use crate::course::sequence::{Tale, sequence_of};
use crate::diagram::Diagram;
use crate::diagram::picture::{Picture, picture};
use crate::ui::transport::{BEAT, Playhead};
use crate::ui::words::plain;
use crate::ui::{document, values};

/// A drawing that has been run.
#[derive(Default)]
pub struct Staged {
    /// The drawing.
    pub diagram: Rc<Diagram>,
    /// Where everything of it stands.
    pub picture: Picture,
    /// What came of it.
    pub run: Enactment,
    /// Where to begin, and whether to play from there.
    pub begin: (usize, bool),
}

/// Where one is in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Something travels this edge now.
    Now,
    /// Something has travelled it.
    Past,
    /// Nothing has travelled it yet.
    Ahead,
}

impl Staged {
    /// Runs what is given. What cannot be read is an empty drawing, of which the view says that nothing is drawn.
    pub fn of(given: &JsValue) -> Self {
        let given = Array::from(given);
        let Ok(document) = document::from_js(given.get(0)) else {
            return Self { run: enact(&Diagram::default()), ..Self::default() };
        };
        let step = values::whole(&given.get(1)).unwrap_or(0);
        let run = enact(&document.diagram);
        Self {
            picture: picture(&document.diagram, document.arrangement),
            begin: (step.min(run.end()), given.get(2).is_truthy()),
            run,
            diagram: document.diagram,
        }
    }

    /// The systems with what they do at a step.
    pub fn acts(&self, step: usize) -> impl Iterator<Item = (&System, &Act)> {
        let acts = self.run.scenes.get(step).map(|scene| scene.acts.as_slice()).unwrap_or_default();
        self.run.systems.iter().zip(acts)
    }

    /// Whether an edge is travelled at a step, or has been before.
    pub fn mark(&self, edge: usize, step: usize) -> Mark {
        let travelled =
            |step: usize| self.acts(step).any(|(_, act)| act.flights.iter().any(|flight| flight.edge == Some(edge)));
        if travelled(step) {
            Mark::Now
        } else if (0..step).any(travelled) {
            Mark::Past
        } else {
            Mark::Ahead
        }
    }

    /// Whether it has turned out by that step that what an edge says is not what happens.
    pub fn is_false(&self, edge: usize, step: usize) -> bool {
        let claims = self.run.systems.iter().flat_map(|system| &system.claims);
        claims.into_iter().any(|claim| claim.edge == Some(edge) && claim.scene <= step)
    }

    /// The run as a Mermaid sequence diagram.
    pub fn sequence(&self) -> Option<String> {
        let tales: Vec<Tale> = self
            .run
            .systems
            .iter()
            .map(|system| Tale {
                title: &system.name,
                cast: &system.cast,
                scenario: system.told.scenario(),
                trace: system.told.trace(),
            })
            .collect();
        (!tales.is_empty()).then(|| sequence_of(&tales))
    }

    /// What is said of a step: what happens, what turns out not to, and in the end what it comes to.
    pub fn said(&self, step: usize) -> String {
        let mut said = format!("Step {step}. {}", plain(&self.run.words(step)));
        for (system, _) in self.acts(step) {
            for claim in system.claims.iter().filter(|claim| claim.scene == step) {
                said += " Not what happens: ";
                said += &plain(&claim.sentence);
            }
        }
        if step == self.run.end() {
            for (system, _) in self.acts(step) {
                said += " ";
                said += &plain(&system.conclusion);
            }
        }
        said
    }

    /// How long a step stays when it is played: as long as it takes to read, in milliseconds.
    pub fn beat(&self, step: usize) -> u32 {
        let letters = u32::try_from(self.run.words(step).len()).unwrap_or(0);
        (800 + letters * 16).clamp(BEAT, 6_000)
    }

    /// Where the cursor is when it opens.
    pub fn playhead(&self, speed: u32) -> Playhead {
        let (step, playing) = self.begin;
        Playhead { step, playing: playing && self.run.end() > 0, speed }
    }
}
