//! Everything of one manager that touches the network, made once from its options.

use std::sync::{Arc, OnceLock};

use bytestring::ByteString;
use http::{HeaderMap, Uri};
use rustls::ClientConfig;
use sockeye_core::{IoError, IoErrorKind};

use crate::{
    connect::Dialer,
    cookies::Jar,
    dns::Resolver,
    exchange::HeadLimits,
    failure::{Failure, broken},
    handshake::Handshake,
    headers::Headers,
    http::Http,
    options::NetOptions,
    options_error::OptionsError,
    proxy::Proxy,
    tls::client_config,
    websocket::WebSocket,
};

/// Requests and sockets of one manager; clones share connections, cookies and TLS sessions.
///
/// No method has a deadline but those that the options name: whoever waits drops the future when the time is
/// up, and the request or the half-open socket goes with it (F011).
#[derive(Clone)]
pub(crate) struct Net(Arc<Shared>);

struct Shared {
    options: NetOptions,
    headers: HeaderMap,
    tls: Arc<ClientConfig>,
    proxy: Option<Proxy>,
    resolver: Resolver,
    jar: Arc<Jar>,
    handshake: Handshake,
    /// Made at the first request: a connection that starts with WebSocket never needs it.
    http: OnceLock<Result<Http, IoError>>,
}

impl Net {
    /// For the server at `origin`, as [`Endpoint::origin`](crate::Endpoint) has it.
    pub(crate) fn new(origin: &str, options: NetOptions) -> Result<Self, OptionsError> {
        Self::in_environment(origin, options, |name| std::env::var(name).ok(), Resolver::system())
    }

    /// The same, in an environment that `variable` reads and whose names `resolver` knows.
    pub(crate) fn in_environment(
        origin: &str,
        options: NetOptions,
        variable: impl Fn(&str) -> Option<String>,
        resolver: Resolver,
    ) -> Result<Self, OptionsError> {
        let origin: Uri =
            origin.parse().map_err(|error: http::uri::InvalidUri| OptionsError::Client(error.to_string()))?;
        let headers = Headers::new(&options.headers)?;
        let tls = client_config(&options.tls)?;
        let proxy = Proxy::choose(&options.proxy, &origin, variable)?;
        let max_cookies = if options.cookies { options.limits.cookies } else { 0 };
        let jar = Arc::new(Jar::new(headers.cookie, max_cookies));
        let dialer = Dialer::new(
            Arc::clone(&tls),
            proxy.clone(),
            options.connect_timeout,
            options.local_address,
            HeadLimits::from(&options.limits),
            resolver.clone(),
        );
        let handshake = Handshake::new(
            dialer,
            headers.all.clone(),
            options.subprotocols.clone(),
            options.limits.clone(),
        )?;
        let http = OnceLock::new();
        Ok(Self(Arc::new(Shared {
            options,
            headers: headers.all,
            tls,
            proxy,
            resolver,
            jar,
            handshake,
            http,
        })))
    }

    /// A poll: the whole body. Safe to drop.
    pub(crate) async fn get(&self, url: &str) -> Result<ByteString, Failure> {
        self.http()?.get(url).await
    }

    /// A write. Safe to drop, though nobody knows then whether it arrived.
    pub(crate) async fn post(&self, url: &str, body: ByteString) -> Result<(), Failure> {
        self.http()?.post(url, body).await
    }

    /// A WebSocket. Safe to drop.
    pub(crate) async fn open(&self, url: &str) -> Result<WebSocket, Failure> {
        self.0.handshake.open(url, &self.0.jar).await
    }

    fn http(&self) -> Result<&Http, IoError> {
        let Shared { options, headers, tls, proxy, resolver, jar, http, .. } = &*self.0;
        let made = http.get_or_init(|| {
            Http::new(options, headers.clone(), tls, proxy.as_ref(), resolver.clone(), Arc::clone(jar))
                .map_err(|error| broken(IoErrorKind::Other, error.to_string()))
        });
        made.as_ref().map_err(Clone::clone)
    }
}
