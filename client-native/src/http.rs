//! GET and POST of polling, over reqwest.

use std::{sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use bytestring::ByteString;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use reqwest::{Client, Response};
use rustls::ClientConfig;
use sockeye_core::{IoError, IoErrorKind};
use url::Url;

use crate::{
    cookies::Jar,
    dns::Resolver,
    exchange::REFUSAL_PATIENCE,
    failure::{Failure, Refusal, broken, from_library, through_proxy},
    headers,
    options::{NetLimits, NetOptions},
    options_error::OptionsError,
    proxy::Proxy,
};

/// The requests of one manager, on connections of its own: a GET held elsewhere is never in its way (F040).
///
/// What it returns may be dropped at any time; the request is then aborted and its connection closed.
#[derive(Clone)]
pub(crate) struct Http {
    client: Client,
    headers: HeaderMap,
    jar: Arc<Jar>,
    limits: NetLimits,
    timeout: Option<Duration>,
    proxied: bool,
}

impl Http {
    pub(crate) fn new(
        options: &NetOptions,
        mut headers: HeaderMap,
        tls: &ClientConfig,
        proxy: Option<&Proxy>,
        resolver: Resolver,
        jar: Arc<Jar>,
    ) -> Result<Self, OptionsError> {
        // Given with each request: of headers that are named twice, the client's defaults send one.
        headers.entry(header::ACCEPT).or_insert(ANY);
        headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE); // F038
        let mut builder = Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .http1_only()
            .http1_max_headers(options.limits.headers)
            .dns_resolver(Arc::new(resolver))
            .connect_timeout(options.connect_timeout)
            .local_address(options.local_address)
            .tcp_nodelay(true)
            .referer(false)
            // A POST that may have arrived is never sent again (F036); redirects are followed here, by rules
            // of our own (F012).
            .retry(reqwest::retry::never())
            .redirect(reqwest::redirect::Policy::none())
            // One for the GET, one for the POST. Kept shorter than Node keeps them (5 s), so that a POST is
            // seldom written into a connection that is being closed (F036).
            .pool_max_idle_per_host(2)
            .pool_idle_timeout(IDLE);
        builder = match proxy {
            Some(proxy) => builder.proxy(proxy.to_reqwest()?),
            None => builder.no_proxy(),
        };
        let client = builder
            .build()
            .map_err(|error| OptionsError::Client(from_library(&error.without_url()).message))?;
        Ok(Self {
            client,
            headers,
            jar,
            limits: options.limits.clone(),
            timeout: options.request_timeout,
            proxied: proxy.is_some(),
        })
    }

    /// A poll: the whole body, decompressed. Follows at most five redirects, within the origin.
    pub(crate) async fn get(&self, url: &str) -> Result<ByteString, Failure> {
        let mut url = parse(url)?;
        for _ in 0..=MAX_REDIRECTS {
            let response = self.send(Method::GET, &url, None).await?;
            if !is_redirect(response.status()) {
                let body = self.body(self.success(response).await?).await?;
                return ByteString::try_from(body)
                    .map_err(|_| broken(IoErrorKind::Protocol, "the answer is not UTF-8").into());
            }
            url = next_hop(&url, response.headers())?;
        }
        let message = format!("the server redirected more than {MAX_REDIRECTS} times");
        Err(broken(IoErrorKind::Redirect, message).into())
    }

    /// A write, which is answered with any 2xx and `ok` (P-18, F032). The answer is read to its end, so that the
    /// connection can be used again.
    pub(crate) async fn post(&self, url: &str, body: ByteString) -> Result<(), Failure> {
        let response = self.send(Method::POST, &parse(url)?, Some(body.into_bytes())).await?;
        if is_redirect(response.status()) {
            return Err(broken(
                IoErrorKind::Redirect,
                "the server redirects a POST, which is not sent twice",
            )
            .into());
        }
        let mut response = self.success(response).await?;
        let mut answer = Vec::new();
        self.read_start(&mut response, self.limits.refusal.max(IoError::LONGEST_OK), &mut answer).await?;
        Ok(IoError::unless_ok(&answer)?)
    }

    async fn send(&self, method: Method, url: &Url, body: Option<Bytes>) -> Result<Response, IoError> {
        let mut request = self.client.request(method, url.clone()).headers(self.headers.clone());
        if let Some(cookie) = self.jar.header(url) {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(body) = body {
            request = request.header(header::CONTENT_TYPE, PLAIN_TEXT).body(body);
        }
        if let Some(timeout) = self.timeout {
            request = request.timeout(timeout);
        }
        let response = request.send().await.map_err(|error| self.failed(error))?;
        if headers::size(response.headers()) > self.limits.header_bytes {
            return Err(broken(IoErrorKind::TooLarge, "the answer's headers are larger than the limit"));
        }
        self.jar.store(url, response.headers());
        Ok(response)
    }

    /// A 2xx, or the refusal that the answer is.
    async fn success(&self, response: Response) -> Result<Response, Failure> {
        if response.status().is_success() {
            return Ok(response);
        }
        Err(Failure::Refused(Refusal {
            status: response.status().as_u16(),
            retry_after: headers::retry_after(response.headers()),
            body: self.start_of(response).await,
        }))
    }

    /// Counts what comes out of the decompressor, chunk by chunk (F022, F023).
    async fn body(&self, mut response: Response) -> Result<Bytes, IoError> {
        let limit = self.limits.body;
        let too_large = || broken(IoErrorKind::TooLarge, format!("the answer is larger than {limit} bytes"));
        // Of a compressed body nothing is announced.
        if response.content_length().is_some_and(|announced| announced > limit as u64) {
            return Err(too_large());
        }
        let Some(first) = self.chunk(&mut response).await? else { return Ok(Bytes::new()) };
        if first.len() > limit {
            return Err(too_large());
        }
        let Some(second) = self.chunk(&mut response).await? else { return Ok(first) };
        let mut whole = BytesMut::from(first);
        let mut next = Some(second);
        while let Some(chunk) = next {
            if chunk.len() > limit.saturating_sub(whole.len()) {
                return Err(too_large());
            }
            whole.extend_from_slice(&chunk);
            next = self.chunk(&mut response).await?;
        }
        Ok(whole.freeze())
    }

    async fn chunk(&self, response: &mut Response) -> Result<Option<Bytes>, IoError> {
        response.chunk().await.map_err(|error| self.failed(error))
    }

    /// As much of a refusal as is kept; whatever stops it in the middle, the status says more.
    async fn start_of(&self, mut response: Response) -> ByteString {
        let mut start = Vec::new();
        let reading = self.read_start(&mut response, self.limits.refusal, &mut start);
        // Out of time is no error here.
        let _ = tokio::time::timeout(REFUSAL_PATIENCE, reading).await;
        ByteString::from(String::from_utf8_lossy(&start).as_ref())
    }

    /// What comes of a body, up to a limit.
    async fn read_start(
        &self,
        response: &mut Response,
        limit: usize,
        start: &mut Vec<u8>,
    ) -> Result<(), IoError> {
        while start.len() < limit {
            let Some(chunk) = self.chunk(response).await? else { break };
            start.extend(chunk.iter().take(limit.saturating_sub(start.len())));
        }
        Ok(())
    }

    /// Without the URL: the session's id is in it (F122).
    fn failed(&self, error: reqwest::Error) -> IoError {
        let on_the_way = error.is_connect();
        let error = error.without_url();
        let told = from_library(&error);
        if self.proxied && on_the_way { through_proxy(told, &error) } else { told }
    }
}

/// The machine builds its URLs from an origin that was parsed before, so this fails for nobody.
fn parse(url: &str) -> Result<Url, IoError> {
    Url::parse(url).map_err(|error| broken(IoErrorKind::Other, error.to_string()))
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Where the answer points, if it is the same server: another one must see neither our headers nor the
/// session's id (F012, F121).
fn next_hop(from: &Url, headers: &HeaderMap) -> Result<Url, IoError> {
    let nowhere = || broken(IoErrorKind::Redirect, "the server redirects to nowhere");
    let location =
        headers.get(header::LOCATION).and_then(|location| location.to_str().ok()).ok_or_else(nowhere)?;
    let to = from.join(location).map_err(|_| nowhere())?;
    if to.origin() != from.origin() {
        let origin = to.origin().ascii_serialization();
        let message =
            format!("the server redirects to another origin, {origin}; name that one if it is meant");
        return Err(broken(IoErrorKind::Redirect, message));
    }
    Ok(to)
}

const ANY: HeaderValue = HeaderValue::from_static("*/*");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// Never `application/octet-stream`, which the reference server refuses (P-16, F031).
const PLAIN_TEXT: HeaderValue = HeaderValue::from_static("text/plain;charset=UTF-8");
const MAX_REDIRECTS: usize = 5;
const IDLE: Duration = Duration::from_secs(4);
