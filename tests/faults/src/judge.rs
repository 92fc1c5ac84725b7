//! The judge: lets a client meet a case, and says what of it should not have been.

use std::{fmt, time::Duration};

use tokio::time::{Instant, timeout_at};

use crate::faults::{
    case::{Case, Over},
    client::{Client, Said},
    server::Server,
};

/// What became of a case.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The case, and the transport it was had over: `F004.no-sid/polling`.
    pub id: String,
    /// Why the case means nothing to this client, in its own words.
    pub skipped: Option<String>,
    /// In a word, and what should not have been.
    pub faults: Vec<(Fault, String)>,
    /// What the client printed.
    pub lines: Vec<String>,
    /// What the server saw.
    pub wire: Vec<String>,
}

/// What a client did wrong, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It ended by itself.
    Crashed,
    /// It did not even end when it was told to.
    Hung,
    /// It took more memory than the case allows.
    Memory,
    /// It took more of the processor than the case allows.
    Processor,
    /// It came back too often.
    Loop,
    /// Something was seen that must not be.
    Wrong,
    /// Something that must happen did not.
    Missing,
}

/// Sits a client before a server that does what the case says.
pub async fn judge(case: &Case, over: Over, server: &Server, client: Client) -> Verdict {
    let mut sitting = Sitting { case, server, client, lines: Vec::new(), told: 0, met: 0 };
    let mut faults = Vec::new();
    let ended = sitting.look_on().await;
    if sitting.met < case.expected.must.len() {
        let missing = case.expected.must[sitting.met].text();
        let seen = sitting.lines.last().map_or("nothing", String::as_str);
        faults.push((Fault::Missing, format!("in vain for `{missing}`; last came `{seen}`")));
    }
    if !ended {
        sitting.quit().await;
    }
    sitting.faults(&mut faults);
    let Sitting { client, lines, .. } = sitting;
    let bye = lines.iter().any(|it| it == "bye");
    let id = format!("{}/{}", case.id, over.as_str());
    if let Some(why) = lines.iter().find_map(|it| it.strip_prefix("unusable ")) {
        return Verdict { id, skipped: Some(why.to_owned()), faults: Vec::new(), wire: Vec::new(), lines };
    }
    let (how, words) = client.end().await;
    if ended {
        let words = words.iter().find(|it| it.contains("Error") || it.contains("panicked"));
        faults.push((Fault::Crashed, format!("{how}: {}", words.map_or("", |it| it.trim()))));
    } else if !bye {
        faults.push((Fault::Hung, String::from("it was told to quit, and did not")));
    }
    faults.sort_by_key(|it| it.0);
    Verdict { id, skipped: None, faults, lines, wire: server.log.lines() }
}

struct Sitting<'a> {
    case: &'a Case,
    server: &'a Server,
    client: Client,
    lines: Vec<String>,
    /// Which of the commands were given, a bit for each.
    told: u64,
    /// How many of the lines that must come have come.
    met: usize,
}

impl Sitting<'_> {
    /// Until all that must happen has, and a while longer; or until the time is up. `true` if the client ended.
    async fn look_on(&mut self) -> bool {
        let expected = &self.case.expected;
        let mut until = Instant::now() + expected.within;
        let mut met = false;
        self.give_commands(None).await;
        loop {
            if !met && self.met == expected.must.len() && self.wire_is_there() {
                met = true;
                until = Instant::now() + expected.linger;
            }
            // What comes over the wire is not told by the client: so it is looked at now and then.
            let turn = until.min(Instant::now() + Duration::from_millis(25));
            match timeout_at(turn, self.client.next()).await {
                Ok(Said::Line(line)) => {
                    if expected.must.get(self.met).is_some_and(|it| it.fits(&line)) {
                        self.met += 1;
                    }
                    self.give_commands(Some(&line)).await;
                    self.note(line);
                }
                Ok(Said::Ended) => return true,
                Err(_) if Instant::now() >= until => return false,
                Err(_) => {}
            }
        }
    }

    async fn give_commands(&mut self, after: Option<&str>) {
        for (at, (when, what)) in self.case.expected.tell.iter().enumerate() {
            let due = match (when, after) {
                (Some(when), Some(line)) => when.fits(line),
                (when, line) => when.is_none() && line.is_none(),
            };
            if due && self.told & 1 << at == 0 {
                self.told |= 1 << at;
                self.client.tell(what).await;
            }
        }
    }

    async fn quit(&mut self) {
        self.client.tell("quit").await;
        let until = Instant::now() + Duration::from_secs(8);
        while let Ok(Said::Line(line)) = timeout_at(until, self.client.next()).await {
            self.note(line);
            if self.lines.last().is_some_and(|it| it == "bye") {
                return;
            }
        }
    }

    /// A client that prints without end must not fill the memory of its judge, nor the name of an event the results.
    fn note(&mut self, mut line: String) {
        if self.lines.len() < MOST || line == "bye" || line.starts_with("usage ") {
            line.truncate(line.floor_char_boundary(LONGEST));
            self.lines.push(line);
        }
    }

    fn wire_is_there(&self) -> bool {
        let wanted = self.case.expected.wire.iter();
        wanted
            .filter(|it| matches!(it.0, super::case::Count::AtLeast(_)))
            .all(|(count, pattern)| count.holds(self.server.log.count(|line| pattern.fits(line))))
    }

    fn faults(&self, faults: &mut Vec<(Fault, String)>) {
        let expected = &self.case.expected;
        if let Some(line) = self.lines.iter().find(|it| it.starts_with("uncaught ")) {
            faults.push((Fault::Crashed, line.clone()));
        }
        for never in &expected.never {
            if let Some(line) = self.lines.iter().find(|it| never.fits(it)) {
                faults.push((Fault::Wrong, format!("`{line}`")));
            }
        }
        for (count, pattern) in &expected.wire {
            let seen = self.server.log.count(|line| pattern.fits(line));
            if !count.holds(seen) {
                faults.push((
                    Fault::Wrong,
                    format!("on the wire `{}` {seen} times, not {count}", pattern.text()),
                ));
            }
        }
        let attempts = self.server.log.count(|line| line.starts_with("attempt "));
        if attempts > expected.attempts {
            faults.push((Fault::Loop, format!("{attempts} attempts to connect")));
        }
        let usage = self.lines.iter().rev().find_map(|it| it.strip_prefix("usage "));
        let used = |name: &str| {
            let mut words = usage.into_iter().flat_map(str::split_whitespace);
            words.find_map(|it| it.strip_prefix(name)?.strip_prefix('=')?.parse::<u64>().ok())
        };
        if let Some(grown) = used("grown_kb").filter(|it| *it > expected.memory_kb) {
            faults.push((Fault::Memory, format!("{grown} KiB more")));
        }
        if let Some(spent) = used("cpu_ms").filter(|it| *it > expected.cpu_ms) {
            faults.push((Fault::Processor, format!("{spent} ms")));
        }
    }
}

impl Verdict {
    /// Whether nothing was wrong.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }
}

/// One line, as `README.md` documents it: `ok F004.no-sid/polling`, or `FAIL … fault: words; fault: words`.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(why) = &self.skipped {
            return write!(f, "skip {} {why}", self.id);
        }
        if self.is_good() {
            return write!(f, "ok   {}", self.id);
        }
        let faults: Vec<_> = self.faults.iter().map(|(fault, words)| format!("{fault}: {words}")).collect();
        write!(f, "FAIL {} {}", self.id, faults.join("; "))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Crashed => "crashed",
            Self::Hung => "hung",
            Self::Memory => "memory",
            Self::Processor => "processor",
            Self::Loop => "loop",
            Self::Wrong => "wrong",
            Self::Missing => "missing",
        })
    }
}

const MOST: usize = 10_000;
/// Bytes of a line: more than the words and the 500 bytes of JSON that it may have.
const LONGEST: usize = 1_000;
