//! From a WebSocket's URL to a stream of bytes: name, TCP, proxy, TLS.
//!
//! Polling's connections are made by reqwest, out of the same parts: the same resolver, proxy and TLS.

use std::{io, net::IpAddr, sync::Arc, time::Duration};

use http::{Request, Uri, header};
use http_body_util::Empty;
use hyper_util::client::legacy::connect::{HttpConnector, proxy::SocksV5};
use rustls::{ClientConfig, pki_types::ServerName};
use sockeye_core::{IoError, IoErrorKind};
use tokio_rustls::TlsConnector;
use tower_service::Service;
use url::Url;

use crate::{
    dns::Resolver,
    exchange::{Exchange, HeadLimits, Stream, exchange},
    failure::{broken, from_library, through_proxy},
    proxy::Proxy,
};

/// Connects to hosts. Dropping what it returns lets go of everything that was begun.
#[derive(Clone)]
pub(crate) struct Dialer {
    tcp: HttpConnector<Resolver>,
    tls: TlsConnector,
    proxy: Option<Proxy>,
    limits: HeadLimits,
}

impl Dialer {
    pub(crate) fn new(
        tls: Arc<ClientConfig>,
        proxy: Option<Proxy>,
        connect_timeout: Duration,
        local_address: Option<IpAddr>,
        limits: HeadLimits,
        resolver: Resolver,
    ) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(resolver);
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Both families are tried, the second 300 ms after the first (F111).
        tcp.set_connect_timeout(Some(connect_timeout));
        tcp.set_local_address(local_address);
        tcp.set_keepalive(Some(KEEPALIVE));
        Self { tcp, tls: TlsConnector::from(tls), proxy, limits }
    }

    /// Connects to the URL's host; with TLS when the scheme is `wss` or `https`.
    pub(crate) async fn dial(&self, url: &Url) -> Result<Stream, IoError> {
        let target = Target::of(url)?;
        let stream = match &self.proxy {
            None => self.tcp(&target.uri("http")?).await?,
            Some(proxy) => self.through(proxy, &target).await?,
        };
        if !target.secure {
            return Ok(stream);
        }
        self.secure(&target.host, stream).await.map_err(|error| match self.proxy {
            None => from_library(&error),
            Some(_) => through_proxy(from_library(&error), &error),
        })
    }

    async fn tcp(&self, uri: &Uri) -> Result<Stream, IoError> {
        // It is ready for any number of calls.
        let stream = self.tcp.clone().call(uri.clone()).await.map_err(|error| from_library(&error))?;
        Ok(Box::new(stream.into_inner()))
    }

    async fn through(&self, proxy: &Proxy, target: &Target) -> Result<Stream, IoError> {
        match proxy {
            Proxy::Http { uri, authorization } => {
                let mut stream = self.tcp(uri).await.map_err(proxy_is_gone)?;
                if uri.scheme_str() == Some("https") {
                    let host = uri.host().unwrap_or_default();
                    stream = self.secure(host, stream).await.map_err(|error| from_library(&error))?;
                }
                let mut request =
                    Request::connect(target.authority()).header(header::HOST, target.authority());
                if let Some(authorization) = authorization {
                    request = request.header(header::PROXY_AUTHORIZATION, authorization);
                }
                let request = request
                    .body(Empty::new())
                    .map_err(|_| broken(IoErrorKind::Proxy, "the host's name is none for CONNECT"))?;
                tunnel(exchange(stream, request, self.limits).await.map_err(proxy_is_gone)?)
            }
            Proxy::Socks { uri, credentials } => {
                let mut socks = SocksV5::new(uri.clone(), self.tcp.clone());
                if let Some((name, password)) = credentials {
                    socks = socks.with_auth(name.clone(), password.clone());
                }
                let stream = socks.call(target.uri("http")?).await;
                // Its errors show no causes, so their words are all there is.
                let stream = stream.map_err(|error| broken(IoErrorKind::Proxy, error.to_string()))?;
                Ok(Box::new(stream.into_inner()))
            }
        }
    }

    async fn secure(&self, host: &str, stream: Stream) -> io::Result<Stream> {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        Ok(Box::new(self.tls.connect(name, stream).await?))
    }
}

/// Where to, of a URL.
struct Target {
    host: String,
    port: u16,
    secure: bool,
}

impl Target {
    fn of(url: &Url) -> Result<Self, IoError> {
        let nowhere = || broken(IoErrorKind::Other, "the URL names no host");
        Ok(Self {
            host: url.host_str().ok_or_else(nowhere)?.to_owned(),
            port: url.port_or_known_default().ok_or_else(nowhere)?,
            secure: matches!(url.scheme(), "wss" | "https"),
        })
    }

    fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    fn uri(&self, scheme: &str) -> Result<Uri, IoError> {
        let uri = Uri::builder().scheme(scheme).authority(self.authority()).path_and_query("/").build();
        uri.map_err(|error| from_library(&error))
    }
}

/// A proxy that lets us through says so and nothing else; neither TLS nor HTTP let the server speak first, so
/// whatever follows is the proxy's: a page of a captive portal, as a rule (F125).
fn tunnel(answer: Exchange) -> Result<Stream, IoError> {
    match answer {
        Exchange::Switched { head, stream, rest } if head.status.is_success() => {
            let is_page = head.headers.get(header::CONTENT_TYPE).is_some() || !rest.is_empty();
            if is_page {
                return Err(broken(IoErrorKind::Proxy, "the proxy answered with a page instead of a tunnel"));
            }
            Ok(stream)
        }
        Exchange::Switched { head, .. } | Exchange::Answered { head, .. } => {
            let status = head.status.as_u16();
            Err(broken(IoErrorKind::Proxy, format!("the proxy refused the tunnel with HTTP status {status}")))
        }
    }
}

fn proxy_is_gone(error: IoError) -> IoError {
    match error.kind {
        IoErrorKind::Timeout | IoErrorKind::TooLarge => error,
        _ => IoError { kind: IoErrorKind::Proxy, message: format!("the proxy: {}", error.message) },
    }
}

/// As reqwest's; finds a dead peer for us when the heartbeat is longer.
const KEEPALIVE: Duration = Duration::from_secs(15);
