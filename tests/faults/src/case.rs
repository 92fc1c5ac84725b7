//! A case: what the server does wrong, and what must be seen then. `README.md` beside this folder has the language.

use std::{fmt, time::Duration};

use crate::faults::{
    bytes::Template,
    pattern::Pattern,
    step::{Reply, Step, millis},
};

/// One fault, at one moment.
#[derive(Clone, Debug)]
pub struct Case {
    /// The row of the table of faults, and the case's own name: `F004.no-sid`.
    pub id: String,
    /// In words.
    pub about: String,
    /// The transports it is had over.
    pub over: Vec<Over>,
    pub(crate) server: Script,
    /// What else the client is told on its command line.
    pub(crate) client: Vec<String>,
    pub(crate) expected: Expected,
}

/// What a client is told to connect over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Long-polling, and nothing else.
    Polling,
    /// WebSocket, and nothing else.
    WebSocket,
    /// Long-polling first, then an upgrade.
    Upgrade,
}

/// The server's part.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    /// For how many sessions, or attempts at one, the faults hold; afterwards the server is honest.
    pub(crate) faulty: usize,
    pub(crate) ping: (Duration, Duration),
    pub(crate) payload: u64,
    pub(crate) tls: Option<String>,
    /// The packet of the handshake.
    pub(crate) handshake: Option<Template>,
    /// By kind of request (`open`, `upgrade`, `poll`, `post`), and the first request of that kind it is for.
    pub(crate) replies: Vec<(String, usize, Reply)>,
    /// How a namespace is answered; with nothing, not at all.
    pub(crate) namespaces: Vec<(String, Option<Template>)>,
    /// What is done when the handshake has been said, when `/` was joined, when a probe is there.
    pub(crate) opened: Vec<Step>,
    pub(crate) joined: Vec<Step>,
    pub(crate) probing: Vec<Step>,
}

/// The judge's part.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// What to tell the client, and after which of its lines.
    pub(crate) tell: Vec<(Option<Pattern>, String)>,
    /// Lines of the client, in this order.
    pub(crate) must: Vec<Pattern>,
    pub(crate) never: Vec<Pattern>,
    pub(crate) wire: Vec<(Count, Pattern)>,
    pub(crate) within: Duration,
    /// How long to look on after the last thing that must happen.
    pub(crate) linger: Duration,
    pub(crate) memory_kb: u64,
    pub(crate) cpu_ms: u64,
    pub(crate) attempts: usize,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    AtLeast(usize),
    AtMost(usize),
    Exactly(usize),
}

impl Case {
    /// All cases of a file. A case begins with `= F004.no-sid what it is about`.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let mut cases = Vec::<Self>::new();
        for (at, line) in text.lines().enumerate() {
            let told = |why| format!("line {}: {why}: {line}", at + 1);
            if let Some(head) = line.strip_prefix("= ") {
                cases.push(Self::named(head).map_err(told)?);
            } else if !line.trim().is_empty() && !line.starts_with('#') {
                let case = cases.last_mut().ok_or_else(|| told("this is of no case".into()))?;
                case.line(line).map_err(told)?;
            }
        }
        Ok(cases)
    }

    /// The row it belongs to.
    pub fn row(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// What must happen, in words.
    pub fn demands(&self) -> Vec<String> {
        let it = &self.expected;
        let mut demands: Vec<_> = it
            .tell
            .iter()
            .map(|(when, what)| match when {
                Some(when) => format!("tell   {what}   (after: {})", when.text()),
                None => format!("tell   {what}"),
            })
            .collect();
        demands.extend(it.must.iter().map(|it| format!("must   {}", it.text())));
        demands.extend(it.never.iter().map(|it| format!("never  {}", it.text())));
        demands.extend(it.wire.iter().map(|(count, it)| format!("wire   {count} {}", it.text())));
        demands.push(format!("memory at most {} KiB more, processor at most {} ms", it.memory_kb, it.cpu_ms));
        demands
    }

    fn named(head: &str) -> Result<Self, String> {
        let (id, about) = head.split_once(' ').ok_or("a case wants an id and words")?;
        let row = id.split('.').next().unwrap_or_default();
        let digits = row.strip_prefix('F').unwrap_or_default();
        if digits.len() != 3 || !digits.bytes().all(|it| it.is_ascii_digit()) || row == id {
            return Err(format!("`{id}` is not like F004.no-sid"));
        }
        Ok(Self {
            id: id.to_owned(),
            about: about.to_owned(),
            over: vec![Over::Polling, Over::WebSocket],
            server: Script::default(),
            client: Vec::new(),
            expected: Expected::default(),
        })
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (server, expected) = (&mut self.server, &mut self.expected);
        match word {
            "over" => self.over = rest.split(' ').map(Over::parse).collect::<Result<_, _>>()?,
            "client" => self.client.extend(rest.split(' ').map(str::to_owned)),
            "faulty" if rest == "always" => server.faulty = usize::MAX,
            "faulty" => server.faulty = number(rest)?,
            "ping" => {
                let (interval, timeout) = rest.split_once(' ').ok_or("`ping` wants two times")?;
                server.ping = (millis(interval)?, millis(timeout)?);
            }
            "payload" => server.payload = number(rest)? as u64,
            "tls" => server.tls = Some(rest.to_owned()),
            "handshake" => server.handshake = Some(Template::parse(rest)?),
            "namespace" => {
                let (name, answer) = rest.split_once(' ').ok_or("`namespace` wants a name and an answer")?;
                let answer = (answer != "silence").then(|| Template::parse(answer)).transpose()?;
                server.namespaces.push((name.to_owned(), answer));
            }
            "opened" => server.opened.push(Step::parse(rest)?),
            "joined" => server.joined.push(Step::parse(rest)?),
            "probing" => server.probing.push(Step::parse(rest)?),
            "tell" => expected.tell.push((None, rest.to_owned())),
            "when" => {
                let (when, what) = rest.split_once(" tell ").ok_or("`when` wants a line and `tell`")?;
                expected.tell.push((Some(Pattern::new(when)), what.to_owned()));
            }
            "must" => expected.must.push(Pattern::new(rest)),
            "never" => expected.never.push(Pattern::new(rest)),
            "broken" => {
                let alternatives: Vec<_> =
                    rest.split(" || ").map(|it| format!("disconnect / {it}")).collect();
                expected.must.extend([Pattern::new("connect /"), Pattern::new(&alternatives.join(" || "))]);
                expected.recovers();
            }
            "rejected" => {
                expected.must.push(Pattern::new(&format!("connect_error /{}", prefixed(rest))));
                expected.recovers();
            }
            "fine" => {
                expected.must.extend([Pattern::new("connect /"), Pattern::new("event / done")]);
                expected.never.extend([Pattern::new("disconnect /"), Pattern::new("connect_error /")]);
            }
            "recovers" => expected.recovers(),
            "wire" => expected.wire.push(wire(rest)?),
            "within" => expected.within = millis(rest)?,
            "linger" => expected.linger = millis(rest)?,
            "memory" => expected.memory_kb = number(rest)? as u64,
            "cpu" => expected.cpu_ms = number(rest)? as u64,
            "attempts" => expected.attempts = number(rest)?,
            _ => match word.split('@').next().unwrap_or_default() {
                kind @ ("open" | "upgrade" | "poll" | "post") => {
                    let first = word.split_once('@').map_or(Ok(1), |(_, nth)| number(nth))?;
                    server.replies.push((kind.to_owned(), first, Reply::parse(rest)?));
                }
                _ => return Err(format!("`{word}` is no word of the language")),
            },
        }
        Ok(())
    }
}

impl Over {
    /// Its word in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Polling => "polling",
            Self::WebSocket => "websocket",
            Self::Upgrade => "upgrade",
        }
    }

    /// As the client is told.
    pub(crate) const fn transports(self) -> &'static str {
        if matches!(self, Self::Upgrade) { "polling,websocket" } else { self.as_str() }
    }

    fn parse(word: &str) -> Result<Self, String> {
        let all = [Self::Polling, Self::WebSocket, Self::Upgrade];
        all.into_iter().find(|it| it.as_str() == word).ok_or(format!("`{word}` is no transport"))
    }
}

impl Expected {
    /// The client comes back to a server that is honest again, and hears it.
    fn recovers(&mut self) {
        self.must.extend([Pattern::new("connect /"), Pattern::new("event / after")]);
    }
}

impl Default for Script {
    fn default() -> Self {
        Self {
            faulty: 1,
            ping: (Duration::from_secs(25), Duration::from_secs(20)),
            payload: 1_000_000,
            tls: None,
            handshake: None,
            replies: Vec::new(),
            namespaces: Vec::new(),
            opened: Vec::new(),
            joined: Vec::new(),
            probing: Vec::new(),
        }
    }
}

impl Default for Expected {
    fn default() -> Self {
        Self {
            tell: Vec::new(),
            must: Vec::new(),
            never: Vec::new(),
            wire: Vec::new(),
            within: Duration::from_secs(20),
            linger: Duration::from_millis(250),
            memory_kb: 128 << 10,
            cpu_ms: 3_000,
            attempts: 8,
        }
    }
}

impl Count {
    pub(crate) fn holds(self, count: usize) -> bool {
        match self {
            Self::AtLeast(wanted) => count >= wanted,
            Self::AtMost(wanted) => count <= wanted,
            Self::Exactly(wanted) => count == wanted,
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(count) => write!(f, ">={count}"),
            Self::AtMost(count) => write!(f, "<={count}"),
            Self::Exactly(count) => write!(f, "={count}"),
        }
    }
}

/// `has PATTERN`, `never PATTERN`, `>=2 PATTERN`, `<=2 PATTERN`, `=2 PATTERN`.
fn wire(text: &str) -> Result<(Count, Pattern), String> {
    let (count, pattern) = text.split_once(' ').ok_or("`wire` wants a number and a line")?;
    let count = match count {
        "has" => Count::AtLeast(1),
        "never" => Count::Exactly(0),
        _ => match (count.strip_prefix(">="), count.strip_prefix("<="), count.strip_prefix('=')) {
            (Some(it), ..) => Count::AtLeast(number(it)?),
            (_, Some(it), _) => Count::AtMost(number(it)?),
            (.., Some(it)) => Count::Exactly(number(it)?),
            _ => return Err(format!("`{count}` does not say how often")),
        },
    };
    Ok((count, Pattern::new(pattern)))
}

fn prefixed(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}
