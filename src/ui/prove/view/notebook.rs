//! Notebooks side by side: what a node has seen in each execution, line by line, and between two of them whether it can
//! tell the lines apart. That is compared here, not claimed.

use yew::prelude::*;

use crate::course::local::Line;
use crate::ui::words::rich;

/// What is shown.
pub struct Props<'a> {
    /// Whose notebooks they are.
    pub caption: &'a str,
    /// What else there is to say about them.
    pub about: &'a str,
    /// What the executions are called.
    pub heads: &'a [&'a str],
    /// What was seen in each, up to now.
    pub views: &'a [Vec<Line>],
    /// What had been seen in each a moment ago: how many lines.
    pub before: &'a [usize],
    /// How many lines there will be.
    pub rows: usize,
}

/// The notebooks.
pub fn notebook(props: &Props) -> Html {
    let Props { caption, about, heads, views, before, rows } = *props;
    html! {
        <table class="notebook" style={format!("--books:{}", heads.len())}>
            <caption><b>{ caption }</b>{ " " }{ about }</caption>
            <thead><tr>
                { for heads.iter().enumerate().map(|(at, head)| html! {
                    <>
                        if at > 0 { <td class="same"></td> }
                        <th scope="col">{ *head }</th>
                    </>
                }) }
            </tr></thead>
            <tbody>{ for (0..rows).map(|row| html! { <tr key={row}>{ for views.iter().enumerate().map(|(at, view)| {
                let line = view.get(row);
                let fresh = line.is_some() && before.get(at).is_some_and(|&before| row >= before);
                html! {
                    <>
                        if at > 0 { { same(views[at - 1].get(row), line) } }
                        <td class={classes!(line.is_some().then_some("seen"), fresh.then_some("fresh"))}>{ for line.map(|line| rich(&line.words())) }</td>
                    </>
                }
            }) }</tr> }) }</tbody>
        </table>
    }
}

/// What has been written down since there were that many lines; `None` if nothing has.
pub fn news(view: &[Line], before: usize) -> Option<String> {
    let fresh: Vec<String> = view.get(before..).unwrap_or_default().iter().map(Line::words).collect();
    (!fresh.is_empty()).then(|| fresh.join(" "))
}

/// How many lines are the same in all of them, of how many that any has.
pub fn alike(views: &[Vec<Line>]) -> (usize, usize) {
    let most = views.iter().map(Vec::len).max().unwrap_or(0);
    let same = |row: usize| {
        views.windows(2).all(|pair| match (pair[0].get(row), pair[1].get(row)) {
            (Some(one), Some(other)) => one.is_as(other),
            _ => false,
        })
    };
    ((0..most).filter(|&row| same(row)).count(), most)
}

/// Whether two lines are the same to whoever wrote them.
fn same(one: Option<&Line>, other: Option<&Line>) -> Html {
    let (class, sign, words) = match (one, other) {
        (None, None) => ("", "", ""),
        (Some(one), Some(other)) if one.is_as(other) => ("equal", "=", "the same"),
        _ => ("unequal", "≠", "not the same"),
    };
    html! { <td class={classes!("same", class)}><span aria-hidden="true">{ sign }</span><span class="offstage">{ words }</span></td> }
}
