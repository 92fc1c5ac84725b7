//! The command line every client understands: `--url URL --case CASE --count N`.

use crate::{Error, Result};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Events of one 64-byte text, from the server.
    In,
    /// Events of one 64-byte text, to the server.
    Out,
    /// Events of 16 KiB of small objects, from the server.
    In16k,
    /// Events with an acknowledgement, one after the other.
    PingPong,
    /// Connections that do nothing.
    Idle,
}

impl Case {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 5] = [Self::In, Self::Out, Self::In16k, Self::PingPong, Self::Idle];

    /// The name on the command line and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::In16k => "in16k",
            Self::PingPong => "pingpong",
            Self::Idle => "idle",
        }
    }

    /// The case of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.name() == name)
    }
}

/// The parsed command line of a client.
#[derive(Clone, Debug)]
pub struct Args {
    /// Where the server is, `http://host:port/`.
    pub url: String,
    /// What to do.
    pub case: Case,
    /// How many messages, or connections.
    pub count: u64,
}

impl Args {
    /// Reads the process's arguments.
    pub fn from_env() -> Result<Self> {
        let (mut url, mut case, mut count) = (None, None, None);
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| Error::from(format!("{word} needs a value")))?;
            match word.as_str() {
                "--url" => url = Some(value),
                "--case" => case = Case::parse(&value),
                "--count" => count = value.parse().ok(),
                _ => return Err(format!("unknown argument {word}").into()),
            }
        }
        Ok(Self {
            url: url.ok_or("--url is missing")?,
            case: case.ok_or("--case is missing or unknown")?,
            count: count.ok_or("--count is missing or not a number")?,
        })
    }
}
