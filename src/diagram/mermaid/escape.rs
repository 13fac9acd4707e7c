//! How a label is written so that every Mermaid from 8.14 to 12.3 shows the same text.
//!
//! Each rule stands for a version that was seen to need it, measured in a real browser with 1,500 hostile labels as
//! node, edge and title in six versions. Quotation marks close the string; tags vanish; 11.4 reads labels as Markdown
//! and refuses what looks like a list; 10 and later cut `%%{…}%%` out and set `$$…$$` as formulas. A decimal entity
//! `#NN;` shows as its character in all of them.
//!
//! A line break is `<br/>`, with one exception: in a node's label that holds `<br/>`, Mermaid 9.4 and later decode the
//! entities before they look for Markdown. A label of several lines that needs such an entity (a *hard* one) is
//! broken by a line break of the text itself, which 8.14 shows as a blank.

/// The visible text, ready to stand between quotation marks.
pub(super) fn portable(visible: &str) -> String {
    if visible.trim().is_empty() {
        return " ".to_owned(); // All versions refuse "".
    }
    let lines: Vec<Vec<char>> = visible.split('\n').map(|line| line.trim().chars().collect()).collect();
    let pairs: Vec<char> = ['*', '_', '~'].into_iter().filter(|sign| visible.matches(*sign).count() > 1).collect();
    let bodies: Vec<Body> = lines.iter().map(|line| escape_line(line, &pairs)).collect();
    let breaks = lines.len() > 1 && !bodies.iter().any(|body| body.hard);
    let written = bodies.into_iter().zip(&lines).enumerate().map(|(at, (body, line))| {
        let text = match (breaks, at) {
            (true, 0) => marker_with_fixed_blank(body.text, line),
            (true, _) => body.text,
            (false, _) => plain_line_start(body.text, line),
        };
        escape_colons(&text)
    });
    let written: Vec<String> = written.collect();
    written.join(if breaks { "<br/>" } else { "\n" })
}

struct Body {
    text: String,
    /// Whether an entity stands in it that must not be decoded too early.
    hard: bool,
}

/// `pairs` are the signs of emphasis that the label holds more than once.
fn escape_line(line: &[char], pairs: &[char]) -> Body {
    let mut body = Body { text: String::with_capacity(line.len() + 8), hard: false };
    for (at, c) in line.iter().enumerate() {
        let (before, after) = (&line[..at], &line[at + 1..]);
        let markdown = is_markdown(*c, before, after, pairs);
        if markdown || is_html(*c, before, after) {
            body.text.push_str(&entity(*c));
        } else {
            body.text.push(*c);
        }
        if matches!((c, after.first()), ('ﬂ', Some('°')) | ('¶', Some('ß'))) {
            body.text.push_str("#8203;"); // Mermaid's own placeholders for entities.
        }
        body.hard |= markdown;
    }
    body
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

/// Signs that the text or HTML would be misread by.
fn is_html(c: char, before: &[char], after: &[char]) -> bool {
    let next = after.first().copied();
    let last = before.last().copied();
    match c {
        '"' | '<' => true,
        '>' => last.is_none_or(|last| last.is_ascii_alphabetic()),
        '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == '#'),
        '#' => entity_follows(after),
        '%' => next == Some('%'),
        ':' => ends_with(before, "javascript"),
        '=' => ends_with(before, "onerror"),
        ' ' => ends_with(before, "direction") && direction_follows(after),
        _ => false,
    }
}

/// Signs that some version reads as Markdown, an icon, a formula or a line break.
fn is_markdown(c: char, before: &[char], after: &[char], pairs: &[char]) -> bool {
    let next = after.first().copied();
    let last = before.last().copied();
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let between_words = last.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
    match c {
        '`' | '\\' => true,
        '$' => next == Some('$'),
        ']' => matches!(next, Some('(' | ':')),
        ':' => next == Some('/') || icon_name(before) && after.starts_with(&['f', 'a', '-']),
        '.' => ends_with(before, "www"),
        '@' => !blank(last) && !blank(next),
        '*' | '_' | '~' => {
            let between_blanks = last.is_some() && next.is_some() && blank(last) && blank(next);
            pairs.contains(&c) && !(between_blanks || c == '_' && between_words)
        }
        _ => false,
    }
}

/// `\w+;`, which makes an entity of a `#` before it.
fn entity_follows(after: &[char]) -> bool {
    let word = after.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '_').count();
    word > 0 && after.get(word) == Some(&';')
}

/// `fa`, `fas`, `fab` …, the sets of Font Awesome.
fn icon_name(before: &[char]) -> bool {
    before.ends_with(&['f', 'a']) || matches!(before, [.., 'f', 'a', c] if c.is_ascii_lowercase())
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

/// How many characters at the start of a line make it an item of a list or a heading, with the blank behind them.
fn marker(line: &[char]) -> Option<usize> {
    let count = |pleases: fn(&char) -> bool| line.iter().take_while(|c| pleases(c)).count();
    let (digits, hashes) = (count(char::is_ascii_digit), count(|c| *c == '#'));
    let length = match line.first()? {
        '-' | '+' | '*' => 1,
        '#' if hashes <= 6 => hashes,
        _ if (1..=9).contains(&digits) && matches!(line.get(digits), Some('.' | ')')) => digits + 1,
        _ => return None,
    };
    line.get(length).is_none_or(|c| c.is_whitespace()).then_some(length)
}

/// A rule, the underline of a heading, or the second line of a table.
fn is_ruler(line: &[char]) -> bool {
    let only = |signs: &[char]| line.iter().all(|c| signs.contains(c) || c.is_whitespace());
    let count = |sign: char| line.iter().filter(|c| **c == sign).count();
    let few = |sign: char, least: usize| count(sign) >= least && only(&[sign]);
    few('-', 2) || few('=', 1) || few('_', 3) || few('*', 3) || !line.is_empty() && only(&['|', ':', '-'])
}

/// The sign that makes an item of a list of a line, as an entity.
fn plain_line_start(text: String, line: &[char]) -> String {
    let at = match (marker(line), line.first()) {
        (Some(length), Some(first)) if first.is_ascii_digit() => length - 1,
        (Some(_), _) => 0,
        (None, _) if is_ruler(line) => 0,
        _ => return text,
    };
    // What stands before a marker is written as it is, so the place is the same in both.
    let mut chars = text.chars();
    let before: String = chars.by_ref().take(at).collect();
    match chars.next() {
        Some(sign) if Some(&sign) == line.get(at) => format!("{before}{}{}", entity(sign), chars.as_str()),
        _ => text,
    }
}

/// A marker keeps its sign; the blank behind it becomes one that makes no list.
fn marker_with_fixed_blank(text: String, line: &[char]) -> String {
    let Some(length) = marker(line) else { return text };
    let marked: String = line[..length].iter().collect();
    let rest = text.strip_prefix(&marked).filter(|rest| rest.starts_with(char::is_whitespace)).map(str::trim_start);
    rest.map_or_else(|| text.clone(), |rest| format!("{marked}#160;{rest}"))
}

/// A colon before an entity: all versions take `style…:…#…;` for a style and drop its last `;`.
fn escape_colons(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace).map(|word| match word.rsplit_once('#') {
        Some((before, after)) => format!("{}#{after}", before.replace(':', "#58;")),
        None => word.to_owned(),
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::portable;

    #[test]
    fn the_templates_steps_are_no_list() {
        assert_eq!(portable("1. Write Request"), "1#46; Write Request");
        assert_eq!(portable("2. Replicate (FAIL)"), "2#46; Replicate (FAIL)");
        assert_eq!(portable("1. The Network\nis Reliable"), "1.#160;The Network<br/>is Reliable");
        assert_eq!(portable("AP System - Accept & Diverge"), "AP System - Accept & Diverge");
    }

    #[test]
    fn what_some_version_reads_otherwise_is_an_entity() {
        for (visible, written) in [
            ("say \"no\"", "say #quot;no#quot;"),
            ("<b>x</b>", "#lt;b#gt;x#lt;/b#gt;"),
            ("&amp; #46;", "#amp;amp; #35;46;"),
            ("AT&T & C#", "AT#amp;T & C#"),
            ("`c` C:\\new", "#96;c#96; C:#92;new".replace(":#", "#58;#").as_str()),
            ("*b* _i_ a_b_c", "#42;b#42; #95;i#95; a_b_c"),
            ("https://x.y a@b.c", "https#58;//x.y a#64;b.c"),
            ("100%% $$x$$", "100#37;% #36;$x#36;$"),
            ("direction LR", "direction#32;LR"),
            ("- x", "#45; x"),
            ("## x", "#35;# x"),
            ("---", "#45;--"),
            ("a -> b => c > d", "a -> b => c > d"),
            ("", " "),
            ("a\nb", "a<br/>b"),
            ("a*b*\nc", "a#42;b#42;\nc"),
        ] {
            assert_eq!(portable(visible), written, "{visible:?}");
        }
    }
}
