//! Docs as the people who write code read them, made into words for those who use it.

/// Leaves out the ids of rows in brackets: `(O-44)`, `(Q-01, F106)`, `(section 1.9)`. They are for who changes the code.
pub(super) fn without_rows(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, bracket)) = rest.split_once('(') {
        let Some((inside, after)) = bracket.split_once(')') else { break };
        words += before;
        if is_rows(inside) {
            words.truncate(words.trim_end().len());
        } else {
            words += &format!("({inside})");
        }
        rest = after;
    }
    words + rest
}

/// The same in a diagram, where what stands behind has to stay where it is.
pub(super) fn blank_rows(diagram: &str) -> String {
    let mut drawn = diagram.to_owned();
    for (at, _) in diagram.match_indices('(') {
        let Some(length) = diagram[at..].find(')') else { continue };
        if is_rows(&diagram[at + 1..at + length]) {
            drawn.replace_range(at..=at + length, &" ".repeat(length + 1));
        }
    }
    drawn
}

fn is_rows(inside: &str) -> bool {
    inside.replace(" to ", ", ").replace("; ", ", ").split(", ").all(|it| {
        let number = it
            .trim_start_matches("section ")
            .trim_start_matches(|it: char| it.is_ascii_uppercase() || it == '-');
        number.len() < it.len() && number.starts_with(|it: char| it.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_and_words_stay() {
        let of = without_rows;
        assert_eq!(of("Doubles (Q-01, Q-02), and caps (at 5 s)."), "Doubles, and caps (at 5 s).");
        assert_eq!(of("Recovery (section 1.9) and options (O-44 to O-46)."), "Recovery and options.");
        assert_eq!(of("An (open bracket"), "An (open bracket");
        assert_eq!(blank_rows("─ Leaving (Q-04) ─┐ (new)"), "─ Leaving        ─┐ (new)");
    }
}
