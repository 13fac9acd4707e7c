//! Reading a log in slices: the bytes of a file come piece by piece, and its lines are read a few at a time, so that a page
//! that reads a long log goes on answering. What is read, and what is said of it, is the same as all at once
//! ([`Form::read`]), to the letter.

use super::line::Line;
use super::{Form, Log, Problem, decode, jepsen, json_lines};

/// A log on its way from bytes to operations.
pub struct Slices {
    bytes: Vec<u8>,
    /// Where the next line begins.
    at: usize,
    /// Its number, from 1.
    number: u32,
    reader: Reader,
}

enum Reader {
    /// The form is not known before all bytes are there.
    Unknown,
    Jepsen(jepsen::Reader),
    JsonLines(json_lines::Reader),
}

impl Slices {
    /// A log of which nothing is there yet, of about that length in bytes.
    pub fn of_length(length: usize) -> Self {
        Self { bytes: Vec::with_capacity(length), at: 0, number: 1, reader: Reader::Unknown }
    }

    /// A log that is there as a whole.
    pub fn of_text(text: String) -> Self {
        Self { bytes: text.into_bytes(), at: 0, number: 1, reader: Reader::Unknown }
    }

    /// The next bytes of the file. All of them have to be there before its lines are read.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The bytes as text, if they are text.
    pub fn text(&self) -> Option<String> {
        std::str::from_utf8(&self.bytes).ok().map(str::to_owned)
    }

    /// How many bytes have been read, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.bytes.len())
    }

    /// How many lines have been read.
    pub fn lines(&self) -> u32 {
        self.number - 1
    }

    /// Reads on while there is work to be spent, one for each line; the log, once it is read.
    pub fn advance(&mut self, work: &mut usize) -> Option<Result<Log, Vec<Problem>>> {
        if matches!(self.reader, Reader::Unknown) {
            self.begin();
        }
        while self.at < self.bytes.len() {
            *work = work.checked_sub(1)?;
            match self.line() {
                Some(true) => {}
                Some(false) => {
                    let end = self.end();
                    return Some(decode(&self.bytes).map_err(|problem| vec![problem]).and(end));
                }
                None => return Some(Err(decode(&self.bytes).err().into_iter().collect())),
            }
        }
        Some(self.end())
    }

    fn begin(&mut self) {
        if self.bytes.starts_with("\u{feff}".as_bytes()) {
            self.at = 3;
        }
        let length = self.bytes.len();
        let first = self.bytes[self.at..].iter().find(|byte| !byte.is_ascii_whitespace());
        self.reader = if first == Some(&b'{') {
            Reader::JsonLines(json_lines::Reader::of_length(length))
        } else {
            Reader::Jepsen(jepsen::Reader::of_length(length))
        };
    }

    /// Reads the next line; whether to read on, or nothing if it is no text.
    fn line(&mut self) -> Option<bool> {
        let rest = &self.bytes[self.at..];
        let (length, ended) = match rest.iter().position(|&byte| byte == b'\n') {
            Some(length) => (length, true),
            None => (rest.len(), false),
        };
        let text = std::str::from_utf8(&rest[..length]).ok()?;
        let line = Line { number: self.number, text: text.strip_suffix('\r').unwrap_or(text), ended };
        let goes_on = match &mut self.reader {
            Reader::Jepsen(reader) => reader.line(&line),
            Reader::JsonLines(reader) => reader.line(&line),
            Reader::Unknown => true,
        };
        self.at += length + usize::from(ended);
        self.number = self.number.saturating_add(1);
        Some(goes_on)
    }

    fn end(&mut self) -> Result<Log, Vec<Problem>> {
        match std::mem::replace(&mut self.reader, Reader::Unknown) {
            Reader::JsonLines(reader) => reader.end(),
            Reader::Jepsen(reader) => reader.end(),
            Reader::Unknown => Form::Jepsen.read(""),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All at once, as the command line reads a file.
    fn whole(bytes: &[u8]) -> Result<Log, Vec<Problem>> {
        let text = decode(bytes).map_err(|problem| vec![problem])?;
        Form::guess(text).read(text)
    }

    fn sliced(bytes: &[u8], piece: usize) -> Result<Log, Vec<Problem>> {
        let mut slices = Slices::of_length(bytes.len());
        for piece in bytes.chunks(piece) {
            slices.push(piece);
        }
        loop {
            if let Some(read) = slices.advance(&mut piece.clone()) {
                return read;
            }
        }
    }

    /// Lines that are right, wrong and on the edge of both.
    const LINES: [&str; 14] = [
        "0 :invoke :read nil\n",
        "0 :ok :read 3\n",
        "1 :invoke :write 3\r\n",
        "1 :info :write :timed-out\n",
        "INFO jepsen.core - Ä\n",
        "\n",
        "what is this?\n",
        "0 :ok :read",
        "{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":1}\n",
        "{\"process\":0,\"type\":\"ok\",\"f\":\"write\"}\n",
        "{\"initial\":0}\n",
        "{\"process\":0}",
        "\u{feff}",
        " ",
    ];

    proptest! {
        #[test]
        fn a_log_read_in_slices_is_the_log_and_its_problems_are_the_same(
            lines in proptest::collection::vec(proptest::sample::select(LINES.to_vec()), 0..20), piece in 1..60_usize
        ) {
            let text = lines.concat();
            prop_assert_eq!(sliced(text.as_bytes(), piece), whole(text.as_bytes()));
        }

        #[test]
        fn any_bytes_are_refused_alike(bytes: Vec<u8>, piece in 1..9_usize) {
            prop_assert_eq!(sliced(&bytes, piece), whole(&bytes));
        }
    }

    #[test]
    fn a_text_of_nothing_but_mistakes_is_refused_alike_even_if_its_end_is_no_text() {
        let mut bytes = "0 :ok :read 3\n".repeat(1_200).into_bytes();
        assert_eq!(sliced(&bytes, 100), whole(&bytes));
        bytes.push(0xFF);
        assert_eq!(sliced(&bytes, 100), whole(&bytes));
    }
}
