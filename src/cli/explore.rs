//! `partition-lab explore MODEL`: every run of a protocol up to stated bounds.

use std::cell::RefCell;
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::rc::Rc;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::{print, say};
use crate::check::explore::two_phase::MOST_MANAGERS;
use crate::check::explore::{Bounds, Cluster, Model, Order, Progress, Reads, Search, Subject, TwoPhase, subjects};
use crate::check::{Budget, Consistency, History, Log, ModelName, Verdict, judge};
use crate::sim::Value;
use crate::sim::protocol::Any;

/// The model that is no cluster.
const TWO_PHASE: &str = "two-phase-commit";

/// States gone on from between two reports of progress.
const SLICE: usize = 100_000;

/// Arguments of `partition-lab explore`.
#[derive(Args)]
#[command(after_help = model_list())]
pub(super) struct Arguments {
    /// The model.
    #[arg(value_parser = models(), hide_possible_values = true)]
    model: String,
    /// The clients, 1 to 6. Each writes a value of its own and then reads.
    #[arg(long, default_value_t = 2)]
    clients: usize,
    /// The servers, 1 to 9 [default: 2; 3 for dynamo and raft]; the resource managers of two-phase-commit [default: 3].
    #[arg(long)]
    servers: Option<usize>,
    /// Where a client reads: at the server where it wrote, or at the next.
    #[arg(long, value_enum, default_value = "next")]
    reads: Where,
    /// How many messages may be lost.
    #[arg(long, default_value_t = 0)]
    losses: u8,
    /// How many messages may arrive twice.
    #[arg(long, default_value_t = 0)]
    duplicates: u8,
    /// How many times a server may crash; it may come up again at any time.
    #[arg(long, default_value_t = 0)]
    crashes: u8,
    /// How many timers may run out [default: 0; 1 for raft].
    #[arg(long)]
    timeouts: Option<u8>,
    /// What every run has to be.
    #[arg(long, value_parser = super::check::consistencies(), default_value = "linearizable")]
    consistency: Consistency,
    /// Take states for one that differ only by an exchange of clients that ask the same servers (such as all, of one server).
    #[arg(long)]
    symmetry: bool,
    /// Breadth first finds a shortest counter-example, depth first keeps fewer states in memory.
    #[arg(long, value_enum, default_value = "breadth")]
    order: Way,
    /// Stop after that many unique states.
    #[arg(long, value_name = "N", default_value_t = 50_000_000)]
    max_states: u64,
}

/// Where a client reads.
#[derive(Clone, Copy, ValueEnum)]
enum Where {
    /// Where it wrote.
    Same,
    /// At the next server.
    Next,
}

/// Which state is gone on from next.
#[derive(Clone, Copy, ValueEnum)]
enum Way {
    /// The one found first.
    Breadth,
    /// The one found last.
    Depth,
}

fn models() -> PossibleValuesParser {
    PossibleValuesParser::new(subjects().iter().map(|subject| subject.name).chain([TWO_PHASE]))
}

fn model_list() -> String {
    let line = |name: &str, about: &str| format!("  {name:<18}{about}\n");
    let lines: String = subjects().iter().map(|subject| line(subject.name, subject.about)).collect();
    format!(
        "Models:\n{lines}{}\n\
         Messages arrive in any order and at any time. Two runs that lead to the same state are one; states are told apart by\n\
         64 bits, so that among n of them n²/2⁶⁵ may be expected to be overlooked. docs/exploration.md says more.\n\n\
         Exit code: 0 if every run is what it has to be, 1 if one is not, 2 if the command line is wrong, 3 if the search was\n\
         stopped before it knew.",
        line(TWO_PHASE, "resource managers commit or abort together; clients and bounds mean nothing to it"),
    )
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let order = match arguments.order {
        Way::Breadth => Order::Breadth,
        Way::Depth => Order::Depth,
    };
    let found = match subjects().into_iter().find(|subject| subject.name == arguments.model) {
        Some(subject) => explore_cluster(arguments, &subject, order),
        None => explore_two_phase(arguments, order),
    };
    match found {
        Ok((text, code)) => match print(&text) {
            Ok(()) => ExitCode::from(code),
            Err(error) => {
                say(&format!("The result could not be printed: {error}."));
                ExitCode::from(2)
            }
        },
        Err(problem) => {
            say(&format!("{} cannot be explored like that: {problem}.", arguments.model));
            ExitCode::from(2)
        }
    }
}

fn explore_cluster(arguments: &Arguments, subject: &Subject, order: Order) -> Result<(String, u8), String> {
    let needs_three = matches!(subject.name, "dynamo" | "raft");
    let servers = arguments.servers.unwrap_or(if needs_three { 3 } else { 2 });
    if subject.name == "dynamo" && servers < 3 {
        return Err("it keeps 3 replicas, so give --servers 3 or more".to_owned());
    }
    let bounds = Bounds {
        losses: arguments.losses,
        duplicates: arguments.duplicates,
        crashes: arguments.crashes,
        timeouts: arguments.timeouts.unwrap_or(subject.timeouts),
    };
    let consistency = arguments.consistency;
    let unclear: Rc<RefCell<Option<String>>> = Rc::default();
    let notes = Rc::clone(&unclear);
    let promise = Box::new(move |history: &History| match verdict(history, consistency) {
        Verdict::Holds(_) => true,
        Verdict::Violated(_) => false,
        Verdict::Unknown(reason) => {
            notes.borrow_mut().get_or_insert(reason);
            true
        }
    });
    let reads = match arguments.reads {
        Where::Same => Reads::Same,
        Where::Next => Reads::Next,
    };
    let scripts = subject.scripts(arguments.clients, servers, reads);
    let cluster = Cluster::<Any>::new((servers, &subject.protocol), Value(0), scripts, bounds, promise)
        .map_err(|error| error.to_string())?;
    let cluster = if arguments.symmetry { cluster.with_symmetry() } else { cluster };
    let mut search = Search::new(cluster, order);
    let done = search_on(&mut search, arguments.max_states);
    let Bounds { losses, duplicates, crashes, timeouts } = bounds;
    let head = format!(
        "{}: {}\n{}, {}; at most {losses} messages lost, {duplicates} doubled; {}, {}\n",
        subject.name,
        subject.about,
        count(arguments.clients, "client"),
        count(servers, "server"),
        count(crashes, "crash"),
        count(timeouts, "timeout"),
    );
    let unclear = unclear.borrow().clone();
    let (mut text, code) = told(&mut search, &head, super::check::words(consistency), done, unclear);
    if code == 1
        && let Some(step) = search.counter_example().and_then(|mut path| path.pop())
        && let Verdict::Violated(reason) = verdict(&search.model().history(&step.after), consistency)
    {
        text = text + "because: " + &reason + "\n";
    }
    Ok((text, code))
}

fn explore_two_phase(arguments: &Arguments, order: Order) -> Result<(String, u8), String> {
    let managers = u32::try_from(arguments.servers.unwrap_or(3)).unwrap_or(u32::MAX);
    if !(1..=MOST_MANAGERS).contains(&managers) {
        return Err(format!("it has 1 to {MOST_MANAGERS} resource managers (--servers), not {managers}"));
    }
    let mut search = Search::new(TwoPhase::of(managers), order);
    let done = search_on(&mut search, arguments.max_states);
    let head = format!("{TWO_PHASE}: {managers} resource managers; messages may arrive again and again\n");
    Ok(told(&mut search, &head, ("consistent", "not consistent"), done, None))
}

/// The verdict on what the clients have seen, of the plainest model that knows their requests.
fn verdict(history: &History, consistency: Consistency) -> Verdict<String, String, String> {
    let log = Log::of(history);
    judge(&log, ModelName::of(&log).unwrap_or(ModelName::Register), consistency, Budget::default())
}

/// Searches until there is nothing left, a promise is broken, or there are too many states; whether it is done.
fn search_on<M: Model>(search: &mut Search<M>, most: u64) -> bool {
    let shows = io::stderr().is_terminal();
    let mut further = true;
    while further && search.progress().unique < most {
        further = search.run(SLICE);
        let Progress { unique, depth, waiting, .. } = search.progress();
        if shows && further {
            eprint!("\r{unique} unique states, depth {depth}, {waiting} to go on from …");
        }
    }
    if shows {
        eprint!("\r{:60}\r", "");
    }
    !further
}

fn told<M: Model>(
    search: &mut Search<M>,
    head: &str,
    (holds, broken): (&str, &str),
    done: bool,
    unclear: Option<String>,
) -> (String, u8) {
    let Progress { states, unique, depth, waiting, most_bytes, .. } = search.progress();
    let megabytes = most_bytes.div_ceil(1_000_000);
    let counts = format!("{states} states, {unique} unique, depth {depth}; at most {megabytes} MB of memory\n");
    match search.counter_example() {
        Some(path) => {
            let steps: Vec<String> = (1..)
                .zip(&path)
                .map(|(at, step): (usize, _)| {
                    format!(
                        "  {at}. {}
",
                        step.words
                    )
                })
                .collect();
            let steps = steps.concat();
            let length = count(path.len(), "step");
            (format!("{head}{counts}{broken}: a counter-example of {length}\n{steps}"), 1)
        }
        None if done && unclear.is_none() => (format!("{head}{counts}{holds}: every run within these bounds\n"), 0),
        None if unclear.is_some() => {
            let reason = unclear.unwrap_or_default();
            (format!("{head}{counts}unknown: what the clients saw in some run cannot be judged. {reason}\n"), 3)
        }
        None => {
            let rest = format!("unknown: stopped with {waiting} states still to go on from (--max-states)\n");
            (format!("{head}{counts}{rest}"), 3)
        }
    }
}

/// `1 client`, `2 clients`, `no crashes`.
fn count(number: impl Into<usize>, of: &str) -> String {
    let plural = if of.ends_with("sh") { "es" } else { "s" };
    match number.into() {
        0 => format!("no {of}{plural}"),
        1 => format!("1 {of}"),
        number => format!("{number} {of}{plural}"),
    }
}
