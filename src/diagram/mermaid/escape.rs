//! How a label is written so that every Mermaid from 8.14 to 12.3 shows the same text.
//!
//! Each rule stands for a version that was seen to need it, measured in a real browser. Quotation marks close the
//! string; tags vanish; 11.4 reads labels as Markdown and refuses what looks like a list; 10 and later cut `%%{…}%%`
//! out and set `$$…$$` as formulas. A decimal entity `#NN;` shows as its character in all of them, so a rule may
//! escape too much but never too little.

/// The visible text, ready to stand between quotation marks.
pub(super) fn portable(visible: &str) -> String {
    if visible.trim().is_empty() {
        return " ".to_owned(); // All versions refuse "".
    }
    let all: Vec<char> = visible.chars().collect();
    let lines: Vec<String> = all.split(|c| *c == '\n').map(|line| escape_line(line, &all)).collect();
    lines.join("<br/>")
}

fn escape_line(line: &[char], label: &[char]) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let start = line.iter().take_while(|c| c.is_whitespace()).count();
    let opener = markdown_opener(&line[start..]).map(|at| start + at);
    for (at, c) in line.iter().enumerate() {
        let (before, rest) = (&line[..at], &line[at..]);
        if Some(at) == opener || is_escaped(*c, before, &rest[1..], label) {
            escaped.push_str(&entity(*c));
        } else {
            escaped.push(if c.is_whitespace() { ' ' } else { *c });
        }
    }
    escaped
}

fn entity(c: char) -> String {
    match c {
        '"' => "#quot;".to_owned(),
        '<' => "#lt;".to_owned(),
        '>' => "#gt;".to_owned(),
        '&' => "#amp;".to_owned(),
        c => format!("#{};", u32::from(c)),
    }
}

/// What 11.4 takes for a list, a heading, a quotation or a rule at the start of a line: where the sign that makes it
/// one stands.
fn markdown_opener(line: &[char]) -> Option<usize> {
    let blank = |at: usize| line.get(at).is_none_or(|c| c.is_whitespace());
    let digits = line.iter().take_while(|c| c.is_ascii_digit()).count();
    let hashes = line.iter().take_while(|c| **c == '#').count();
    match line.first()? {
        '-' if blank(1) || line[1] == '-' => Some(0),
        '+' if blank(1) => Some(0),
        '>' | '*' | '_' | '=' | '~' => Some(0),
        '#' if hashes <= 6 && blank(hashes) => Some(0),
        _ if (1..=9).contains(&digits) && matches!(line.get(digits), Some('.' | ')')) && blank(digits + 1) => Some(digits),
        _ => None,
    }
}

fn is_escaped(c: char, before: &[char], after: &[char], label: &[char]) -> bool {
    let next = after.first().copied();
    let last = before.last().copied();
    let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    match c {
        '"' | '<' | '`' | '\\' => true,
        '#' => entity_follows(after),
        '&' => solid(next),
        '>' => !matches!(last, Some('-' | '=' | ' ')),
        ':' => solid(next) || ends_with(before, "javascript"),
        '%' | '$' => next == Some(c),
        ']' => matches!(next, Some('(' | ':' | '[')),
        '.' => ends_with(before, "www"),
        '@' => solid(last) && solid(next),
        '=' => ends_with(before, "onerror"),
        '_' if last.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) => false,
        '*' | '_' | '~' => (solid(last) || solid(next)) && label.iter().filter(|other| **other == c).count() > 1,
        c if c.is_whitespace() => ends_with(before, "direction") && direction_follows(after),
        _ => false,
    }
}

/// `\w+;`, which makes an entity of a `#` before it.
fn entity_follows(after: &[char]) -> bool {
    let word = after.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '_').count();
    word > 0 && after.get(word) == Some(&';')
}

/// The word `direction` and one of these: every version takes the line for a statement, even inside a label.
fn direction_follows(after: &[char]) -> bool {
    let word: String = after.iter().skip_while(|c| c.is_whitespace()).take(2).collect();
    matches!(word.as_str(), "TB" | "TD" | "BT" | "LR" | "RL")
}

fn ends_with(before: &[char], word: &str) -> bool {
    let tail = &before[before.len().saturating_sub(word.len())..];
    tail.len() == word.len() && tail.iter().zip(word.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b))
}
