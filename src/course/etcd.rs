//! Three real histories, each with its story. They were recorded by Jepsen, Kyle Kingsbury's test harness: a few clients
//! read, write and compare-and-set one register of a running cluster, and everything they ask and are told is written
//! down.
//!
//! What is said here, the logs and these records support: etcd's own notes on version 2.0 (reads are not linearizable
//! unless `quorum=true` is asked for) and its FAQ on version 2.3 (without it, a client of a minority gets an answer that
//! may be out of date rather than none); the readme of ahorn/linearizability-checker, for which Alex Horn collected the
//! logs with `quorum=false`, and its issue 1, in which he says that with `quorum=true` things seemed to work;
//! Kingsbury's post on etcd of June 2014, about an earlier version. What was done to the cluster meanwhile the logs do
//! not say, and so neither does the page.

/// A history that comes with the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The name of its file without the ending, under `www/histories`.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub teaser: &'static str,
    /// Its story. Values stand between backticks.
    pub story: &'static [&'static str],
}

/// What is true of all of them.
pub const BACKGROUND: &str = "Jepsen, Kyle Kingsbury's test harness, had a few clients read, write and compare-and-set one \
    register of an etcd 2.0 cluster. Alex Horn ran it with `quorum=false`: a node then answers a read from its own copy, without \
    asking the others. etcd's notes on that version say that such reads are not linearizable, and its FAQ gives the reason: when \
    in doubt, an old answer was preferred to none. That is the choice of the CAP theorem. With `quorum=true` a majority is \
    asked first; Horn reports that his runs then went well. Logs: ahorn/linearizability-checker, passed on by \
    anishathalye/porcupine.";

/// The examples, the plainest first.
pub const EXAMPLES: [Example; 3] = [
    Example {
        name: "etcd_062",
        title: "A stale read",
        teaser: "The value is changed, the change is acknowledged, and a read that begins afterwards returns the old value.",
        story: &[
            "Nothing has timed out yet: every answer arrives. Process 0 changes `3` to `1` and is told that it is done. \
             Only then does process 2 begin to read, and it reads `3`.",
            "No order can help. The change must come before the read, because it had ended when the read began; and between the two \
             nobody was at work who could have made it `3` again.",
        ],
    },
    Example {
        name: "etcd_004",
        title: "There and back again",
        teaser: "Reads return 2, then 4, then 2. A write that timed out may explain the first turn, but nothing explains the second.",
        story: &[
            "Processes 3 and 2 write `2` and `4`, and neither learns what became of it: both time out. So each of these writes may take \
             effect at any time after, once, or never. The checker counts that in etcd's favour.",
            "It is not enough. The lost write of `2` is needed early on, for the first read of `2`. Later process 7 reads `4` (it is \
             process 2 under a new number, as Jepsen gives one after each timeout): for that the lost write of `4` may have taken \
             effect. Then process 4 begins to read, and reads `2`. No write is left that could have brought it back.",
        ],
    },
    Example {
        name: "etcd_102",
        title: "Eighteen times nobody knows, and it holds",
        teaser: "A quarter of all operations end without anybody knowing what became of them, and yet one order explains every answer.",
        story: &[
            "Eighteen writes and compare-and-sets time out. Each may have happened or not, so there are very many orders to choose from, \
             and one of them explains everything that was read.",
            "That does not prove that this etcd is linearizable, only that nobody can tell from this run that it is not. Of the 52 runs of this series that \
             Porcupine gives a verdict on, 41 are not.",
        ],
    },
];

/// The example of that name.
pub fn example(name: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.name == name)
}
