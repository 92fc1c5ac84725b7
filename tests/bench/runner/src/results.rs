//! What came out, run by run, and the medians.

use crate::{clients::Client, machine::Machine, options::Options};
use serde::Serialize;
use std::fmt;

/// What one run of one client came to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Microseconds a message. `cpu_us` is the sum of the next two, and the only one of the three that is exact.
    Messages {
        cpu_us: f64,
        user_us: f64,
        sys_us: f64,
        wall_us: f64,
        server_us: f64,
    },
    /// KiB a connection.
    Idle {
        kib: f64,
    },
    Failed {
        reason: String,
    },
}

impl Outcome {
    /// What is compared: CPU microseconds a message, or KiB a connection.
    pub fn cost(&self) -> Option<f64> {
        match self {
            Self::Messages { cpu_us, .. } => Some(*cpu_us),
            Self::Idle { kib } => Some(*kib),
            Self::Failed { .. } => None,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Messages { cpu_us, .. } => write!(formatter, "{cpu_us:.3} µs a message"),
            Self::Idle { kib } => write!(formatter, "{kib:.1} KiB a connection"),
            Self::Failed { reason } => write!(formatter, "FAILED: {reason}"),
        }
    }
}

/// One run.
#[derive(Clone, Debug, Serialize)]
pub struct Run {
    pub client: String,
    pub case: String,
    pub round: usize,
    pub count: u64,
    pub outcome: Outcome,
}

/// All of it, as it goes to the JSON file.
#[derive(Serialize)]
pub struct Report {
    pub machine: Machine,
    pub quick: bool,
    pub rounds: usize,
    pub cases: Vec<&'static str>,
    pub clients: Vec<String>,
    pub runs: Vec<Run>,
}

impl Report {
    pub fn new(machine: Machine, options: &Options, clients: &[Client], runs: Vec<Run>) -> Self {
        Self {
            machine,
            quick: options.quick,
            rounds: options.rounds,
            cases: options.cases.iter().map(|case| case.name()).collect(),
            clients: clients.iter().map(|client| client.name.clone()).collect(),
            runs,
        }
    }

    /// The runs of one client in one case.
    pub fn of(&self, client: &str, case: &str) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(move |run| run.client == client && run.case == case)
    }

    /// Lowest, median and highest of something over the rounds of one client in one case.
    pub fn spread(&self, client: &str, case: &str, what: fn(&Outcome) -> Option<f64>) -> Option<[f64; 3]> {
        let mut values: Vec<f64> = self.of(client, case).filter_map(|run| what(&run.outcome)).collect();
        values.sort_by(f64::total_cmp);
        Some([*values.first()?, median(&values)?, *values.last()?])
    }
}

fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 { Some(upper) } else { Some(f64::midpoint(sorted[middle - 1], upper)) }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn median_of_odd_and_even() {
        assert_eq!(median(&[1.0, 2.0, 9.0]), Some(2.0));
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), Some(3.0));
        assert_eq!(median(&[]), None);
    }
}
