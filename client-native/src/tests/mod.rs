//! One behaviour a file, against servers on 127.0.0.1 that say exactly what the test wrote.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, and says where")]

mod blocking;
mod bodies;
mod cancelling;
mod clocks;
mod cookies;
mod flood;
mod frames;
mod happy_eyeballs;
mod headers;
mod joining;
mod pki;
mod pools;
mod providers;
mod proxies;
mod redirects;
mod refusals;
mod replay;
mod secrets;
mod server;
mod tls;
mod urls;

use std::time::Duration;

use bytestring::ByteString;
use sockeye_core::{IoError, IoErrorKind};

use crate::{
    failure::{Failure, Refusal},
    net::Net,
    options::{NetOptions, ProxyChoice},
    websocket::WebSocket,
};

/// A session id; no error may show it.
const SID: &str = "s3cr3t-session";

/// Options that no environment changes.
fn direct() -> NetOptions {
    NetOptions { proxy: ProxyChoice::Direct, ..NetOptions::default() }
}

/// Ten seconds: far more than anything here takes, so only what hangs meets it.
async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(10), future).await.expect("took longer than ten seconds")
}

/// Everything that one client may ask of one server.
struct Client {
    net: Net,
    origin: String,
}

impl Client {
    fn new(origin: &str, options: &NetOptions) -> Self {
        Self {
            net: Net::new(origin, options.clone()).expect("the options are good"),
            origin: origin.to_owned(),
        }
    }

    fn url(&self, path: &str) -> String {
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{}{path}{joint}sid={SID}", self.origin)
    }

    async fn get(&self, path: &str) -> Result<ByteString, Failure> {
        checked(within(self.net.get(&self.url(path))).await)
    }

    async fn post(&self, path: &str, body: &str) -> Result<(), Failure> {
        checked(within(self.net.post(&self.url(path), ByteString::from(body))).await)
    }

    async fn open(&self, path: &str) -> Result<WebSocket, Failure> {
        let url = self.url(path).replacen("http", "ws", 1);
        checked(within(self.net.open(&url)).await)
    }
}

/// Every error of every test passes here: none may show the session's id (F122).
fn checked<T>(result: Result<T, Failure>) -> Result<T, Failure> {
    if let Err(failure) = &result {
        let shown = format!("{failure:?}");
        assert!(!shown.contains(SID), "the session's id is in {shown}");
        assert!(!shown.contains("EIO="), "the URL is in {shown}");
    }
    result
}

fn kind<T>(result: Result<T, Failure>) -> IoErrorKind {
    error(result).kind
}

fn error<T>(result: Result<T, Failure>) -> IoError {
    match result {
        Err(Failure::Broken(error)) => error,
        Err(Failure::Refused(refusal)) => panic!("refused: {refusal:?}"),
        Ok(_) => panic!("it succeeded"),
    }
}

fn refusal<T>(result: Result<T, Failure>) -> Refusal {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        Err(Failure::Broken(error)) => panic!("broken: {error:?}"),
        Ok(_) => panic!("it succeeded"),
    }
}
