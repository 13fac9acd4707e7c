//! Time travel: a cursor into the past, and branches. The past is never edited.
//!
//! ```text
//!  branch 0   1 ─ 2 ─ 3 ─ 4 ─ 5          stepping back moves the cursor
//!                     └─ branch 1  4'     acting at step 3 starts a branch; branch 0 stays as it was
//! ```

use std::marker::PhantomData;

use super::fault::ScenarioError;
use super::protocol::{Any, Replica};
use super::{Act, Action, Micros, Run, Trace};

/// A place in a timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The branch, 0 for the first.
    pub branch: usize,
    /// The step, 0 for the start.
    pub step: u32,
}

/// One line of history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// How it comes about.
    pub run: Run,
    /// What happens in it.
    pub trace: Trace,
    /// Where it left another branch.
    pub origin: Option<Cursor>,
}

/// Branches and a cursor. There is always at least one branch.
///
/// It knows the protocols of one kind of replica: [`Any`] unless one says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline<R = Any> {
    branches: Vec<Branch>,
    cursor: Cursor,
    knows: PhantomData<R>,
}

impl<R: Replica> Timeline<R> {
    /// The timeline of a run, with the cursor at the start.
    ///
    /// # Errors
    /// When the run names something that is not there.
    pub fn new(run: Run) -> Result<Self, ScenarioError> {
        let trace = run.replay_as::<R>()?;
        Ok(Self { branches: vec![Branch { run, trace, origin: None }], cursor: Cursor::default(), knows: PhantomData })
    }

    /// All branches, in the order in which they were started.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// Where one is.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The branch one is on.
    pub fn branch(&self) -> &Branch {
        &self.branches[self.cursor.branch]
    }

    /// Goes somewhere; a place that does not exist is taken to the nearest one that does.
    pub fn go(&mut self, to: Cursor) {
        let branch = to.branch.min(self.branches.len() - 1);
        self.cursor = Cursor { branch, step: to.step.min(self.branches[branch].trace.steps()) };
    }

    /// Does something at the cursor, not before that time; the cursor moves to the step that this makes. At the end of
    /// a branch the branch grows; in its past a new branch starts.
    ///
    /// # Errors
    /// When the action names something that is not there; nothing has changed then.
    pub fn act(&mut self, at: Micros, action: Action) -> Result<(), ScenarioError> {
        let Cursor { branch, step } = self.cursor;
        let here = &self.branches[branch];
        let mut run = here.run.clone();
        run.acts.retain(|act| act.after < step);
        run.acts.push(Act { after: step, at, action });
        let trace = run.replay_as::<R>()?;
        if step == here.trace.steps() {
            self.branches[branch] = Branch { run, trace, origin: here.origin };
            self.cursor.step = step + 1;
        } else {
            self.branches.push(Branch { run, trace, origin: Some(self.cursor) });
            self.cursor = Cursor { branch: self.branches.len() - 1, step: step + 1 };
        }
        Ok(())
    }
}
