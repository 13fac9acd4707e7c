//! Ideas that people have about beating the theorem, each as an attempt, with what it teaches. What becomes of them is
//! not written here: it is found by exploring them.

use super::attempt::Attempt;
use super::{Design, Network, OnNews, OnRead, OnTimeout, OnWrite, Operations, Rules, Seats, Timing};

/// An idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// What its finder would say.
    pub idea: &'static str,
    /// It, put to the test; more than once where that changes the verdict.
    pub variants: Vec<Variant>,
    /// What becomes of it, and why.
    pub teaches: &'static str,
}

/// One test of an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The setting, in a few words: `The link is cut`.
    pub setting: &'static str,
    /// The attempt.
    pub attempt: Attempt,
}

const CUT: &str = "The link is cut";

/// Both nodes follow the same rules.
const fn both(write: OnWrite, read: OnRead, timeout: OnTimeout) -> Design {
    let rules = Rules::new(write, read, timeout, OnNews::Newer);
    Design::Rules([rules, rules])
}

fn preset(name: &'static str, idea: &'static str, design: Design, teaches: &'static str) -> Preset {
    let variants = vec![Variant { setting: CUT, attempt: Attempt::under_the_cut(design) }];
    Preset { name, idea, variants, teaches }
}

impl Preset {
    fn and(mut self, setting: &'static str, attempt: Attempt) -> Self {
        self.variants.push(Variant { setting, attempt });
        self
    }
}

/// All of them: the five that every other is made of, then those that promise more.
pub fn presets() -> Vec<Preset> {
    let mut all = basic();
    all.extend(hopeful());
    all.push(witness());
    all
}

fn basic() -> Vec<Preset> {
    let holder = Rules::new(OnWrite::AcceptQuietly, OnRead::Local, OnTimeout::Refuse, OnNews::Newer);
    let forwards = Rules::new(OnWrite::Forward, OnRead::Forward, OnTimeout::Refuse, OnNews::Newer);
    vec![
        preset(
            "Quorum",
            "No node does anything alone: a write is stored at both, a read asks both, and who cannot reach the other gives up.",
            both(OnWrite::Agree, OnRead::Ask, OnTimeout::Refuse),
            "This is the CP answer: nothing wrong is ever said. Under the cut nothing is said at all but errors, so it is \
             not available.",
        ),
        preset(
            "Local first",
            "Every node answers at once from its own copy and lets the other hear of writes later.",
            both(OnWrite::Accept, OnRead::Local, OnTimeout::AnswerAnyway),
            "This is the AP answer: everybody is served. Node B cannot know of a write that never reached it, so its answer \
             is stale.",
        ),
        preset(
            "Forward to one",
            "Let Node A's copy be the one that counts, and let Node B pass everything on to it: one copy cannot contradict itself.",
            Design::Rules([holder, forwards]),
            "One copy is always consistent. Whoever cannot reach it has to be turned away, and Node B has not failed: it is \
             only cut off.",
        ),
        preset(
            "Answer after a timeout",
            "Ask the other node first, and if it says nothing in time, answer alone.",
            both(OnWrite::Agree, OnRead::Ask, OnTimeout::AnswerAnyway),
            "A timeout makes it available and takes away what asking was for: after it, each node acts as if it were alone.",
        ),
        preset(
            "Wait for ever",
            "An answer that is late is not an error: wait until the other node can be reached again.",
            both(OnWrite::Agree, OnRead::Ask, OnTimeout::Wait),
            "Available means that every request is answered, however late. While the cut lasts no answer comes, and nothing \
             says that it ends.",
        ),
    ]
}

fn hopeful() -> Vec<Preset> {
    let longer = both(OnWrite::Agree, OnRead::Ask, OnTimeout::AnswerAnyway);
    let again = both(OnWrite::Agree, OnRead::Ask, OnTimeout::AskAgain);
    let late = Attempt { network: Network::Reliable, ..Attempt::under_the_cut(longer) };
    let bounded = Attempt { timing: Timing::Timely, ..late };
    let lossy = Attempt { network: Network::Lossy(2), ..Attempt::under_the_cut(again) };
    vec![
        preset(
            "Just wait longer",
            "The timeout is too short: with more patience the other node's answer will have come.",
            longer,
            "However long it waits, the cut may last longer. Even when nothing is lost a message may be slower than any \
             patience, and Node B cannot tell late from lost. Only a known bound on delays helps, and only while nothing is lost.",
        )
        .and("Nothing is lost, but messages may be late", late)
        .and("Nothing is lost, and delays have a known bound", bounded),
        preset(
            "Ask again",
            "Messages get lost now and then, so send them again until one arrives.",
            again,
            "Asking again beats a network that loses some messages. A cut loses every one of them, so the request is never \
             answered.",
        )
        .and("Any two messages may be lost", lossy),
        preset(
            "Use timestamps",
            "Give every write a timestamp: then each node knows which value is the newest.",
            both(OnWrite::Accept, OnRead::Local, OnTimeout::AnswerAnyway),
            "A timestamp tells which of two values is newer, once both are there. It does not bring a value across a cut.",
        ),
        preset(
            "Read repair",
            "Let each read compare both copies and bring whoever is behind up to date.",
            both(OnWrite::Accept, OnRead::Repair, OnTimeout::AnswerAnyway),
            "Repair makes copies agree when they can talk. Under the cut there is nothing to compare with, and the reader \
             answers what it has.",
        ),
        preset(
            "Two out of two",
            "Let a write count only when both nodes have it; then any node can answer reads alone.",
            both(OnWrite::Agree, OnRead::Local, OnTimeout::Refuse),
            "Reads stay available, writes do not: one node that cannot be reached stops them all. And the copies do not \
             change at one instant: even when nothing is lost one reader can see the new value and a later one the old.",
        )
        .and(
            "Nothing is lost; a second reader, at Node A",
            Attempt {
                network: Network::Reliable,
                timing: Timing::Timely,
                operations: Operations::WriteAndTwoReads,
                ..Attempt::under_the_cut(both(OnWrite::Agree, OnRead::Local, OnTimeout::Refuse))
            },
        ),
    ]
}

fn witness() -> Preset {
    let side = |seats| Attempt {
        timing: Timing::Timely,
        operations: Operations::Each { clients: 2, requests: 2, seats },
        ..Attempt::under_the_cut(Design::Majority)
    };
    let lone =
        Attempt { operations: Operations::Each { clients: 1, requests: 1, seats: Seats::OnlyA }, ..side(Seats::OnlyA) };
    Preset {
        name: "A third node as witness",
        idea: "With three nodes two are a majority: one node can be cut off and the other two go on.",
        variants: vec![
            Variant {
                setting: "Node A is cut off: a write there, a read at Node B",
                attempt: Attempt::under_the_cut(Design::Majority),
            },
            Variant { setting: "Node A is cut off, all clients are at Node B", attempt: side(Seats::OnlyB) },
            Variant { setting: "Node A is cut off, and a client is at Node A", attempt: lone },
        ],
        teaches: "What changes: the side with the majority keeps both promises, so losing one node no longer stops the others. What \
                  does not: Node A has not failed, and its clients get no answer. The theorem asks for an answer from every node that \
                  has not failed.",
    }
}
