//! What holds of any text taken for a scenario.

use partition_lab::sim::protocol::Any;
use partition_lab::sim::{Trace, World, file};

/// How many steps a run is followed.
const STEPS: usize = 500;

/// It is refused at a place inside the text with a sentence, or it runs, and no event comes before its cause.
pub fn hold(text: &str) {
    match file::read(text) {
        Err(problem) => {
            assert!(problem.line >= 1 && problem.line <= text.matches('\n').count() + 1, "{problem}");
            assert!(problem.column >= 1 && problem.message.ends_with('.'), "{problem}");
        }
        Ok(run) => {
            let mut world = World::<Any>::start(&run.scenario, run.seed).expect("it was checked");
            let mut trace = Trace::default();
            for _ in 0..STEPS {
                if !world.step(&mut trace.events) {
                    break;
                }
            }
            assert!(trace.events.iter().all(|event| event.cause.is_none_or(|cause| cause < event.id)));
        }
    }
}
