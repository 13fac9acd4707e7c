//! The rules themselves: what a node does on a write, on a read, when the other node stays silent, and on news. Plain
//! data, each with a sentence that can stand in a list to choose from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An enum of rules, each with the sentence it is known by, and the list of all of them.
macro_rules! rules {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $rule:ident = $words:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$what])* $rule),+ }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// What it says, in a short sentence.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$rule => $words),+ }
            }
        }
    };
}

rules! {
    /// What a node does with a write.
    OnWrite {
        /// It stores the value, says done, and tells the other node.
        Accept = "Store it, say done, tell the other node",
        /// It stores the value, says done, and tells nobody.
        AcceptQuietly = "Store it, say done, tell nobody",
        /// It asks the other node to store the value; once that is confirmed it stores the value and says done.
        Agree = "Say done once the other node has it too",
        /// It passes the write on to the other node and hands its answer back.
        Forward = "Pass it on to the other node",
        /// It says done and stores nothing.
        Pretend = "Say done, store nothing",
        /// It says no.
        Refuse = "Refuse it",
        /// It says nothing, ever.
        Silent = "Never answer",
    }
}

rules! {
    /// What a node does with a read.
    OnRead {
        /// It answers what it holds.
        Local = "Answer what it holds",
        /// It asks the other node what that holds, and answers the newer of both.
        Ask = "Ask the other node, answer the newer value",
        /// The same, and whoever was behind is told the newer value.
        Repair = "Ask, answer the newer value, tell whoever was behind",
        /// It passes the read on to the other node and hands its answer back.
        Forward = "Pass it on to the other node",
        /// It answers v1, whatever it holds.
        Guess = "Answer v1, whatever it holds",
        /// It says no.
        Refuse = "Refuse it",
        /// It says nothing, ever.
        Silent = "Never answer",
    }
}

rules! {
    /// What a node does when the other node has not said what it waits for in time.
    OnTimeout {
        /// A write: it stores the value and says done. A read: it answers what it holds.
        AnswerAnyway = "Answer by itself",
        /// It gives up. A read is refused; of a write that the other node may have nobody can say what became.
        Refuse = "Give up with an error",
        /// It sends the same again, and waits again.
        AskAgain = "Ask again",
        /// It goes on waiting, for ever.
        Wait = "Wait for ever",
    }
}

rules! {
    /// What a node does when the other node tells it of a value.
    OnNews {
        /// It stores the value if its stamp is newer, and confirms when that is asked for.
        Newer = "Store it if it is newer, confirm",
        /// It stores whatever comes last, and confirms when that is asked for.
        Latest = "Store whatever comes last, confirm",
        /// It stores the value if its stamp is newer, and says nothing.
        Quietly = "Store it if it is newer, say nothing",
        /// It confirms when that is asked for, and stores nothing.
        Pretend = "Confirm, store nothing",
        /// It does nothing.
        Ignore = "Ignore it",
    }
}

/// How one node behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// On a write.
    pub write: OnWrite,
    /// On a read.
    pub read: OnRead,
    /// When the other node stays silent.
    pub timeout: OnTimeout,
    /// On news from the other node.
    pub news: OnNews,
}

impl Rules {
    /// These rules.
    pub const fn new(write: OnWrite, read: OnRead, timeout: OnTimeout, news: OnNews) -> Self {
        Self { write, read, timeout, news }
    }

    /// Every combination, in the order of the lists.
    pub fn all() -> impl Iterator<Item = Self> {
        let news = |write, read, timeout| OnNews::ALL.iter().map(move |&news| Self { write, read, timeout, news });
        let timeouts = move |write, read| OnTimeout::ALL.iter().flat_map(move |&timeout| news(write, read, timeout));
        let reads = move |write| OnRead::ALL.iter().flat_map(move |&read| timeouts(write, read));
        OnWrite::ALL.iter().flat_map(move |&write| reads(write))
    }
}
