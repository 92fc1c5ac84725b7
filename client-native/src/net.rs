//! Everything of one manager that touches the network, made once from its options.

use std::sync::Arc;

use bytestring::ByteString;
use http::Uri;

use crate::{
    connect::Dialer,
    cookies::Jar,
    exchange::HeadLimits,
    failure::Failure,
    handshake::Handshake,
    headers::Headers,
    http::Http,
    options::{NetOptions, OptionsError},
    proxy::Proxy,
    tls::client_config,
    websocket::WebSocket,
};

/// Requests and sockets of one manager; clones share connections, cookies and TLS sessions.
///
/// No method has a deadline but those that the options name: whoever waits drops the future when the time is
/// up, and the request or the half-open socket goes with it (F011).
#[derive(Clone)]
pub(crate) struct Net {
    http: Http,
    handshake: Handshake,
    jar: Arc<Jar>,
}

impl Net {
    /// For the server at `origin`, as [`Endpoint::origin`](crate::Endpoint) has it.
    pub(crate) fn new(origin: &str, options: &NetOptions) -> Result<Self, OptionsError> {
        Self::in_environment(origin, options, |name| std::env::var(name).ok())
    }

    /// The same, in an environment that `variable` reads.
    pub(crate) fn in_environment(
        origin: &str,
        options: &NetOptions,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, OptionsError> {
        let origin: Uri =
            origin.parse().map_err(|error: http::uri::InvalidUri| OptionsError::Client(error.to_string()))?;
        let headers = Headers::new(&options.headers)?;
        let tls = client_config(&options.tls)?;
        let proxy = Proxy::choose(&options.proxy, &origin, variable)?;
        let max_cookies = if options.cookies { options.limits.cookies } else { 0 };
        let jar = Arc::new(Jar::new(headers.cookie, max_cookies));
        let http = Http::new(options, headers.all.clone(), tls.clone(), proxy.as_ref(), Arc::clone(&jar))?;
        let dialer = Dialer::new(
            tls,
            proxy,
            options.connect_timeout,
            options.local_address,
            HeadLimits::from(&options.limits),
        );
        let handshake =
            Handshake::new(dialer, headers.all, options.subprotocols.clone(), options.limits.clone())?;
        Ok(Self { http, handshake, jar })
    }

    /// A poll: the whole body. Safe to drop.
    pub(crate) async fn get(&self, url: &str) -> Result<ByteString, Failure> {
        self.http.get(url).await
    }

    /// A write. Safe to drop, though nobody knows then whether it arrived.
    pub(crate) async fn post(&self, url: &str, body: ByteString) -> Result<(), Failure> {
        self.http.post(url, body).await
    }

    /// A WebSocket. Safe to drop.
    pub(crate) async fn open(&self, url: &str) -> Result<WebSocket, Failure> {
        self.handshake.open(url, &self.jar).await
    }
}
