//! Claims about what is taken away of a run: other programs make of it what the page makes of the run.

#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};
use std::process::Command;

use partition_lab::check::log::Form as LogForm;
use partition_lab::course::scenarios::plays;
use partition_lab::course::take::{Form, Recording, history, picture, write};
use partition_lab::course::{Cast, Reading, Walk, play};
use partition_lab::diagram::space_time_colours::{DARK, LIGHT};
use partition_lab::sim::client::{Keys, Retry};
use partition_lab::sim::protocol::{Protocol, single_copy};
use partition_lab::sim::{
    Act, Action, ClientId, EventKind, MessageId, Micros, NodeId, Operation, Run, Scenario, Value, file,
};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);

fn recorded(title: &str, run: Run) -> Recording {
    let trace = run.replay().expect("it names only what it has");
    Recording::new(title, run, trace)
}

fn recordings(name: &str) -> Vec<Recording> {
    let scenarios = play(name).expect("built in").scenarios;
    scenarios.into_iter().map(|scenario| recorded("A run", Run::of(scenario))).collect()
}

/// The consistent and the available side of a walk.
fn sides(walk: &Walk) -> [Recording; 2] {
    [0, 1].map(|side| {
        let branch = &walk.sides[side];
        let title = ["If B chooses consistency", "If B chooses availability"][side];
        Recording::new(title, branch.run.clone(), branch.trace.clone())
    })
}

/// What a learner can do.
fn deeds() -> Vec<Action> {
    let ask = |client, operation| Action::Request { client: ClientId(client), operation };
    vec![
        Action::heal_between(A, B),
        Action::cut_between(A, B),
        Action::Crash(A),
        Action::Crash(B),
        Action::Restart(B),
        Action::Pause(B),
        Action::Hold(vec![(A, B), (B, A)]),
        Action::Drop(MessageId(0)),
        Action::Drop(MessageId(1)),
        Action::Deliver(MessageId(0)),
        Action::Duplicate(MessageId(0)),
        Action::Delay(MessageId(0), Micros(5_000)),
        ask(0, Operation::Write(Value(2))),
        ask(1, Operation::Read),
    ]
}

/// Every run that one deed makes of the walk, and the same with the link healed at the end.
fn branches() -> Vec<Recording> {
    let walk = Walk::gilbert_lynch().expect("built in");
    let mut found = sides(&walk).to_vec();
    for moment in 0..=walk.end() {
        for deed in deeds() {
            let branch = walk.act(moment, &deed).expect("it names only what is there");
            found.extend(sides(&branch));
            let healed = branch.act(branch.end(), &Action::heal_between(A, B)).expect("both nodes are there");
            found.extend(sides(&healed));
        }
    }
    found
}

/// Files of one test, gone when it is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What `partition-lab check` prints of these files.
fn checked(files: &[PathBuf]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_partition-lab")).arg("check").args(files).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Holds what the program says of the histories of these runs against their gauges.
fn hold_to_the_gauges(name: &str, runs: &[Recording]) {
    let folder = Folder::new(name);
    let (mut files, mut expected) = (Vec::new(), Vec::new());
    for (at, run) in runs.iter().enumerate() {
        let word = match run.gauges().consistency.reading {
            Reading::Violated(_) => "not linearizable",
            // Without an answer there is nothing that could be wrong.
            Reading::Holds | Reading::HoldsSoFar | Reading::NotDecided => "linearizable",
        };
        for form in [Form::Lines, Form::Jepsen] {
            let text = write(std::slice::from_ref(run), form).expect("every run has a history");
            let path = folder.file(&format!("{at}{}", form.ending()), &text);
            expected.push(format!("{}: {word}", path.display()));
            files.push(path);
        }
    }
    let printed = checked(&files);
    assert_eq!(printed.lines().count(), expected.len());
    for (line, expected) in printed.lines().zip(&expected) {
        let verdict: String = line.split(": ").take(2).collect::<Vec<_>>().join(": ");
        assert_eq!(&verdict, expected, "{line}");
    }
}

#[test]
fn the_program_judges_the_history_of_every_built_in_run_as_its_gauge_does() {
    let runs: Vec<Recording> = plays().iter().flat_map(|play| recordings(play.name)).collect();
    assert!(runs.len() >= 5);
    hold_to_the_gauges("plays", &runs);
}

#[test]
fn the_program_judges_the_history_of_every_branch_of_the_walk_as_its_gauge_does() {
    let runs = branches();
    let wrong = |run: &&Recording| matches!(run.gauges().consistency.reading, Reading::Violated(_));
    let violated = runs.iter().filter(wrong).count();
    assert!(violated > 20 && violated < runs.len() - 20, "{violated} of {} are violated", runs.len());
    eprintln!("{} branches, {violated} of them not linearizable", runs.len());
    hold_to_the_gauges("branches", &runs);
}

#[test]
fn a_history_that_is_read_again_is_the_one_that_was_taken() {
    for run in branches() {
        let lines = write(std::slice::from_ref(&run), Form::Lines).expect("every run has a history");
        let read = LogForm::guess(&lines).read(&lines).expect("it is one of ours");
        let what = |log: &partition_lab::check::Log| -> Vec<_> {
            let entries = log.entries.iter();
            entries.map(|it| (it.process, it.call, it.ended.as_ref().map(|(_, ending)| ending.clone()))).collect()
        };
        assert_eq!((read.initial, what(&read)), (history(&run).initial, what(&history(&run))));
    }
}

#[test]
fn the_flowchart_of_the_challenge_is_the_template_byte_for_byte() {
    let both = recordings("challenge");
    let golden = [
        (Form::Module, include_str!("golden/mermaid/module-7-template.mmd")),
        (Form::Portable, include_str!("golden/mermaid/module-7-template.portable.mmd")),
    ];
    for (form, expected) in golden {
        assert_eq!(write(&both, form).expect("two nodes each"), expected);
    }
}

#[test]
fn what_was_lost_and_what_arrived_once_the_link_was_healed_are_both_in_the_flowchart() {
    let walk = Walk::gilbert_lynch().expect("built in");
    let edges = |walk: &Walk| {
        let text = write(&sides(walk)[1..], Form::Portable).expect("two nodes");
        ["|\"Replication Partitioned\"|", "|\"Replicate\"|"].map(|edge| text.matches(edge).count())
    };
    assert_eq!(edges(&walk), [1, 0]);
    assert_eq!(edges(&walk.act(walk.end(), &Action::heal_between(A, B)).expect("both nodes are there")), [1, 1]);
}

#[test]
fn every_branch_has_a_flowchart_that_is_read_without_a_complaint() {
    for run in branches() {
        let text = write(std::slice::from_ref(&run), Form::Portable).expect("two nodes");
        let (diagram, diagnostics) = partition_lab::diagram::mermaid::parse(&text);
        assert!(diagnostics.is_empty() && !diagram.edges.is_empty(), "{diagnostics:?}\n{text}");
    }
}

fn cluster(nodes: usize) -> Scenario {
    let mut scenario = play("gilbert-lynch-ap").expect("built in").scenarios.remove(0);
    let spec = scenario.nodes[0].clone();
    scenario.nodes.resize(nodes, spec);
    scenario.clients.retain(|client| client.node.index() < nodes);
    scenario.script.retain(|planned| planned.action.check(nodes, scenario.clients.len()).is_ok());
    scenario
}

#[test]
fn what_a_form_cannot_say_is_said_in_a_sentence_instead() {
    for nodes in [1, 3, 5] {
        let run = recorded("A cluster", Run::of(cluster(nodes)));
        let why = write(std::slice::from_ref(&run), Form::Module).expect_err("it is no picture of two nodes");
        assert!(why.contains(&format!("this run has {nodes} node")) && why.ends_with('.'), "{why}");
        assert!(write(std::slice::from_ref(&run), Form::Sequence).is_ok());
        assert!(picture(&run, LIGHT).contains("A cluster"));
    }
    let silent = Scenario { script: Vec::new(), ..play("challenge-cp").expect("built in").scenarios.remove(0) };
    let why = write(&[recorded("Nothing", Run::of(silent))], Form::Portable).expect_err("there is nothing to draw");
    assert!(why.starts_with("Nothing was asked"), "{why}");
    let why = write(&recordings("challenge"), Form::Lines).expect_err("they are two histories");
    assert!(why.ends_with("Choose one of the runs."), "{why}");

    let mut back = play("gilbert-lynch-ap").expect("built in").scenarios.remove(0);
    let operation = Operation::Write(Value(0));
    back.script.push(partition_lab::sim::Planned {
        at: Micros(500_000),
        action: Action::Request { client: ClientId(0), operation },
    });
    let run = [recorded("Back to the start", Run::of(back))];
    let why = write(&run, Form::Jepsen).expect_err("nil cannot stand for a value that somebody writes");
    assert!(why.starts_with("A Jepsen log cannot say that the register holds 0 at the start") && why.ends_with('.'));
    assert!(write(&run, Form::Lines).is_ok());
}

#[test]
fn a_run_taken_away_as_json_runs_again_to_the_same_trace() {
    for recording in branches() {
        let text = serde_json::to_string_pretty(&recording.run).expect("a run is JSON");
        let read = file::read(&text).expect("it is one of ours");
        assert_eq!(read, recording.run);
        assert_eq!(read.replay().expect("it ran before"), recording.trace);
    }
}

/// The runs whose sequence diagrams stand in `tests/golden/sequences`, to be read by people.
fn tales() -> Vec<(&'static str, Recording)> {
    let walk = Walk::gilbert_lynch().expect("built in");
    let after = |moment, deed: &Action| sides(&walk.act(moment, deed).expect("it names only what is there"));
    let [cp, ap] = sides(&walk);
    let [_, healed] = after(9, &Action::heal_between(A, B));
    let [_, dropped] = after(2, &Action::Drop(MessageId(0)));
    let [_, crashed] = after(4, &Action::Crash(B));
    let [_, held] = after(0, &Action::Hold(vec![(A, B), (B, A)]));
    let [_, twice] = after(2, &Action::Duplicate(MessageId(0)));
    vec![
        ("consistency", cp),
        ("availability", ap),
        ("healed", healed),
        ("dropped", dropped),
        ("crashed", crashed),
        ("held", held),
        ("twice", twice),
    ]
}

#[test]
fn sequence_diagrams_are_as_in_their_golden_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sequences");
    for (name, run) in tales() {
        let path = folder.join(format!("{name}.mmd"));
        let text = write(&[run], Form::Sequence).expect("every run has one");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, golden, "{name}: if the new one is right, run the test with UPDATE_GOLDEN=1");
    }
}

#[test]
fn a_sequence_diagram_tells_of_every_message_and_answer_once() {
    for run in branches() {
        let text = write(std::slice::from_ref(&run), Form::Sequence).expect("every run has one");
        let count = |wanted: fn(&EventKind) -> bool| run.trace.events.iter().filter(|it| wanted(&it.kind)).count();
        let sent = count(|kind| matches!(kind, EventKind::Sent { .. } | EventKind::Duplicated { .. }));
        let asked = count(|kind| matches!(kind, EventKind::Invoked { .. } | EventKind::Retried { .. }));
        let replied = count(|kind| matches!(kind, EventKind::Replied { .. }));
        let arrows = |arrow: &str| text.lines().filter(|line| line.contains(arrow) && !line.contains("Note")).count();
        assert_eq!(arrows("->>") - arrows("-->>") + arrows("-x"), sent + asked, "{text}");
        assert_eq!(arrows("-->>"), replied, "{text}");
    }
}

#[test]
fn a_client_that_asks_again_is_told_of_as_such() {
    let mut scenario = play("gilbert-lynch-ap").expect("built in").scenarios.remove(0);
    scenario.clients[1].timeout = Some(Micros::from_millis(50));
    scenario.clients[1].retry = Some(Retry { times: 1, backoff: Micros::from_millis(10), keys: Keys::Fresh });
    let protocol = Protocol::SingleCopy(single_copy::Setup { holder: Some(A), timeout: Micros::from_millis(200) });
    scenario.nodes.iter_mut().for_each(|node| node.protocol = protocol);
    let text = write(&[recorded("Again", Run::of(scenario))], Form::Sequence).expect("every run has one");
    assert!(text.contains("C2->>NB: read (again)"), "{text}");
    assert!(text.contains("Note over C2: gives up waiting, and cannot know what became of it"), "{text}");
}

/// The texts of a picture: where they stand (left, top, right) and what they say.
fn texts(svg: &str) -> Vec<(f64, f64, f64, String)> {
    let attribute = |tag: &str, name: &str| -> Option<f64> {
        tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next()?.parse().ok())
    };
    let parts = svg.split("<text").skip(1);
    parts
        .map(|part| {
            let (tag, rest) = part.split_once('>').expect("a tag ends");
            let words = rest.split_once("</text>").expect("a text ends").0.to_owned();
            let (x, y) = (attribute(tag, "x").expect("x"), attribute(tag, "y").expect("y"));
            let wide = partition_lab::diagram::measure::width(&words, attribute(tag, "font-size").expect("a size"));
            let left = if tag.contains("middle") { x - wide / 2.0 } else { x };
            (left, y, left + wide, words)
        })
        .collect()
}

#[test]
fn no_word_of_a_picture_is_cut_off_at_its_side() {
    let mut runs = branches();
    runs.extend(plays().iter().flat_map(|play| recordings(play.name)));
    for run in &mut runs {
        run.title =
            "A title that is far too long to stand in one line of a picture of two nodes and two clients".into();
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        run.cast = Cast {
            nodes: names(&["The primary database of the shop", "B"]),
            clients: names(&["Somebody with a rather long name", "W"]),
        };
        let svg = picture(run, DARK);
        let view = svg.split_once("viewBox=\"0 0 ").and_then(|(_, rest)| rest.split_once('"')).expect("a size").0;
        let (wide, high) = view.split_once(' ').expect("two numbers");
        let (wide, high): (f64, f64) = (wide.parse().unwrap(), high.parse().unwrap());
        for (left, y, right, words) in texts(&svg) {
            assert!(
                left >= 0.0 && right <= wide && y >= 12.0 && y <= high,
                "{words}: {left} to {right} of {wide}, {y}"
            );
        }
        for name in run.cast.nodes.iter().chain(&run.cast.clients[..run.scenario().clients.len()]) {
            assert!(svg.contains(&format!(">{name}</text>")), "{name}");
        }
    }
}

#[test]
fn the_picture_says_what_passed_and_its_description_tells_the_story() {
    let [_, run] = sides(&Walk::gilbert_lynch().expect("built in"));
    let svg = picture(&run, LIGHT);
    for words in ["write v1", "copy of v1", "read", "v0 · stale", "cut", "Client 2", "Ireland · v0", "ok"] {
        assert!(svg.contains(&format!(">{words}</text>")), "{words}");
    }
    assert!(svg.contains("<title id=\"title\">If B chooses availability</title>"));
    let story = svg.split_once("<desc id=\"story\">").expect("a story").1.split_once("</desc>").expect("its end").0;
    for words in ["The link between Node A and Node B is cut.", "Client 2 reads v0.", "Consistency violated: "] {
        assert!(story.contains(words), "{story}");
    }
}

#[test]
fn an_act_in_the_past_is_part_of_what_is_taken() {
    let scenario = play("gilbert-lynch-ap").expect("built in").scenarios.remove(0);
    let acts = vec![Act { after: 1, at: Micros(0), action: Action::Crash(B) }];
    let run = recorded("Crashed", Run { scenario, seed: 0, acts });
    let sequence = write(std::slice::from_ref(&run), Form::Sequence).expect("every run has one");
    assert!(sequence.contains("Note over NB: crashes"), "{sequence}");
    let (first, rest) = sequence.split_once("crashes").expect("it is there");
    assert!(first.contains("write v1") && rest.contains("(nobody hears it)"), "{sequence}");
}
