//! Where histories come from: a file, which is read piece by piece, one of the examples, or a text.

use std::rc::Weak;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Response};
use yew::Callback;

use super::scale::whole;
use crate::course::etcd::Example;
use crate::ui::browser;

/// How many bytes of a file are read at a time: well under a millisecond of work.
const PIECE: f64 = 262_144.0;

/// The largest file that is opened, in bytes: some ten million operations, for which a browser has the memory.
const LARGEST: f64 = 512e6;

/// The length of a file that is to be opened, in bytes; 0, if it is larger than any that is opened.
pub fn length(file: &File) -> usize {
    if file.size() > LARGEST { 0 } else { whole(file.size()) }
}

/// What comes of a source.
pub enum Piece {
    /// The next bytes.
    Bytes(Vec<u8>),
    /// That was all.
    End,
    /// Why there is no more, in a sentence.
    Lost(String),
}

/// Reads a file, piece by piece, as long as somebody keeps what says that it is wanted.
pub fn file(file: File, wanted: Weak<u32>, on_piece: Callback<Piece>) {
    wasm_bindgen_futures::spawn_local(async move {
        let (name, size) = (file.name(), file.size());
        if size > LARGEST {
            on_piece.emit(Piece::Lost(format!(
                "{name} is larger than 512 MB, which is more than a page can hold. `partition-lab check` has no such bound."
            )));
            return;
        }
        let mut at = 0.0;
        while at < size {
            let piece = file.slice_with_f64_and_f64(at, (at + PIECE).min(size)).ok();
            let bytes = match piece {
                Some(piece) => JsFuture::from(piece.array_buffer()).await.ok(),
                None => None,
            };
            let Some(bytes) = bytes else {
                let why = format!("The browser could not read {name}. Is it still there? Then drop it once more.");
                on_piece.emit(Piece::Lost(why));
                return;
            };
            if wanted.strong_count() == 0 {
                return;
            }
            on_piece.emit(Piece::Bytes(Uint8Array::new(&bytes).to_vec()));
            at += PIECE;
        }
        on_piece.emit(Piece::End);
    });
}

/// Fetches an example, which lies beside the page.
pub fn example(example: &'static Example, on_piece: Callback<Piece>) {
    wasm_bindgen_futures::spawn_local(async move {
        match fetched(&format!("./histories/{}.log", example.name)).await {
            Some(bytes) => {
                on_piece.emit(Piece::Bytes(bytes));
                on_piece.emit(Piece::End);
            }
            None => on_piece.emit(Piece::Lost(
                "This history could not be fetched. See whether you are online, then try again.".to_owned(),
            )),
        }
    });
}

async fn fetched(address: &str) -> Option<Vec<u8>> {
    let answer = JsFuture::from(browser::window()?.fetch_with_str(address)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let bytes: ArrayBuffer = JsFuture::from(answer.array_buffer().ok()?).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}
