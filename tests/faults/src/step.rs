//! What the server does in a case: to one request, or in the course of a session.

use std::time::Duration;

use crate::faults::bytes::Template;

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) after: Duration,
    pub(crate) how: How,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// As an honest server does.
    Honest,
    /// A whole answer.
    Answer { status: u16, headers: Vec<(String, Template)>, body: Template },
    /// These bytes in place of an answer, one by one with this pause if there is one; then the connection ends.
    Raw { pause: Option<Duration>, bytes: Template },
    /// Nothing, and the connection stands.
    Silence,
    /// The connection is closed.
    Cut,
    /// The connection is reset.
    Reset,
}

/// What is done in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A packet of Engine.IO.
    Say(Template),
    /// A packet of bytes.
    Bytes(Template),
    /// The whole body of the next poll.
    Body(Template),
    /// Bytes past all framing, on a WebSocket.
    Raw {
        pause: Option<Duration>,
        bytes: Template,
    },
    /// The same over and over.
    Flood(usize, Box<Step>),
    /// The same again and again with a pause, for as long as the session stands.
    Forever(Duration, Box<Step>),
    Wait(Duration),
    /// Until the client has said what begins so.
    Await(String),
    /// Reads no more.
    Deaf,
    /// A WebSocket's close frame, and the end.
    Close(u16, Template),
    /// The connection ends; so does the session.
    Cut,
    Reset,
}

impl Reply {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (after, text) = match text.strip_prefix("after ") {
            Some(rest) => {
                let (span, rest) = rest.split_once(' ').ok_or("`after` wants a time and what then")?;
                (millis(span)?, rest)
            }
            None => (Duration::ZERO, text),
        };
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let how = match word {
            "honest" => How::Honest,
            "silence" => How::Silence,
            "cut" => How::Cut,
            "reset" => How::Reset,
            "raw" => How::Raw { pause: None, bytes: Template::parse(rest)? },
            "drip" => {
                let (pause, bytes) = drip(rest)?;
                How::Raw { pause: Some(pause), bytes }
            }
            "answer" => answer(rest)?,
            _ => return Err(format!("`{word}` is no answer to a request")),
        };
        Ok(Self { after, how })
    }
}

impl Step {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        Ok(match word {
            "say" => Self::Say(Template::parse(rest)?),
            "bytes" => Self::Bytes(Template::parse(rest)?),
            "body" => Self::Body(Template::parse(rest)?),
            "raw" => Self::Raw { pause: None, bytes: Template::parse(rest)? },
            "drip" => {
                let (pause, bytes) = drip(rest)?;
                Self::Raw { pause: Some(pause), bytes }
            }
            "flood" => {
                let (count, what) = rest.split_once(' ').ok_or("`flood` wants a number and what")?;
                let count = count.parse().map_err(|_| format!("`{count}` is no number"))?;
                Self::Flood(count, Box::new(Self::parse(what)?))
            }
            "forever" => {
                let (pause, what) = rest.split_once(' ').ok_or("`forever` wants a time and what")?;
                Self::Forever(millis(pause)?, Box::new(Self::parse(what)?))
            }
            "wait" => Self::Wait(millis(rest)?),
            "await" => Self::Await(rest.to_owned()),
            "deaf" => Self::Deaf,
            "close" => {
                let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
                let code = code.parse().map_err(|_| format!("`{code}` is no code"))?;
                Self::Close(code, Template::parse(reason)?)
            }
            "cut" => Self::Cut,
            "reset" => Self::Reset,
            _ => return Err(format!("`{word}` is nothing to do in a session")),
        })
    }
}

/// Times in cases are milliseconds.
pub(crate) fn millis(text: &str) -> Result<Duration, String> {
    text.parse().map(Duration::from_millis).map_err(|_| format!("`{text}` is no time"))
}

fn drip(text: &str) -> Result<(Duration, Template), String> {
    let (pause, bytes) = text.split_once(' ').ok_or("`drip` wants a time and bytes")?;
    Ok((millis(pause)?, Template::parse(bytes)?))
}

/// `STATUS [Name: value; Name: value] BODY`, the headers being optional.
fn answer(text: &str) -> Result<How, String> {
    let (status, rest) = text.split_once(' ').unwrap_or((text, ""));
    let status = status.parse().map_err(|_| format!("`{status}` is no status"))?;
    let (headers, body) = match rest.strip_prefix('{').filter(|_| rest.starts_with("{{")) {
        Some(rest) => {
            let (headers, body) = rest[1..].split_once("}}").ok_or("the headers have no end")?;
            (headers, body.strip_prefix(' ').unwrap_or(body))
        }
        None => ("", rest),
    };
    let headers = headers.split(';').filter(|it| !it.trim().is_empty()).map(|header| {
        let (name, value) = header.split_once(':').ok_or_else(|| format!("`{header}` is no header"))?;
        Ok((name.trim().to_owned(), Template::parse(value.trim())?))
    });
    Ok(How::Answer { status, headers: headers.collect::<Result<_, String>>()?, body: Template::parse(body)? })
}
