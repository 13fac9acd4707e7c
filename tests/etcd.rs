//! Fifty-two real Jepsen histories of etcd, each with a verdict that others have published.

#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;

use partition_lab::check::log::{Form, json_lines};
use partition_lab::check::{Budget, Consistency, Log, ModelName, Verdict, judge};
use serde_json::Value;

/// The logs as they are written, each with its name and whether it is linearizable; `None`, loudly, if they are absent.
fn corpus() -> Option<Vec<(String, String, bool)>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/etcd-jepsen");
    let Ok(verdicts) = std::fs::read_to_string(folder.join("verdicts.json")) else {
        eprintln!("ABSENT: {}: that we judge etcd's histories as others do is NOT tested", folder.display());
        return None;
    };
    let verdicts: Value = serde_json::from_str(&verdicts).unwrap();
    let logs = verdicts["linearizable"].as_object().unwrap().iter().map(|(name, verdict)| {
        (name.clone(), std::fs::read_to_string(folder.join(name)).unwrap(), verdict.as_bool().unwrap())
    });
    Some(logs.collect())
}

fn read(name: &str, text: &str) -> Log {
    Form::guess(text).read(text).unwrap_or_else(|problems| panic!("{name}: {problems:?}"))
}

#[test]
fn etcds_histories_are_judged_as_others_judge_them() {
    let Some(corpus) = corpus() else { return };
    assert_eq!(corpus.len(), 52);
    for (name, text, expected) in corpus {
        let log = read(&name, &text);
        assert_eq!(ModelName::of(&log), Ok(ModelName::CasRegister), "{name}");
        let verdict = judge(&log, ModelName::CasRegister, Consistency::Linearizable, Budget::default());
        let agrees = match verdict {
            Verdict::Holds(_) => expected,
            Verdict::Violated(_) => !expected,
            Verdict::Unknown(_) => false,
        };
        assert!(agrees, "{name}: others say {expected}, we say {verdict:?}");
    }
}

#[test]
fn etcds_histories_are_written_as_they_were_read() {
    let Some(corpus) = corpus() else { return };
    let mut same = 0;
    for (name, text, _) in corpus {
        let log = read(&name, &text);
        let written = Form::Jepsen.write(&log).unwrap();
        let words = |text: &str| text.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&written), words(&text), "{name}");
        assert_eq!(written == text, text.contains('\t'), "{name}: only columns made with blanks become tabs");
        assert_eq!(read(&name, &json_lines::write(&log)), log, "{name}");
        same += usize::from(written == text);
    }
    assert_eq!(same, 50);
}
