//! The five pages in words: what each claims, whose claim it is, and what to look at.

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Corollary 1.1.
    Late,
    /// Theorem 2.
    Clocks,
    /// What is possible beside it.
    Bounds,
    /// Definition 3.
    Healing,
    /// Which C.
    Rumour,
}

impl Topic {
    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 5] = [Self::Late, Self::Clocks, Self::Bounds, Self::Healing, Self::Rumour];

    /// Its name in links.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Clocks => "clocks",
            Self::Bounds => "bounds",
            Self::Healing => "healing",
            Self::Rumour => "rumour",
        }
    }

    /// The page of that name; the first, if there is none.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|topic| topic.name() == name).unwrap_or(Self::Late)
    }

    /// Its place in their order, from 0.
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|topic| *topic == self).unwrap_or(0)
    }

    /// What it is called in the list of pages.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Late => "Only late",
            Self::Clocks => "With clocks",
            Self::Bounds => "Nothing lost",
            Self::Healing => "After healing",
            Self::Rumour => "Which C",
        }
    }

    /// Whose word it is.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Late => "Corollary 1.1",
            Self::Clocks => "Theorem 2",
            Self::Bounds => "Where the corollary ends",
            Self::Healing => "Definition 3",
            Self::Rumour => "Which C the theorem is about",
        }
    }

    /// What it claims.
    pub const fn claim(self) -> &'static str {
        match self {
            Self::Late => "Nothing need be lost: late is enough",
            Self::Clocks => "Clocks are not enough when messages are lost",
            Self::Bounds => "With known bounds, and nothing lost, both promises can be kept",
            Self::Healing => "After long enough without loss, no read is stale",
            Self::Rumour => "The C of CAP is linearizability: something weaker can be kept",
        }
    }

    /// Why, in two or three short paragraphs. Values stand between backticks.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Late => &[
                "Let us promise less: always an answer, but a linearizable history *merely in those runs in which no message is \
                 lost*. In all others any answer will do.",
                "Move the copy of `v1` past the read. Every message arrives, none is lost, and Node B has already answered \
                 `v0`. Move it to “never”: a message is lost, so the smaller promise allows `v0`, though the gauge does not. But \
                 what B sees before it answers is the same.",
                "If nothing bounds how long a message takes, B cannot tell a lost one from a late one. Because the message may \
                 be lost, B cannot wait for it and must answer without it. So it does the same when the message is merely late, and even the smaller \
                 promise is broken.",
            ],
            Self::Clocks => &[
                "Now the nodes have clocks, and know that a message arrives within `40 ms` if it arrives at all. Node A holds \
                 the register, Node B only a copy that may be old. B passes a read on to A and waits for `85 ms`: both ways and a little more.",
                "Lose the question or the answer. When the time is up, B does know that something was lost. It does not know \
                 whether A has acknowledged `v1` meanwhile: in both cases it has heard nothing.",
                "To answer is to guess. To refuse, or to wait on, breaks availability. A clock says that a message was lost; \
                 it does not say what was in it.",
            ],
            Self::Bounds => &[
                "With clocks and known bounds, the corollary no longer holds. The same two nodes keep the smaller promise: they always answer, \
                 and are linearizable whenever no message is lost.",
                "Node A is the *central node*. Node B asks it and waits for `2·t_msg + t_local`: the way there, the way back, \
                 the work. If nothing is lost, A's answer is there in time. If it is not there, something was lost, nothing more \
                 is promised of consistency, and B may answer by itself.",
                "Push the delay past the bound: nothing is lost, and the read is stale. The bound must hold, not merely be \
                 likely.",
            ],
            Self::Healing => &[
                "While messages are lost an answer may be stale. The third definition asks what comes after: after an \
                 interval longer than `t` without loss, an operation that begins sees every operation that ended before the \
                 interval. (It is called t-Connected Consistency or Delayed-t Consistency, by version of the paper, and asks for \
                 more while nothing is lost; here only the healing is shown.)",
                "Here A sends its copy again and again until B confirms it. At worst a try is lost just before the link heals. \
                 Then B waits for the next try, and for that to arrive: one retry interval and one delay. Slide `t` to either side of \
                 that.",
            ],
            Self::Rumour => &[
                "In this register each node answers at once, and news spreads like a rumour. It is available, tolerates any \
                 partition, and is *sequentially consistent*: one order of all operations keeps each client's own order and \
                 explains every answer.",
                "It is not linearizable, because that order need not follow the clock. Client 2 reads `v0` after `v1` was \
                 acknowledged; in the order, its read stands before the write. The clients cannot notice, unless they \
                 talk to each other outside the register.",
                "So the theorem does not speak of every weaker consistency: it is about linearizability. Nor is its C the C of \
                 ACID, which says that a transaction keeps the data's own rules.",
            ],
        }
    }

    /// What to look at.
    pub const fn look(self) -> &'static str {
        match self {
            Self::Late => "The count of lost messages stays 0 while consistency turns to violated.",
            Self::Clocks => {
                "When something is lost, each choice of B keeps one promise and breaks the other. Only “nothing” lost keeps both."
            }
            Self::Bounds => {
                "The count of states: every run of these few clients is explored, and none breaks a promise. It checks the argument, and does not replace it."
            }
            Self::Healing => "The first empty column, and the sum that predicts it.",
            Self::Rumour => {
                "The read of v0 moves one way only: in front of the write, never past Client 2's other read."
            }
        }
    }
}
