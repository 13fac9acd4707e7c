//! What composed rules come to, in words: two or three sentences that read a node's behaviour back to whoever chose it.

use crate::sim::protocol::rules::{OnNews, OnRead, OnTimeout, OnWrite, Rules};

/// Whether a node of these rules ever waits for the other one. If not, its rule for silence never applies.
pub const fn waits(rules: Rules) -> bool {
    matches!(rules.write, OnWrite::Agree | OnWrite::Forward)
        || matches!(rules.read, OnRead::Ask | OnRead::Repair | OnRead::Forward)
}

/// What a node of these rules does, where the other node is called `other`.
pub fn behaviour(rules: Rules, other: &str) -> String {
    let write = match rules.write {
        OnWrite::Accept => format!("says done to a write at once and lets {other} hear of it later"),
        OnWrite::AcceptQuietly => format!("says done to a write at once and never tells {other}"),
        OnWrite::Agree => format!("says done to a write only when {other} has it too"),
        OnWrite::Forward => format!("leaves writes to {other}"),
        OnWrite::Pretend => "says done to a write and throws it away".to_owned(),
        OnWrite::Refuse => "refuses writes".to_owned(),
        OnWrite::Silent => "never answers a write".to_owned(),
    };
    let read = match rules.read {
        OnRead::Local => "answers reads from its own copy".to_owned(),
        OnRead::Ask => format!("asks {other} before it answers a read"),
        OnRead::Repair => {
            format!("asks {other} before it answers a read, and passes the newer value on to whoever lacks it")
        }
        OnRead::Forward => format!("leaves reads to {other}"),
        OnRead::Guess => "answers v1 to every read".to_owned(),
        OnRead::Refuse => "refuses reads".to_owned(),
        OnRead::Silent => "never answers a read".to_owned(),
    };
    format!("It {write}. It {read}. {} {}", silence(rules, other), news(rules.news, other))
}

fn silence(rules: Rules, other: &str) -> String {
    if !waits(rules) {
        return format!("It never waits for {other}.");
    }
    let then = match rules.timeout {
        OnTimeout::AnswerAnyway => "answers by itself",
        OnTimeout::Refuse => "gives up with an error",
        OnTimeout::AskAgain => "asks again, and again",
        OnTimeout::Wait => "waits for ever",
    };
    format!("When {other} stays silent, it {then}.")
}

fn news(rule: OnNews, other: &str) -> String {
    match rule {
        OnNews::Newer => format!("What {other} tells it, it keeps if it is newer."),
        OnNews::Latest => format!("What {other} told it last, it keeps, newer or not."),
        OnNews::Quietly => format!("What {other} tells it, it keeps if it is newer, but confirms nothing."),
        OnNews::Pretend => format!("It confirms what {other} tells it, and throws it away."),
        OnNews::Ignore => format!("It ignores what {other} tells it."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_two_behaviours_that_differ_read_differently_unless_they_differ_in_a_rule_that_never_applies() {
        let all: Vec<Rules> = Rules::all().collect();
        let mut told: Vec<(String, Rules)> = all.iter().map(|&rules| (behaviour(rules, "Node B"), rules)).collect();
        told.sort_by(|one, other| one.0.cmp(&other.0));
        for pair in told.windows(2) {
            let [(one, a), (other, b)] = pair else { continue };
            let but_for_silence = Rules { timeout: b.timeout, ..*a };
            assert!(one != other || (but_for_silence == *b && !waits(*a)), "{a:?} and {b:?} read the same: {one}");
        }
    }

    #[test]
    fn no_rule_for_silence_is_told_of_a_node_that_never_waits() {
        let rules = Rules::new(OnWrite::Accept, OnRead::Local, OnTimeout::Wait, OnNews::Newer);
        let told = behaviour(rules, "Node B");
        assert!(told.contains("never waits") && !told.contains("for ever"), "{told}");
    }
}
