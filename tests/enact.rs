//! A learner's drawing on the stage: what is drawn is what happens, or the run says where it stops being true and why.

#![cfg(not(target_arch = "wasm32"))]

use partition_lab::course::enact::{Enactment, Ending, Fate, Fault, Way, enact};
use partition_lab::course::{Reading, challenge, draw, play, scenarios, sequence};
use partition_lab::diagram::space_time::Party;
use partition_lab::diagram::{Diagram, mermaid};
use partition_lab::sim::{Content, NodeId, Run, Value};
use proptest::prelude::*;

fn parsed(text: &str) -> Diagram {
    mermaid::parse(text).0
}

/// A system in a frame of that title.
fn framed(title: &str, body: &str) -> Diagram {
    parsed(&format!("graph TD\nsubgraph System1 [{title}]\n{body}\nend\n"))
}

fn run(title: &str, body: &str) -> Enactment {
    enact(&framed(title, body))
}

fn v(number: u32) -> Content {
    Content::Value(Value(number))
}

/// The gauges of a system at the end: C, A.
fn readings(enactment: &Enactment, system: usize) -> (Reading, Reading) {
    let gauges = &enactment.scenes[enactment.end()].acts[system].gauges;
    (gauges.consistency.reading, gauges.availability.reading)
}

/// The edges that are travelled in each scene, all systems together.
fn travelled(enactment: &Enactment) -> Vec<Vec<usize>> {
    let flights = |scene: &partition_lab::course::enact::Scene| {
        let mut edges: Vec<usize> =
            scene.acts.iter().flat_map(|act| &act.flights).filter_map(|flight| flight.edge).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    };
    enactment.scenes.iter().map(flights).collect()
}

#[test]
fn the_template_is_what_happens_and_its_edges_are_travelled_in_the_order_of_their_numbers() {
    let enactment = enact(&challenge::template());
    assert!(enactment.holds(), "{:?}", enactment.systems.iter().map(|system| &system.claims).collect::<Vec<_>>());
    // 1. both systems are asked; 2. the CP leader asks in vain, the AP nodes answer and copy in vain; 3. the refusal.
    assert_eq!(travelled(&enactment), [vec![], vec![0, 3, 4], vec![1, 5, 6, 7], vec![2]]);
    let shown = enactment.scenes.iter().flat_map(|scene| &scene.acts).flat_map(|act| &act.flights);
    assert!(shown.clone().all(|flight| flight.edge.is_some()), "the picture shows all that is sent");
    assert_eq!(shown.filter(|flight| flight.fate == Fate::Lost).count(), 3);
}

#[test]
fn on_the_template_cp_gives_up_availability_and_ap_ends_in_divergent_state() {
    let enactment = enact(&challenge::template());
    assert_eq!(readings(&enactment, 0), (Reading::Holds, Reading::Violated(3)));
    assert_eq!(readings(&enactment, 1), (Reading::Holds, Reading::Holds));
    let [cp, ap] = enactment.systems.as_slice() else { panic!("two systems") };
    assert_eq!(cp.ending, Ending::Agree(v(0)));
    assert_eq!(ap.ending, Ending::Diverge(vec![v(1), v(2)]));
    assert_eq!(
        cp.conclusion,
        "What you drew is what happens. The run kept consistency and gave up availability. Node A has not failed, yet it \
         refused Client."
    );
    assert!(ap.conclusion.contains("the nodes have diverged: Node A holds `v1` and Node B holds `v2`."));
    assert_eq!(enactment.turning_points(), [3]);
    assert_eq!((cp.id(Party::Node(NodeId(1))), cp.frame.as_deref()), (Some("NodeB_CP"), Some("CP_System")));
}

#[test]
fn the_template_runs_as_the_challenges_own_scenarios_do() {
    let enactment = enact(&challenge::template());
    for (system, scenario) in enactment.systems.iter().zip([scenarios::challenge_cp(), scenarios::challenge_ap()]) {
        let expected = Run::of(scenario).replay().expect("it is built in");
        assert_eq!(system.told.trace(), &expected, "{}", system.name);
    }
}

#[test]
fn every_built_in_run_that_is_drawn_is_true_of_itself() {
    for name in ["gilbert-lynch-cp", "gilbert-lynch-ap", "challenge-cp", "challenge-ap", "challenge"] {
        let runs: Vec<_> = play(name)
            .expect("it is built in")
            .scenarios
            .into_iter()
            .map(|scenario| (scenario.clone(), Run::of(scenario).replay().expect("it runs")))
            .collect();
        let drawn = draw(&runs.iter().map(|(scenario, trace)| (scenario, trace)).collect::<Vec<_>>());
        let enactment = enact(&drawn);
        assert!(enactment.holds(), "{name}: {:?}", enactment.systems[0].claims);
        let text = parsed(&mermaid::print_portable(&drawn));
        assert!(enact(&text).holds(), "{name}, in Portable form");
    }
}

#[test]
fn a_gilbert_lynch_drawing_gives_up_what_its_answer_gives_up() {
    let body = "C1[Client 1] -->|1. set value = 'v1'| A[Node A]\nA -->|2. OK| C1\nA -.-|network split| B[Node B]\n\
                C2[Client 2] -->|3. get value| B\n";
    let stale = run("AP", &format!("{body}B -->|4. 'v0'| C2"));
    assert!(stale.holds(), "{:?}", stale.systems[0].claims);
    assert_eq!(readings(&stale, 0), (Reading::Violated(4), Reading::Holds));
    let refused = run("CP", &format!("{body}B -->|5. HTTP 500 Internal Server Error| C2"));
    assert!(refused.holds(), "{:?}", refused.systems[0].claims);
    assert_eq!(readings(&refused, 0), (Reading::Holds, Reading::Violated(5)));
}

/// Drawings that look right and are not: title, body, what is wrong, the scene, and what is said of it.
const WRONG: &[(&str, &str, Fault, usize, &str)] = &[
    (
        "CP System",
        "C[Client] -->|1. Write Request| A[Node A - Leader]\nA -.->|2. Replicate (FAIL)| B[Node B - Follower]\n\
         A -->|3. HTTP 200 OK| C",
        Fault::Acknowledged,
        3,
        "At step 3 the picture says that Node A answers “HTTP 200 OK”. It has reached 1 of 2 nodes and needs 2, so it \
         refuses: quorum loss.",
    ),
    (
        "CP System",
        "C[Client] -->|1. Write Request| A[Primary]\nA -->|2. Replicate| B[Secondary]\nA -->|3. Return Write Error| C",
        Fault::Refused,
        4,
        "At step 3 the picture says that Primary answers “Return Write Error”. Nothing is cut. 2 of 2 nodes have accepted \
         it and 2 are enough: the write is done. Draw the arrow to Secondary dotted to cut the link.",
    ),
    (
        "AP System",
        "C1[Client 1] -->|1. Write 'v1'| A[Node A]\nC2[Client 2] -->|1. Write 'v2'| B[Node B]\nA -->|2. 200 OK| C1\n\
         B -->|2. 200 OK| C2\nA -->|3. Replicate| B",
        Fault::NothingCut,
        3,
        "At step 3 the picture draws “Replicate” as arriving. So it does, and nothing diverges: in the end all nodes hold \
         `v2`, the later of the writes. Draw the link between Node A and Node B dotted to cut it.",
    ),
    (
        "AP System",
        "C1[Client 1] -->|1. Write 'v1'| A[Node A]\nA -.->|cut| B[Node B]\nA -->|2. Write Error| C1",
        Fault::Refused,
        2,
        "At step 2 the picture says that Node A answers “Write Error”. It answers from what it has and waits for nobody: \
         the write is done.",
    ),
    (
        "AP System",
        "C1[Client 1] -->|1. Write 'v1'| A[Node A]\nC2[Client 2] -->|1. Write 'v2'| B[Node B]\nA -->|2. 200 OK| C1\n\
         A -.-> B",
        Fault::NoAnswer,
        2,
        "At step 1 the picture has Client 2 ask Node B “Write 'v2'”, and shows no answer. Node B tells it that the write \
         is done: draw an arrow from Node B to Client 2.",
    ),
    (
        "CP System",
        "C[Client] -->|1. Write| A[Leader]\nA -.->|2. Replicate| B[Follower]\nC -->|3. Return Write Error| A",
        Fault::WrongWay,
        3,
        "At step 3 the picture has an arrow from Client to Leader, and “Return Write Error” is what a node answers. Turn \
         the arrow round.",
    ),
    (
        "CP System",
        "A[Leader] -->|1. Write 'v1'| C[Client]\nA -.->|2. Replicate| B[Follower]\nA -->|3. Return Write Error| C",
        Fault::WrongWay,
        1,
        "At step 1 the picture has an arrow from Leader to Client, and “Write 'v1'” is what a client asks. Turn the arrow \
         round.",
    ),
    (
        "CP System",
        "C[Client] -->|1. Write| A[Leader]\nB[Follower] -.->|2. Replicate| A\nA -->|3. Return Write Error| C",
        Fault::WrongWay,
        2,
        "At step 2 the picture says that Follower sends “Replicate” to Leader. It is Leader that sends it, to Follower. \
         Turn the arrow round.",
    ),
    (
        "CP System",
        "C[Client] -->|1. Write| A[Leader]\nA -.->|2. Replicate| B[Follower]\nA -->|3. Error| C\nB -->|4. Error| C",
        Fault::Unasked,
        3,
        "At step 4 the picture says that Follower answers Client “Error”. Client has asked Leader, not Follower: nobody \
         waits for it, and it is never sent.",
    ),
    (
        "CP System",
        "C[Client] -->|1. Write| A[Leader]\nA -->|2. Error| C\nA -.->|3. Replicate| B[Follower]",
        Fault::OutOfOrder,
        3,
        "At step 2 the picture has “Error” before “Replicate”, which is step 3. Leader cannot answer before it has asked \
         the others.",
    ),
    (
        "CP System",
        "C[Client] -->|1. Write| A[Leader]\nA -.->|2. Replicate| B[Follower]\nB -->|3. Ack| A\nA -->|4. Error| C",
        Fault::Crosses,
        3,
        "At step 3 the picture says that Follower sends “Ack” to Leader. The link between them is cut, so nothing passes. \
         Leave it out, or draw it dotted.",
    ),
    (
        "AP System",
        "C[Client] -->|1. Write| A[Node A]\nA -->|2. OK| C\nB[Node B] -->|3. Replicate| A",
        Fault::NeverSent,
        4,
        "At step 3 the picture says that Node B sends “Replicate” to Node A. Node B has accepted no write by then, so it \
         has nothing to send.",
    ),
    (
        "AP System",
        "C[Client] -->|1. Write 'v1'| A[Node A]\nA -->|2. OK| C\nA -.-> B[Node B]\nC -->|3. Read| B\nB -->|4. v1| C",
        Fault::OtherValue,
        4,
        "At step 4 the picture says that Node B answers “v1”. Node B answers with what it holds, `v0`: no copy of another \
         value has reached it.",
    ),
    (
        "AP System",
        "C[Client] -->|1. Write 'v1'| A[Node A]\nA -.->|2. OK| C\nA -.-> B[Node B]",
        Fault::DrawnLost,
        2,
        "At step 2 the picture draws “OK” as lost. Nothing is cut between a client and the node that it asks: it arrives. \
         Draw it solid.",
    ),
    (
        "AP System - Accept & Diverge",
        "C[Client] -->|1. Write 'v1'| A[Node A]\nA -->|2. OK| C\nA -->|3. Replicate| B[Node B]",
        Fault::NotDivergent,
        4,
        "The picture says “AP System - Accept & Diverge”. In the end all nodes hold `v1`: nothing has diverged.",
    ),
    (
        "CP System",
        "C[Client] -->|1. Write| A[Leader]\nA -.->|2. Replicate| B[Follower]\nA -->|3. Error| C\nC -->|4. hello| D[Client 2]",
        Fault::LeftOut,
        3,
        "At step 4 the picture, “hello”, joins two clients. Clients ask nodes here, not each other: it is left out of the \
         run.",
    ),
];

#[test]
fn what_looks_right_and_is_not_is_told_with_its_step_and_its_reason() {
    for (title, body, fault, scene, sentence) in WRONG {
        let enactment = run(title, body);
        let claims = &enactment.systems[0].claims;
        let told: Vec<_> = claims.iter().map(|claim| (claim.fault, claim.scene, claim.sentence.as_str())).collect();
        assert_eq!(told, [(*fault, *scene, *sentence)], "{body}");
        assert!(!enactment.holds());
        assert!(enactment.systems[0].conclusion.starts_with("The picture"), "{}", enactment.systems[0].conclusion);
        assert!(enactment.turning_points().contains(scene));
    }
}

/// Drawings that say it in other words, and are right.
const RIGHT: &[(&str, &str)] = &[
    (
        "CP System - prevents divergence",
        "C[Client] -->|1. Write| L[Leader]\nL -.->|2. Copy| F[Follower]\nL -->|3. Write Error, Quorum Loss| C",
    ),
    (
        "CP",
        "C[Client] -->|1. Write| L[Leader]\nL -.->|2. Copy| F[Follower]\nL -->|3. Error| C\nC -->|4. Write| L\nL -->|5. Error| C",
    ),
    ("CP", "U[User] -->|① PUT x=5| P[(Primary)]\nP -.-x|② sync| S[(Secondary)]\nP -->|③ 503 Service Unavailable| U"),
    (
        "Consistent but unavailable",
        "C[Client] -->|1) write| L[Leader]\nL -.->|2) replicate| F[Follower]\nL -->|3) abort| C",
    ),
    (
        "Your system",
        "C[Client] -->|Step 1: write| L[Leader]\nL -.->|Step 2: copy| F[Follower]\nL -->|Step 3: no quorum| C",
    ),
    (
        "CP",
        "C[Client] -->|1. Write| L[Leader]\nL -->|2. Propose| F[Follower]\nF -->|3. Ack| L\nL -->|4. 200 OK| C\nL -->|5. Commit| F",
    ),
    (
        "CP",
        "C[Client] -->|1. Write| L[Leader]\nL -->|2. Propose| F[Follower]\nF -.->|3. Ack lost| L\nL -->|4. Error| C",
    ),
    (
        "CP, 3 nodes",
        "C[Client] -->|1. Write| L[Leader]\nL -->|2. Copy| F[Node B]\nL -.->|2. Copy| G[Node C]\nF -->|3. Ack| L\nL -->|4. OK| C",
    ),
    (
        "CP",
        "C[Client] -->|1. Write v1| L[Leader]\nL -->|2. Copy| F[Follower]\nL -->|3. OK| C\nL -.->|4. Network cut| F\nC -->|5. Write v2| L\nL -->|6. Error| C",
    ),
    (
        "AP",
        "C1[Client 1] -->|1. Write v1| A[Node A]\nC2[Client 2] -->|2. Write v2| B[Node B]\nA -->|3. OK| C1\nB -->|4. OK| C2\nA x-.-x B\nD[Divergent State: split-brain]\nA -.- D\nB -.- D",
    ),
    ("AP", "C1[Client 1] <-->|1. Write v1| A[Node A]\nA -.->|2. Replicate| B[Node B]"),
    (
        "AP",
        "C1[Client 1] -->|1. Write v1| A[Node A]\nA -->|2. OK| C1\nA -.->|down| B[Node B]\nA -->|3. Link heals| B\nA -->|4. Replicate| B\nC1 -->|5. Read| B\nB -->|6. v1| C1",
    ),
    ("CP", "C[Client] -->|1. Read| F[Follower]\nL[Leader] -.- F\nF -->|2. Error| C"),
];

#[test]
fn what_is_right_in_other_words_is_what_happens() {
    for (title, body) in RIGHT {
        let enactment = run(title, body);
        assert!(enactment.missing.is_empty(), "{body}: {:?}", enactment.missing);
        assert!(enactment.holds(), "{body}: {:?}", enactment.systems[0].claims);
    }
}

#[test]
fn regions_as_frames_and_no_frames_at_all_are_one_system() {
    let regions = "graph TD\nsubgraph Virginia\nC1[Client 1] -->|1. Write| A[Node A]\nA -->|2. OK| C1\nend\n\
                   subgraph Ireland\nC2[Client 2] -->|1. Write| B[Node B]\nB -->|2. OK| C2\nend\nVirginia -.-> Ireland";
    let bare = "graph TD\nC1[Client 1] -->|1. Write| A[Node A]\nA -->|2. OK| C1\nC2[Client 2] -->|1. Write| B[Node B]\n\
                B -->|2. OK| C2\nA -.-> B";
    for text in [regions, bare] {
        let enactment = enact(&parsed(text));
        assert!(enactment.holds(), "{:?} {:?}", enactment.missing, enactment.systems);
        assert_eq!(enactment.systems.len(), 1);
        assert_eq!(enactment.systems[0].ending, Ending::Diverge(vec![v(1), v(2)]));
    }
}

#[test]
fn a_client_outside_the_frames_asks_in_both() {
    let enactment = enact(&parsed(
        "graph TD\nsubgraph CP\nA[Leader] -.->|2. Copy| B[Follower]\nend\nsubgraph AP\nX[Node X] -.-> Y[Node Y]\nend\n\
         C[Client] -->|1. Write| A\nA -->|3. Error| C\nC -->|1. Write| X\nX -->|2. OK| C\n",
    ));
    assert!(enactment.holds(), "{:?} {:?}", enactment.missing, enactment.systems);
    assert_eq!(enactment.systems.len(), 2);
}

#[test]
fn what_cannot_be_run_says_what_to_add() {
    for (text, words) in [
        ("", "Nothing is drawn yet. Add a client and two nodes"),
        ("graph TD\nsubgraph CP\nend", "Nothing is drawn yet."),
        ("graph TD\nA[Node A] -->|1. Copy| B[Node B]", "has no client"),
        (
            "graph TD\nC[Client] -->|1. Write| A[Node A]",
            "has one node, Node A. A partition lies between two: add another.",
        ),
        ("graph TD\nC[Client] --> A[Node A]\nA -.-> B[Node B]", "Nothing in Your drawing is numbered"),
        (
            "graph TD\nsubgraph S [CP]\nC[Client]\nA[Node A] -.->|1. x| B[Node B]\nend",
            "Nobody asks for anything in CP. Draw an arrow from a client to Node A",
        ),
        ("graph TD\nsubgraph S [CP]\nC[Client]\nend", "CP has no node. Add two"),
        ("graph TD\nR[Root] --> S[Leaf]", "has no client"),
        ("graph TD\nC[Client] -->|1. W| A\nA --- B & D & E & F & G & H & I", "has 8 nodes, and a run here takes 7."),
    ] {
        let enactment = enact(&parsed(text));
        assert!(enactment.systems.is_empty() && enactment.scenes.is_empty(), "{text}");
        assert!(enactment.missing.iter().any(|why| why.contains(words)), "{text}: {:?}", enactment.missing);
        assert!(!enactment.holds());
    }
    let half = enact(&parsed(
        "graph TD\nsubgraph CP\nC[Client] -->|1. Write| A[Leader]\nA -.->|2. Copy| B[Node]\nA -->|3. Error| C\nend\n\
         subgraph AP\nend",
    ));
    assert_eq!((half.systems.len(), half.missing.len()), (1, 1), "{:?}", half.missing);
}

#[test]
fn many_clients_and_requests_are_refused_kindly_and_many_nodes_run() {
    let clients = |count: usize| {
        let client = |at| format!("C{at}[Client {at}] -->|1. Write| A[Node A]\nA -->|2. OK| C{at}\n");
        (0..count).map(client).collect::<Vec<_>>().concat()
    };
    assert!(run("AP", &format!("{}A -.-> B[Node B]", clients(9))).holds());
    let more = run("AP", &format!("{}A -.-> B[Node B]", clients(10)));
    assert!(more.missing[0].contains("more than 9 clients"), "{:?}", more.missing);
    let requests = (1..=21).map(|at| format!("C -->|{at}. Write| A\n")).collect::<Vec<_>>().concat();
    let many = run("AP", &format!("C[Client]\nA[Node A] -.-> B[Node B]\n{requests}"));
    assert!(many.missing[0].contains("21 requests"), "{:?}", many.missing);
    let seven = run("CP", "C[Client] -->|1. Write| A[Leader]\nA -->|2. Copy| B & D & E & F & G & H\nA -->|3. OK| C");
    assert!(seven.holds(), "{:?} {:?}", seven.missing, seven.systems[0].claims);
    assert!(seven.words(3).contains("So it goes at D, E, F, G and H."), "{}", seven.words(3));
}

#[test]
fn the_words_call_everybody_what_the_picture_calls_them() {
    let enactment = run(
        "CP",
        "S[User Ann] -->|1. Write 'apple'| V[Virginia]\nclient9[Till] -->|1. Write| V\nV -.-> I[Ireland]\nV -->|2. Error| S\n\
         V -->|2. Error| client9",
    );
    let system = &enactment.systems[0];
    assert_eq!(system.cast.nodes, ["Virginia", "Ireland"]);
    assert_eq!(system.cast.clients, ["User Ann", "Till"]);
    assert_eq!(system.remarks, ["In the run “apple” is called `v1`."]);
    for scene in 0..=enactment.end() {
        let words = enactment.words(scene);
        assert!(!words.contains("Node A") && !words.contains("Client 1"), "{words}");
    }
}

#[test]
fn a_run_is_told_as_a_sequence_diagram_with_its_cut_its_losses_and_its_verdicts() {
    let scenario = scenarios::challenge_cp();
    let trace = Run::of(scenario.clone()).replay().expect("it is built in");
    assert_eq!(
        sequence(&[(&scenario, &trace)]),
        "sequenceDiagram\n    \
         actor C1 as Client 1\n    \
         participant NA as Node A\n    \
         participant NB as Node B\n    \
         Note over C1,NB: CP System #45; Quorum Loss Rejection\n    \
         Note over NA,NB: The link is cut\n    \
         C1->>NA: write v1\n    \
         NA-xNB: accept v1?\n    \
         NA-->>C1: error (quorum loss)\n    \
         Note over C1,NB: In the end#58; Node A holds v0, Node B holds v0\n    \
         Note over C1,NB: Consistency#58; holds. One order of the operations, true to<br/>real time, explains every answer.\n    \
         Note over C1,NB: Availability#58; violated. Node A has not failed, yet it<br/>refused Client 1.\n"
    );
}

fn check(diagram: &Diagram) {
    let enactment = enact(diagram);
    assert_eq!(enact(diagram), enactment, "the same drawing is the same run");
    assert_eq!(enactment.scenes.is_empty(), enactment.systems.is_empty());
    assert!(!enactment.systems.is_empty() || !enactment.missing.is_empty());
    for (at, system) in enactment.systems.iter().enumerate() {
        let mut before = 0;
        for scene in &enactment.scenes {
            let act = &scene.acts[at];
            assert!(act.step >= before, "time does not run backwards");
            before = act.step;
            assert_eq!(act.values.len(), system.nodes.len());
            for flight in &act.flights {
                let Some(edge) = flight.edge.map(|edge| &diagram.edges[edge]) else { continue };
                let (start, end) =
                    if flight.way == Way::Along { (flight.from, flight.to) } else { (flight.to, flight.from) };
                for (id, party) in [(&edge.from, start), (&edge.to, end)] {
                    let box_of_another = diagram.node(id).is_some()
                        && system.id(party) != Some(id)
                        && (system.nodes.contains(id) || system.clients.contains(id));
                    assert!(!box_of_another, "{} travels another's edge {edge:?}", flight.words);
                }
            }
        }
        assert_eq!(before, system.told.trace().steps(), "all is shown");
        assert_eq!(system.told.rows.len(), before as usize + 1);
        assert!(system.claims.iter().all(|claim| claim.scene <= enactment.end() && claim.sentence.ends_with('.')));
        assert!(system.claims.windows(2).all(|pair| pair[0].scene <= pair[1].scene));
    }
}

fn line() -> impl Strategy<Value = String> {
    let party = prop::sample::select(vec![
        "C1[Client 1]",
        "C2[User]",
        "A[Node A - Leader]",
        "B[Node B]",
        "D[Node C]",
        "N[Divergent State]",
        "P[Partition]",
        "S",
        "T",
    ]);
    let arrow = prop::sample::select(vec!["-->", "-.->", "--x", "---", "<-->", "-.-", "==>", "~~~", "o--o"]);
    let label = prop::sample::select(vec![
        "",
        "|1. Write 'v1'|",
        "|1. Write|",
        "|2. Replicate|",
        "|2. HTTP 200 OK|",
        "|3. Error|",
        "|3. Read|",
        "|4. v0|",
        "|4. Ack|",
        "|5. Link heals|",
        "|2.1 Commit|",
        "|3. Network partition|",
        "|Replicate|",
        "|99. Write 'x'|",
        "|0. OK|",
    ]);
    let edge = (party.clone(), arrow, label, party).prop_map(|(a, arrow, label, b)| format!("{a} {arrow}{label} {b}"));
    let frame = prop::sample::select(vec![
        "subgraph S [CP System]",
        "subgraph T [AP - Diverge]",
        "subgraph U",
        "end",
        "A & B -.-> D",
    ]);
    prop_oneof![6 => edge, 1 => frame.prop_map(str::to_owned), 1 => "[ -~]{0,30}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_drawn_is_run_or_refused_and_the_same_every_time(lines in prop::collection::vec(line(), 0..16)) {
        check(&parsed(&format!("graph TD\n{}", lines.join("\n"))));
    }

    #[test]
    fn no_text_makes_a_panic(text in "\\PC{0,200}") {
        check(&parsed(&text));
    }
}

#[test]
fn a_title_that_says_what_the_system_does_not_do_claims_nothing() {
    let text = include_str!("golden/answers/left-to-right.mmd");
    let enactment = enact(&mermaid::parse(text).0);
    let claims: Vec<&str> =
        enactment.systems.iter().flat_map(|system| &system.claims).map(|claim| claim.sentence.as_str()).collect();
    assert!(claims.is_empty(), "{claims:?}");
}
