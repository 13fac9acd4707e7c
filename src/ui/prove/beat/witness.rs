//! The third node as witness: a picture of who can talk to whom. There are no rules to choose, so none are shown.

use yew::prelude::*;

/// The picture, and what the nodes do.
pub fn witness() -> Html {
    let node = |x: i32, y: i32, name: &'static str| {
        html! {
            <g class="witness-node">
                <rect x={(x - 42).to_string()} y={(y - 20).to_string()} width="84" height="40" rx="10" />
                <text x={x.to_string()} y={(y + 5).to_string()}>{ name }</text>
            </g>
        }
    };
    html! {
        <div class="witness">
            <svg viewBox="0 0 320 176" role="img" aria-label="Node A is cut off from Node B and Node C. Node B and Node C can talk to each other: two of three.">
                <path class="cut-link" d="M98 80L220 44M98 98L220 134" />
                <path class="live-link" d="M262 58V120" />
                <path class="witness-tear" d="M152 18l-8 22 14 18-16 22 16 20-14 22 10 22" />
                { node(56, 88, "Node A") }{ node(262, 38, "Node B") }{ node(262, 140, "Node C") }
                <text class="note" x="152" y="12">{ "cut" }</text>
            </svg>
            <p class="reads-back">{ "For each request the node that got it asks all three and waits for two, itself included. Node C has no clients, but holds a copy like the others. There are no rules to choose here." }</p>
        </div>
    }
}
