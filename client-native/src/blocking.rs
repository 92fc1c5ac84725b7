//! The same client for programs without `async`: scripts, tests, command lines.
//!
//! A thread of its own drives the connection; the calls here wait for it. Those that wait panic in async code, where
//! nothing may block a worker; on a thread for what blocks, such as tokio's `spawn_blocking`, all of them work.
//!
//! When the last [`Manager`], [`Socket`] and [`Events`] is dropped, that waits until what was said last and the
//! goodbye have left, for 3 s at most. Where a tokio runtime is around it the drop does not wait, as it may be on one
//! of its workers: they leave on the connection's own thread. Call [`drain`](Manager::drain) before if the program
//! ends then.
//!
//! ```no_run
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::Duration;
//! use sockeye_native::blocking;
//!
//! let socket = blocking::io("http://localhost:3000")?;
//! let mut replies = socket.on("reply");
//! socket.connect(Duration::from_secs(5))?;
//! socket.emit("question", "how are you?")?;
//! if let Some(reply) = replies.next(Duration::from_secs(5)) {
//!     println!("{}", reply.data::<&str>()?);
//! }
//! # Ok(()) }
//! ```

use std::{fmt, future::Future, sync::Arc, time::Duration};

use serde::Serialize;
use sockeye_core::{
    AckError, Args, ConnectError, Json,
    handle::{self, EmitError, Lifecycle, ManagerEvent, Message},
};
use tokio::{
    runtime::{Builder, Handle, Runtime},
    task::JoinHandle,
    time::timeout,
};

use crate::{BuildError, ManagerBuilder};

/// The socket of the namespace that `url` names; see [`io`](crate::io).
pub fn io(url: &str) -> Result<Socket, BuildError> {
    let namespace = crate::Endpoint::parse(url)?.namespace;
    Ok(Manager::build(ManagerBuilder::new(url)?)?.socket(&namespace))
}

/// A connection, and the thread that drives it.
///
/// ```no_run
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use sockeye_native::{ManagerBuilder, blocking::Manager};
///
/// let manager = Manager::build(ManagerBuilder::new("http://localhost:3000")?)?;
/// let (main, chat) = (manager.socket("/"), manager.socket("/chat"));
/// main.connect(Duration::from_secs(5))?;
/// chat.connect(Duration::from_secs(5))?;
/// chat.emit("message", "hello")?;
/// assert!(manager.drain(Duration::from_secs(5)), "nothing was lost");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Manager {
    inner: handle::Manager,
    thread: Arc<Thread>,
}

/// A namespace. When the last [`Manager`] and [`Socket`] are dropped the connection closes.
///
/// ```no_run
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use sockeye_native::blocking;
///
/// let socket = blocking::io("http://localhost:3000")?;
/// socket.handle().set_auth(&serde_json::json!({ "token": "…" }))?; // what needs no waiting
/// socket.connect(Duration::from_secs(5))?;
/// let answer = socket.emit_with_ack("save", "text", Duration::from_secs(5))??;
/// println!("saved as {}", answer.ack_data::<u64>()?);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Socket {
    inner: handle::Socket,
    thread: Arc<Thread>,
}

/// A listener; dropping it is `off`.
///
/// ```no_run
/// # fn example(socket: &sockeye_native::blocking::Socket) -> Result<(), Box<dyn std::error::Error>> {
/// # use std::time::Duration;
/// let mut messages = socket.on("message");
/// // Until none has come for a minute.
/// while let Some(message) = messages.next(Duration::from_secs(60)) {
///     println!("{}", message.data::<&str>()?);
/// }
/// # Ok(()) }
/// ```
#[derive(Debug)]
#[must_use = "dropping a listener is `off`: keep it, and take from it with `next`"]
pub struct Events<T> {
    inner: handle::Events<T>,
    thread: Arc<Thread>,
}

impl Manager {
    /// Makes the connection, idle.
    pub fn build(builder: ManagerBuilder) -> Result<Self, BuildError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("sockeye")
            .enable_all()
            .build()
            .map_err(|_| BuildError::NoRuntime)?;
        match builder.build_on(runtime.handle()) {
            Ok((inner, driving)) => {
                Ok(Self { inner, thread: Arc::new(Thread { parts: Some((runtime, driving)) }) })
            }
            Err(error) => {
                // Dropped inside another one it would panic.
                runtime.shutdown_background();
                Err(error.into())
            }
        }
    }

    /// See [`handle::Manager::socket`].
    pub fn socket(&self, name: &str) -> Socket {
        Socket { inner: self.inner.socket(name), thread: Arc::clone(&self.thread) }
    }

    /// See [`handle::Manager::events`].
    pub fn events(&self) -> Events<ManagerEvent> {
        Events { inner: self.inner.events(), thread: Arc::clone(&self.thread) }
    }

    /// Waits until everything has left and is answered, for `limit` at the most; `true` when nothing was lost.
    ///
    /// # Panics
    ///
    /// In async code: it waits.
    pub fn drain(&self, limit: Duration) -> bool {
        self.thread.wait(self.inner.drain(limit))
    }

    /// The manager itself, for what needs no waiting.
    pub fn handle(&self) -> &handle::Manager {
        &self.inner
    }
}

impl Socket {
    /// Joins the namespace, and waits for that; see [`handle::Socket::connect`].
    ///
    /// # Panics
    ///
    /// In async code: it waits.
    pub fn connect(&self, limit: Duration) -> Result<(), ConnectError<Json>> {
        let joined = self.inner.connect();
        self.thread.wait(async { timeout(limit, joined).await }).unwrap_or(Err(ConnectError::Timeout))
    }

    /// Sends an event; it does not wait.
    pub fn emit<T: Serialize + ?Sized>(&self, event: &str, data: &T) -> Result<(), EmitError> {
        self.inner.emit(event, data)
    }

    /// Sends an event and waits for its answer.
    ///
    /// # Panics
    ///
    /// In async code: it waits.
    pub fn emit_with_ack<T: Serialize + ?Sized>(
        &self,
        event: &str,
        data: &T,
        limit: Duration,
    ) -> Result<Result<Args, AckError>, EmitError> {
        let ack = self.inner.timeout(limit).emit_with_ack(event, data)?;
        Ok(self.thread.wait(ack))
    }

    /// Listens to events of this name, from now on.
    pub fn on(&self, event: &str) -> Events<Message> {
        Events { inner: self.inner.on(event), thread: Arc::clone(&self.thread) }
    }

    /// Listens to every event.
    pub fn on_any(&self) -> Events<Message> {
        Events { inner: self.inner.on_any(), thread: Arc::clone(&self.thread) }
    }

    /// Listens to what happens to the namespace itself.
    pub fn lifecycle(&self) -> Events<Lifecycle> {
        Events { inner: self.inner.lifecycle(), thread: Arc::clone(&self.thread) }
    }

    /// Leaves the namespace.
    pub fn disconnect(&self) {
        self.inner.disconnect();
    }

    /// The socket itself, for what needs no waiting.
    pub fn handle(&self) -> &handle::Socket {
        &self.inner
    }
}

impl<T: handle::Item> Events<T> {
    /// The next one; `None` when none came in time, or none will come.
    ///
    /// # Panics
    ///
    /// In async code: it waits.
    pub fn next(&mut self, limit: Duration) -> Option<T> {
        let Self { inner, thread } = self;
        thread.wait(async { timeout(limit, inner.next()).await }).ok().flatten()
    }
}

/// Drives the connection; at the end it waits until the goodbye is said.
struct Thread {
    parts: Option<(Runtime, JoinHandle<()>)>,
}

impl Thread {
    #[expect(clippy::unreachable, reason = "it is taken in `drop` only, after which nobody can call")]
    fn wait<F: Future>(&self, future: F) -> F::Output {
        match &self.parts {
            Some((runtime, _)) => runtime.block_on(future),
            None => unreachable!("the runtime outlives its handles"),
        }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        let Some((runtime, driving)) = self.parts.take() else { return };
        // Said or not: it has been waited for.
        let goodbye = async { drop(timeout(GOODBYE, driving).await) };
        if Handle::try_current().is_err() {
            runtime.block_on(goodbye);
            runtime.shutdown_background();
            return;
        }
        // This may be a worker of another runtime, or a thread of its that may block: there is no telling. So the
        // runtime waits by itself, and ends itself.
        let own = runtime.handle().clone();
        own.spawn(async move {
            goodbye.await;
            runtime.shutdown_background();
        });
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").finish_non_exhaustive()
    }
}

/// How long the end of a connection is waited for.
const GOODBYE: Duration = Duration::from_secs(3);
