//! The report as Markdown.

use crate::results::{Outcome, Report};
use std::fmt::Write;

const FLOOR: &str = "floor";

/// One table a case, and what they were measured on.
pub fn markdown(report: &Report) -> String {
    let mut out = String::from("# Benchmark\n\n");
    let machine = &report.machine;
    line(&mut out, &format!("{}, {} cores seen, Linux {}.", machine.cpu, machine.cores, machine.kernel));
    line(&mut out, &format!("{}.\n", machine.versions.join(", ")));
    let kind = if report.quick { "**Quick run: too short to quote.** " } else { "" };
    line(
        &mut out,
        &format!("{kind}Medians of {} rounds; in brackets the lowest and the highest.", report.rounds),
    );
    for case in &report.cases {
        line(&mut out, &format!("\n## `{case}`: {}\n", title(case, count(report, case))));
        if *case == "idle" {
            idle(&mut out, report, case);
        } else {
            messages(&mut out, report, case);
        }
        for run in report.runs.iter().filter(|run| run.case == *case) {
            if let Outcome::Failed { reason } = &run.outcome {
                line(&mut out, &format!("\n**Failed**: {}, round {}: {reason}", run.client, run.round));
            }
        }
    }
    out
}

fn count(report: &Report, case: &str) -> u64 {
    report.runs.iter().find(|run| run.case == case).map_or(0, |run| run.count)
}

fn title(case: &str, count: u64) -> String {
    match case {
        "in" => format!("{count} events of one 64-byte text from the server"),
        "out" => format!("{count} events of one 64-byte text to the server"),
        "in16k" => format!("{count} events of 16 KiB (an array of small objects) from the server"),
        "pingpong" => format!("{count} acknowledged events of one 64-byte text, one after the other"),
        _ => format!("{count} connections that do nothing"),
    }
}

fn messages(out: &mut String, report: &Report, case: &str) {
    line(out, "| client | CPU µs a message | × floor | user | sys | messages/s | server's CPU µs |");
    line(out, "|---|---|---|---|---|---|---|");
    for client in &report.clients {
        let median = |what| report.spread(client, case, what).map(|[_, median, _]| median);
        let part = |what| median(what).map_or_else(|| "-".into(), |us: f64| format!("{us:.3}"));
        let (cost, ratio) = cost(report, client, case, 3);
        let user = part(|outcome| messages_of(outcome).map(|[user, ..]| user));
        let sys = part(|outcome| messages_of(outcome).map(|[_, sys, ..]| sys));
        let server = part(|outcome| messages_of(outcome).map(|[.., server]| server));
        let rate = median(|outcome| messages_of(outcome).map(|[_, _, wall, _]| 1e6 / wall));
        let rate = rate.map_or_else(|| "-".into(), |rate| format!("{rate:.0}"));
        line(out, &format!("| {client} | {cost} | {ratio} | {user} | {sys} | {rate} | {server} |"));
    }
}

fn messages_of(outcome: &Outcome) -> Option<[f64; 4]> {
    match outcome {
        Outcome::Messages { user_us, sys_us, wall_us, server_us, .. } => {
            Some([*user_us, *sys_us, *wall_us, *server_us])
        }
        _ => None,
    }
}

fn idle(out: &mut String, report: &Report, case: &str) {
    line(out, "| client | KiB a connection | × floor |");
    line(out, "|---|---|---|");
    for client in &report.clients {
        let (cost, ratio) = cost(report, client, case, 1);
        line(out, &format!("| {client} | {cost} | {ratio} |"));
    }
}

fn cost(report: &Report, client: &str, case: &str, digits: usize) -> (String, String) {
    let spread = |client| report.spread(client, case, Outcome::cost);
    let Some([low, median, high]) = spread(client) else { return ("failed".into(), "-".into()) };
    let ratio = spread(FLOOR).map_or_else(|| "-".into(), |[_, floor, _]| format!("{:.2}", median / floor));
    (format!("**{median:.digits$}** ({low:.digits$} to {high:.digits$})"), ratio)
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}
