//! Mermaid's entities: `#quot;`, `#46;` and HTML's own `&amp;`.
//!
//! Mermaid rewrites `#name;` to `&name;` and lets the browser decode it, so any name of HTML's list may occur. Here
//! are those that a diagram is likely to hold; others stay as they are written.

/// Names and what they stand for, in turn.
const NAMES: &str = "\
    quot \" amp & lt < gt > apos ' num # semi ; colon : comma , period . excl ! quest ? ast * midast * plus + \
    equals = lowbar _ grave ` bsol \\ sol / vert | verbar | percnt % dollar $ commat @ Hat ^ lpar ( rpar ) lsqb [ \
    lbrack [ rsqb ] rbrack ] lcub { lbrace { rcub } rbrace } ndash – mdash — hellip … lsquo ‘ rsquo ’ ldquo “ \
    rdquo ” laquo « raquo » larr ← uarr ↑ rarr → darr ↓ harr ↔ lArr ⇐ rArr ⇒ hArr ⇔ copy © reg ® trade ™ deg ° \
    plusmn ± micro µ middot · bull • times × divide ÷ ne ≠ le ≤ ge ≥ asymp ≈ infin ∞ radic √ sum ∑ forall ∀ \
    exist ∃ isin ∈ notin ∉ and ∧ or ∨ not ¬ alpha α beta β gamma γ delta δ Delta Δ epsilon ε lambda λ mu μ pi π \
    sigma σ Sigma Σ tau τ omega ω Omega Ω euro € pound £ yen ¥ cent ¢ sect § para ¶ hearts ♥ spades ♠ clubs ♣ \
    diams ♦ check ✓ cross ✗ star ☆ starf ★ szlig ß auml ä ouml ö uuml ü Auml Ä Ouml Ö Uuml Ü eacute é egrave è \
    agrave à ccedil ç ntilde ñ";

/// The entity that begins at the start of `text` (`#46;`, `#quot;`, `&amp;`): its character and how many characters it
/// takes. Mermaid takes the `#46;` in `&#46;` for itself, so that shows as `&.`.
pub(super) fn decode(text: &[char]) -> Option<(char, usize)> {
    let (mark, rest) = text.split_first()?;
    let length = rest.iter().take(32).position(|c| *c == ';')?;
    let word: String = rest[..length].iter().collect();
    let found = match mark {
        '#' => number(&word).or_else(|| name(&word)),
        '&' => name(&word),
        _ => None,
    };
    Some((found?, length + 2))
}

fn number(word: &str) -> Option<char> {
    let all_digits = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let value = all_digits.then(|| word.parse().ok()).flatten()?;
    char::from_u32(value).filter(|c| !c.is_control() || *c == '\n')
}

fn name(word: &str) -> Option<char> {
    let mut words = NAMES.split_whitespace();
    let signs = std::iter::from_fn(|| Some((words.next()?, words.next()?)));
    let found = std::iter::once(("nbsp", "\u{a0}")).chain(signs).find(|(name, _)| *name == word);
    found.and_then(|(_, sign)| sign.chars().next())
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
    }

    #[test]
    fn what_is_no_entity_stays() {
        for text in ["#5", "#;", "&", "& x;", "#nonsense;", "&#;", "#x41;", "&#46;", "#fff", "#55296;"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
