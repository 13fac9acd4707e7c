//! The envelope: version, sizes, the packed content, and a checksum over all of that.
//!
//! ```text
//! version │ size unpacked │ size packed │ packed … │ CRC-32
//!  1 byte │  1 to 5 bytes │1 to 5 bytes │          │ 4 bytes, lowest first
//! ```
//!
//! This shape is the same in all versions. A CRC-32 notices every change within 32 neighbouring bits, so every change of
//! up to five letters in a row, and misses one of four thousand million others. It is no protection from somebody who
//! means harm: what is inside is read with care all the same.

use lz4_flex::block;

use super::{Problem, VERSION, words};

/// The most that a link may unpack to, in bytes.
const LARGEST: u32 = 512 * 1024;

/// Packs a content.
pub fn seal(content: &[u8]) -> Vec<u8> {
    let packed = block::compress_with_dict(content, words::KNOWN.as_bytes());
    let mut bytes = vec![VERSION];
    push_number(&mut bytes, length(content));
    push_number(&mut bytes, length(&packed));
    bytes.extend_from_slice(&packed);
    with_checksum(&bytes)
}

/// The bytes and their checksum.
pub fn with_checksum(bytes: &[u8]) -> Vec<u8> {
    [bytes, crc32(bytes).to_le_bytes().as_slice()].concat()
}

/// Unpacks a content. Memory is taken only for what passes as one of ours, and no more than the most a link may hold.
pub fn open(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut rest = bytes;
    let mut take_header = || Some((take_byte(&mut rest)?, take_number(&mut rest)?, take_number(&mut rest)?));
    let (version, unpacked, packed) = take_header().ok_or(Problem::CutOff)?;
    let Some((sealed, sum)) = bytes.split_last_chunk() else { return Err(Problem::CutOff) };
    let content = rest.len().checked_sub(sum.len()).map(|length| &rest[..length]).unwrap_or_default();
    if content.len() < packed as usize {
        return Err(Problem::CutOff);
    }
    if content.len() > packed as usize || crc32(sealed) != u32::from_le_bytes(*sum) || version == 0 {
        return Err(Problem::Damaged);
    }
    if version > VERSION {
        return Err(Problem::Newer);
    }
    if unpacked > LARGEST {
        return Err(Problem::TooLarge);
    }
    let mut content_out = vec![0; unpacked as usize];
    match block::decompress_into_with_dict(content, &mut content_out, words::KNOWN.as_bytes()) {
        Ok(written) if written == content_out.len() => Ok(content_out),
        _ => Err(Problem::Damaged),
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// Writes a number in groups of seven bits, the lowest first (LEB128).
pub fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    loop {
        let [group, ..] = (number & 0x7f).to_le_bytes();
        number >>= 7;
        if number == 0 {
            return bytes.push(group);
        }
        bytes.push(group | 0x80);
    }
}

/// Reads what [`push_number`] wrote; `None` if it breaks off or is larger than 32 bits.
pub fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for group in 0..5 {
        let byte = take_byte(bytes)?;
        let bits = u32::from(byte & 0x7f);
        number |= bits.checked_mul(1 << (7 * group)).filter(|_| group < 4 || bits < 16)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn take_byte(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}

/// The checksum of Ethernet and ZIP, bit by bit: a link is short, and a table would be longer than this.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| sum >> 1 ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1));
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn numbers_of_every_length_come_back() {
        for number in [0, 1, 127, 128, 16_383, 16_384, 1 << 28, u32::MAX] {
            let mut bytes = Vec::new();
            push_number(&mut bytes, number);
            assert_eq!(take_number(&mut bytes.as_slice()), Some(number));
            bytes.pop();
            assert_eq!(take_number(&mut bytes.as_slice()), None);
        }
        assert_eq!(take_number(&mut [0xff, 0xff, 0xff, 0xff, 0x10].as_slice()), None, "more than 32 bits");
    }
}
