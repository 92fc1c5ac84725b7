//! Bars side by side: what is measured, in numbers that can be compared.

use super::svg::{escaped, picture, real};

/// One bar.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: f64,
    /// The value as it is said.
    pub(crate) said: String,
}

/// What bars are to be held against.
pub(crate) struct Mark {
    pub(crate) value: f64,
    pub(crate) name: &'static str,
}

/// Bars from the same zero, the longest over the whole width. Ours stand out; where there is a mark, all are ours.
pub(crate) fn bars(title: &str, unit: &str, bars: &[Bar], mark: Option<&Mark>) -> String {
    let longest = bars.iter().map(|it| it.value).chain(mark.map(|it| it.value)).fold(0.0, f64::max);
    let (mut inside, mut values) = (String::new(), String::new());
    let mut words = vec![format!("{title}, {unit}")];
    for (row, bar) in bars.iter().enumerate() {
        let top = row * ROW;
        let length = if longest > 0.0 { bar.value / longest * real(LONGEST) } else { 0.0 };
        let class = if mark.is_some() || bar.name.starts_with("sockeye") { "bar ours" } else { "bar" };
        inside += &format!(
            "<text y=\"{}\">{}</text><rect class=\"{class}\" y=\"{}\" width=\"{length:.1}\" height=\"{THICK}\" rx=\"2\"/>\n",
            top + 12,
            escaped(&bar.name),
            top + 18
        );
        values += &format!(
            "<text class=\"value\" x=\"{:.1}\" y=\"{}\">{}</text>\n",
            length + 6.0,
            top + 18 + THICK - 2,
            escaped(&bar.said)
        );
        words.push(format!("{} {}", bar.name, bar.said));
    }
    let height = bars.len() * ROW;
    let room = mark.map_or(0, |_| 20);
    if let Some(Mark { value, name }) = mark {
        let x = value / longest * real(LONGEST);
        inside += &format!(
            "<path class=\"mark\" d=\"M{x:.1} 14V{height}\"/><text class=\"tick\" x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
            height + 12,
            escaped(name)
        );
        words.push(format!("{name} {value}"));
    }
    picture("bars", LONGEST + 100, height + room, &words.join("; "), &(inside + &values))
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
        let svg = bars("Time", "ms", &[bar("sockeye", 1.0), bar("other", 4.0)], None);
        assert!(svg.contains("class=\"bar ours\" y=\"18\" width=\"90.0\""), "{svg}");
        assert!(svg.contains("class=\"bar\" y=\"58\" width=\"360.0\""), "{svg}");
        assert!(svg.contains("aria-label=\"Time, ms; sockeye 1 ms; other 4 ms\""), "{svg}");
    }

    #[test]
    fn a_mark_is_where_its_value_is() {
        let bar = Bar { name: "in".into(), value: 2.0, said: "2.00".into() };
        let svg = bars("Share", "of it", &[bar], Some(&Mark { value: 1.0, name: "the other" }));
        assert!(svg.contains("class=\"bar ours\" y=\"18\" width=\"360.0\""), "{svg}");
        assert!(svg.contains("d=\"M180.0 14V40\"") && svg.contains("; the other 1\""), "{svg}");
    }
}
