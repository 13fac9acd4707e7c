//! The four session guarantees, for registers whose written values are distinct.
//!
//! A session is what one process did, in its order. Each guarantee demands that the versions of a key (its writes, the
//! initial value first) have one order in which, for each session:
//!
//! ```text
//! read your writes      write w … read of v     w is v, or before it
//! monotonic reads       read of v … read of u   v is u, or before it
//! monotonic writes      write w … write x       w is before x, and x is not read before w in any session
//! writes follow reads   read of v … write w     v is before w
//! ```
//!
//! So each is kept if and only if its demands have no cycle, and the cycle is the witness. (The writes of a session are
//! in its order already, so that monotonic writes shows in reads only, of any session.) The names are those of Terry
//! et al., "Session guarantees for weakly consistent replicated data", 1994. What is simpler here: they speak of a
//! database and of what each server has done before each read; this speaks of each key alone and of one order of its
//! versions for all, and asks nothing of how the order came about. A write that never returned has no demands after it,
//! as it may take effect at any later time. A compare-and-set that took effect is a read, then a write. A read of what
//! nobody wrote breaks every guarantee.

use std::collections::BTreeMap;
use std::fmt;

use super::arrays::small;
use super::cycle::{Demand, cycle};
use super::log::{Entry, Log};
use super::verdict::Verdict;
use super::versions::{Access, Unclear, Versions};
use super::words;

/// A session guarantee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guarantee {
    /// A session sees its own writes, or what came after them.
    ReadYourWrites,
    /// A session never sees an older version than one it has seen.
    MonotonicReads,
    /// The writes of a session take effect in its order.
    MonotonicWrites,
    /// What a session writes comes after what it has read.
    WritesFollowReads,
}

/// What was found to be in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How many sessions there are, each with one key.
    pub sessions: usize,
    /// How many versions were read or written, with the initial ones.
    pub versions: usize,
}

/// One link of a cycle: a version that has to come before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The value of the version that has to come first.
    pub from: String,
    /// The value of the one that has to come later.
    pub to: String,
    /// The two operations of a session that demand it; `None` if it is only that the initial value comes first.
    pub because: Option<[Entry; 2]>,
}

/// Why a guarantee is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// This operation found a value that nobody wrote.
    Unwritten(Entry),
    /// The versions would have to come before themselves.
    Cycle {
        /// The key.
        key: Option<String>,
        /// The links of the cycle: the end of each is the start of the next.
        links: Vec<Link>,
    },
}

/// A verdict on a session guarantee.
pub type Sessions = Verdict<Kept, Broken, Unclear>;

/// Judges a session guarantee.
pub fn sessions(log: &Log, guarantee: Guarantee) -> Sessions {
    let versions = match Versions::of(log) {
        Ok(versions) => versions,
        Err(unclear) => return Verdict::Unknown(unclear),
    };
    if let Some(entry) = versions.unwritten {
        return Verdict::Violated(Broken::Unwritten(log.entries[entry].clone()));
    }
    let mut sessions: BTreeMap<(u32, i64), Vec<Access>> = BTreeMap::new();
    for access in &versions.accesses {
        sessions.entry((access.key, log.entries[access.entry].process)).or_default().push(*access);
    }
    let makers = makers(log, &versions);
    let mut demands = Demands::of(&versions);
    for session in sessions.values() {
        match guarantee {
            Guarantee::ReadYourWrites => demands.read_your_writes(session),
            Guarantee::MonotonicReads => demands.monotonic_reads(session),
            Guarantee::MonotonicWrites => {
                demands.monotonic_writes(session);
                demands.reads_that_go_back(session, &makers);
            }
            Guarantee::WritesFollowReads => demands.writes_follow_reads(session),
        }
    }
    match cycle(demands.nodes as usize, &demands.all) {
        None => Verdict::Holds(Kept { sessions: sessions.len(), versions: versions.writers.len() }),
        Some(cycle) => Verdict::Violated(broken(log, &versions, &cycle)),
    }
}

/// Who made a version.
#[derive(Clone, Copy)]
struct Maker {
    process: i64,
    /// An index of an entry: of the versions of a process, the later has the larger.
    entry: usize,
    /// Whether the write returned: then it comes before the next of its process.
    returned: bool,
}

/// Who made each version.
fn makers(log: &Log, versions: &Versions) -> Vec<Option<Maker>> {
    let mut makers = vec![None; versions.writers.len()];
    for access in &versions.accesses {
        if let Some(made) = access.made {
            let process = log.entries[access.entry].process;
            makers[made as usize] = Some(Maker { process, entry: access.entry, returned: access.returned });
        }
    }
    makers
}

/// The demands of a guarantee. The first nodes are the versions; more stand for "all that the session has seen (or
/// written) so far", so that the demands are no more than the operations.
struct Demands {
    nodes: u32,
    all: Vec<Demand>,
}

impl Demands {
    /// The initial versions come first.
    fn of(versions: &Versions) -> Self {
        let mut demands = Self { nodes: small(versions.writers.len()), all: Vec::new() };
        for access in &versions.accesses {
            if let Some(made) = access.made {
                demands.demand(access.key, made, [None; 2]);
            }
        }
        demands
    }

    fn demand(&mut self, from: u32, to: u32, because: [Option<usize>; 2]) {
        self.all.push(Demand { from, to, because });
    }

    /// A node after all that the last one stands for, and that version.
    fn gather(&mut self, last: Option<u32>, version: u32, entry: usize) -> u32 {
        let node = self.nodes;
        self.nodes += 1;
        self.demand(version, node, [Some(entry), None]);
        if let Some(last) = last {
            self.demand(last, node, [None; 2]);
        }
        node
    }

    fn read_your_writes(&mut self, session: &[Access]) {
        /// What the session wrote: the version, the entry, the node of all before it, and how many later writes are
        /// already demanded to come before it.
        struct Own {
            version: u32,
            entry: usize,
            before: Option<u32>,
            linked: usize,
        }
        let mut own: Vec<Own> = Vec::new();
        let mut places: BTreeMap<u32, usize> = BTreeMap::new();
        let mut all = None;
        for access in session {
            if let Some(saw) = access.saw {
                // A version need not come before itself: one's own is read after the others that one wrote.
                let place = places.get(&saw).copied();
                let before = place.map_or(all, |place| own[place].before);
                if let Some(before) = before {
                    self.demand(before, saw, [None, Some(access.entry)]);
                }
                if let Some(place) = place {
                    for later in own.iter().skip(place + 1 + own[place].linked) {
                        self.demand(later.version, saw, [Some(later.entry), Some(access.entry)]);
                    }
                    own[place].linked = own.len() - place - 1;
                }
            }
            if let Some(made) = access.made.filter(|_| access.returned) {
                places.insert(made, own.len());
                own.push(Own { version: made, entry: access.entry, before: all, linked: 0 });
                all = Some(self.gather(all, made, access.entry));
            }
        }
    }

    fn monotonic_reads(&mut self, session: &[Access]) {
        let mut last: Option<(u32, usize)> = None;
        for access in session {
            let Some(saw) = access.saw else { continue };
            if let Some((before, entry)) = last.filter(|(before, _)| *before != saw) {
                self.demand(before, saw, [Some(entry), Some(access.entry)]);
            }
            last = Some((saw, access.entry));
        }
    }

    fn monotonic_writes(&mut self, session: &[Access]) {
        let mut last: Option<(u32, usize)> = None;
        for access in session {
            let Some(made) = access.made else { continue };
            if let Some((before, entry)) = last {
                self.demand(before, made, [Some(entry), Some(access.entry)]);
            }
            if access.returned {
                last = Some((made, access.entry));
            }
        }
    }

    /// Reads of what one session wrote, against its order.
    fn reads_that_go_back(&mut self, session: &[Access], makers: &[Option<Maker>]) {
        let mut latest: BTreeMap<i64, (usize, u32, usize)> = BTreeMap::new();
        for access in session {
            let Some(saw) = access.saw else { continue };
            let Some(Maker { process, entry, returned }) = makers[saw as usize] else { continue };
            match latest.get(&process) {
                Some(&(later, before, read)) if later > entry => {
                    if returned {
                        self.demand(before, saw, [Some(read), Some(access.entry)]);
                    }
                }
                _ => _ = latest.insert(process, (entry, saw, access.entry)),
            }
        }
    }

    fn writes_follow_reads(&mut self, session: &[Access]) {
        let mut all = None;
        for access in session {
            if let Some(saw) = access.saw {
                all = Some(self.gather(all, saw, access.entry));
            }
            if let (Some(all), Some(made)) = (all, access.made) {
                self.demand(all, made, [None, Some(access.entry)]);
            }
        }
    }
}

/// The cycle with the nodes between versions left out.
fn broken(log: &Log, versions: &Versions, cycle: &[Demand]) -> Broken {
    let is_version = |node: u32| (node as usize) < versions.writers.len();
    let start = cycle.iter().position(|demand| is_version(demand.from)).unwrap_or_default();
    let mut links = Vec::new();
    let mut from = (0, None);
    for demand in cycle[start..].iter().chain(&cycle[..start]) {
        if is_version(demand.from) {
            from = (demand.from, demand.because[0]);
        }
        if is_version(demand.to) {
            let because = from.1.zip(demand.because[1]);
            links.push(Link {
                from: versions.show(log, from.0),
                to: versions.show(log, demand.to),
                because: because.map(|(first, second)| [log.entries[first].clone(), log.entries[second].clone()]),
            });
        }
    }
    // The initial value, which needs no reason, is told last.
    let told = links.iter().position(|link| link.because.is_some()).unwrap_or_default();
    links.rotate_left(told);
    let key = versions.accesses.iter().find(|access| access.made == Some(from.0) || access.key == from.0);
    Broken::Cycle { key: key.and_then(|access| versions.keys[access.key as usize].clone()), links }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, because } = self;
        match because {
            Some([first, second]) => {
                let (second, place) = (words::act(second), words::place(second));
                write!(f, "{} and later {second} ({place}), so {from} comes before {to}", words::deed(first))
            }
            None => write!(f, "{from} was there before {to}"),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unwritten(entry) => {
                let sentence = format!("{}, but nobody wrote what it found.", words::deed(entry));
                f.write_str(&words::about(entry.key.as_deref(), &sentence))
            }
            Self::Cycle { key, links } => {
                let links: Vec<String> = links.iter().map(Link::to_string).collect();
                let sentence = format!("{}: no order of the writes allows that.", links.join("; "));
                f.write_str(&words::about(key.as_deref(), &sentence))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn judged(text: &str) -> [bool; 4] {
        use Guarantee::{MonotonicReads, MonotonicWrites, ReadYourWrites, WritesFollowReads};
        [ReadYourWrites, MonotonicReads, MonotonicWrites, WritesFollowReads]
            .map(|guarantee| sessions(&samples::log(text), guarantee).holds())
    }

    #[test]
    fn a_session_that_misses_its_own_write_breaks_only_read_your_writes() {
        let text = "0:write=1@0-1 0:read=nil@2-3";
        assert_eq!(judged(text), [false, true, true, true]);
        let verdict = sessions(&samples::log(text), Guarantee::ReadYourWrites);
        let words = verdict.violation().expect("it missed its write").to_string();
        assert!(
            words.contains("0 wrote 1 (line 1, returned line 2) and later read nil (line 3, returned line 4), so"),
            "{words}"
        );
        assert!(words.contains("nil was there before 1"), "{words}");
    }

    #[test]
    fn a_session_that_goes_back_breaks_only_monotonic_reads() {
        assert_eq!(judged("0:write=1@0-1 1:read=1@2-3 1:read=nil@4-5"), [true, false, true, true]);
    }

    #[test]
    fn a_session_that_reads_two_writes_of_another_backwards_breaks_monotonic_writes() {
        let text = "0:write=1@0-1 0:write=2@2-3 1:read=2@4-5 1:read=1@6-7";
        assert_eq!(judged(text), [true, true, false, true]);
        assert_eq!(judged("0:write=1@0-? 0:write=2@2-3 1:read=2@4-5 1:read=1@6-7"), [true; 4]);
        let verdict = sessions(&samples::log(text), Guarantee::MonotonicWrites);
        let words = verdict.violation().expect("2 was written after 1").to_string();
        assert_eq!(
            words,
            "Process 1 read 2 (line 5, returned line 6) and later read 1 (line 7, returned line 8), so 2 comes before 1; \
             process 0 wrote 1 (line 1, returned line 2) and later wrote 2 (line 3, returned line 4), so 1 comes before 2: \
             no order of the writes allows that."
        );
    }

    /// Each write of process 1 makes sense; that two readers see them in either order does not.
    #[test]
    fn two_sessions_that_see_two_writes_in_either_order_break_monotonic_reads_together() {
        let text = "0:write=1@0-1 1:write=2@0-2 2:read=1@3-4 2:read=2@5-6 3:read=2@3-5 3:read=1@6-7";
        assert_eq!(judged(text), [true, false, true, true]);
    }

    #[test]
    fn a_session_that_reads_what_it_writes_only_later_breaks_writes_follow_reads() {
        assert_eq!(judged("0:read=1@0-1 0:write=1@2-3"), [true, true, true, false]);
    }

    #[test]
    fn two_sessions_that_answer_each_other_in_a_circle_break_writes_follow_reads() {
        let text = "0:read=2@0-1 0:write=1@2-3 1:read=1@0-2 1:write=2@3-4";
        assert_eq!(judged(text), [true, true, true, false]);
    }

    #[test]
    fn a_write_that_never_returned_need_not_be_seen() {
        assert_eq!(judged("0:write=1@0-? 0:read=nil@2-3 0:read=1@4-5"), [true; 4]);
    }

    #[test]
    fn a_session_that_reads_its_first_write_after_its_second_is_kept_until_another_shows_their_order() {
        let first = "0:write=1@0-1 0:write=2@2-3 0:read=1@4-5";
        assert_eq!(judged(first), [true; 4]);
        assert_eq!(judged(&format!("{first} 0:read=2@6-7")), [false, true, true, true]);
    }

    #[test]
    fn a_read_of_what_nobody_wrote_breaks_every_guarantee() {
        assert_eq!(judged("0:read=7@0-1"), [false; 4]);
    }
}
