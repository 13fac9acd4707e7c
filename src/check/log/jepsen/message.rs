//! What a line of a Jepsen log is: an event, the work of the nemesis, or what some other part of Jepsen has to say.
//!
//! Whatever looks like an event is taken for one, whichever logger printed it and whatever stands before it; a reader
//! that passed over events would call an empty history linearizable.

/// The logger that prints the events.
const LOGGER: &str = "jepsen.util";

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content<'a> {
    /// An event: this is its text, from the process on.
    Event(&'a str),
    /// A fault that the nemesis brings about or ends. It is not the history's.
    Nemesis,
    /// The first line of a message of another logger.
    Message,
    /// Any other text: a message goes on, or this is not a log at all.
    Text,
}

/// What the line is.
pub(super) fn content(line: &str) -> Content<'_> {
    let printed = after_logger(line).filter(|text| is_meant_as_event(text));
    if let Some(event) = printed.or_else(|| bare(line)).or_else(|| inside(line)) {
        if first(event) == ":nemesis" { Content::Nemesis } else { Content::Event(event) }
    } else if begins_message(line) {
        Content::Message
    } else {
        Content::Text
    }
}

/// The first word.
pub(super) fn first(text: &str) -> &str {
    text.split_ascii_whitespace().next().unwrap_or(&text[text.len()..])
}

/// What follows `jepsen.util -`, `jepsen.util` or `jepsen.util:`.
fn after_logger(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once(LOGGER)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let names_the_logger = (rest.is_empty() || rest.starts_with([' ', '\t']))
        && (before.is_empty() || before.ends_with([' ', '\t']))
        && !before.trim_ascii_start().starts_with("at ");
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix('-').filter(|after| !after.starts_with(is_digit)).unwrap_or(rest);
    names_the_logger.then(|| rest.trim_ascii_start())
}

/// Whether this is an event, be it a faulty one. The logger of events at times also says what it waits for.
fn is_meant_as_event(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    let process = words.next();
    process.is_none_or(is_process) || words.next().is_some_and(|word| word.starts_with(':'))
}

/// A line of `history.txt`, which begins with its process.
fn bare(line: &str) -> Option<&str> {
    let line = line.trim_ascii_start();
    let process = first(line);
    let is_event = is_process(process) && line[process.len()..].trim_ascii_start().starts_with(':');
    is_event.then_some(line)
}

/// An event somewhere in the line: a type as a word of its own, behind the number of a process.
fn inside(line: &str) -> Option<&str> {
    [":invoke", ":ok", ":fail", ":info"].iter().find_map(|kind| {
        let (before, after) = line.split_once(kind)?;
        let start = before.trim_ascii_end();
        let process = start.rsplit(|c: char| c.is_ascii_whitespace()).next()?;
        let stands_alone = after.starts_with([' ', '\t']) && start.len() < before.len() && is_process(process);
        stands_alone.then(|| &line[start.len() - process.len()..])
    })
}

/// Whether a message begins here: with its grade, or with a date.
fn begins_message(line: &str) -> bool {
    let start = first(line);
    let is_date = || {
        let shape = |(byte, sign): (u8, u8)| if sign == b'0' { byte.is_ascii_digit() } else { byte == sign };
        start.len() == 10 && start.bytes().zip(*b"0000-00-00").all(shape)
    };
    ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"].contains(&start) || is_date()
}

fn is_process(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    word == ":nemesis" || (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_found_behind_whatever_a_version_of_jepsen_writes_before_it() {
        for before in [
            "INFO  jepsen.util - ",
            "INFO [2017-03-30 15:28:17,423] jepsen worker 2 - jepsen.util ",
            "2021-02-26 23:39:01,300{GMT}\tINFO\t[jepsen worker 1] jepsen.util: ",
            "jepsen.util ",
            "  ",
            "",
            "INFO  knossos.core - ",
        ] {
            for event in ["3\t:invoke\t:write\t4", "-3  :ok     :read   nil"] {
                assert_eq!(content(&format!("{before}{event}")), Content::Event(event), "{before:?}");
            }
            assert_eq!(content(&format!("{before}:nemesis\t:info\t:start\tnil")), Content::Nemesis, "{before:?}");
        }
    }

    #[test]
    fn what_the_logger_of_events_says_is_an_event_even_if_a_faulty_one() {
        assert_eq!(content("INFO  jepsen.util - 3"), Content::Event("3"));
        assert_eq!(content("INFO  jepsen.util - x\t:invoke"), Content::Event("x\t:invoke"));
        assert_eq!(content("INFO  jepsen.util -"), Content::Event(""));
        assert_eq!(content("INFO  jepsen.util - Waiting for n1"), Content::Message);
    }

    #[test]
    fn other_loggers_results_and_stack_traces_are_no_events() {
        for line in
            ["INFO  jepsen.core - Worker 0 starting", "2025-01-20 12:08:03,804{GMT}\tINFO\t[main] jepsen.db: Up"]
        {
            assert_eq!(content(line), Content::Message, "{line}");
        }
        for line in
            ["\tat jepsen.util $fn.invoke(util.clj:3)", " {:process 1, :type :ok, :f :write}", "$ lein test", "x,y"]
        {
            assert_eq!(content(line), Content::Text, "{line}");
        }
    }
}
