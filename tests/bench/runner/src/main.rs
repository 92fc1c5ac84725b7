//! Builds what is to be compared, runs it in turn against one server, writes a table. See README.md.

mod clients;
mod machine;
mod options;
mod process;
mod results;
mod table;

use bench_common::Result;
use options::Options;
use results::{Outcome, Run};

fn main() -> Result<()> {
    if cfg!(debug_assertions) {
        return Err("a debug build says nothing: run it with --release".into());
    }
    let options = Options::from_env()?;
    let clients = clients::build(&options)?;
    let server = process::Server::start()?;
    let mut runs = Vec::new();
    for &case in &options.cases {
        let count = options.count(case);
        for round in 1..=options.rounds {
            // In turn and not one after the other: what the machine does meanwhile hits all of them.
            for client in &clients {
                let outcome = process::measure(client, &server, case, count);
                eprintln!("{:>8} {round}/{} {:<18} {outcome}", case.name(), options.rounds, client.name);
                runs.push(Run {
                    client: client.name.clone(),
                    case: case.name().into(),
                    round,
                    count,
                    outcome,
                });
            }
        }
    }
    let report = results::Report::new(machine::describe(&clients), &options, &clients, runs);
    let markdown = table::markdown(&report);
    let (json_file, markdown_file) = options.files();
    std::fs::write(&json_file, serde_json::to_string_pretty(&report)? + "\n")?;
    std::fs::write(&markdown_file, &markdown)?;
    println!("{markdown}");
    eprintln!("written to {} and {}", json_file.display(), markdown_file.display());
    let failed = report.runs.iter().filter(|run| matches!(run.outcome, Outcome::Failed { .. })).count();
    if failed > 0 { Err(format!("{failed} runs failed").into()) } else { Ok(()) }
}
