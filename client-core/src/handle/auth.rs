//! What a namespace is joined with (O-60).

use alloc::{boxed::Box, sync::Arc};
use core::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

use super::slot::Slot;
use crate::wire::{Args, DataError};

/// Where auth comes from.
#[derive(Clone)]
pub(crate) enum Auth {
    Given(Args),
    Asked(Provider),
}

/// Asked at each CONNECT, so that a token can be fresh.
pub(crate) type Provider = Arc<dyn Fn() -> AuthFuture + Send + Sync>;

/// What a provider of auth answers with.
///
/// It is dropped unfinished when its answer is not wanted any more: the namespace was left, its attempt has ended, or it is
/// asked anew. So what it awaits has to be cancel-safe.
pub type AuthFuture = Pin<Box<dyn Future<Output = Result<Args, AuthError>> + Send>>;

/// What comes of it, unless it is not wanted any more before it has come: then it goes no further.
pub(crate) async fn unless<T>(
    stale: &Slot<()>,
    mut answer: Pin<Box<dyn Future<Output = T> + Send>>,
) -> Option<T> {
    poll_fn(|cx| {
        if stale.poll(cx).is_ready() {
            return Poll::Ready(None);
        }
        answer.as_mut().poll(cx).map(Some)
    })
    .await
}

/// A provider of auth has none to give: the namespace is not joined, and `connect` tries again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// The application's own reason.
    Refused,
    /// What it gave is not a JSON object.
    Data(DataError),
}

impl From<DataError> for AuthError {
    fn from(error: DataError) -> Self {
        Self::Data(error)
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str("the application has no auth to give"),
            Self::Data(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for AuthError {}
