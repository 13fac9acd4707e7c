//! Small numbers in few bytes: seven bits of a number in each byte, the eighth says whether more follow.

/// Writes a number.
pub(super) fn put(into: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        into.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    into.push(number.to_le_bytes()[0]);
}

/// Reads a number and moves on.
pub(super) fn get(from: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
        if shift > 28 {
            return None;
        }
    }
}
