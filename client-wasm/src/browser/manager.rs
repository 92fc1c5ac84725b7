//! How a connection is made.

use std::{fmt, rc::Rc, sync::Arc};

use sockeye_core::{
    Config,
    handle::{Manager, Socket},
};
use wasm_bindgen_futures::spawn_local;

use super::{
    clock,
    driver::{Net, Task},
    entropy,
    fetch::Fetch,
    lifecycle::Lifecycle,
    options::{NetOptions, OptionsError},
    url::{Endpoint, UrlError},
};

/// The socket of the namespace that `url` names, on a connection of its own. Not connected by this: put listeners in
/// place, then call [`connect`](Socket::connect).
///
/// The path of the URL is the namespace, and its query goes with every request. What is missing is the page's own: `/chat`
/// is a namespace of the server that the page came from, and the empty text its main one (A-11).
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let socket = sockeye_wasm::io("/chat")?;
/// let mut messages = socket.on("message");
/// socket.connect().await?;
/// socket.emit("message", "hello")?;
/// while let Some(message) = messages.next().await {
///     let text: &str = message.data()?;
///     // … shows it
/// #   let _ = text;
/// }
/// # Ok(()) }
/// ```
pub fn io(url: &str) -> Result<Socket, BuildError> {
    ManagerBuilder::new(url)?.socket()
}

/// A connection with options.
///
/// ```no_run
/// # fn example() -> Result<(), sockeye_wasm::BuildError> {
/// use sockeye_wasm::{ManagerBuilder, Transport};
///
/// let manager = ManagerBuilder::new("https://example.com")?
///     .config(|config| config.transports = vec![Transport::WebSocket])
///     .net(|net| net.credentials = true)
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

    /// Changes how the network is reached: headers, credentials, subprotocols.
    pub fn net(mut self, change: impl FnOnce(&mut NetOptions)) -> Self {
        change(&mut self.net);
        self
    }

    /// Makes the connection and the socket of the URL's namespace; see [`build`](Self::build).
    pub fn socket(self) -> Result<Socket, BuildError> {
        let namespace = self.endpoint.namespace.clone();
        Ok(self.build()?.socket(&namespace))
    }

    /// Makes the connection, idle, as a task of this page or worker.
    pub fn build(self) -> Result<Manager, BuildError> {
        let server: Rc<str> = Rc::from(self.config.origin.as_str());
        let net = Net {
            fetch: Rc::new(Fetch::new(Rc::clone(&server), &self.net)?),
            is_local: server.split("://").nth(1).is_some_and(|it| it.split(':').next() == Some("localhost")),
            server,
            subprotocols: self.net.subprotocols,
            longest_message: self.net.limits.message,
            lifecycle: self.net.page_life.then(Lifecycle::new),
        };
        let (manager, driver) = Manager::new(self.config, clock::now, Arc::new(spawn_local));
        spawn_local(Task::new(driver, net));
        Ok(manager)
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
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(error) => error.fmt(f),
            Self::Options(error) => error.fmt(f),
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
