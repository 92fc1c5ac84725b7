//! The request that opens a WebSocket, and whether the answer is one (RFC 6455, section 4.1).

use bytestring::ByteString;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header, response::Parts};
use http_body_util::Empty;
use sockeye_core::{IoError, IoErrorKind};
use tokio_tungstenite::tungstenite::handshake::{client::generate_key, derive_accept_key};
use url::{Position, Url};

use crate::{
    connect::Dialer,
    cookies::Jar,
    exchange::{Exchange, HeadLimits, exchange},
    failure::{Failure, Refusal, broken, from_library},
    headers,
    options::NetLimits,
    options_error::OptionsError,
    websocket::WebSocket,
};

/// What one manager opens a WebSocket with.
#[derive(Clone)]
pub(crate) struct Handshake {
    dialer: Dialer,
    headers: HeaderMap,
    subprotocols: Vec<String>,
    limits: NetLimits,
}

impl Handshake {
    pub(crate) fn new(
        dialer: Dialer,
        headers: HeaderMap,
        subprotocols: Vec<String>,
        limits: NetLimits,
    ) -> Result<Self, OptionsError> {
        for (index, name) in subprotocols.iter().enumerate() {
            let is_word = !name.is_empty() && name.bytes().all(is_token);
            if !is_word || subprotocols.iter().take(index).any(|it| it == name) {
                return Err(OptionsError::Subprotocol(name.clone()));
            }
        }
        Ok(Self { dialer, headers, subprotocols, limits })
    }

    /// Connects and shakes hands; dropping it lets go of both. No redirect is followed (F012).
    pub(crate) async fn open(&self, url: &str, jar: &Jar) -> Result<WebSocket, Failure> {
        let url = Url::parse(url).map_err(|error| broken(IoErrorKind::Other, error.to_string()))?;
        let stream = self.dialer.dial(&url).await?;
        let key = generate_key();
        let request = self.request(&url, jar, &key)?;
        match exchange(stream, request, HeadLimits::from(&self.limits)).await? {
            Exchange::Switched { head, stream, rest } => {
                self.check(&head, &key)?;
                jar.store(&url, &head.headers);
                Ok(WebSocket::new(stream, rest, &self.limits).await)
            }
            Exchange::Answered { head, body } => {
                jar.store(&url, &head.headers);
                Err(refused(&head, &body))
            }
        }
    }

    fn request(&self, url: &Url, jar: &Jar, key: &str) -> Result<Request<Empty<bytes::Bytes>>, IoError> {
        let mut request = Request::get(&url[Position::BeforePath..Position::AfterQuery])
            .header(header::HOST, &url[Position::BeforeHost..Position::AfterPort])
            .header(header::CONNECTION, "Upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::SEC_WEBSOCKET_VERSION, "13")
            .header(header::SEC_WEBSOCKET_KEY, key);
        if !self.subprotocols.is_empty() {
            request = request.header(header::SEC_WEBSOCKET_PROTOCOL, self.subprotocols.join(", "));
        }
        let mut request = request.body(Empty::new()).map_err(|error| from_library(&error))?;
        let headers = request.headers_mut();
        // A `Host` of the application's replaces ours; the others stand once or as often as they were given.
        for name in self.headers.keys() {
            headers.remove(name);
            for value in self.headers.get_all(name) {
                headers.append(name, value.clone());
            }
        }
        if let Some(cookie) = jar.header(url) {
            headers.insert(header::COOKIE, cookie);
        }
        Ok(request)
    }

    /// What a 101 must say; everything that it may not (F041).
    fn check(&self, head: &Parts, key: &str) -> Result<(), IoError> {
        let wrong = |what: &str| {
            Err(broken(IoErrorKind::Protocol, format!("the WebSocket handshake failed: {what}")))
        };
        let headers = &head.headers;
        if head.status != StatusCode::SWITCHING_PROTOCOLS {
            return wrong("the status is not 101");
        }
        if !headers
            .get(header::UPGRADE)
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
        {
            return wrong("the answer upgrades to something else");
        }
        if !has_word(headers, header::CONNECTION, "upgrade") {
            return wrong("the answer does not upgrade the connection");
        }
        let accept = derive_accept_key(key.as_bytes());
        if headers.get(header::SEC_WEBSOCKET_ACCEPT).is_none_or(|value| value.as_bytes() != accept.as_bytes())
        {
            return wrong("the answer is not to this request");
        }
        if headers.contains_key(header::SEC_WEBSOCKET_EXTENSIONS) {
            return wrong("the server uses an extension that was not offered");
        }
        let mut chosen = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
        match (chosen.next(), chosen.next()) {
            (None, _) if self.subprotocols.is_empty() => Ok(()),
            (None, _) => wrong("the server chose none of the subprotocols"),
            (Some(name), None) if self.subprotocols.iter().any(|offered| name == offered.as_str()) => Ok(()),
            _ => wrong("the server chose a subprotocol that was not offered"),
        }
    }
}

/// Any other status: a refusal, or a redirect.
fn refused(head: &Parts, body: &[u8]) -> Failure {
    if head.status.is_redirection() && head.headers.contains_key(header::LOCATION) {
        let message = "the server redirects the WebSocket, and that is not followed";
        return broken(IoErrorKind::Redirect, message).into();
    }
    Failure::Refused(Refusal {
        status: head.status.as_u16(),
        body: ByteString::from(String::from_utf8_lossy(body).as_ref()),
        retry_after: headers::retry_after(&head.headers),
    })
}

/// Whether the word stands in a list, in whatever case.
fn has_word(headers: &HeaderMap, name: header::HeaderName, word: &str) -> bool {
    let mut lists = headers.get_all(name).iter().filter_map(|list: &HeaderValue| list.to_str().ok());
    lists.any(|list| list.split(',').any(|item| item.trim().eq_ignore_ascii_case(word)))
}

/// RFC 9110, section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

impl From<&NetLimits> for HeadLimits {
    fn from(limits: &NetLimits) -> Self {
        Self { headers: limits.headers, header_bytes: limits.header_bytes, refusal: limits.refusal }
    }
}
