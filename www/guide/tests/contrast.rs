//! What stands on what can be read, in light and in dark: WCAG 2.2 asks for 4.5 for text and 3 for what is drawn.

use sockeye_guide::root;

/// Where the colours are, and how many pairs of them at least.
const STYLES: [(&str, usize); 3] =
    [("www/guide/assets/guide.css", 32), ("www/inspector/inspector.css", 32), ("www/pages/chat.css", 30)];

const TEXT: f64 = 4.5;
const DRAWN: f64 = 3.0;

/// What is written or drawn, on which ground, and how well it has to stand out.
const PAIRS: [(&str, &str, f64); 28] = [
    ("text", "ground", TEXT),
    ("text", "surface", TEXT),
    ("text", "code", TEXT),
    ("text", "good", TEXT),
    ("quiet", "ground", TEXT),
    ("quiet", "surface", TEXT),
    ("quiet", "code", TEXT),
    ("accent", "ground", TEXT),
    ("accent", "surface", TEXT),
    ("on-accent", "accent", TEXT),
    ("word", "code", TEXT),
    ("string", "code", TEXT),
    ("strong-line", "ground", DRAWN),
    ("strong-line", "surface", DRAWN),
    ("accent", "code", DRAWN),
    ("second", "ground", DRAWN),
    ("second", "good", DRAWN),
    ("second", "surface", DRAWN),
    // Of the inspector, which has the same names for the same things.
    ("lit-text", "lit", TEXT),
    ("bad", "surface", TEXT),
    ("bad", "ground", TEXT),
    ("second", "code", DRAWN),
    ("in", "surface", TEXT),
    ("out", "surface", TEXT),
    // Of the chat.
    ("wait", "surface", TEXT),
    ("wait", "ground", DRAWN),
    ("there", "surface", DRAWN),
    ("there", "ground", DRAWN),
];

#[test]
fn every_pair_of_colours_can_be_read() {
    for (file, least_pairs) in STYLES {
        let style = std::fs::read_to_string(root().join(file)).expect("a style");
        let mut checked = 0;
        for (above, below, least) in PAIRS {
            let (Some(above_pair), Some(below_pair)) = (pair(&style, above), pair(&style, below)) else {
                continue;
            };
            for (theme, one, other) in
                [("light", above_pair.0, below_pair.0), ("dark", above_pair.1, below_pair.1)]
            {
                let contrast = contrast(one, other);
                assert!(
                    contrast >= least,
                    "{file}, {theme}: {above} on {below} is {contrast:.2}, below {least}"
                );
                checked += 1;
            }
        }
        assert!(checked >= least_pairs, "{file}: {checked} pairs");
    }
}

#[test]
fn no_colour_stands_beside_the_pairs() {
    for (file, _) in STYLES {
        let style = std::fs::read_to_string(root().join(file)).expect("a style");
        for line in style.lines().filter(|it| !it.contains("light-dark(")) {
            let is_colour = |it: &str| {
                let digits = it.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
                digits.len() >= 3 && digits.chars().all(|it| it.is_ascii_hexdigit())
            };
            assert!(!line.split('#').skip(1).any(is_colour), "{file}: {line}");
        }
    }
}

#[test]
fn black_on_white_is_known() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
    assert!((contrast([119; 3], [255; 3]) - 4.48).abs() < 0.01);
}

type Colour = [u8; 3];

/// `--name: light-dark(#…, #…);`
fn pair(style: &str, name: &str) -> Option<(Colour, Colour)> {
    let (_, rest) = style.split_once(&format!("--{name}: light-dark("))?;
    let (both, _) = rest.split_once(')')?;
    let (light, dark) = both.split_once(", ")?;
    Some((colour(light), colour(dark)))
}

fn colour(text: &str) -> Colour {
    let digits =
        text.strip_prefix('#').filter(|it| it.len() == 6).unwrap_or_else(|| panic!("{text} is no #rrggbb"));
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal");
    [part(0), part(2), part(4)]
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let linear = colour.map(|part| {
        let share = f64::from(part) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}
