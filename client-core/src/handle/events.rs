//! Listening, as streams and futures.

use alloc::{
    boxed::Box,
    collections::VecDeque,
    string::String,
    sync::{Arc, Weak},
};
use core::{
    fmt,
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll},
};

use futures_core::Stream;

use super::{inbox::Inbox, inbox::Item, message::Message, shared::Shared};

/// A listener: a stream of what it listens to. Dropping it is `off`.
///
/// It is in place as soon as it is made, and hears everything from then on, in order. What it has not taken
/// yet waits, within [`INBOX_EVENTS`](super::INBOX_EVENTS) and [`INBOX_BYTES`](super::INBOX_BYTES): beyond
/// them the connection is not read from for [`SLOW_LISTENER_GRACE`](super::SLOW_LISTENER_GRACE), and if
/// that does not help this listener misses the oldest, which [`missed`](Self::missed) counts.
///
/// The stream ends when the last `Manager` and `Socket` are gone, or their runtime is. Cancel-safe: nothing
/// is taken before it is returned.
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// let mut messages = socket.on("message"); // from now on
/// socket.connect().await?;
/// while let Some(message) = messages.next().await {
///     println!("{}", message.data::<&str>()?);
/// }
/// if messages.missed() > 0 {
///     println!("{} were too many", messages.missed());
/// }
/// drop(messages); // `off`
/// # Ok(()) }
/// ```
#[must_use = "dropping a listener is `off`: keep it, and take from it with `next().await`"]
pub struct Events<T> {
    inbox: Arc<Inbox<T>>,
    /// Taken from the inbox in one go.
    taken: VecDeque<T>,
    shared: Weak<Shared>,
    off: Off<T>,
}

/// How a listener is taken off its list.
pub(crate) type Off<T> = Box<dyn FnMut(&Shared, &Arc<Inbox<T>>) + Send + Sync>;

impl<T> Events<T> {
    pub(crate) fn new(inbox: Arc<Inbox<T>>, shared: &Arc<Shared>, off: Off<T>) -> Self {
        Self { inbox, taken: VecDeque::new(), shared: Arc::downgrade(shared), off }
    }
}

impl<T: Item> Events<T> {
    /// The next one; `None` when no more will come. Cancel-safe.
    #[expect(clippy::should_implement_trait, reason = "streams' word; `StreamExt::next` says the same")]
    pub fn next(&mut self) -> Next<'_, T> {
        Next(self)
    }

    /// How many it missed because it was too slow.
    pub fn missed(&self) -> u64 {
        self.inbox.missed()
    }

    pub(crate) fn poll_one(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        if let Some(item) = self.taken.pop_front() {
            return Poll::Ready(Some(item));
        }
        self.inbox.poll_take(&mut self.taken, cx)
    }
}

impl<T> Unpin for Events<T> {}

impl<T: Item> Stream for Events<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.get_mut().poll_one(cx)
    }
}

impl<T> Drop for Events<T> {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            (self.off)(&shared, &self.inbox);
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

/// The next event of a listener.
#[must_use = "a future does nothing unless it is awaited"]
pub struct Next<'a, T>(&'a mut Events<T>);

impl<T: Item> Future for Next<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll_one(cx)
    }
}

/// The first event of a name from now on: a future. `None` when none will come.
///
/// It listens from the call of [`once`](super::Socket::once) on, and not only when it is awaited. Cancel-safe: polled by
/// reference it can be waited for again and has missed nothing; dropping it is `off`.
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// let welcome = socket.once("welcome"); // before what makes the server say it
/// socket.connect().await?;
/// if let Some(welcome) = welcome.await {
///     println!("{}", welcome.data::<&str>()?);
/// }
/// # Ok(()) }
/// ```
#[must_use = "a future does nothing unless it is awaited"]
pub struct Once(Option<Events<Message>>);

impl Once {
    pub(crate) fn new(events: Events<Message>) -> Self {
        Self(Some(events))
    }
}

impl Future for Once {
    type Output = Option<Message>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Message>> {
        let Some(events) = &mut self.0 else { return Poll::Ready(None) };
        let first = events.poll_one(cx);
        if first.is_ready() {
            // Kept or not, it listens no more.
            self.0 = None;
        }
        first
    }
}

/// A callback that is called for each event; dropping this is `off`.
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// let news = socket.on_each("news", |message| println!("{message:?}"));
/// socket.on_each("alarm", |message| eprintln!("{message:?}")).forever();
/// socket.connect().await?;
/// drop(news); // `off`; alarms are still told
/// # Ok(()) }
/// ```
#[must_use = "dropping a subscription is `off`: keep it, or say `forever()`"]
pub struct Subscription {
    inbox: Arc<Inbox<Message>>,
    shared: Weak<Shared>,
    name: String,
    is_off: Arc<AtomicBool>,
    forever: bool,
}

impl Subscription {
    pub(crate) fn new(events: &Events<Message>, name: &str) -> Self {
        Self {
            inbox: Arc::clone(&events.inbox),
            shared: Weak::clone(&events.shared),
            name: String::from(name),
            is_off: Arc::default(),
            forever: false,
        }
    }

    /// For the task that calls back, which may hold a burst already.
    pub(crate) fn is_off(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_off)
    }

    /// For as long as the connection has handles.
    pub fn forever(mut self) {
        self.forever = true;
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if self.forever {
            return;
        }
        // The task that calls back ends with its stream; what it has taken already is not called for any more.
        self.is_off.store(true, Ordering::Release);
        self.inbox.abandon();
        if let Some(waker) = self.inbox.close()
            && self.shared.strong_count() > 0
        {
            waker.wake();
        }
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("event", &self.name).finish_non_exhaustive()
    }
}
