//! Headers that we send, and what we read in those that come.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::options_error::OptionsError;

/// The application's headers, checked once, and the `Cookie` among them.
pub(crate) struct Headers {
    /// All but `Cookie`; with a `User-Agent`, as firewalls refuse those who have none.
    pub(crate) all: HeaderMap,
    /// The application's own cookies.
    pub(crate) cookie: Option<HeaderValue>,
}

impl Headers {
    pub(crate) fn new(pairs: &[(String, String)]) -> Result<Self, OptionsError> {
        let mut all = HeaderMap::new();
        let mut cookie = None;
        for (name, value) in pairs {
            let invalid = || OptionsError::Header(name.clone());
            let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
            let mut value = HeaderValue::from_str(value).map_err(|_| invalid())?;
            value.set_sensitive(true);
            if RESERVED.contains(&parsed) {
                return Err(OptionsError::ReservedHeader(parsed.to_string()));
            }
            if parsed == header::COOKIE {
                cookie = Some(value);
            } else {
                all.append(parsed, value);
            }
        }
        if !all.contains_key(header::USER_AGENT) {
            all.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        }
        Ok(Self { all, cookie })
    }
}

/// How long the server asks to wait: seconds, or a date, which is read by the server's own clock if the answer
/// tells it (F034). Zero when the date has passed.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let date = headers.get(header::DATE).and_then(|date| date.to_str().ok());
    let now = date.and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

/// Bytes of names and values, with what stands between them on the wire.
pub(crate) fn size(headers: &HeaderMap) -> usize {
    let lengths = headers.iter().flat_map(|(name, value)| [name.as_str().len(), value.len(), 4]);
    lengths.fold(0, usize::saturating_add)
}

const USER_AGENT: &str = concat!("sockeye/", env!("CARGO_PKG_VERSION"));

/// What HTTP, the WebSocket or Engine.IO say themselves.
const RESERVED: [HeaderName; 15] = [
    header::ACCEPT_ENCODING,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::EXPECT,
    header::PROXY_AUTHORIZATION,
    header::SEC_WEBSOCKET_ACCEPT,
    header::SEC_WEBSOCKET_EXTENSIONS,
    header::SEC_WEBSOCKET_KEY,
    header::SEC_WEBSOCKET_PROTOCOL,
    header::SEC_WEBSOCKET_VERSION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];
