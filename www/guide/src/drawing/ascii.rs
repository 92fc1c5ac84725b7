//! Diagrams of the docs, drawn: box-drawing characters become lines, the names of states become boxes.

use super::svg::{escaped, picture, real};

/// Draws `text`. Every name in `states` that it has is a box that can be lit: a group with `data-state`.
pub(crate) fn draw(text: &str, states: &[String]) -> Result<String, String> {
    let rows: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut lines = String::new();
    let mut words = String::new();
    let mut drawn = 0;
    for (y, row) in rows.iter().enumerate() {
        for (x, letter) in row.iter().enumerate() {
            lines += &stroke(*letter, x, y);
            // An arrow in the middle of a line does not end it.
            let (below, above) = (rows.get(y + 1), y.checked_sub(1).and_then(|it| rows.get(it)));
            let beside = |row: Option<&Vec<char>>| row.and_then(|it| it.get(x)).and_then(|it| arms(*it));
            let goes_on = match letter {
                '▼' => beside(below).is_some_and(|it| it.contains('u')),
                '▲' => beside(above).is_some_and(|it| it.contains('d')),
                _ => false,
            };
            if goes_on {
                lines += &stroke('│', x, y);
            }
        }
        for (x, word) in phrases(row) {
            let label = states.iter().find(|state| names(&word, state));
            drawn += usize::from(label.is_some());
            words += &label.map_or_else(|| written(&word, x, y), |state| boxed(&word, state, x, y));
        }
    }
    if drawn < 2 {
        return Err(format!("its diagram shows {drawn} of the states {}", states.join(", ")));
    }
    let inside = format!("<path class=\"stroke\" d=\"{lines}\"/>\n{words}");
    let shown: Vec<_> = states.iter().filter(|it| text.contains(it.as_str())).map(String::as_str).collect();
    let about = format!("A diagram of states: {}.", shown.join(", "));
    let width = width * WIDTH + 2 * EDGE;
    let kind = if width > LARGE { "diagram large" } else { "diagram" };
    Ok(picture(kind, width, rows.len() * HEIGHT + 2 * EDGE, &about, &inside))
}

/// Whether a phrase of the diagram is that state: its name alone, or with something in brackets behind.
fn names(phrase: &str, state: &str) -> bool {
    phrase
        .strip_prefix(state)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', ' ']) && rest.ends_with(')'))
}

/// Words with single spaces between them, and where they begin.
fn phrases(row: &[char]) -> Vec<(usize, String)> {
    let mut phrases: Vec<(usize, String)> = Vec::new();
    let mut end = 0;
    for (x, letter) in row.iter().enumerate() {
        if *letter == ' ' || arms(*letter).is_some() {
            continue;
        }
        let goes_on = x > 0 && (end == x || (end + 1 == x && row[x - 1] == ' '));
        match phrases.last_mut() {
            Some((_, phrase)) if goes_on => {
                if end < x {
                    phrase.push(' ');
                }
                phrase.push(*letter);
            }
            _ => phrases.push((x, letter.to_string())),
        }
        end = x + 1;
    }
    phrases
}

/// The lines of one character, from the middle of its cell outwards; an arrow has its head.
fn stroke(letter: char, x: usize, y: usize) -> String {
    let Some(arms) = arms(letter) else { return String::new() };
    let (half_width, half_height) = (real(WIDTH) / 2.0, real(HEIGHT) / 2.0);
    let (x, y) = (real(x * WIDTH + EDGE) + half_width, real(y * HEIGHT + EDGE) + half_height);
    let mut path = String::new();
    for (arm, (dx, dy)) in ['u', 'd', 'l', 'r'].into_iter().zip([
        (0.0, -half_height),
        (0.0, half_height),
        (-half_width, 0.0),
        (half_width, 0.0),
    ]) {
        if arms.contains(arm) {
            path += &format!("M{x} {y}l{dx} {dy}");
        }
    }
    path + &match letter {
        '▶' => format!("M{x} {y}m-4-4l5 4l-5 4"),
        '◀' => format!("M{x} {y}m4-4l-5 4l5 4"),
        '▲' => format!("M{x} {y}m-4 1l4-6l4 6"),
        '▼' => format!("M{x} {y}m-4-1l4 6l4-6"),
        _ => String::new(),
    }
}

/// Towards which sides a character has lines.
fn arms(letter: char) -> Option<&'static str> {
    Some(match letter {
        '─' => "lr",
        '│' => "ud",
        '┌' => "dr",
        '┐' => "dl",
        '└' => "ur",
        '┘' => "ul",
        '├' => "udr",
        '┤' => "udl",
        '┬' => "dlr",
        '┴' => "ulr",
        '┼' => "udlr",
        '▶' => "l",
        '◀' => "r",
        '▲' => "d",
        '▼' => "u",
        _ => return None,
    })
}

fn written(word: &str, x: usize, y: usize) -> String {
    text(word, x, y, "")
}

fn boxed(word: &str, state: &str, x: usize, y: usize) -> String {
    let (left, top) = (x * WIDTH + EDGE - 4, y * HEIGHT + EDGE - 1);
    let (width, height) = (word.chars().count() * WIDTH + 8, HEIGHT + 2);
    format!(
        "<g class=\"state\" data-state=\"{}\"><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"5\"/>{}</g>\n",
        escaped(state),
        text(word, x, y, "").trim_end()
    )
}

/// As long as its cells, whatever letters the reader's system has.
fn text(word: &str, x: usize, y: usize, class: &str) -> String {
    format!(
        "<text{class} x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>\n",
        x * WIDTH + EDGE,
        y * HEIGHT + EDGE + HEIGHT - 5,
        word.chars().count() * WIDTH,
        escaped(word)
    )
}

/// Wider than a phone by much: it is made smaller, as far as it can be read.
const LARGE: usize = 560;
/// Of a character.
const WIDTH: usize = 8;
const HEIGHT: usize = 18;
const EDGE: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn states() -> Vec<String> {
        ["Idle", "Open", "Closed"].map(String::from).into()
    }

    #[test]
    fn names_become_boxes_and_characters_become_lines() {
        let svg = draw("Idle ──▶ Open\n  ▲        │\n  └─ gave up ─┘", &states()).expect("a picture");
        assert_eq!(svg.matches("data-state").count(), 2);
        assert!(svg.contains("data-state=\"Idle\"><rect x=\"2\""), "{svg}");
        assert!(svg.contains(">gave up</text>"), "{svg}");
        assert!(!svg.contains(['─', '▶', '│']), "{svg}");
    }

    #[test]
    fn a_diagram_of_other_states_is_refused() {
        let error = draw("Idle ──▶ Opened", &states()).expect_err("Opened is no state");
        assert!(error.contains("1 of the states Idle, Open, Closed"), "{error}");
    }

    #[test]
    fn what_stands_in_a_diagram_is_text() {
        let svg = draw("Idle ── a<b & \"c\" ──▶ Open", &states()).expect("a picture");
        assert!(svg.contains("a&lt;b &amp; &quot;c&quot;"), "{svg}");
    }
}
