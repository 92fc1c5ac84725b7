//! A transcript of the simulator, drawn: time goes down, the client is on the left and the server on the right.

use super::svg::{escaped, picture};

/// What was said, in order.
pub(crate) struct Sequence {
    lines: Vec<Line>,
    what: String,
}

struct Line {
    at: u64,
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// What the application is told.
    Event,
    /// To the server: over polling or not.
    Up {
        polling: bool,
    },
    Down {
        polling: bool,
    },
    /// A connection that breaks, or is refused.
    Broken,
}

impl Sequence {
    /// Reads [`sockeye_core::sim::Sim::transcript`].
    pub(crate) fn read(transcript: &str, what: &str) -> Self {
        let mut polling = Vec::new();
        let lines = transcript.lines().filter_map(|line| read(line, &mut polling)).collect();
        Self { lines, what: what.into() }
    }

    pub(crate) fn draw(&self) -> String {
        let mut inside = String::new();
        let mut y = TOP;
        let mut before = None;
        for line in &self.lines {
            if before != Some(line.at) {
                // Much time takes a little more room, so that it is seen.
                y += if before.is_some_and(|it| line.at - it >= 500) { GAP } else { 0 };
                inside += &format!("<text class=\"time\" x=\"4\" y=\"{}\">{} ms</text>\n", y + 4, line.at);
                before = Some(line.at);
            }
            inside += &line.draw(y);
            y += ROW;
        }
        let height = y + 8;
        let frame = format!(
            "<text class=\"head\" x=\"{CLIENT}\" y=\"14\" text-anchor=\"middle\">client</text>\
             <text class=\"head\" x=\"{SERVER}\" y=\"14\" text-anchor=\"middle\">server</text>\
             <path class=\"life\" d=\"M{CLIENT} 22V{height}M{SERVER} 22V{height}\"/>\n"
        );
        let told: Vec<_> =
            self.lines.iter().filter(|it| it.kind == Kind::Event).map(|it| it.text.as_str()).collect();
        let words = format!("{}. The application is told: {}.", self.what, told.join(", "));
        picture("sequence", RIGHT, height, &words, &(frame + &inside))
    }
}

impl Line {
    fn draw(&self, y: usize) -> String {
        let text = escaped(&self.text);
        let class = match self.kind {
            Kind::Up { polling: true } | Kind::Down { polling: true } => "polling",
            Kind::Up { .. } | Kind::Down { .. } => "websocket",
            Kind::Broken => "broken",
            Kind::Event => "event",
        };
        let middle = usize::midpoint(CLIENT, SERVER);
        let label = |y: usize| format!("<text x=\"{middle}\" y=\"{y}\" text-anchor=\"middle\">{text}</text>");
        let drawn = match self.kind {
            Kind::Event => format!(
                "<circle cx=\"{CLIENT}\" cy=\"{y}\" r=\"4\"/><text x=\"{}\" y=\"{}\">{text}</text>",
                CLIENT + 10,
                y + 4
            ),
            Kind::Up { .. } => {
                format!(
                    "<path d=\"M{CLIENT} {y}H{SERVER}\"/><path class=\"tip\" d=\"M{SERVER} {y}m-7-4l7 4l-7 4\"/>{}",
                    label(y - 4)
                )
            }
            Kind::Down { .. } => {
                format!(
                    "<path d=\"M{SERVER} {y}H{CLIENT}\"/><path class=\"tip\" d=\"M{CLIENT} {y}m7-4l-7 4l7 4\"/>{}",
                    label(y - 4)
                )
            }
            Kind::Broken => format!(
                "<path d=\"M{CLIENT} {y}H{SERVER}M{} {}l8 8m0-8l-8 8\"/>{}",
                middle - 4,
                y - 4,
                label(y - 6)
            ),
        };
        format!("<g class=\"{class}\">{drawn}</g>\n")
    }
}

/// One line of a transcript; nothing if it is between the machine and its driver only.
fn read(line: &str, polling: &mut Vec<String>) -> Option<Line> {
    let (at, said) = line.trim_start().split_once(' ')?;
    let mut words = said.splitn(4, ' ');
    let (kind, text) = match (words.next()?, words.next()) {
        (">", Some(verb)) => {
            let on = words.next()?.to_owned();
            let rest = words.next().unwrap_or_default();
            match verb {
                "get" => {
                    polling.push(on);
                    (Kind::Up { polling: true }, "GET".into())
                }
                "post" => (Kind::Up { polling: true }, format!("POST {rest}")),
                "open" => (Kind::Up { polling: false }, "open a WebSocket".into()),
                "send" => (Kind::Up { polling: false }, rest.to_owned()),
                _ => return None,
            }
        }
        ("<", Some(verb)) => {
            let on = words.next().unwrap_or_default();
            let rest = words.next().unwrap_or_default();
            match verb {
                "polled" => (Kind::Down { polling: true }, rest.to_owned()),
                "opened" => (Kind::Down { polling: false }, "open".into()),
                "received" => (Kind::Down { polling: polling.iter().any(|it| it == on) }, rest.to_owned()),
                "closed" => (Kind::Broken, "closed".into()),
                "failed" => (Kind::Broken, "no connection".into()),
                "refused" => (Kind::Broken, format!("refused {rest}")),
                _ => return None,
            }
        }
        _ => (Kind::Event, said.to_owned()),
    };
    Some(Line { at: at.parse().ok()?, kind, text: shortened(&text, 46) })
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.into();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

const CLIENT: usize = 68;
const SERVER: usize = 450;
const RIGHT: usize = 480;
const TOP: usize = 44;
const ROW: usize = 24;
const GAP: usize = 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_says_its_own() {
        let transcript = "  0 > get 1\n  40 < polled 1 0{\"sid\":\"<x>\"}\n  40 open\n  41 < sent 2\n  50 > send 2 2probe\n";
        let svg = Sequence::read(transcript, "A run").draw();
        assert_eq!(svg.matches("class=\"polling\"").count(), 2, "{svg}");
        assert_eq!(svg.matches("class=\"websocket\"").count(), 1, "{svg}");
        assert!(
            svg.contains(">2probe</text>") && svg.contains("0{&quot;sid&quot;:&quot;&lt;x&gt;&quot;}"),
            "{svg}"
        );
        assert!(svg.contains("The application is told: open."), "{svg}");
        assert!(!svg.contains("sent"), "what is between the machine and its driver is left out");
    }
}
