//! Which edge of the learner's own picture each request, message and answer of the run travels.
//!
//! Requests and answers were planned by edges. A message takes the edge that fits best: between the same nodes, in its
//! direction, lost or not as it is, for the same purpose, in the same slot; and each drawn message is taken once before
//! one is taken twice. What fits nowhere, the picture does not show.

use super::plot::{Line, Plot, Points, Reply, Way};
use super::scenes::{Fate, Flight, Thing};
use super::words::Class;
use crate::course::gauges;
use crate::diagram::space_time::{self, Party, space_time};
use crate::sim::protocol::{Body, local_first, quorum};
use crate::sim::{EventId, EventKind, Micros, NodeId, RequestId, Scenario, Trace};

/// Something that travels, and where it stands in the trace.
#[derive(Clone, Debug)]
pub struct Travel {
    pub step: u32,
    /// The request that it is for, or follows from.
    pub request: Option<RequestId>,
    /// The message of the plot that it is, by its index.
    pub message: Option<usize>,
    pub flight: Flight,
}

/// All that travels in a run, in its order.
pub fn travels(plot: &Plot, starts: &[Micros], scenario: &Scenario, trace: &Trace, rows: &[usize]) -> Vec<Travel> {
    let wrong = gauges::wrong_answers(scenario, trace, u32::MAX);
    let drawn = space_time(scenario, trace, rows, u32::MAX, &wrong);
    let mut slants = drawn.slants.into_iter();
    let mut taken: Vec<u32> = vec![0; plot.messages.len()];
    let mut travels = Vec::new();
    for event in &trace.events {
        let thing = match event.kind {
            EventKind::Invoked { .. } => Thing::Request,
            EventKind::Replied { .. } => Thing::Answer,
            EventKind::Sent { .. } => Thing::Message,
            _ => continue,
        };
        // The diagram has one arrow for each of these, in this order.
        let Some(slant) = slants.next() else { break };
        let fate = match slant.end {
            space_time::Fate::Arrived(_) => Fate::Arrives,
            space_time::Fate::Lost(_) => Fate::Lost,
            space_time::Fate::UnderWay => Fate::UnderWay,
        };
        let request = chain(trace, event.id);
        let planned = request.and_then(|request| plot.requests.get(request.0 as usize));
        let mut message = None;
        let (edge, way) = match (event.kind.clone(), planned) {
            (EventKind::Invoked { .. }, Some(planned)) => (Some(planned.edge), planned.way),
            (EventKind::Replied { .. }, Some(planned)) => match &planned.reply {
                Reply::Drawn(answer) => (Some(answer.edge), answer.way),
                Reply::Same => (Some(planned.edge), if planned.way == Way::Along { Way::Against } else { Way::Along }),
                Reply::None => (None, Way::Along),
            },
            (EventKind::Sent { from, to, body, .. }, _) => {
                let slot = starts.iter().filter(|start| **start <= event.at).count().saturating_sub(1);
                let sent = Sent { from, to, class: class_of(body), fate, slot };
                message = best(plot, &taken, &sent);
                match message {
                    Some(at) => {
                        taken[at] += 1;
                        let along = plot.messages[at].from == from;
                        (Some(plot.messages[at].edge), if along { Way::Along } else { Way::Against })
                    }
                    None => (None, Way::Along),
                }
            }
            _ => (None, Way::Along),
        };
        let party = |column: usize| drawn.columns.get(column).copied().unwrap_or(Party::Node(NodeId(0)));
        let (from, to) = (party(slant.from), party(slant.to));
        let flight = Flight { thing, from, to, fate, tone: slant.tone, words: slant.words, edge, way };
        travels.push(Travel { step: event.step, request, message, flight });
    }
    travels
}

/// A message of the run.
struct Sent {
    from: NodeId,
    to: NodeId,
    class: Class,
    fate: Fate,
    slot: usize,
}

fn best(plot: &Plot, taken: &[u32], sent: &Sent) -> Option<usize> {
    let mut best: Option<([u32; 6], usize)> = None;
    for (at, &taken) in taken.iter().enumerate() {
        if let Some(cost) = cost(plot, at, taken, sent)
            && best.is_none_or(|(least, _)| cost < least)
        {
            best = Some((cost, at));
        }
    }
    best.map(|(_, at)| at)
}

/// How badly an edge fits a message; `None` when it does not at all. What counts most stands first.
fn cost(plot: &Plot, at: usize, taken: u32, sent: &Sent) -> Option<[u32; 6]> {
    let edge = &plot.messages[at];
    let (dashed, lost) = (edge.line == Line::Dashed, sent.fate == Fate::Lost);
    if dashed && !lost || taken > 0 && !dashed && edge.number.is_some() {
        return None;
    }
    let turned = if (edge.from, edge.to) == (sent.from, sent.to) {
        0
    } else if (edge.to, edge.from) != (sent.from, sent.to) {
        return None;
    } else if edge.points == Points::Either {
        1
    } else if dashed {
        2
    } else {
        return None;
    };
    let purpose = match edge.class {
        class if class == sent.class => 0,
        Class::Heals => return None,
        Class::Cuts if !dashed => return None,
        Class::Any | Class::Cuts => 1,
        // What is lost at a cut is lost, whatever is written there.
        _ if dashed => 2,
        _ => return None,
    };
    let elsewhere = match edge.number.map(|number| plot.slot_of(number)) {
        None => 0,
        Some(slot) if slot == sent.slot => 0,
        Some(slot) if slot < sent.slot && dashed => 1,
        Some(_) => return None,
    };
    let order = u32::try_from(at).unwrap_or(u32::MAX);
    Some([u32::from(dashed != lost), elsewhere, turned, purpose, taken, order])
}

fn class_of(body: Body) -> Class {
    match body {
        Body::Quorum(quorum::Message::Accept(_) | quorum::Message::Result(..))
        | Body::LocalFirst(local_first::Message::Acknowledge(_) | local_first::Message::Tell(..)) => Class::Answers,
        Body::Quorum(quorum::Message::Commit(..)) => Class::Decides,
        _ => Class::Asks,
    }
}

/// The request that an event follows from.
fn chain(trace: &Trace, event: EventId) -> Option<RequestId> {
    let mut event = trace.event(event)?;
    loop {
        match event.kind {
            EventKind::Invoked { request, .. }
            | EventKind::Received { request, .. }
            | EventKind::Replied { request, .. }
            | EventKind::Sent { request: Some(request), .. } => return Some(request),
            // A cause comes before what it causes, so this ends.
            _ => event = trace.event(event.cause?)?,
        }
    }
}
