//! Undo and redo: the states of a document, none of which is ever edited. What belongs together (typing a label,
//! dragging a node) carries the same key and is undone as one.

/// A present with its past and its undone future.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    past: Vec<T>,
    present: T,
    future: Vec<T>,
    key: Option<String>,
}

/// How many states are kept.
const DEPTH: usize = 500;

impl<T: Clone + PartialEq> History<T> {
    /// A history that begins here.
    pub fn new(present: T) -> Self {
        Self { past: Vec::new(), present, future: Vec::new(), key: None }
    }

    /// The state one sees.
    pub fn present(&self) -> &T {
        &self.present
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Goes on to a new state. With the key of the step before, it becomes part of that step; a state that equals the
    /// present is no step.
    pub fn go_on(&mut self, state: T, key: Option<String>) {
        if state == self.present {
            return;
        }
        let continues = key.is_some() && key == self.key && self.can_undo();
        let before = std::mem::replace(&mut self.present, state);
        if !continues {
            self.past.push(before);
            if self.past.len() > DEPTH {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.key = key;
    }

    /// Changes the present without making a step: for what is not part of the document's content.
    pub fn amend(&mut self, state: T) {
        self.present = state;
    }

    /// Takes the current step back if it has that key, as if it had never been made.
    pub fn abandon(&mut self, key: &str) {
        if self.key.as_deref() == Some(key)
            && let Some(before) = self.past.pop()
        {
            self.present = before;
            self.key = None;
        }
    }

    /// Ends the current step: what follows is a step of its own, whatever its key.
    pub fn seal(&mut self) {
        self.key = None;
    }

    /// Steps back.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.present, before));
            self.key = None;
        }
    }

    /// Steps forward again.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.present, after));
            self.key = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_with_one_key_is_one_step() {
        let mut history = History::new("");
        for text in ["a", "ab", "abc"] {
            history.go_on(text, Some("label of Client1".to_owned()));
        }
        history.undo();
        assert_eq!(*history.present(), "");
        history.redo();
        assert_eq!(*history.present(), "abc");
    }

    #[test]
    fn another_key_is_another_step() {
        let mut history = History::new(0);
        history.go_on(1, Some("x".to_owned()));
        history.go_on(2, Some("y".to_owned()));
        history.undo();
        assert_eq!(*history.present(), 1);
    }

    #[test]
    fn going_on_from_the_past_forgets_the_undone_future() {
        let mut history = History::new(0);
        history.go_on(1, None);
        history.undo();
        history.go_on(2, None);
        assert!(!history.can_redo());
    }

    #[test]
    fn an_abandoned_step_leaves_no_trace_and_another_key_abandons_nothing() {
        let mut history = History::new("kept");
        history.go_on("typed", Some("label".to_owned()));
        history.abandon("drag");
        assert_eq!(*history.present(), "typed");
        history.abandon("label");
        assert_eq!((*history.present(), history.can_undo(), history.can_redo()), ("kept", false, false));
    }

    #[test]
    fn an_equal_state_is_no_step() {
        let mut history = History::new(0);
        history.go_on(0, None);
        assert!(!history.can_undo());
    }
}
