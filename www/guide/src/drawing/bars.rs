//! Bars side by side: what is measured, in numbers that can be compared.

use super::svg::{escaped, picture, real};

/// One bar.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: f64,
    /// The value as it is said.
    pub(crate) said: String,
}

/// Bars from the same zero, the longest over the whole width; `ours` stands out by name.
pub(crate) fn bars(title: &str, unit: &str, bars: &[Bar]) -> String {
    let longest = bars.iter().map(|it| it.value).fold(0.0, f64::max);
    let mut inside = String::new();
    let mut words = vec![format!("{title}, {unit}")];
    for (row, bar) in bars.iter().enumerate() {
        let top = row * ROW;
        let length = if longest > 0.0 { bar.value / longest * real(LONGEST) } else { 0.0 };
        let class = if bar.name.starts_with("sockeye") { "bar ours" } else { "bar" };
        inside += &format!(
            "<text y=\"{}\">{}</text><rect class=\"{class}\" y=\"{}\" width=\"{length:.1}\" height=\"{THICK}\" rx=\"2\"/>\
             <text class=\"value\" x=\"{:.1}\" y=\"{}\">{}</text>\n",
            top + 12,
            escaped(&bar.name),
            top + 18,
            length + 6.0,
            top + 18 + THICK - 2,
            escaped(&bar.said)
        );
        words.push(format!("{} {}", bar.name, bar.said));
    }
    picture("bars", LONGEST + 100, bars.len() * ROW, &words.join("; "), &inside)
}

const LONGEST: usize = 360;
const THICK: usize = 13;
const ROW: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_values() {
        let bar = |name: &str, value| Bar { name: name.into(), value, said: format!("{value} ms") };
        let svg = bars("Time", "ms", &[bar("sockeye", 1.0), bar("other", 4.0)]);
        assert!(svg.contains("class=\"bar ours\" y=\"18\" width=\"90.0\""), "{svg}");
        assert!(svg.contains("class=\"bar\" y=\"58\" width=\"360.0\""), "{svg}");
        assert!(svg.contains("aria-label=\"Time, ms; sockeye 1 ms; other 4 ms\""), "{svg}");
    }
}
