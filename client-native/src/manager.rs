//! How a connection is made.

use std::{fmt, sync::Arc};

use sockeye_core::{
    Config,
    handle::{Manager, Socket},
};
use tokio::{runtime::Handle, task::JoinHandle};

use crate::{
    clock,
    driver::Task,
    entropy,
    net::Net,
    options::NetOptions,
    options_error::OptionsError,
    trace,
    url::{Endpoint, UrlError},
};

/// The socket of the namespace that `url` names, on a connection of its own. Not connected by this: put
/// listeners in place, then call [`connect`](Socket::connect).
///
/// The path of the URL is the namespace, and its query goes with every request (A-11). The connection lives on
/// the tokio runtime that this is called on.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let socket = sockeye_native::io("http://localhost:3000/chat")?;
/// let mut messages = socket.on("message");
/// socket.connect().await?;
/// socket.emit("message", "hello")?;
/// while let Some(message) = messages.next().await {
///     let text: &str = message.data()?;
///     println!("{text}");
/// }
/// # Ok(()) }
/// ```
pub fn io(url: &str) -> Result<Socket, BuildError> {
    ManagerBuilder::new(url)?.socket()
}

/// A connection with options.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> Result<(), sockeye_native::BuildError> {
/// use sockeye_native::{ManagerBuilder, Transport};
///
/// let manager = ManagerBuilder::new("https://example.com")?
///     .config(|config| config.transports = vec![Transport::WebSocket])
///     .net(|net| net.headers.push((String::from("Authorization"), String::from("Bearer …"))))
///     .build()?;
/// let (main, chat) = (manager.socket("/"), manager.socket("/chat"));
/// # let _ = (main, chat); Ok(()) }
/// ```
#[must_use = "a builder does nothing without `build`"]
#[derive(Debug)]
pub struct ManagerBuilder {
    endpoint: Endpoint,
    config: Config,
    net: NetOptions,
}

impl ManagerBuilder {
    /// For the server that `url` names; its path is the namespace of [`socket`](Self::socket).
    pub fn new(url: &str) -> Result<Self, UrlError> {
        let endpoint = Endpoint::parse(url)?;
        let mut config = Config::new(&endpoint.origin);
        config.query.clone_from(&endpoint.query);
        config.seed = entropy::seed();
        Ok(Self { endpoint, config, net: NetOptions::default() })
    }

    /// Changes what the protocol does: transports, reconnection, time-outs, limits.
    pub fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Changes how the network is reached: headers, TLS, proxy, cookies.
    pub fn net(mut self, change: impl FnOnce(&mut NetOptions)) -> Self {
        change(&mut self.net);
        self
    }

    /// Makes the connection and the socket of the URL's namespace; see [`build`](Self::build).
    pub fn socket(self) -> Result<Socket, BuildError> {
        let namespace = self.endpoint.namespace.clone();
        Ok(self.build()?.socket(&namespace))
    }

    /// Makes the connection, idle, on the tokio runtime that this is called on.
    pub fn build(self) -> Result<Manager, BuildError> {
        let runtime = Handle::try_current().map_err(|_| BuildError::NoRuntime)?;
        Ok(self.build_on(&runtime)?.0)
    }

    /// The same on this runtime, and the driver, which ends when all handles are gone and the goodbye is said.
    pub(crate) fn build_on(self, runtime: &Handle) -> Result<(Manager, JoinHandle<()>), OptionsError> {
        let net = Net::new(&self.config.origin, self.net)?;
        let tasks = runtime.clone();
        let spawn = Arc::new(move |task| drop(tasks.spawn(task)));
        let span = trace::span(&self.config.origin);
        let (manager, driver) = Manager::new(self.config, clock::now, spawn);
        let driving = runtime.spawn(trace::within(span, Task::new(driver, net)));
        Ok((manager, driving))
    }
}

/// Why a connection could not be made.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildError {
    /// The URL was not understood.
    Url(UrlError),
    /// An option was not taken.
    Options(OptionsError),
    /// This was not called on a tokio runtime.
    NoRuntime,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(error) => error.fmt(f),
            Self::Options(error) => error.fmt(f),
            Self::NoRuntime => f.write_str(
                "there is no tokio runtime here to drive the connection: call this inside `#[tokio::main]`, after \
                 `runtime.enter()`, or use `sockeye_native::blocking`",
            ),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<UrlError> for BuildError {
    fn from(error: UrlError) -> Self {
        Self::Url(error)
    }
}

impl From<OptionsError> for BuildError {
    fn from(error: OptionsError) -> Self {
        Self::Options(error)
    }
}
