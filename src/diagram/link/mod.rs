//! The link: what one sees as a text short enough for an address, and back.
//!
//! ```text
//! view ──tape──▶ numbers and words ──LZ4 with known words──▶ packed ──envelope──▶ bytes ──base64url──▶ AUUH…3Q
//! ```
//!
//! Nothing of it is sent anywhere: the link *is* the drawing. One description of the model (`document`) is used for
//! both directions, so that what is written is what is read. The envelope keeps its shape in all versions: a later
//! program can read the links of an earlier one, and an earlier one can say that a link is newer. Whatever a link holds,
//! reading it takes no more memory than a drawing of the largest size that a link can hold.

mod codes;
mod document;
mod envelope;
#[cfg(all(test, not(target_arch = "wasm32")))] // proptest is for the host
mod laws;
mod letters;
mod tape;
mod words;

use super::Document;
use tape::Tape;

/// The version of the links written today. Their known words and their order of fields never change; a new version has
/// its own.
pub const VERSION: u8 = 1;

/// The longest link that is written or read, in letters.
pub const LONGEST: usize = 64 * 1024;

/// What one sees.
#[derive(Clone, Debug, PartialEq)]
pub enum View {
    /// A drawing.
    Draw(Document),
    /// A drawing that is run.
    Run {
        /// The drawing.
        document: Document,
        /// The step of the run that one is at, from 0.
        step: u32,
    },
    /// The impossibility, as links held it before there were pages: read, and no longer written.
    Prove {
        /// The step that one is at, from 0.
        step: u32,
        /// The step after which the learner has healed the link.
        healed: Option<u32>,
    },
    /// A page of a room, as that page tells it.
    Page {
        /// The name of the page.
        page: String,
        /// How it is, as JSON.
        state: String,
    },
}

/// Why a link cannot be opened: a sentence for the person who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is shorter than it says it is.
    #[error(
        "A part of this link is missing. Copy the whole line, from its first letter to its last, or ask for the link again."
    )]
    CutOff,
    /// It is not as it was made.
    #[error(
        "This link is damaged: a letter is missing, changed or added. Copy the whole line again, or ask for a new link."
    )]
    Damaged,
    /// It is of a later version than this program.
    #[error(
        "This link was made by a newer Partition Lab. Reload this page to get the newer one, and open the link again."
    )]
    Newer,
    /// It is longer than any link we make.
    #[error(
        "This link is longer than any that Partition Lab makes, so it was not opened. Ask for the drawing as a file."
    )]
    TooLong,
    /// It holds more than a drawing that this program can show at once.
    #[error("The drawing in this link is larger than a link can hold, so it was not opened. Ask for it as a file.")]
    TooLarge,
}

/// A drawing that is too large for a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This drawing is too large for a link. Save it as a file instead.")]
pub struct TooLarge;

/// Writes a view as letters, digits, `-` and `_`.
///
/// What is selected in a drawing is no part of it.
///
/// # Errors
/// The drawing is too large.
pub fn encode(view: &View) -> Result<String, TooLarge> {
    let mut tape = Tape::blank();
    document::view(&mut tape, &mut view.clone());
    let code = letters::encode(&envelope::seal(&tape.written().ok_or(TooLarge)?));
    if code.len() > LONGEST { Err(TooLarge) } else { Ok(code) }
}

/// Reads a view. Blanks around the text do not matter.
///
/// # Errors
/// A sentence that says what is wrong with the text and what to do.
pub fn decode(code: &str) -> Result<View, Problem> {
    let code = code.trim();
    if code.len() > LONGEST {
        return Err(Problem::TooLong);
    }
    let bytes = letters::decode(code).ok_or(Problem::Damaged)?;
    let body = envelope::open(&bytes)?;
    // The last letter may have bits that no byte needs: a link in which they differ is not the one that was made.
    if letters::encode(&bytes) != code {
        return Err(Problem::Damaged);
    }
    let mut tape = Tape::of(&body).ok_or(Problem::Damaged)?;
    let mut view = View::Prove { step: 0, healed: None };
    document::view(&mut tape, &mut view);
    if tape.is_overfull() {
        return Err(Problem::TooLarge);
    }
    match view {
        _ if !tape.is_read_to_its_end() => Err(Problem::Damaged),
        View::Draw(document) => document.checked().map(View::Draw).map_err(|_| Problem::Damaged),
        View::Run { document, step } => {
            document.checked().map(|document| View::Run { document, step }).map_err(|_| Problem::Damaged)
        }
        View::Prove { .. } | View::Page { .. } => Ok(view),
    }
}
