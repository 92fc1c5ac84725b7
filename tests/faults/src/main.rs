//! The abuse server on its own: `abuse --list`, `abuse F004 -- node tests/faults/clients/node.mjs`.
#![allow(clippy::print_stdout, reason = "what it prints is its result")]

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    use std::process::ExitCode;
    match command::run(&std::env::args().skip(1).collect::<Vec<_>>()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}\n\n{}", command::HELP);
            ExitCode::from(2)
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod command {
    use std::{sync::Arc, time::Instant};

    use sockeye_tests::faults::{Case, Client, Over, Server, Verdict, arguments, cases, judge};
    use tokio::{sync::Semaphore, task::JoinSet};

    pub(super) const HELP: &str = "\
usage: abuse --list                       the cases
       abuse CASE                         serves one case; your client's lines are read from stdin
       abuse [--at-once N] [--show] [CASE…] -- CLIENT ARGUMENT…
                                          starts the client for each case, and judges it
A CASE is a row (F004), a case (F004.no-sid) or a case over a transport (F004.no-sid/polling).";

    /// Whether all went well.
    pub(super) async fn run(words: &[String]) -> Result<bool, String> {
        let (words, client) = match words.iter().position(|it| it == "--") {
            Some(at) => (&words[..at], &words[at + 1..]),
            None => (words, [].as_slice()),
        };
        let mut wanted = Vec::new();
        let (mut at_once, mut show) = (4, false);
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            match word.as_str() {
                "--list" => {
                    list();
                    return Ok(true);
                }
                "--show" => show = true,
                "--at-once" => {
                    at_once =
                        rest.next().and_then(|it| it.parse().ok()).ok_or("`--at-once` wants a number")?;
                }
                word if word.starts_with('-') => return Err(format!("`{word}` is not known")),
                word => wanted.push(word),
            }
        }
        let chosen: Vec<_> =
            all().into_iter().filter(|it| wanted.is_empty() || is_wanted(it, &wanted)).collect();
        match (chosen.as_slice(), client) {
            ([], _) => Err(String::from("there is no such case")),
            (chosen, []) if wanted.is_empty() => Err(format!("which of {} cases?", chosen.len())),
            ([(case, over), ..], []) => serve(case, *over).await,
            (_, client) => Ok(run_all(chosen, client, at_once, show).await),
        }
    }

    fn all() -> Vec<(Case, Over)> {
        cases()
            .into_iter()
            .flat_map(|case| case.over.clone().into_iter().map(move |it| (case.clone(), it)))
            .collect()
    }

    fn is_wanted((case, over): &(Case, Over), wanted: &[&str]) -> bool {
        let full = format!("{}/{}", case.id, over.as_str());
        wanted.iter().any(|it| *it == case.row() || *it == case.id || *it == full)
    }

    fn list() {
        for case in cases() {
            let over: Vec<_> = case.over.iter().map(|it| it.as_str()).collect();
            println!("{} ({}): {}", case.id, over.join(", "), case.about);
        }
    }

    async fn serve(case: &Case, over: Over) -> Result<bool, String> {
        let server = Server::start(case).await.map_err(|why| why.to_string())?;
        println!("# {}/{}: {}", case.id, over.as_str(), case.about);
        for demand in case.demands() {
            println!("# {demand}");
        }
        println!("url {}", arguments(&server, case, over).join(" "));
        let verdict = judge(case, over, &server, Client::elsewhere()).await;
        println!("{verdict}");
        Ok(verdict.is_good())
    }

    async fn run_all(chosen: Vec<(Case, Over)>, client: &[String], at_once: usize, show: bool) -> bool {
        let begun = Instant::now();
        let (turns, client) = (Arc::new(Semaphore::new(at_once)), Arc::new(client.to_vec()));
        let mut sittings = JoinSet::new();
        for (at, (case, over)) in chosen.into_iter().enumerate() {
            let (turns, client) = (Arc::clone(&turns), Arc::clone(&client));
            sittings.spawn(async move {
                let _turn = turns.acquire().await;
                (at, one(&case, over, &client).await)
            });
        }
        let mut verdicts = sittings.join_all().await;
        verdicts.sort_by_key(|it| it.0);
        for (_, verdict) in &verdicts {
            match verdict {
                Ok(verdict) => println!("{verdict}"),
                Err(why) => println!("FAIL {why}"),
            }
            if let (true, Ok(verdict)) = (show, verdict) {
                verdict.wire.iter().for_each(|it| println!("       wire   {it}"));
                verdict.lines.iter().for_each(|it| println!("       client {it}"));
            }
        }
        let good = verdicts.iter().filter(|it| it.1.as_ref().is_ok_and(Verdict::is_good)).count();
        println!("{good} of {} good, {} s", verdicts.len(), begun.elapsed().as_secs());
        good == verdicts.len()
    }

    async fn one(case: &Case, over: Over, client: &[String]) -> Result<Verdict, String> {
        let told = |why: std::io::Error| format!("{}/{} could not be had: {why}", case.id, over.as_str());
        let server = Server::start(case).await.map_err(told)?;
        let client = Client::start(client, &server, case, over).map_err(told)?;
        Ok(judge(case, over, &server, client).await)
    }
}
