//! Histories from outside: what is read, what is refused and with which words, and that no text is too strange.

#![cfg(not(target_arch = "wasm32"))]

#[path = "logs/mod.rs"]
mod claims;

use partition_lab::check::log::{Call, Ending, Form, Reading, json_lines};
use partition_lab::check::{History, Log, ModelName};
use partition_lab::course::scenarios::plays;
use partition_lab::sim::{Micros, Run};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The example of docs/histories.md.
const EXAMPLE: &str = include_str!("golden/histories/example.jsonl");
/// A log as Jepsen prints it, with all that it says beside the history.
const WITH_NEMESIS: &str = include_str!("golden/histories/with-nemesis.log");

#[test]
fn the_example_of_the_documentation_is_read() {
    assert!(include_str!("../docs/histories.md").contains(EXAMPLE), "docs/histories.md shows the example as it is");
    let log = json_lines::read(EXAMPLE).unwrap();
    assert_eq!((log.initial, log.entries.len()), (Some(0), 4));
    let cas = &log.entries[1];
    assert_eq!((cas.process, cas.key.as_deref(), cas.call), (1, Some("x"), Call::Cas(Some(1), Some(2))));
    assert_eq!((cas.invoked.line, cas.invoked.at), (4, Some(Micros(1_500))));
    assert!(matches!(log.entries[1].ended, Some((_, Ending::Info))));
    assert_eq!(log.entries[3].ended, None);
    assert_eq!(json_lines::write(&log), EXAMPLE);
}

#[test]
fn what_jepsen_says_beside_the_history_is_passed_over() {
    let log = Form::Jepsen.read(WITH_NEMESIS).unwrap();
    assert_eq!(log.entries.len(), 4);
    assert_eq!(log.entries[3].ended.as_ref().unwrap().1, Ending::Ok(Reading::Value(Some(2))));
}

#[test]
fn sets_counters_and_keys_are_read_as_jepsen_writes_them() {
    let set = Form::Jepsen.read("0 :invoke :add 3\n0 :ok :add 3\n1 :invoke :read nil\n1 :ok :read #{3 1}\n").unwrap();
    assert_eq!(set.entries[0].call, Call::Insert(3));
    assert_eq!(set.entries[1].ended.as_ref().unwrap().1, Ending::Ok(Reading::Elements(vec![1, 3])));
    let counter = Form::Jepsen.read("0 :invoke :add 3\n0 :ok :add 3\n").unwrap();
    assert_eq!(counter.entries[0].call, Call::Add(3));
    let keyed = "0 :invoke :cas [7 [1 2]]\n0 :ok :cas [7 [1 2]]\n0 :invoke :read [7 nil]\n0 :ok :read [7 2]\n";
    let keyed = Form::Jepsen.read(keyed).unwrap();
    assert!(keyed.entries.iter().all(|entry| entry.key.as_deref() == Some("7")));
    assert_eq!(keyed.entries[1].ended.as_ref().unwrap().1, Ending::Ok(Reading::Value(Some(2))));
}

#[test]
fn a_log_in_which_nothing_was_asked_is_a_log_and_an_empty_text_is_none() {
    assert_eq!(Form::Jepsen.read("INFO  jepsen.core - Worker 0 starting\n"), Ok(Log::default()));
    assert_eq!(Form::JsonLines.read("{\"initial\":null}"), Ok(Log::default()));
    for form in [Form::Jepsen, Form::JsonLines] {
        for text in ["", "\n \r\n", "\u{feff}"] {
            assert_eq!(first_problem(form, text), (1, 1, "right file"), "{form:?} {text:?}");
        }
    }
    assert_eq!(first_problem(Form::Jepsen, "INFO  other.program - Hello\n"), (1, 1, "right file"));
}

/// The place of the first problem, and the words of the list that its sentence has.
fn first_problem(form: Form, text: &str) -> (usize, usize, &'static str) {
    const WORDS: [&str; 27] = [
        "This is EDN",
        "right file",
        "is no time",
        "was the log cut off here",
        "may be cut off here",
        "is no operation",
        "is no type",
        "has not begun",
        "has not ended",
        "two must be the same",
        "does not fit",
        "another value",
        "is no process",
        "is no event",
        "old value and the new",
        "is no JSON object",
        "not JSON",
        "There is no field",
        "there twice",
        "is missing in this event",
        "is no key",
        "another key",
        "first line",
        "stands here twice",
        "its value is written",
        "ends before its value",
        "a whole number",
    ];
    let problems = form.read(text).expect_err(text);
    let sentence = &problems[0].message;
    assert!(sentence.ends_with(['.', '?']), "{sentence}");
    let words = WORDS.iter().find(|words| sentence.contains(**words)).unwrap_or_else(|| panic!("{sentence}"));
    (problems[0].line, problems[0].column, words)
}

#[test]
fn each_mistake_in_a_jepsen_log_is_told_with_its_place() {
    let begun = "INFO  jepsen.util - 0\t:invoke\t:write\t1\n";
    for (text, expected) in [
        ("INFO  jepsen.util - 0\t:inv", (1, 23, "may be cut off here")),
        ("INFO  jepsen.ut", (1, 16, "may be cut off here")),
        ("0\t:invoke\t:read\tnil\n0\t:ok\t:read\t1", (2, 14, "may be cut off here")),
        ("0\t:invoke\t:enqueue\t1\n", (1, 11, "is no operation")),
        ("0\t:invoked\t:read\tnil\n", (1, 3, "is no type")),
        ("0\t:ok\t:write\t1\n", (1, 1, "has not begun")),
        ("0\t:invoke\t:write\t1x\n", (1, 18, "a whole number")),
        ("0\t:invoke\t:write\t9223372036854775808\n", (1, 18, "does not fit")),
        ("0\t:invoke\t:cas\t[1 2\n", (1, 16, "old value and the new")),
        ("0\t:invoke\t:write\n", (1, 17, "ends before its value")),
        ("INFO  jepsen.util - zero\t:invoke\t:read\tnil\n", (1, 21, "is no process")),
        ("0\t:invoke\t:read\tnil\ntime,process,type\n", (2, 1, "is no event")),
        ("time,process,type\n", (1, 1, "right file")),
    ] {
        assert_eq!(first_problem(Form::Jepsen, text), expected, "{text:?}");
    }
    for (second, expected) in [
        ("0\t:invoke\t:read\tnil\n", (2, 1, "has not ended")),
        ("0\t:ok\t:read\t1\n", (2, 7, "two must be the same")),
        ("0\t:ok\t:write\t2\n", (2, 14, "another value")),
    ] {
        assert_eq!(first_problem(Form::Jepsen, &format!("{begun}{second}")), expected, "{second:?}");
    }
    let keyed = "0 :invoke :read [7 nil]\n0 :ok :read 2\n";
    assert_eq!(first_problem(Form::Jepsen, keyed), (2, 13, "its value is written"));
    let twice = "0 :invoke :read nil\n0 :ok :read #{1 1}\n";
    assert_eq!(first_problem(Form::Jepsen, twice), (2, 13, "stands here twice"));
}

#[test]
fn what_a_missing_line_feed_cannot_explain_is_told_without_it() {
    let begun = "0 :invoke :write 1\n1 :invoke :add 12\n";
    for (last, expected) in [
        ("0 :ok :write -5", "The write was begun with another value than `-5`: repeat it."),
        ("0 :ok :cas [1 2]", "two must be the same"),
        ("0 :ok :read", "two must be the same"),
        ("2 :ok :write 1", "has not begun"),
        ("2 :done", "is no type of event"),
        ("2 :invoke :wrote 1", "is no operation"),
        ("2 :invoke :write 1x", "a whole number"),
        ("2 :invoke :cas [1 x", "old value and the new"),
    ] {
        let problems = Form::Jepsen.read(&format!("{begun}{last}")).unwrap_err();
        let sentence = &problems[0].message;
        assert!(sentence.contains(expected) && !sentence.contains("cut off"), "{last:?}: {sentence}");
    }
    let cut = Form::Jepsen.read(&format!("{begun}1 :ok :add 1")).unwrap_err().remove(0);
    assert!(
        cut.message.starts_with("The add was begun with another value than `1`: repeat it."),
        "the fault first: {cut}"
    );
    assert!(cut.message.ends_with("the log may be cut off here."), "1 may be the start of 12: {cut}");
}

#[test]
fn wherever_a_last_line_is_cut_off_it_is_read_or_said_that_it_may_be_cut_off() {
    let before =
        "INFO  jepsen.util - 0 :invoke :write -12\n1 :invoke :cas [1 2]\n2 :invoke :read [7 nil]\n3 :invoke :add 10\n";
    for last in [
        "INFO  jepsen.util - 0\t:ok\t:write\t-12",
        "1 :ok :cas [1 2]",
        "2 :ok :read [7 21]",
        "2 :fail :read :timed-out",
        "3 :info :add 10",
        "4 :invoke :cas [nil 2]",
        "4 :invoke :read nil",
        "INFO  jepsen.util - :nemesis\t:info\t:start\tnil",
        "2017-03-30 15:28:17 INFO jepsen.core - Done",
    ] {
        for length in 1..=last.len() {
            if let Err(problems) = Form::Jepsen.read(&format!("{before}{}", &last[..length])) {
                let sentence = &problems[0].message;
                assert!(
                    problems.len() == 1 && sentence.contains("may be cut off here"),
                    "{:?}: {sentence}",
                    &last[..length]
                );
            }
        }
    }
}

#[test]
fn each_mistake_in_json_lines_is_told_with_its_place() {
    for (text, expected) in [
        (r#"{"process":0,"type":"inv"#, (1, 25, "was the log cut off here")),
        (r#"{"process":0 "type":"invoke"}"#, (1, 14, "not JSON")),
        ("{:type :invoke, :f :read, :process 0}\n", (1, 1, "This is EDN")),
        ("[1]\n", (1, 1, "is no JSON object")),
        (r#"{"process":0,"type":"invoke","f":"read","node":1}"#, (1, 41, "There is no field")),
        (r#"{"process":0,"process":1}"#, (1, 14, "there twice")),
        (r#"{"type":"invoke","f":"read"}"#, (1, 1, "is missing in this event")),
        (r#"{"process":"0","type":"invoke","f":"read"}"#, (1, 12, "is no process")),
        (r#"{"process":0,"type":"begin","f":"read"}"#, (1, 21, "is no type")),
        (r#"{"process":0,"type":"invoke","f":"enqueue"}"#, (1, 34, "is no operation")),
        (r#"{"process":0,"type":"ok","f":"read","value":1}"#, (1, 12, "has not begun")),
        (r#"{"process":0,"type":"invoke","f":"write","value":1.5}"#, (1, 50, "a whole number")),
        (r#"{"process":0,"type":"invoke","f":"write","value":1e99}"#, (1, 50, "a whole number")),
        (r#"{"process":0,"type":"invoke","f":"write","value":-9223372036854775809}"#, (1, 50, "does not fit")),
        (r#"{"process":0,"type":"invoke","f":"cas","value":[1]}"#, (1, 48, "old value and the new")),
        (r#"{"process":0,"type":"invoke","f":"read","time":-1}"#, (1, 48, "is no time")),
        (r#"{"process":0,"type":"invoke","f":"read","key":1}"#, (1, 47, "is no key")),
        ("{\"initial\":0}\n{\"initial\":0}\n", (2, 12, "first line")),
    ] {
        assert_eq!(first_problem(Form::JsonLines, text), expected, "{text:?}");
    }
    let begun = r#"{"process":0,"type":"invoke","f":"read","key":"x"}"#;
    for (second, expected) in [
        (r#"{"process":0,"type":"invoke","f":"read"}"#, (2, 12, "has not ended")),
        (r#"{"process":0,"type":"ok","f":"write"}"#, (2, 30, "two must be the same")),
        (r#"{"process":0,"type":"ok","f":"read"}"#, (2, 1, "is missing in this event")),
        (r#"{"process":0,"type":"ok","f":"read","value":[1,2,1]}"#, (2, 45, "stands here twice")),
        (r#"{"process":0,"type":"ok","f":"read","value":1,"key":"y"}"#, (2, 53, "another key")),
    ] {
        assert_eq!(first_problem(Form::JsonLines, &format!("{begun}\n{second}")), expected, "{second:?}");
    }
}

#[test]
fn one_mistake_is_told_once_and_a_wrong_file_a_thousand_times_at_most() {
    let text = "0 :invoke :enqueue 1\n0 :ok :enqueue 1\n0 :invoke :read nil\n0 :okay :read 1\n0 :invoke :read nil\n";
    let lines: Vec<usize> = Form::Jepsen.read(text).unwrap_err().iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 2, 4], "each line that is wrong in itself, and none that follows from it");
    let text = "0 :invoke :read nil\n".to_owned() + &"a,b\n".repeat(5_000);
    assert_eq!(Form::Jepsen.read(&text).unwrap_err().len(), 1_001);
    for (form, text) in [(Form::Jepsen, "a,b\nc,d\n"), (Form::JsonLines, "{\n \"a\": 1\n}\n")] {
        assert_eq!(form.read(text).unwrap_err().len(), 1, "a file of another kind gets one sentence");
    }
}

#[test]
fn a_line_of_ten_megabytes_is_answered_with_a_short_sentence() {
    let long = "7".repeat(10_000_000);
    for (form, text) in [
        (Form::Jepsen, format!("INFO  jepsen.util - 0\t:invoke\t:write\t{long}\n")),
        (Form::Jepsen, format!("INFO  jepsen.util - 0\t:invoke\t:{long}\t1\n")),
        (Form::Jepsen, long.clone()),
        (Form::JsonLines, format!("{{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":{long}}}\n")),
        (Form::JsonLines, format!("{{\"{long}\":0}}\n")),
        (Form::JsonLines, format!("{{\"process\":{}", "[".repeat(10_000_000))),
    ] {
        claims::hold(form, &text);
    }
}

#[test]
fn a_byte_order_mark_and_the_line_ends_of_windows_make_no_difference() {
    for (form, text) in [(Form::Jepsen, WITH_NEMESIS), (Form::JsonLines, EXAMPLE)] {
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(Form::guess(&windows), form);
        assert_eq!(form.read(&windows), form.read(text));
    }
}

#[test]
fn the_logs_of_the_built_in_scenarios_are_written_and_read() {
    for scenario in plays().into_iter().flat_map(|play| play.scenarios) {
        let trace = Run::of(scenario.clone()).replay().expect("a built-in scenario is sound");
        let log = Log::of(&History::of(scenario.initial, &trace.events));
        assert_eq!(ModelName::of(&log), Ok(ModelName::Register));
        let text = json_lines::write(&log);
        let again = json_lines::read(&text).unwrap();
        assert_eq!(again.entries.len(), log.entries.len());
        assert_eq!(json_lines::write(&again), text);
    }
}

/// Lines as they are in logs, good ones and bad ones.
const LINES: [&str; 24] = [
    "INFO  jepsen.util - 0\t:invoke\t:read\tnil",
    "INFO  jepsen.util - 0\t:ok\t:read\t3",
    "INFO  jepsen.util - 0\t:fail\t:read\t:timed-out",
    "INFO  jepsen.util - 1\t:invoke\t:cas\t[1 2]",
    "INFO  jepsen.util - 1\t:ok\t:cas\t[1 2]",
    "INFO  jepsen.util - 1\t:info\t:cas\t:timed-out",
    "INFO  jepsen.util - 2   :invoke :write  [7 1]",
    "INFO  jepsen.util - 2   :ok     :write  [7 1]",
    "INFO  jepsen.util - 3\t:invoke\t:add\t-1",
    "INFO  jepsen.util - 3\t:ok\t:add\t-1",
    "INFO  jepsen.util - 0\t:ok\t:read\t#{3 1 2}",
    "INFO  jepsen.util - :nemesis\t:info\t:start\tnil",
    "INFO  jepsen.core - Worker 0 starting",
    "Everything looks good! ヽ(‘ー`)ノ",
    r#"{"initial":0}"#,
    r#"{"process":0,"type":"invoke","f":"read","value":null}"#,
    r#"{"process":0,"type":"ok","f":"read","value":3}"#,
    r#"{"process":0,"type":"ok","f":"read","value":[3,1]}"#,
    r#"{"process":1,"type":"invoke","f":"cas","value":[1,2],"key":"x","time":12}"#,
    r#"{"process":1,"type":"ok","f":"cas","value":[1,2],"key":"x","time":14}"#,
    r#"{"process":1,"type":"info","f":"cas","value":"timed out"}"#,
    r#"{"process":2,"type":"invoke","f":"insert","value":5}"#,
    r#"{"process":2,"type":"fail","f":"insert"}"#,
    "",
];

/// What is put into a text by accident.
const SPLINTERS: [&str; 14] =
    ["", "\n", "\r", " ", "\t", "[", "]", "#{", "\"", "\\", ":", "-", "99999999999999999999", "\u{feff}ö"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_text_is_too_strange(
        form in select(vec![Form::Jepsen, Form::JsonLines]),
        lines in proptest::collection::vec(select(&LINES[..]), 0..10),
        end in select(&["", "\n", "\r\n"][..]),
        edits in proptest::collection::vec((any::<Index>(), 0..4_usize, select(&SPLINTERS[..])), 0..4),
    ) {
        let ours: Vec<&str> = lines.into_iter().filter(|line| line.starts_with('{') == (form == Form::JsonLines)).collect();
        let mut text = ours.join("\n") + end;
        for (place, length, splinter) in edits {
            let letters: Vec<char> = text.chars().collect();
            let at = place.index(letters.len() + 1);
            let after = letters[(at + length).min(letters.len())..].iter();
            text = letters[..at].iter().collect::<String>() + splinter + &after.collect::<String>();
        }
        claims::hold(form, &text);
    }
}
