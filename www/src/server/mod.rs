//! One server: a port, a thread, an end.
//!
//! The server runs on a thread of its own with a runtime of one thread. That is not thrift: socketioxide spawns a task per
//! event, and only on a single-threaded runtime do those tasks start in the order in which the events came. It also gives
//! [`Server::shutdown`] a certain end: with the runtime falls every connection that did not close by itself.

mod acks;
mod admin;
mod args;
mod auth;
mod basics;
mod binary;
mod browser_client;
mod chat;
mod config;
mod control;
mod departures;
mod disconnects;
mod elsewhere;
mod error;
mod folders;
mod limits;
mod namespace;
mod namespaces;
mod nodes;
mod pages;
mod patience;
mod recovery;
mod rooms;
mod scenarios;
mod traffic;
mod tutorial;
mod web;

use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use socketioxide::adapter::{Adapter, LocalAdapter};
use tokio::runtime::{self, Runtime};
use tokio::sync::oneshot;
use tokio::time::timeout;

pub use browser_client::BrowserClient;
pub use config::{Cors, ServerConfig, Sockets, Transports};
pub use error::ServeError;
pub use folders::{Folder, Missing};

use scenarios::Installed;

/// How long connections may take to close by themselves.
const GRACE: Duration = Duration::from_millis(500);

/// A running server. Dropping it ends it too; [`shutdown`](Server::shutdown) also waits for the end.
#[derive(Debug)]
#[must_use = "a server that is dropped ends"]
pub struct Server {
    addr: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: oneshot::Receiver<()>,
    thread: JoinHandle<()>,
}

impl Server {
    /// Starts a server and returns once it accepts connections.
    pub async fn bind(config: ServerConfig) -> Result<Self, ServeError> {
        let wanted = SocketAddr::new(config.host, config.port);
        let listener = TcpListener::bind(wanted).map_err(|error| ServeError::listen(wanted, error))?;
        listener.set_nonblocking(true).map_err(ServeError::Start)?;
        let addr = listener.local_addr().map_err(ServeError::Start)?;

        let (ready, started) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("www".into())
            .spawn(move || {
                match prepare(listener, &config) {
                    Ok(prepared) => {
                        let _ = ready.send(Ok(()));
                        prepared.run(stopped);
                    }
                    Err(error) => {
                        let _ = ready.send(Err(error));
                    }
                }
                let _ = end.send(());
            })
            .map_err(ServeError::Start)?;

        match started.await {
            Ok(Ok(())) => Ok(Self { addr, stop, ended, thread }),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(ServeError::Start(std::io::Error::other("its thread ended early"))),
        }
    }

    /// Where the server listens: with port 0 this is how to learn which port it is.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Tells all clients, closes every connection and frees the port; when this returns it can be bound again.
    pub async fn shutdown(self) {
        let _ = self.stop.send(());
        let _ = self.ended.await;
        // The last thing the thread does is to say that it ended, so this does not block.
        let _ = self.thread.join();
    }
}

/// Everything that can fail has been done.
struct Prepared {
    runtime: Runtime,
    listener: tokio::net::TcpListener,
    app: axum::Router,
    closing: Closing,
}

/// Ends the sockets, whatever their adapter.
type Closing = Pin<Box<dyn Future<Output = ()> + Send>>;

fn prepare(listener: TcpListener, config: &ServerConfig) -> Result<Prepared, ServeError> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Start)?;
    let (listener, (app, closing)) = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Start)?;
        let parts = match (config.sockets, &config.redis) {
            (Sockets::At(_), _) => elsewhere(config),
            (Sockets::Here, None) => parts(scenarios::alone(config), config),
            (Sockets::Here, Some(url)) => {
                let others = nodes::connect(url).await?;
                parts(scenarios::among(others, config).await?, config)
            }
        };
        Ok((listener, parts?))
    })?;
    Ok(Prepared { runtime, listener, app, closing })
}

/// Only pages: another server has the sockets.
fn elsewhere(config: &ServerConfig) -> Result<(axum::Router, Closing), ServeError> {
    Ok((web::router::<LocalAdapter>(None, config)?, Box::pin(async {})))
}

fn parts<A: Adapter>(
    (layer, io): Installed<A>,
    config: &ServerConfig,
) -> Result<(axum::Router, Closing), ServeError> {
    let app = web::router(Some(layer), config)?;
    Ok((app, Box::pin(async move { io.close().await })))
}

impl Prepared {
    /// Serves until `stopped` fires or its sender is dropped.
    fn run(self, stopped: oneshot::Receiver<()>) {
        let Self { runtime, listener, app, closing } = self;
        runtime.block_on(async move {
            let (quit, quitting) = oneshot::channel::<()>();
            let serving = tokio::spawn(
                axum::serve(listener, app)
                    .with_graceful_shutdown(async move {
                        let _ = quitting.await;
                    })
                    .into_future(),
            );
            let _ = stopped.await;
            let _ = quit.send(());
            let _ = timeout(GRACE, closing).await;
            let _ = timeout(GRACE, serving).await;
        });
        // Whatever is still open is cut here, with the tasks that hold it.
        drop(runtime);
    }
}
