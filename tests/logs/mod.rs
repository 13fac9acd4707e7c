//! What must hold of every text that somebody takes for a log. The fuzz targets and a property test share these claims.

use partition_lab::check::Log;
use partition_lab::check::log::{Form, Problem};

/// Reads a text in that form, and panics if a claim about readers and writers does not hold for it.
pub fn hold(form: Form, text: &str) {
    let log = match form.read(text) {
        Ok(log) => log,
        Err(problems) => return problems_lie_in_the_text(&problems, text),
    };
    let json_lines = Form::JsonLines.write(&log).expect("JSON lines can say everything");
    assert_eq!(without_lines(&Form::JsonLines.read(&json_lines).expect("what was written")), without_lines(&log));
    if form == Form::Jepsen {
        let written = form.write(&log).expect("what was read from a Jepsen log can be written as one");
        let again = form.read(&written).expect("what was written");
        assert_eq!(without_processes(&again), without_processes(&log));
        assert_eq!(form.write(&again).as_ref(), Ok(&written));
        assert_eq!(form.read(&written), Ok(again));
    }
}

fn problems_lie_in_the_text(problems: &[Problem], text: &str) {
    assert!(!problems.is_empty(), "a text is refused for a reason");
    let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').collect();
    for problem in problems {
        let line = lines[problem.line - 1];
        assert!(problem.column >= 1 && problem.column - 1 + problem.length <= line.chars().count(), "{problem:?}");
        assert!(problem.message.len() <= 600 && !problem.message.contains(char::is_control), "{problem:?}");
    }
    assert!(problems.windows(2).all(|two| two[0].line <= two[1].line), "{problems:?}");
}

fn without_lines(log: &Log) -> Log {
    let mut log = log.clone();
    for entry in &mut log.entries {
        entry.invoked.line = 0;
        if let Some((moment, _)) = &mut entry.ended {
            moment.line = 0;
        }
    }
    log
}

/// A Jepsen log gives a process a new number when it cannot tell.
fn without_processes(log: &Log) -> Log {
    let mut log = without_lines(log);
    for entry in &mut log.entries {
        entry.process = 0;
    }
    log
}
