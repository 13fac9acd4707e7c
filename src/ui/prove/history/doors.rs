//! Files may be dropped anywhere on the page, also where there is nothing else.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DragEvent, File};
use yew::prelude::*;

use crate::ui::browser;

/// What the doors do.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// A file is held over the page, or no longer.
    pub on_hold: Callback<bool>,
    /// A file has been dropped.
    pub on_file: Callback<File>,
}

/// Listens on the window, and shows nothing.
#[component]
pub fn Doors(props: &Props) -> Html {
    use_effect_with(props.clone(), |props| {
        let Props { on_hold, on_file } = props.clone();
        let listener = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
            let files =
                event.data_transfer().and_then(|data| data.types().includes(&"Files".into(), 0).then_some(data));
            let Some(data) = files else { return };
            event.prevent_default();
            match event.type_().as_str() {
                "drop" => {
                    on_hold.emit(false);
                    if let Some(file) = data.files().and_then(|files| files.get(0)) {
                        on_file.emit(file);
                    }
                }
                "dragleave" => {
                    if event.related_target().is_none() {
                        on_hold.emit(false);
                    }
                }
                _ => on_hold.emit(true),
            }
        });
        let window = browser::window();
        let kinds = ["dragenter", "dragover", "dragleave", "drop"];
        if let Some(window) = &window {
            for kind in kinds {
                let _ = window.add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
            }
        }
        move || {
            if let Some(window) = window {
                for kind in kinds {
                    let _ = window.remove_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
                }
            }
        }
    });
    Html::default()
}
