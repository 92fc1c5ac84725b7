//! An event as a listener gets it.

use alloc::{
    borrow::Cow,
    sync::{Arc, Weak},
};
use core::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::{inbox::Item, shared::Shared};
use crate::{
    output::AckToken,
    wire::{Args, DataError, Json, Wire},
};

/// An event: its name, its arguments, and, if the server asks for one, the right to answer it.
///
/// Cheap to clone. Nothing is parsed before it is asked for.
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// #[derive(serde::Deserialize)]
/// struct Said<'a> {
///     user: &'a str, // borrowed from the packet
///     text: String,
/// }
/// let mut questions = socket.on("question");
/// while let Some(question) = questions.next().await {
///     match question.data::<Said>() {
///         Ok(Said { user, text }) => println!("{} from {user}: {text}", question.event()),
///         Err(error) => eprintln!("another shape: {error}"), // the connection stays
///     }
///     if question.wants_ack() {
///         question.ack("42")?;
///     }
/// }
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Message {
    args: Args,
    answer: Option<Arc<Answer>>,
}

/// The right to answer, shared by all who hear the event: the first answer counts (A-74).
struct Answer {
    token: Mutex<Option<AckToken>>,
    shared: Weak<Shared>,
}

/// Why an event could not be answered.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// The server did not ask for an answer.
    NotAsked,
    /// It was answered already; the first answer counts (F100).
    Answered,
    /// The session in which it was asked is over, or the send buffer is full (Q-07).
    Late,
    /// The value is no JSON.
    Data(DataError),
}

impl Message {
    pub(crate) fn new(args: Args, token: Option<AckToken>, shared: &Arc<Shared>) -> Self {
        let answer = token
            .map(|token| Arc::new(Answer { token: Mutex::new(Some(token)), shared: Arc::downgrade(shared) }));
        Self { args, answer }
    }

    /// The name of the event; digits for a name that is a number (F073).
    pub fn event(&self) -> Cow<'_, str> {
        self.args.name().unwrap_or_default()
    }

    /// The arguments as a type of the application's own. A tuple is several arguments, `()` is none, anything
    /// else is the first; further ones are ignored. `&str` and `&[u8]` borrow from the packet.
    pub fn data<'a, T: Deserialize<'a>>(&'a self) -> Result<T, DataError> {
        self.args.data()
    }

    /// The arguments as they came: JSON text with placeholders, and attachments.
    pub fn args(&self) -> &Args {
        &self.args
    }

    /// The bytes that came with it, without a copy.
    pub fn attachments(&self) -> &[Bytes] {
        self.args.attachments()
    }

    /// Whether the server waits for an answer.
    pub fn wants_ack(&self) -> bool {
        self.answer.is_some()
    }

    /// Answers it. A tuple is several arguments, `()` is none.
    pub fn ack<T: Serialize + ?Sized>(&self, data: &T) -> Result<(), AnswerError> {
        let answer = self.answer.as_ref().ok_or(AnswerError::NotAsked)?;
        let args = Args::ack(data).map_err(AnswerError::Data)?;
        let token = answer.token.lock().unwrap_or_else(PoisonError::into_inner).take();
        let token = token.ok_or(AnswerError::Answered)?;
        let shared = answer.shared.upgrade().ok_or(AnswerError::Late)?;
        let taken = shared.wish(|inner, now| inner.client.ack(&token, args, now));
        if taken { Ok(()) } else { Err(AnswerError::Late) }
    }
}

impl Item for Message {
    fn size(&self) -> usize {
        Json::size(&self.args)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("event", &self.event())
            .field("args", &self.args)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAsked => "the server did not ask for an answer to this event",
            Self::Answered => "this event was answered already; only the first answer counts",
            Self::Late => "the session in which the server asked is over, or the send buffer is full",
            Self::Data(error) => return error.fmt(f),
        })
    }
}

impl core::error::Error for AnswerError {}
