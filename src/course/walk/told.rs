//! What the marks of the walk's diagrams are called, what was done on a branch, and what led to what, in words.

use super::branches::Branch;
use super::deed::{Deed, Subject};
use super::{Choice, Walk};
use crate::diagram::light::{Kind, Light, Lights, Mark};
use crate::diagram::space_time::{Fate, Party, Rift, SpaceTime, saying};
use crate::sim::{EventKind, MessageId};

/// How the sides are called where one of them is meant.
const SIDES: [&str; 2] = ["if B chooses consistency", "if B chooses availability"];

/// What a mark is called, with how it has fared.
pub fn name(diagram: &SpaceTime, mark: Mark) -> String {
    let party = |column: usize| diagram.columns.get(column).map_or_else(String::new, |party| called(*party));
    let found = match mark.kind {
        Kind::Bar => diagram.bars.iter().find(|bar| bar.span.first == mark.event).map(|bar| {
            let ended = bar.end.map(|end| format!(", step {end}")).unwrap_or_default();
            format!("{}, asked at step {}: {}{ended}", party(bar.column), bar.start, bar.view)
        }),
        Kind::Slant => diagram.slants.iter().find(|slant| slant.span.first == mark.event).map(|slant| {
            let fate = match slant.fate {
                Fate::UnderWay => "on its way".to_owned(),
                Fate::Arrived(row) => format!("arrived at step {row}"),
                Fate::Lost(row) => format!("lost at step {row}"),
            };
            format!("“{}”, {} to {}, {fate}", slant.words, party(slant.from), party(slant.to))
        }),
        Kind::Held => diagram.held.iter().find(|held| held.event == Some(mark.event)).map(|held| {
            let does = if held.found { "finds" } else { "stores" };
            format!("{} {does} {} at step {}", party(held.column), held.value, held.row)
        }),
        Kind::Tear => diagram.tears.iter().find(|tear| tear.span.first == mark.event).map(|tear| {
            let (done, undone) = match tear.rift {
                Rift::Cut => ("cut", "healed"),
                Rift::Held => ("held", "released"),
            };
            let end = tear.end.map(|end| format!(", {undone} at step {end}")).unwrap_or_default();
            format!("Link {done} at step {}{end}", tear.start)
        }),
        Kind::Outage => diagram.outages.iter().find(|outage| outage.span.first == mark.event).map(|outage| {
            let end = outage.end.map(|end| format!(", up again at step {end}")).unwrap_or_default();
            format!("{} crashed at step {}{end}", party(outage.column), outage.start)
        }),
    };
    found.unwrap_or_default()
}

/// What led to a mark and what it led to, in two or three sentences.
pub fn causes(diagram: &SpaceTime, lights: &Lights) -> String {
    let Some(mark) = lights.mark else { return String::new() };
    let lit = |wanted: Light| {
        let marks = diagram.marks().into_iter().filter(|(mark, span)| lights.on(mark.kind, *span) == wanted);
        let names: Vec<String> = marks.filter_map(|(mark, _)| short(diagram, mark)).collect();
        names
    };
    let (before, after) = (lit(Light::Cause), lit(Light::Effect));
    let before = match before.as_slice() {
        [] => "Nothing earlier can have influenced it.".to_owned(),
        before => format!("May have been influenced by {}.", list(before)),
    };
    let after = match after.as_slice() {
        [] => "Can have influenced nothing so far.".to_owned(),
        after => format!("May have influenced {}.", list(after)),
    };
    let missed = missed(diagram, lights, mark).map_or_else(String::new, |missed| {
        format!(" No trace of {missed} can have reached it, though that had ended before it began.")
    });
    format!("{before} {after}{missed}")
}

/// An operation that was over before this one began and of which nothing can have reached it.
fn missed(diagram: &SpaceTime, lights: &Lights, mark: Mark) -> Option<String> {
    let this = diagram.bars.iter().find(|bar| mark.kind == Kind::Bar && bar.span.first == mark.event)?;
    let over = |end: Option<usize>| end.is_some_and(|end| end <= this.start);
    let other =
        diagram.bars.iter().rev().find(|bar| over(bar.end) && lights.on(Kind::Bar, bar.span) == Light::Apart)?;
    short(diagram, Mark { kind: Kind::Bar, event: other.span.first })
}

/// What stands for itself in a list of causes: operations, messages between nodes, and what was done to the world.
fn short(diagram: &SpaceTime, mark: Mark) -> Option<String> {
    let party = |column: usize| diagram.columns.get(column).map(|party| called(*party));
    match mark.kind {
        Kind::Bar => {
            let bar = diagram.bars.iter().find(|bar| bar.span.first == mark.event)?;
            let asked = diagram.slants.iter().find(|slant| slant.span.first == mark.event)?;
            Some(format!("{}’s {}", party(bar.column)?, asked.words))
        }
        Kind::Slant => {
            let slant =
                diagram.slants.iter().find(|slant| slant.span.first == mark.event && slant.message.is_some())?;
            Some(format!("“{}”", slant.words))
        }
        Kind::Held => None,
        Kind::Tear => {
            let tear = diagram.tears.iter().find(|tear| tear.span.first == mark.event)?;
            Some(
                match tear.rift {
                    Rift::Cut => "the cut",
                    Rift::Held => "the hold",
                }
                .to_owned(),
            )
        }
        Kind::Outage => {
            let outage = diagram.outages.iter().find(|outage| outage.span.first == mark.event)?;
            Some(format!("{}’s crash", party(outage.column)?))
        }
    }
}

fn called(party: Party) -> String {
    match party {
        Party::Client(client) => format!("Client {client}"),
        Party::Node(node) => format!("Node {node}"),
    }
}

fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

impl Walk {
    /// What a choice is about.
    pub fn subject(&self, subject: Subject) -> String {
        match subject {
            Subject::Client(client) => format!("Client {client}"),
            Subject::Link => "The link".to_owned(),
            Subject::Node(node) => format!("Node {node}"),
            Subject::Message(ids) => self.message(ids),
        }
    }

    /// What a message is called: what it says, which way it goes, and on which side if on one alone.
    fn message(&self, ids: [Option<MessageId>; 2]) -> String {
        let one = [0, 1].into_iter().find_map(|side| Some((side, ids[side]?)));
        let Some((side, id)) = one else { return String::new() };
        let words = self.sides[side].trace().events.iter().find_map(|event| match event.kind {
            EventKind::Sent { message, from, to, body, .. } if message == id => {
                Some(format!("“{}”, {from} to {to}", saying(body)))
            }
            _ => None,
        });
        let only = if ids.contains(&None) { format!(", {}", SIDES[side]) } else { String::new() };
        words.unwrap_or_default() + &only
    }

    /// What was done, as the past of a sentence: “dropped “copy of v1””.
    pub fn done(&self, deed: Deed) -> String {
        match deed {
            Deed::Write(client, value) => format!("Client {client} writes {value}"),
            Deed::Read(client) => format!("Client {client} reads"),
            Deed::Cut => "cut the link".to_owned(),
            Deed::Heal => "healed the link".to_owned(),
            Deed::Hold => "held the link".to_owned(),
            Deed::Release => "released the link".to_owned(),
            Deed::Crash(node) => format!("crashed Node {node}"),
            Deed::Recover(node) => format!("recovered Node {node}"),
            Deed::Deliver(ids) => format!("delivered {}", self.message(ids)),
            Deed::Drop(ids) => format!("dropped {}", self.message(ids)),
            Deed::HoldBack(ids) => format!("held back {}", self.message(ids)),
        }
    }
}

impl Branch {
    /// What it is called in the tree: where it began, and what was done there.
    pub fn title(&self) -> String {
        let more = |deeds: usize| match deeds {
            0 => String::new(),
            1 => ", and 1 more".to_owned(),
            many => format!(", and {many} more"),
        };
        match (self.origin, self.deeds.as_slice()) {
            (None, []) => "The scenario".to_owned(),
            (None, deeds) => format!("The scenario{}", more(deeds.len()).replace(", and", ", then")),
            (Some(origin), [first, rest @ ..]) => {
                format!("After step {}: {}{}", origin.moment, self.walk.done(first.1), more(rest.len()))
            }
            (Some(origin), []) => format!("After step {}", origin.moment),
        }
    }
}

impl Choice {
    /// Whether it can be done.
    pub fn is_possible(&self) -> bool {
        self.why_not.is_none()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::{Branches, Spot};
    use super::*;
    use crate::diagram::space_time::space_time;

    fn scenario() -> Branches {
        Branches::new().expect("the scenarios name only what they have")
    }

    fn diagram(walk: &Walk, side: usize, moment: usize) -> SpaceTime {
        let told = &walk.sides[side];
        space_time(told.scenario(), told.trace(), &told.rows, walk.moments[moment].steps[side], &[])
    }

    fn told(walk: &Walk, side: usize, moment: usize, is_it: impl Fn(&str) -> bool) -> String {
        let diagram = diagram(walk, side, moment);
        let mark = diagram.marks().into_iter().map(|(mark, _)| mark).find(|mark| is_it(&name(&diagram, *mark)));
        let lights = Lights::of(&diagram, walk.events(side, moment), mark.expect("it is there"));
        causes(&diagram, &lights.expect("it is there"))
    }

    #[test]
    fn a_stale_read_is_told_with_the_write_that_cannot_have_reached_it() {
        let branches = scenario();
        let words = told(&branches.get(0).walk, 1, 9, |name| name.starts_with("Client 2"));
        assert_eq!(
            words,
            "Nothing earlier can have influenced it. Can have influenced nothing so far. No trace of Client 1’s write v1 can have \
             reached it, though that had ended before it began."
        );
    }

    #[test]
    fn a_lost_copy_is_told_with_the_write_that_sent_it_and_the_cut() {
        let branches = scenario();
        let words = told(&branches.get(0).walk, 0, 9, |name| name.starts_with("“copy of v1”"));
        assert_eq!(
            words,
            "May have been influenced by Client 1’s write v1 and the cut. Can have influenced nothing so far."
        );
    }

    #[test]
    fn a_branch_is_called_by_what_was_done_where() {
        let mut branches = scenario();
        let ids = branches.get(0).walk.messages(3)[0].0;
        let at = branches.act(Spot { branch: 0, moment: 3 }, Deed::Drop(ids)).expect("it is on its way");
        assert_eq!(branches.get(1).title(), "After step 3: dropped “copy of v1”, A to B");
        let end = branches.get(1).walk.end();
        branches.act(Spot { moment: end, ..at }, Deed::Heal).expect("it is cut");
        assert_eq!(branches.get(1).title(), "After step 3: dropped “copy of v1”, A to B, and 1 more");
        assert_eq!(branches.get(0).title(), "The scenario");
    }

    #[test]
    fn points_lie_within_their_bars_in_the_order_of_the_checker_on_every_branch() {
        let mut branches = scenario();
        for (moment, deed) in
            [(3, Deed::Hold), (5, Deed::Heal), (4, Deed::Write(crate::sim::ClientId(0), crate::sim::Value(2)))]
        {
            branches.act(Spot { branch: 0, moment }, deed);
        }
        for branch in branches.all() {
            let walk = &branch.walk;
            for (side, moment) in (0..2).flat_map(|side| (0..=walk.end()).map(move |moment| (side, moment))) {
                let diagram = diagram(walk, side, moment);
                let order = walk.sides[side].order(walk.moments[moment].steps[side]);
                let points = diagram.points(&order, moment);
                assert_eq!(points.len(), order.len());
                assert!(
                    points
                        .windows(2)
                        .all(|pair| pair[0].millirow < pair[1].millirow && pair[0].number < pair[1].number)
                );
                for (point, attempt) in points.iter().zip(&order) {
                    let bar = diagram
                        .bars
                        .iter()
                        .find(|bar| bar.request == attempt.request)
                        .expect("every operation has one");
                    assert_eq!(point.column, bar.column);
                    assert!((bar.start * 1_000..=bar.end.unwrap_or(moment) * 1_000).contains(&point.millirow));
                }
            }
        }
        let walk = &branches.get(0).walk;
        assert_eq!(walk.sides[1].order(u32::MAX).len(), 1, "the stale read fits nowhere");
    }
}
