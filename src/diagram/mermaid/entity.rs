//! Mermaid's entities: `#quot;`, `#46;` and HTML's own `&amp;`.
//!
//! Mermaid rewrites `#name;` to `&name;` and lets the browser decode it, so any name of HTML's list may occur. Here
//! are those that a diagram is likely to hold; others stay as they are written.

const NAMES: &[(&str, char)] = &[
    ("quot", '"'), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("apos", '\''), ("nbsp", '\u{a0}'), ("num", '#'),
    ("semi", ';'), ("colon", ':'), ("comma", ','), ("period", '.'), ("excl", '!'), ("quest", '?'), ("ast", '*'),
    ("midast", '*'), ("plus", '+'), ("equals", '='), ("lowbar", '_'), ("grave", '`'), ("bsol", '\\'), ("sol", '/'),
    ("vert", '|'), ("verbar", '|'), ("percnt", '%'), ("dollar", '$'), ("commat", '@'), ("Hat", '^'), ("lpar", '('),
    ("rpar", ')'), ("lsqb", '['), ("lbrack", '['), ("rsqb", ']'), ("rbrack", ']'), ("lcub", '{'), ("lbrace", '{'),
    ("rcub", '}'), ("rbrace", '}'), ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("lsquo", '‘'), ("rsquo", '’'),
    ("ldquo", '“'), ("rdquo", '”'), ("laquo", '«'), ("raquo", '»'), ("larr", '←'), ("uarr", '↑'), ("rarr", '→'),
    ("darr", '↓'), ("harr", '↔'), ("lArr", '⇐'), ("rArr", '⇒'), ("hArr", '⇔'), ("copy", '©'), ("reg", '®'),
    ("trade", '™'), ("deg", '°'), ("plusmn", '±'), ("micro", 'µ'), ("middot", '·'), ("bull", '•'), ("times", '×'),
    ("divide", '÷'), ("ne", '≠'), ("le", '≤'), ("ge", '≥'), ("asymp", '≈'), ("infin", '∞'), ("radic", '√'),
    ("sum", '∑'), ("forall", '∀'), ("exist", '∃'), ("isin", '∈'), ("notin", '∉'), ("and", '∧'), ("or", '∨'),
    ("not", '¬'), ("alpha", 'α'), ("beta", 'β'), ("gamma", 'γ'), ("delta", 'δ'), ("Delta", 'Δ'), ("epsilon", 'ε'),
    ("lambda", 'λ'), ("mu", 'μ'), ("pi", 'π'), ("sigma", 'σ'), ("Sigma", 'Σ'), ("tau", 'τ'), ("omega", 'ω'),
    ("Omega", 'Ω'), ("euro", '€'), ("pound", '£'), ("yen", '¥'), ("cent", '¢'), ("sect", '§'), ("para", '¶'),
    ("hearts", '♥'), ("spades", '♠'), ("clubs", '♣'), ("diams", '♦'), ("check", '✓'), ("cross", '✗'), ("star", '☆'),
    ("starf", '★'), ("szlig", 'ß'), ("auml", 'ä'), ("ouml", 'ö'), ("uuml", 'ü'), ("Auml", 'Ä'), ("Ouml", 'Ö'),
    ("Uuml", 'Ü'), ("eacute", 'é'), ("egrave", 'è'), ("agrave", 'à'), ("ccedil", 'ç'), ("ntilde", 'ñ'),
];

/// The entity that begins at the start of `text` (`#46;`, `#quot;`, `&amp;`, `&#x41;`): its character and how many
/// characters it takes.
pub(super) fn decode(text: &[char]) -> Option<(char, usize)> {
    let (mark, rest) = text.split_first()?;
    if !matches!(mark, '#' | '&') {
        return None;
    }
    let numeric = *mark == '#' || rest.first() == Some(&'#');
    let (skipped, body) = if *mark == '&' && numeric { (2, &rest[1..]) } else { (1, rest) };
    let length = body.iter().take(32).position(|c| *c == ';')?;
    let word: String = body[..length].iter().collect();
    let number = numeric.then(|| number(&word, *mark == '&')).flatten();
    let found = number.or_else(|| if skipped == 1 { name(&word) } else { None })?;
    Some((found, skipped + length + 1))
}

fn number(word: &str, html: bool) -> Option<char> {
    let hexadecimal = word.strip_prefix(['x', 'X']).filter(|_| html);
    let (digits, radix) = hexadecimal.map_or((word, 10), |digits| (digits, 16));
    let all_digits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    let value = all_digits.then(|| u32::from_str_radix(digits, radix).ok()).flatten()?;
    char::from_u32(value).filter(|c| !c.is_control() || *c == '\n')
}

fn name(word: &str) -> Option<char> {
    NAMES.iter().find(|(name, _)| *name == word).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<(char, usize)> {
        decode(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn names_and_numbers_are_decoded_in_both_writings() {
        assert_eq!(decoded("#quot;x"), Some(('"', 6)));
        assert_eq!(decoded("#46; x"), Some(('.', 4)));
        assert_eq!(decoded("&amp;"), Some(('&', 5)));
        assert_eq!(decoded("&#x41;"), Some(('A', 6)));
    }

    #[test]
    fn what_is_no_entity_stays() {
        for text in ["#5", "#;", "&", "& x;", "#nonsense;", "&#;", "#x41;", "#fff", "#55296;"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
