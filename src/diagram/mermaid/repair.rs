//! Putting right what a diagnostic is about.
//!
//! A fix says *what* is missing or wrong (`]`, `end`, `-->`), in words made for people; *where* it goes depends on what
//! else stands there. So the likely places are tried in turn, and the first whose text reads better is taken: one
//! diagnostic fewer and, unless an error is mended, the same picture.

use std::ops::Range;

use super::{Diagnostic, Reading, print_portable, read};

/// The byte at which that line and column (both from 1, columns in characters) begins; the end of the line if it is
/// shorter.
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start..];
    let end = rest.find('\n').unwrap_or(rest.len());
    start + rest[..end].char_indices().nth(column.saturating_sub(1)).map_or(end, |(at, _)| at)
}

/// The text with what that diagnostic is about put right; `None` where it has no fix, or none that helps. The text has
/// plain line breaks and no byte order mark.
pub fn repaired(text: &str, diagnostic: &Diagnostic) -> Option<String> {
    let fix = diagnostic.fix.as_deref()?;
    let before = read(text);
    let from = offset(text, diagnostic.line, diagnostic.column);
    let to = offset(text, diagnostic.line, diagnostic.column + diagnostic.length);
    let candidates = candidates(text, from..to, fix).into_iter();
    let texts = candidates.map(|(span, put)| format!("{}{put}{}", &text[..span.start], &text[span.end..]));
    texts.filter(|after| after != text).find(|after| is_better(&before, &read(after), diagnostic))
}

fn is_better(before: &Reading, after: &Reading, diagnostic: &Diagnostic) -> bool {
    let fewer = after.diagnostics.len() < before.diagnostics.len();
    fewer && (diagnostic.is_error() || print_portable(&after.diagram) == print_portable(&before.diagram))
}

/// What may be put where, the likeliest first.
fn candidates(text: &str, span: Range<usize>, fix: &str) -> Vec<(Range<usize>, String)> {
    let put = |at: usize, fix: String| (at..at, fix);
    let mut found = vec![(span.clone(), fix.to_owned())];
    // A label between delimiters of one, two or three signs.
    for depth in 1..=3 {
        let inside = span.start + depth..span.end.saturating_sub(depth);
        if inside.start <= inside.end && text.is_char_boundary(inside.start) && text.is_char_boundary(inside.end) {
            found.push((inside, fix.to_owned()));
        }
    }
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let rest = &text[span.end..end];
    let arrow = [" -", " =", " <", " ~", " .", " |"].iter().filter_map(|sign| rest.find(sign)).min();
    let last_word = rest.trim_end().rfind(' ');
    for at in [arrow, last_word, Some(rest.trim_end().len())].into_iter().flatten().map(|at| span.end + at) {
        // An arrow is set off from the text before it.
        found.extend(fix.starts_with(['-', '=', '.']).then(|| put(at, format!(" {fix}"))));
        found.push(put(at, fix.to_owned()));
    }
    found.push(put(0, format!("{fix}\n")));
    found.push((text.trim_end().len()..text.len(), format!("\n{fix}\n")));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repair(text: &str) -> Option<String> {
        read(text).diagnostics.iter().find_map(|diagnostic| repaired(text, diagnostic))
    }

    #[test]
    fn a_fix_goes_where_it_helps() {
        for (wrong, right) in [
            ("graph TD\nA[One --> B\n", "graph TD\nA[One] --> B\n"),
            ("graph TD\nA[One] -->|x B\n", "graph TD\nA[One] -->|x| B\n"),
            ("graph TD\nA{{One\nB", "graph TD\nA{{One}}\nB"),
            ("graph TD\nA -> B", "graph TD\nA --> B"),
            ("graph TD\nA -- text B", "graph TD\nA -- text --> B"),
            ("graph TD\nA --> end", "graph TD\nA --> n_end"),
            ("graph TD\nsubgraph S\nA\n", "graph TD\nsubgraph S\nA\nend\n"),
            ("graph BR\nA", "graph TB\nA"),
            ("A --> B", "graph TD\nA --> B"),
            ("graph TD\nA@{ shape: cyl", "graph TD\nA@{ shape: cyl}"),
            ("graph TD\nA -->|2. (x)| B", "graph TD\nA -->|\"2#46; (x)\"| B"),
            ("graph TD\nA((a (b) c))", "graph TD\nA((\"a (b) c\"))"),
        ] {
            assert_eq!(repair(wrong).as_deref(), Some(right), "{wrong}");
        }
    }

    #[test]
    fn what_no_fix_helps_is_left_alone() {
        assert_eq!(repair("graph TD\nA --> \n"), None);
        assert_eq!(repair("graph TD\n"), None);
    }

    #[test]
    fn an_offset_counts_lines_and_characters() {
        assert_eq!(offset("a\nöb\n", 2, 2), 4);
        assert_eq!(offset("a\nöb\n", 2, 9), 5);
        assert_eq!(offset("a", 7, 1), 1);
    }
}
