//! What a node keeps for each request that it has not finished.

use crate::sim::RequestId;

/// Something for each of some requests, in the order of the requests: equal states look equal, whatever came first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pending<T>(Vec<(RequestId, T)>);

impl<T> Pending<T> {
    /// Keeps this for the request; what was kept for it before is gone.
    pub fn insert(&mut self, request: RequestId, what: T) {
        match self.find(request) {
            Ok(at) => self.0[at].1 = what,
            Err(at) => self.0.insert(at, (request, what)),
        }
    }

    /// What is kept for the request.
    pub fn get(&self, request: RequestId) -> Option<&T> {
        self.find(request).ok().map(|at| &self.0[at].1)
    }

    /// What is kept for the request, to be changed.
    pub fn get_mut(&mut self, request: RequestId) -> Option<&mut T> {
        let at = self.find(request).ok()?;
        Some(&mut self.0[at].1)
    }

    /// Takes out what is kept for the request.
    pub fn take(&mut self, request: RequestId) -> Option<T> {
        let at = self.find(request).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn find(&self, request: RequestId) -> Result<usize, usize> {
        self.0.binary_search_by_key(&request, |&(kept, _)| kept)
    }
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_that_keep_the_same_are_equal_whatever_came_first() {
        let (mut one, mut other) = (Pending::default(), Pending::default());
        one.insert(RequestId(1), 'a');
        one.insert(RequestId(2), 'b');
        other.insert(RequestId(2), 'c');
        other.insert(RequestId(1), 'a');
        assert_ne!(one, other);
        other.insert(RequestId(2), 'b');
        assert_eq!(one, other);
        assert_eq!((one.take(RequestId(1)), one.take(RequestId(1))), (Some('a'), None));
        assert_eq!(one.get_mut(RequestId(2)), Some(&mut 'b'));
    }
}
