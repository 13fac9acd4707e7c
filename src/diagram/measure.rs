//! How wide a text is, by estimate: a pure room cannot ask the browser. The estimate is on the wide side, so that text
//! stays inside its outline with any system font.

/// The width of a text in pixels at that font size (pixels).
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| em(letter) * size).sum()
}

/// The width of a character in parts of the font size.
fn em(letter: char) -> f64 {
    match letter {
        'i' | 'l' | 'j' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' | 'I' => 0.34,
        't' | 'f' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '"' | '-' | ' ' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' | '&' | '#' | '+' | '=' | '<' | '>' | '~' => 0.74,
        '\u{0}'..='\u{2ff}' => 0.61,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        '\u{370}'..='\u{10ff}' => 0.7,
        _ => 1.1,
    }
}

/// Breaks a text into lines of at most about `limit` pixels at that font size. Breaks at spaces; a word that is too
/// long by itself is broken anywhere.
pub fn wrap(text: &str, size: f64, limit: f64) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, size, limit)).collect()
}

/// A text in at most `limit` pixels at that font size: its beginning and “…” where it is longer.
pub fn clipped(text: &str, size: f64, limit: f64) -> String {
    if width(text, size) <= limit {
        return text.to_owned();
    }
    let mut room = limit - em('…') * size;
    let fits = |letter: &char| {
        room -= em(*letter) * size;
        room >= 0.0
    };
    let start: String = text.chars().take_while(fits).collect();
    start.trim_end().to_owned() + "…"
}

fn wrap_line(text: &str, size: f64, limit: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size) <= limit {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            if !line.is_empty() && width(&line, size) + em(letter) * size > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_limit() {
        for text in
            ["Replication Partitioned between Virginia and Ireland", &"w".repeat(200), "分散システムの分断耐性について"]
        {
            for line in wrap(text, 15.0, 160.0) {
                assert!(width(&line, 15.0) <= 160.0, "{line}");
            }
        }
    }

    #[test]
    fn wrapping_loses_nothing_but_spaces() {
        let text = "a bb  ccc dddddddddddddddddddddddddddddddddddd e";
        let squeeze = |text: &str| text.replace(' ', "");
        assert_eq!(squeeze(&wrap(text, 15.0, 60.0).concat()), squeeze(text));
    }
}
