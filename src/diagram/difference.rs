//! Where two texts differ, letter by letter: what the second has that the first has not.

/// A stretch of text that is common to both, or stands in the second only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The text.
    pub text: String,
    /// Whether it is only in the second.
    pub added: bool,
}

/// The second line in stretches, by the longest common subsequence. Lines longer than 600 letters are taken as wholly
/// different where they differ at all.
pub fn stretches(first: &str, second: &str) -> Vec<Stretch> {
    let (a, b): (Vec<char>, Vec<char>) = (first.chars().collect(), second.chars().collect());
    if first == second || a.len().max(b.len()) > 600 {
        return vec![Stretch { text: second.to_owned(), added: first != second }];
    }
    // lengths[i][j]: the longest common subsequence of a[i..] and b[j..].
    let mut lengths = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i][j] =
                if a[i] == b[j] { lengths[i + 1][j + 1] + 1 } else { lengths[i + 1][j].max(lengths[i][j + 1]) };
        }
    }
    let (mut i, mut found) = (0, Vec::new());
    for (j, &letter) in b.iter().enumerate() {
        while i < a.len() && a[i] != letter && lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        }
        let common = i < a.len() && a[i] == letter && lengths[i][j] == lengths[i + 1][j + 1] + 1;
        i += usize::from(common);
        push(&mut found, letter, !common);
    }
    found
}

fn push(found: &mut Vec<Stretch>, letter: char, added: bool) {
    match found.last_mut() {
        Some(last) if last.added == added => last.text.push(letter),
        _ => found.push(Stretch { text: letter.to_string(), added }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_entities_are_what_is_added() {
        let added: Vec<String> = stretches("A -->|1. Write| B[x]", "A -->|\"1#46; Write\"| B[\"x\"]")
            .into_iter()
            .filter(|stretch| stretch.added)
            .map(|stretch| stretch.text)
            .collect();
        assert_eq!(added.concat(), "\"#46;\"\"\"");
    }

    #[test]
    fn the_stretches_make_up_the_second_line() {
        for (first, second) in [("", "abc"), ("abc", ""), ("kitten", "sitting"), ("same", "same")] {
            let text: String = stretches(first, second).into_iter().map(|stretch| stretch.text).collect();
            assert_eq!(text, second);
        }
    }
}
