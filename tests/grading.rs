//! Answers to the practice challenge, each with the verdict of a careful teacher, and what must not change one.

#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use partition_lab::course::challenge;
use partition_lab::diagram::grade::{Grade, Rubric, Submission, grade, read};
use partition_lab::diagram::{Diagram, Direction, Edge, Head, Label, Node, Part, Shape, Stroke, mermaid};
use proptest::prelude::*;
use serde_json::Value;

static RUBRIC: LazyLock<Rubric> = LazyLock::new(|| read(challenge::RUBRIC).expect("the challenge's rubric is right"));

static ANSWERS: LazyLock<Vec<Answer>> = LazyLock::new(answers);

/// An answer with the goals that a teacher finds missing.
struct Answer {
    name: String,
    diagram: Diagram,
    met: Vec<String>,
    missing: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/answers")
}

fn answers() -> Vec<Answer> {
    let files = std::fs::read_dir(folder()).expect("the answers are there").map(|entry| entry.unwrap().path());
    let mut drawings: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "mmd")).collect();
    drawings.sort();
    let answer = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("an answer is UTF-8 text");
        let verdict =
            std::fs::read_to_string(path.with_extension("json")).expect("an answer has its verdict beside it");
        let verdict: Value = serde_json::from_str(&verdict).expect("a verdict is JSON");
        let ids = |key: &str| -> Vec<String> {
            verdict[key].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
        };
        assert!(verdict["why"].as_str().is_some_and(|why| why.ends_with('.')), "{}", path.display());
        let (diagram, diagnostics) = mermaid::parse(&text);
        assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()), "{}: {diagnostics:?}", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        Answer { name, diagram, met: ids("met"), missing: ids("missing") }
    };
    drawings.into_iter().map(answer).collect()
}

fn ids(rubric: &Rubric, grade: &Grade, met: bool) -> Vec<String> {
    let pairs = rubric.goals.iter().zip(&grade.marks).filter(|(_, mark)| mark.met == met);
    pairs.map(|(goal, _)| goal.id.clone()).collect()
}

#[test]
fn every_answer_gets_the_verdict_of_a_careful_teacher() {
    let rubric = &*RUBRIC;
    let answers = &*ANSWERS;
    let mut wrong = Vec::new();
    for Answer { name, diagram, met, missing } in answers {
        let grade = grade(diagram, rubric);
        let found = (ids(rubric, &grade, true), ids(rubric, &grade, false));
        if found != (met.clone(), missing.clone()) {
            let reasons: Vec<&str> = grade.marks.iter().map(|mark| mark.reason.as_str()).collect();
            wrong.push(format!(
                "{name}: missing {:?}, a teacher finds {missing:?}\n    {}",
                found.1,
                reasons.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(answers.len() >= 30, "{} answers", answers.len());
}

#[test]
fn the_template_lacks_exactly_the_two_labels() {
    let rubric = &*RUBRIC;
    let template = challenge::template();
    let graded = grade(&template, rubric);
    assert_eq!(ids(rubric, &graded, false), ["cp-quorum", "ap-divergent"]);
    assert_eq!((graded.points, graded.of, graded.passed), (8, 10, false));
    let quorum = &graded.marks[3];
    assert_eq!(
        quorum.reason,
        "Node A's answer to Client says “Return Write Error”: it does not say that the quorum is lost."
    );
    assert_eq!(quorum.parts, [Part::Edge(2)]);
    assert_eq!(graded.marks[0].reason, "Client asks Node A, the leader, to write.");
    assert_eq!(graded.marks[0].parts, [Part::Edge(0)]);
}

#[test]
fn an_empty_canvas_meets_nothing() {
    let rubric = &*RUBRIC;
    for diagram in [Diagram::default(), challenge::blank()] {
        let graded = grade(&diagram, rubric);
        assert!(graded.marks.iter().all(|mark| !mark.met), "{:?}", ids(rubric, &graded, true));
        assert_eq!(graded.points, 0);
    }
    // Where something is missing from an empty system, its frame is shown.
    let graded = grade(&challenge::blank(), rubric);
    assert_eq!(graded.marks[0].parts, [Part::Subgraph("CP_System".into())]);
}

#[test]
fn a_missing_arrow_is_shown_at_the_two_nodes_between_which_it_is_missing() {
    let (text, _) = mermaid::parse("graph TD\nsubgraph CP\nC[Client]\nA[Leader]\nB[Follower]\nA -.-> B\nend\n");
    let graded = grade(&text, &RUBRIC);
    assert_eq!(graded.marks[0].parts, [Part::Node("C".into()), Part::Node("A".into())]);
}

/// Draws what the steps of the hint ladder say, one after the other.
#[test]
fn the_worked_steps_of_all_hints_make_a_complete_answer() {
    let rubric = &*RUBRIC;
    for goal in &rubric.goals {
        assert!(goal.title.chars().count() <= 42, "{}: as short as a line of a checklist", goal.id);
        assert!(goal.hints.iter().all(|hint| hint.ends_with(['.', '?'])) && goal.why.ends_with('.'), "{}", goal.id);
    }
    // The labels that the worked steps name, on the edges that they name.
    let label = |id: &str, nth: usize| -> String {
        let goal = rubric.goals.iter().find(|goal| goal.id == id).expect("the goal is there");
        let quoted = goal.hints[2].split('“').nth(nth + 1).and_then(|rest| rest.split('”').next());
        quoted.unwrap_or_else(|| panic!("{id} quotes a label")).replace('"', "")
    };
    let text = format!(
        "graph TD\nsubgraph CP\nC[Client] -->|\"{}\"| A[\"{}\"]\nA -.->|\"{}\"| B[\"{}\"]\nA -->|\"{}\"| C\nend\n\
         subgraph AP\nC1[Client 1] -->|\"{}\"| A2[Node A]\nC2[Client 2] -->|\"{}\"| B2[Node B]\n\
         A2 -->|\"{ok}\"| C1\nB2 -->|\"{ok}\"| C2\nA2 -.->|\"{}\"| B2\nend\n",
        label("cp-write", 1),
        label("cp-write", 0),
        label("cp-replicate", 1),
        label("cp-replicate", 0),
        label("cp-quorum", 0),
        label("ap-writes", 0),
        label("ap-writes", 1),
        label("ap-divergent", 0),
        ok = label("ap-success", 0),
    );
    let (diagram, diagnostics) = mermaid::parse(&text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let graded = grade(&diagram, rubric);
    assert!(graded.passed, "{text}{:?}", ids(rubric, &graded, false));
}

#[test]
fn what_is_wrong_with_a_rubric_is_said_with_its_place() {
    let edited = |from: &str, to: &str| {
        assert!(challenge::RUBRIC.contains(from), "{from}");
        read(&challenge::RUBRIC.replacen(from, to, 1)).err().map(|problem| problem.to_string()).unwrap_or_default()
    };
    for (from, to, said) in [
        ("\"says\": [\"write\"]", "\"says\": [\"wriet\"]", "Goal `cp-write`: there is no concept `wriet`"),
        (
            "\"to\": \"leader\"",
            "\"to\": \"boss\"",
            "Goal `cp-write`: `to` is `boss`, but must be one of `anyone`, `client`",
        ),
        ("\"why\"", "\"because\"", "Unknown field `because`"),
        ("\"id\": \"cp-replicate\"", "\"id\": \"cp-write\"", "there is a goal of that id already"),
        ("\"after\": [\"cp-write\"", "\"after\": [\"ap-cut\"", "`after` names `ap-cut`"),
        ("\"version\": 1", "\"version\": 2", "version 2"),
        ("partition-lab-rubric", "shopping-list", "This is no rubric"),
        ("\"version\": 1,", "\"version\": 1, \"pass\": 11,", "let it be 1 to 10"),
        ("{ \"side\": \"cp\", \"from\"", "{ \"from\"", "Goal `both-drawn`"),
        ("\"quorum loss\"", "\"* loss\"", "must begin with a word"),
    ] {
        let problem = edited(from, to);
        let (line, rest) = problem.split_once(':').expect("the line comes first");
        assert!(line.parse::<usize>().is_ok_and(|line| line > 1), "{problem}");
        assert!(rest.contains(said), "{problem}");
    }
    assert!(read("").is_err_and(|problem| problem.message.contains("empty")));
}

#[test]
fn a_rubric_can_be_adapted_without_touching_rust() {
    // German words, one goal worth more, and eight points are enough.
    let adapted = challenge::RUBRIC
        .replacen("\"quorum loss\",", "\"quorum loss\", \"kein quorum\",", 1)
        .replacen("\"error*\",", "\"error*\", \"fehler\",", 1)
        .replacen("\"version\": 1,", "\"version\": 1, \"pass\": 8,", 1);
    let rubric = read(&adapted).expect("it is right");
    let (diagram, _) = mermaid::parse("graph TD\nsubgraph CP\nC[Client]\nA[Leader] -->|Fehler: kein Quorum| C\nend\n");
    assert!(ids(&rubric, &grade(&diagram, &rubric), true).contains(&"cp-quorum".to_owned()));
    assert!(grade(&challenge::template(), &rubric).passed);
}

/// The concept and the goal that `docs/rubric.md` shows an author how to add.
#[test]
fn the_example_of_the_documentation_works() {
    let docs = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rubric.md")).unwrap();
    let block = |begins: &str| {
        let blocks = docs.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next());
        blocks.map(str::trim).find(|block| block.starts_with(begins) && block.contains("repair")).unwrap().to_owned()
    };
    let [concept, goal] = [block("{ \"id\""), block("{\n")];
    let adapted = challenge::RUBRIC.replacen("\"concepts\": [", &format!("\"concepts\": [{concept},"), 1).replacen(
        "\"goals\": [",
        &format!("\"goals\": [{goal},"),
        1,
    );
    let rubric = read(&adapted).unwrap_or_else(|problem| panic!("{problem}"));
    let text = mermaid::print_module(&challenge::template());
    assert_eq!(ids(&rubric, &grade(&mermaid::parse(&text).0, &rubric), false)[0], "ap-repair");
    let repaired = text.replace("Replication Partitioned", "Replication Partitioned; after healing: last write wins");
    assert!(ids(&rubric, &grade(&mermaid::parse(&repaired).0, &rubric), true).contains(&"ap-repair".to_owned()));
}

#[test]
fn a_submission_keeps_the_drawing_and_what_the_page_said_of_it() {
    let rubric = &*RUBRIC;
    let template = challenge::template();
    let graded = grade(&template, rubric);
    let submission = Submission::of(&template, rubric, &graded, "2026-11-23T18:00:00Z");
    let written = serde_json::to_string(&submission).expect("it can be written");
    assert!(
        written.starts_with(
            r#"{"format":"partition-lab-submission","version":1,"made":"2026-11-23T18:00:00Z","program":""#
        )
    );
    let read = Submission::read(&written).expect("it was just written");
    assert_eq!(read, submission);
    assert_eq!(grade(&mermaid::parse(&read.answer).0, rubric), graded);
    assert_eq!((read.points, read.of, read.goals.iter().filter(|goal| !goal.met).count()), (8, 10, 2));
    let newer = written.replacen("\"version\":1", "\"version\":2", 1);
    assert!(Submission::read(&newer).is_err_and(|problem| problem.message.contains("get a newer one")));
}

/// Numbers of a sequence that a seed begins.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Gives every node and frame an id that says nothing, and what the old one showed as its label.
fn renamed(diagram: &mut Diagram, dice: &mut Dice) {
    let count = diagram.nodes.len() + diagram.subgraphs.len();
    let mut numbers: Vec<usize> = (0..count).collect();
    dice.shuffle(&mut numbers);
    let old: Vec<String> = diagram.nodes.iter().map(|node| node.id.clone()).collect();
    let old: Vec<String> = old.into_iter().chain(diagram.subgraphs.iter().map(|frame| frame.id.clone())).collect();
    let new = |id: &str| {
        let at = old.iter().position(|other| other == id).expect("every id is one of a node or a frame");
        format!("q{}", numbers[at])
    };
    for node in &mut diagram.nodes {
        let label = Label { raw: node.visible(), quoted: true };
        node.label.get_or_insert(label);
        node.id = new(&node.id);
        node.parent = node.parent.as_deref().map(new);
    }
    for frame in &mut diagram.subgraphs {
        let title = Label { raw: frame.visible(), quoted: true };
        frame.title.get_or_insert(title);
        frame.id = new(&frame.id);
        frame.parent = frame.parent.as_deref().map(new);
    }
    for edge in &mut diagram.edges {
        edge.from = new(&edge.from);
        edge.to = new(&edge.to);
        edge.parent = edge.parent.as_deref().map(new);
    }
}

/// Adds nodes that have nothing to do with the challenge: alone, in a chain, and hanging on a node that is there.
fn surrounded(diagram: &mut Diagram, dice: &mut Dice) {
    const LABELS: [&str; 6] = ["Grafana", "Legend", "Coffee machine", "Monitoring", "Certificate", "Stock exchange"];
    for (at, label) in LABELS.into_iter().enumerate() {
        let place = dice.below(diagram.subgraphs.len() + 1);
        diagram.nodes.push(Node {
            id: format!("extra{at}"),
            label: Some(Label::from_visible(label)),
            shape: Shape::Round,
            style: Vec::new(),
            classes: Vec::new(),
            parent: diagram.subgraphs.get(place).map(|frame| frame.id.clone()),
            alone: false,
        });
    }
    let known = diagram.nodes[dice.below(diagram.nodes.len() - LABELS.len())].id.clone();
    let ends = [("extra0".to_owned(), "extra1".to_owned()), (known, "extra3".to_owned())];
    for (from, to) in ends {
        let label = Some(Label::from_visible("watches"));
        let (tail, head) = (Head::Open, Head::Point);
        diagram.edges.push(Edge { from, to, label, stroke: Stroke::Normal, tail, head, length: 2, parent: None });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn ids_order_direction_styles_and_what_stands_around_change_no_grade(
        which in any::<prop::sample::Index>(), seed in any::<u64>(),
        rename in any::<bool>(), shuffle in any::<bool>(), surround in any::<bool>(),
    ) {
        let rubric = &*RUBRIC;
        let answers = &*ANSWERS;
        let answer = which.get(answers);
        let mut diagram = answer.diagram.clone();
        let mut dice = Dice(seed);
        if surround {
            surrounded(&mut diagram, &mut dice);
        }
        if rename {
            renamed(&mut diagram, &mut dice);
        }
        if shuffle {
            dice.shuffle(&mut diagram.nodes);
            dice.shuffle(&mut diagram.edges);
            dice.shuffle(&mut diagram.subgraphs);
        }
        diagram.direction = [Direction::TD, Direction::LR, Direction::RL, Direction::BT][dice.below(4)];
        for node in &mut diagram.nodes {
            node.style.push("fill:#f9f".to_owned());
        }
        for edge in &mut diagram.edges {
            edge.length = 3;
            if edge.stroke == Stroke::Normal {
                edge.stroke = Stroke::Thick;
            }
        }
        let graded = grade(&diagram, rubric);
        prop_assert_eq!(ids(rubric, &graded, false), answer.missing.clone(), "{}", answer.name);
    }

    #[test]
    fn both_printed_forms_of_an_answer_get_its_grade(which in any::<prop::sample::Index>()) {
        let rubric = &*RUBRIC;
        let answers = &*ANSWERS;
        let answer = which.get(answers);
        for text in [mermaid::print_module(&answer.diagram), mermaid::print_portable(&answer.diagram)] {
            let graded = grade(&mermaid::parse(&text).0, rubric);
            prop_assert_eq!(ids(rubric, &graded, true), answer.met.clone(), "{}", answer.name);
        }
    }

    /// Whatever a model holds, grading it ends, and every sentence is one.
    #[test]
    fn any_text_at_all_can_be_graded(text in "(graph TD\n)?([A-D](\\[(Client|Node A|error|partition|200 OK|Leader)\\])?( -->| -.->| <-->| ---| --x)(\\|(write|error|ok|no quorum|replicate)\\|)? ?[A-E]\n|subgraph (CP|AP|S)\n|end\n){0,12}") {
        let graded = grade(&mermaid::parse(&text).0, &RUBRIC);
        for mark in &graded.marks {
            prop_assert!(mark.reason.ends_with('.') && !mark.reason.contains('{'), "{}", mark.reason);
        }
    }
}
