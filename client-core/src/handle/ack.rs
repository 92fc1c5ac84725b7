//! An answer that is awaited.

use alloc::sync::{Arc, Weak};
use core::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use serde::de::DeserializeOwned;

use super::{shared::Shared, slot::Slot};
use crate::{
    error::AckError,
    output::{EmitId, SocketKey},
    wire::{Args, DataError},
};

/// The answer to an event: `ack.await` gives its arguments, whose [`ack_data`](Args::ack_data) is a type of
/// the application's own.
///
/// Cancel-safe: dropping it forgets the answer and nothing else; the event itself was already taken.
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// # use core::time::Duration;
/// use sockeye_core::AckError;
///
/// let saved = socket.timeout(Duration::from_secs(5)).emit_with_ack("save", "text")?;
/// match saved.await {
///     Ok(answer) => println!("saved as {}", answer.ack_data::<u64>()?),
///     Err(AckError::Disconnected) => println!("the server may have saved it"),
///     Err(error) => println!("not saved: {error}"), // too late, or dropped before it left
/// }
///
/// // Or with the type alone.
/// let id: u64 = socket.emit_with_ack("save", "more")?.data().await?;
/// # let _ = id;
/// # Ok(()) }
/// ```
#[must_use = "the event is sent in any case; without waiting its answer is lost: use `emit` for that"]
pub struct Ack {
    answered: Arc<Answered>,
    shared: Weak<Shared>,
    socket: SocketKey,
    emit: EmitId,
}

/// Where the answer is put.
pub(crate) type Answered = Slot<Result<Args, AckError>>;

impl Ack {
    pub(crate) fn new(
        answered: Arc<Answered>,
        shared: &Arc<Shared>,
        socket: SocketKey,
        emit: EmitId,
    ) -> Self {
        Self { answered, shared: Arc::downgrade(shared), socket, emit }
    }

    /// The answer as a type of the application's own. A tuple is several arguments.
    pub async fn data<T: DeserializeOwned>(self) -> Result<T, AnswerData> {
        let args = self.await.map_err(AnswerData::None)?;
        args.ack_data().map_err(AnswerData::Data)
    }
}

/// Why there is no answer of that type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerData {
    /// None came.
    None(AckError),
    /// It is another type.
    Data(DataError),
}

impl Future for Ack {
    type Output = Result<Args, AckError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.answered.poll(cx)
    }
}

impl Drop for Ack {
    fn drop(&mut self) {
        if !self.answered.is_settled()
            && let Some(shared) = self.shared.upgrade()
        {
            let (socket, emit) = (self.socket, self.emit);
            shared.look(|inner| {
                if let Some(room) = inner.room(socket) {
                    room.answers.remove(&emit);
                }
                inner.client.forget_answer(socket, emit);
            });
        }
    }
}

impl fmt::Debug for Ack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ack").field("emit", &self.emit).finish_non_exhaustive()
    }
}

impl fmt::Display for AnswerData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None(error) => error.fmt(f),
            Self::Data(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for AnswerData {}
