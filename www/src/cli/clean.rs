//! Other people's words, made safe for a terminal.

/// Longer than this nobody reads, and somebody else's line is pushed off the screen.
const LONGEST: usize = 4_000;

/// One line without anything that a terminal obeys: escape sequences lose the character that makes them one, line
/// breaks become spaces, and marks that reverse the direction of text are gone, as they make one name look like another.
pub(crate) fn clean(text: &str) -> String {
    let mut visible = text.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        _ if letter.is_control() => None,
        _ => Some(letter),
    });
    let mut line: String = visible.clone().take(LONGEST).collect();
    if visible.nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(clean("\u{1b}[31mred\u{1b}[0m\u{7}"), "[31mred[0m");
        assert_eq!(clean("\u{9b}2J\u{90}x\u{9c}\u{7f}"), "2Jx");
        assert_eq!(clean("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(clean("\u{202e}evil\u{2066}"), "evil");
    }

    #[test]
    fn what_people_write_stays() {
        for text in ["<b>bold</b>", "naïve 👋🏽 日本語 שלום", "a & b", ""] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(clean(&"é".repeat(LONGEST)).chars().count(), LONGEST);
        assert_eq!(clean(&"é".repeat(LONGEST * 2)), format!("{}…", "é".repeat(LONGEST)));
    }
}
