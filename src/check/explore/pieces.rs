//! A list in pieces of one size: it grows by a piece, and nothing that is in it is ever moved. A vector that doubles would
//! now and then copy all that it has, and whoever searches in slices would see one slice take long.

/// How many things a piece holds: a power of two.
const PIECE: usize = 1 << 12;

/// The list.
pub(super) struct Pieces<T> {
    pieces: Vec<Vec<T>>,
}

impl<T> Pieces<T> {
    pub fn new() -> Self {
        Self { pieces: Vec::new() }
    }

    pub fn len(&self) -> usize {
        let last = self.pieces.last().map_or(0, Vec::len);
        self.pieces.len().saturating_sub(1) * PIECE + last
    }

    pub fn push(&mut self, thing: T) {
        match self.pieces.last_mut() {
            Some(last) if last.len() < PIECE => last.push(thing),
            _ => {
                // The first piece is often the only one, and small; the others are going to be full.
                let mut piece = Vec::with_capacity(if self.pieces.is_empty() { 4 } else { PIECE });
                piece.push(thing);
                self.pieces.push(piece);
            }
        }
    }

    pub fn get(&self, at: usize) -> Option<&T> {
        self.pieces.get(at / PIECE)?.get(at % PIECE)
    }

    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.pieces.get_mut(at / PIECE)?.get_mut(at % PIECE)
    }
}

impl<T> std::ops::Index<usize> for Pieces<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.pieces[at / PIECE][at % PIECE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_put_in_at_its_place() {
        let mut pieces = Pieces::new();
        for number in 0..3 * PIECE + 7 {
            assert_eq!(pieces.len(), number);
            pieces.push(number);
        }
        assert!((0..pieces.len()).all(|at| pieces[at] == at && pieces.get(at) == Some(&at)));
        assert_eq!(pieces.get(pieces.len()), None);
        *pieces.get_mut(PIECE).expect("it is there") = 0;
        assert_eq!(pieces[PIECE], 0);
    }
}
