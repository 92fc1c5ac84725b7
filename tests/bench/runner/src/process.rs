//! The server's process and the clients', each with an end in any case.

use crate::{
    clients::{Client, binary},
    results::Outcome,
};
use bench_common::{Case, Error, Result};
use serde::Deserialize;
use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

const DEADLINE: Duration = Duration::from_mins(2);
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// The server, until it is dropped.
pub struct Server {
    child: Child,
    url: String,
}

impl Server {
    pub fn start() -> Result<Self> {
        let mut child =
            Command::new(binary("bench-server")?).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let port: u16 = line.trim().parse().map_err(|_| Error::from("the server did not say its port"))?;
        Ok(Self { child, url: format!("http://127.0.0.1:{port}/") })
    }

    /// CPU time of the server so far, in microseconds; it has one thread.
    fn cpu_us(&self) -> Result<u64> {
        let schedstat = std::fs::read_to_string(format!("/proc/{}/schedstat", self.child.id()))?;
        let nanoseconds: u64 = schedstat.split(' ').next().unwrap_or_default().parse()?;
        Ok(nanoseconds / 1000)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has no end of its own. If it is gone already there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a client prints.
#[derive(Deserialize)]
#[serde(untagged)]
enum Reported {
    Messages { count: u64, user_us: i64, sys_us: i64, wall_us: u64 },
    Idle { count: u64, rss_before_kib: u64, rss_after_kib: u64 },
}

/// Runs one client once. A failure is a result too.
pub fn measure(client: &Client, server: &Server, case: Case, count: u64) -> Outcome {
    let run = || -> Result<Outcome> {
        let before = server.cpu_us()?;
        let line = output(client, server, case, count)?;
        let server_us = server.cpu_us()? - before;
        Ok(outcome(&serde_json::from_str(&line)?, server_us))
    };
    run().unwrap_or_else(|error| Outcome::Failed { reason: error.to_string() })
}

#[allow(clippy::cast_precision_loss, reason = "microseconds and counts are far below 2^53")]
fn outcome(reported: &Reported, server_us: u64) -> Outcome {
    match *reported {
        Reported::Messages { count, user_us, sys_us, wall_us } => {
            let each = |us: f64| us / count as f64;
            Outcome::Messages {
                cpu_us: each((user_us + sys_us) as f64),
                user_us: each(user_us as f64),
                sys_us: each(sys_us as f64),
                wall_us: each(wall_us as f64),
                server_us: each(server_us as f64),
            }
        }
        Reported::Idle { count, rss_before_kib, rss_after_kib } => {
            Outcome::Idle { kib: (rss_after_kib as f64 - rss_before_kib as f64) / count as f64 }
        }
    }
}

fn output(client: &Client, server: &Server, case: Case, count: u64) -> Result<String> {
    let mut child = client
        .command()
        .args(["--url", &server.url, "--case", case.name(), "--count", &count.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let status = wait(&mut child, DEADLINE)?;
    if !status.success() {
        return Err(status.to_string().into());
    }
    // One line, so it waits in the pipe.
    let mut line = String::new();
    child.stdout.take().ok_or("no output")?.read_to_string(&mut line)?;
    Ok(line)
}

/// Waits for the end of the process, and is the end of it if it takes too long.
fn wait(child: &mut Child, at_most: Duration) -> Result<ExitStatus> {
    let deadline = Instant::now() + at_most;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Err(format!("killed after {} s", at_most.as_secs()).into());
        }
        sleep(LOOK_EVERY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_hangs_is_killed_and_reported() {
        let mut child = Command::new("sleep").arg("600").spawn().expect("there is a sleep");
        let error = wait(&mut child, Duration::from_millis(50)).expect_err("it hangs");
        assert!(error.to_string().starts_with("killed"));
        assert!(child.try_wait().expect("it can be asked").is_some());
    }
}
