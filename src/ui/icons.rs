//! Icons, drawn on a 24 × 24 grid in the colour of the text around them.

use yew::prelude::*;

/// An icon by its path.
fn icon(path: &'static str) -> Html {
    html! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg> }
}

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)*) => {
        $($(#[$doc])* pub fn $name() -> Html { icon($path) })*
    };
}

icons! {
    /// Select.
    pointer = "M5 3l6 16 2.2-6.8L20 10z";
    /// A client.
    client = "M7 8h10a4 4 0 0 1 0 8H7a4 4 0 0 1 0-8z";
    /// A node.
    node = "M6 5.5h12a2.5 2.5 0 0 1 2.5 2.5v8a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 16V8A2.5 2.5 0 0 1 6 5.5zM7 10h6M7 14h4";
    /// A message.
    message = "M4 18L19 6M19 6l-6 1M19 6l-1.4 6";
    /// A lost message.
    lost = "M4 18.5l3-2.4M17.5 7.6L20 5.5M9.5 8.5l6 7M15.5 8.5l-6 7";
    /// Undo.
    undo = "M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6";
    /// Redo.
    redo = "M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6";
    /// Delete.
    bin = "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 11v5M13.5 11v5";
    /// To the start.
    to_start = "M6 5v14M18 6l-8 6 8 6z";
    /// Back.
    back = "M15 6l-7 6 7 6";
    /// Forward.
    forward = "M9 6l7 6-7 6";
    /// To the end.
    to_end = "M18 5v14M6 6l8 6-8 6z";
    /// Play.
    play = "M8 5l11 7-11 7z";
    /// Pause.
    pause = "M8 5v14M16 5v14";
    /// Copy.
    copy = "M9 9h10v11H9zM5 15V4h10";
    /// Download.
    download = "M12 4v11M7 11l5 5 5-5M5 20h14";
    /// Holds.
    check = "M5 13l4.5 4.5L19 7";
    /// Violated.
    cross = "M6 6l12 12M18 6L6 18";
    /// Not decided.
    dots = "M6 12h.01M12 12h.01M18 12h.01";
    /// Turn round.
    swap = "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4";
    /// Earlier.
    up = "M12 19V5M6 11l6-6 6 6";
    /// Later.
    down = "M12 5v14M6 13l6 6 6-6";
    /// The theme.
    theme = "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16";
    /// Heal.
    heal = "M9.5 14.5l5-5M8 11l-2.2 2.2a3.5 3.5 0 0 0 5 5L13 16M16 13l2.2-2.2a3.5 3.5 0 0 0-5-5L11 8";
    /// Cut.
    cut = "M13 3l-2 7 4 4-2 7M5 12h2M17 12h2";
    /// More.
    plus = "M12 6v12M6 12h12";
    /// Less.
    minus = "M6 12h12";
    /// Not yet.
    ring = "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14z";
    /// A system.
    system = "M4 5h16v14H4zM4 9.5h16";
    /// It opens downwards.
    chevron = "M7 10l5 5 5-5";
    /// Share.
    share = "M12 15V4M8 8l4-4 4 4M6 12v8h12v-8";
    /// Import.
    import = "M12 16V5M7 9l5-5 5 5M5 20h14";
}

/// The mark of the lab: two nodes and a tear between them.
pub fn brand() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 26 26" aria-hidden="true">
            <circle class="mark-c" cx="6.5" cy="13" r="4.5" /><circle class="mark-a" cx="19.5" cy="13" r="4.5" />
            <path class="mark-p" d="M13 3l-2 7 4 4-2 9" />
        </svg>
    }
}
