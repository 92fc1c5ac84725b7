//! How long clients wait before they try again: asked of many machines, not computed a second time.

use sockeye_core::{Config, sim::Sim};

use super::svg::{picture, real};

/// The shortest, the middle and the longest delay of each attempt, and the way of three single clients.
pub(crate) fn delays() -> String {
    let clients: Vec<_> = (0..CLIENTS).map(|seed| waits(seed, false)).collect();
    let longest = *clients.iter().flatten().max().unwrap_or(&1);
    let x = |attempt: usize| LEFT + 30 + attempt * STEP;
    let y = |millis: u64| real(BOTTOM) - share(millis, longest.next_multiple_of(1_000)) * real(BOTTOM - TOP);
    let mut inside = axis(longest.next_multiple_of(1_000), y);
    for attempt in 0..ATTEMPTS {
        let mut all: Vec<_> = clients.iter().map(|it| it[attempt]).collect();
        all.sort_unstable();
        let (low, high) = (y(all[0]), y(all[all.len() - 1]));
        inside += &format!(
            "<rect class=\"range\" x=\"{}\" y=\"{high:.1}\" width=\"28\" height=\"{:.1}\" rx=\"4\"/>\
             <text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
            x(attempt) - 14,
            low - high,
            x(attempt),
            BOTTOM + 18,
            attempt + 1
        );
    }
    for client in clients.iter().take(3) {
        let points: Vec<_> =
            client.iter().enumerate().map(|(at, wait)| format!("{} {:.1}", x(at), y(*wait))).collect();
        inside += &format!("<path class=\"way\" d=\"M{}\"/>\n", points.join("L"));
    }
    inside += &format!(
        "<text class=\"tick\" x=\"{}\" y=\"{}\">attempt</text>\n",
        x(ATTEMPTS - 1) + 24,
        BOTTOM + 18
    );
    let words =
        format!("The delays before {ATTEMPTS} attempts: they double, spread, and never exceed {longest} ms.");
    picture("curve", x(ATTEMPTS) + 40, BOTTOM + 28, &words, &inside)
}

/// In which moment of their fifth wait many clients come back: with the cap before the jitter, or after it.
pub(crate) fn crowd(after: bool) -> String {
    let mut slots = [0_usize; SLOTS];
    for seed in 0..CLIENTS {
        let wait = waits(seed, after)[4];
        let slot = usize::try_from(wait / SLOT).unwrap_or(SLOTS).min(SLOTS - 1);
        slots[slot] += 1;
    }
    let most = slots.iter().copied().max().unwrap_or(1);
    let mut inside = String::new();
    for (slot, count) in slots.iter().enumerate() {
        let height = real(*count) / real(usize::try_from(CLIENTS).unwrap_or(1)) * real(BOTTOM - TOP);
        inside += &format!(
            "<rect class=\"bar{}\" x=\"{}\" y=\"{:.1}\" width=\"9\" height=\"{height:.1}\"/>",
            if after { "" } else { " ours" },
            LEFT + slot * 10,
            real(BOTTOM) - height
        );
    }
    inside += &format!("\n<path class=\"life\" d=\"M{LEFT} {BOTTOM}H{}\"/>\n", LEFT + SLOTS * 10);
    for second in 0..=5 {
        let x = LEFT + second * 100;
        inside += &format!(
            "<text class=\"tick\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{second} s</text>\n",
            BOTTOM + 18
        );
    }
    let words =
        format!("Of {CLIENTS} clients at most {most} come back in the same 100 ms of their fifth wait.");
    picture("curve", LEFT + SLOTS * 10 + 20, BOTTOM + 28, &words, &inside)
}

/// How long the machine with this seed waits before each attempt, as it says itself.
fn waits(seed: u64, cap_after_jitter: bool) -> Vec<u64> {
    let mut config = Config::new("http://localhost");
    config.seed = seed;
    config.cap_after_jitter = cap_after_jitter;
    let mut sim = Sim::new(config);
    sim.network.refusing = true;
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_until(&format!("reconnect {ATTEMPTS} in"));
    let wait = |it: &String| it.split_once(" in ")?.1.strip_suffix(" ms")?.parse().ok();
    sim.take_events().iter().filter_map(wait).collect()
}

fn axis(longest: u64, y: impl Fn(u64) -> f64) -> String {
    let line = |second: u64| {
        let at = y(second * 1_000);
        format!(
            "<path class=\"grid\" d=\"M{LEFT} {at:.1}H{}\"/><text class=\"tick\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{second} s</text>\n",
            LEFT + 20 + ATTEMPTS * STEP,
            LEFT - 6,
            at + 4.0
        )
    };
    (0..=longest / 1_000).map(line).collect()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a few seconds")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

const CLIENTS: u64 = 300;
const ATTEMPTS: usize = 8;
/// Milliseconds that are counted as one moment.
const SLOT: u64 = 100;
const SLOTS: usize = 51;
const LEFT: usize = 40;
const STEP: usize = 56;
const TOP: usize = 12;
const BOTTOM: usize = 190;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_show_what_the_machine_does() {
        //
        let most = |svg: String| -> usize {
            let words = svg.split_once("at most ").expect("its words").1;
            words.split(' ').next().expect("a number").parse().expect("a number")
        };
        assert!(most(crowd(true)) > 150, "with the cap last, half and more come back at once");
        assert!(most(crowd(false)) < 40, "with the cap first they are spread");
        assert!(
            delays().contains("never exceed 5000 ms") || delays().contains("never exceed 49"),
            "{}",
            delays()
        );
        assert_eq!(waits(1, false).len(), ATTEMPTS);
    }
}
