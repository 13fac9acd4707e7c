//! What holds for every log: written and read again, it is the same.

use proptest::prelude::*;
use proptest::sample::select;

use super::{Call, Ending, Entry, Form, Log, Moment, Reading};
use crate::sim::Micros;

/// The kinds of logs that are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Register,
    Counter,
    Set,
}

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 0..5_i64, 1 => any::<i64>(), 1 => select(vec![i64::MIN, i64::MAX])]
}

fn call(family: Family) -> BoxedStrategy<Call> {
    let datum = || proptest::option::of(number());
    match family {
        Family::Register => prop_oneof![
            Just(Call::Read),
            datum().prop_map(Call::Write),
            (datum(), datum()).prop_map(|(old, new)| Call::Cas(old, new))
        ]
        .boxed(),
        Family::Counter => prop_oneof![Just(Call::Read), number().prop_map(Call::Add)].boxed(),
        Family::Set => {
            prop_oneof![Just(Call::Read), number().prop_map(Call::Insert), number().prop_map(Call::Remove)].boxed()
        }
    }
}

/// What a call may end in: the reading, if it ends well, is made to fit.
fn ending(family: Family) -> BoxedStrategy<Ending> {
    let value = match family {
        Family::Set => proptest::collection::btree_set(number(), 0..4)
            .prop_map(|elements| Reading::Elements(elements.into_iter().collect()))
            .boxed(),
        Family::Register | Family::Counter => proptest::option::of(number()).prop_map(Reading::Value).boxed(),
    };
    prop_oneof![3 => value.prop_map(Ending::Ok), 1 => Just(Ending::Fail), 1 => Just(Ending::Info)].boxed()
}

/// What one process does next: what it asks if it has nothing open, else how that ends.
type Step = (i64, Call, Ending, Option<String>, Option<u64>);

/// A log in which each process does one thing after the other, and goes on under a new number when it cannot tell.
fn played(initial: Option<i64>, steps: Vec<Step>) -> Log {
    let mut log = Log { initial, entries: Vec::new() };
    let mut crashes = [0; 4];
    for (position, (thread, call, ending, key, time)) in (0..).zip(steps) {
        let line = position + 1 + u32::from(initial.is_some());
        let moment = Moment { position, line, at: time.map(Micros) };
        let index = usize::try_from(thread).unwrap();
        let process = thread + 10 * crashes[index];
        match log.entries.iter_mut().find(|entry| entry.process == process && entry.ended.is_none()) {
            None => log.entries.push(Entry { process, key, call, invoked: moment, ended: None }),
            Some(open) => {
                crashes[index] += i64::from(ending == Ending::Info);
                let ending = match ending {
                    Ending::Ok(_) if open.call != Call::Read => Ending::Ok(Reading::Done),
                    ending => ending,
                };
                open.ended = Some((moment, ending));
            }
        }
    }
    log
}

fn log(initial: BoxedStrategy<Option<i64>>, key: &'static str, time: BoxedStrategy<Option<u64>>) -> BoxedStrategy<Log> {
    select(vec![Family::Register, Family::Counter, Family::Set])
        .prop_flat_map(move |family| {
            let key = proptest::option::of(key.prop_map(String::from));
            let step = (0..4_i64, call(family), ending(family), key, time.clone());
            (initial.clone(), proptest::collection::vec(step, 1..40))
        })
        .prop_map(|(initial, steps)| played(initial, steps))
        .boxed()
}

proptest! {
    #[test]
    fn what_is_written_as_json_lines_is_read_as_it_was(
        log in log(proptest::option::of(number()).boxed(), "\\PC{0,3}|[\"\\\\\\x00-\\x1f]{1,3}", any::<Option<u64>>().boxed())
    ) {
        let text = Form::JsonLines.write(&log).unwrap();
        prop_assert_eq!(Form::guess(&text), Form::JsonLines);
        prop_assert_eq!(Form::JsonLines.read(&text), Ok(log));
    }

    #[test]
    fn what_is_written_as_jepsen_writes_is_read_as_it_was(
        log in log(Just(None).boxed(), "0|-?[1-9][0-9]{0,2}", Just(None).boxed())
    ) {
        let text = Form::Jepsen.write(&log).unwrap();
        prop_assert_eq!(Form::guess(&text), Form::Jepsen);
        prop_assert_eq!(Form::Jepsen.read(&text), Ok(log));
    }
}

#[test]
fn a_log_of_nothing_is_written_and_read_in_both_forms() {
    for form in [Form::Jepsen, Form::JsonLines] {
        assert_eq!(form.read(&form.write(&Log::default()).unwrap()), Ok(Log::default()));
    }
}

#[test]
fn a_process_that_cannot_tell_goes_on_under_a_new_number_in_a_jepsen_log() {
    let text = "0\t:invoke\t:write\t1\n0\t:info\t:write\t:timed-out\n7\t:invoke\t:read\tnil\n0\t:invoke\t:read\tnil\n";
    let log = Form::Jepsen.read(text).unwrap();
    assert_eq!(log.entries[2].process, 0);
    let again = Form::Jepsen.read(&Form::Jepsen.write(&log).unwrap()).unwrap();
    assert_eq!(again.entries[2].process, 8);
    let kept = Form::JsonLines.read(&Form::JsonLines.write(&log).unwrap()).unwrap();
    assert_eq!(kept.entries[2].process, 0);
}

#[test]
fn what_a_jepsen_log_cannot_say_is_refused() {
    let written = |text: &str| Form::Jepsen.write(&Form::JsonLines.read(text).unwrap()).unwrap_err().to_string();
    assert!(written("{\"initial\":3}").contains("holds 3 at the start"));
    let read = "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"key\":\"x\"}";
    assert!(written(read).contains("not `x`"));
    let add = "{\"process\":0,\"type\":\"invoke\",\"f\":\"add\",\"value\":1}\n";
    let remove = "{\"process\":1,\"type\":\"invoke\",\"f\":\"remove\",\"value\":1}\n";
    assert!(written(&format!("{add}{remove}")).contains("not of both"));
}
