//! One cookie jar for the GET, the POST and the WebSocket's handshake (F124, Q-22).

use std::sync::{Mutex, MutexGuard, PoisonError};

use cookie_store::{Cookie, CookieStore};
use http::{HeaderMap, HeaderValue, header};
use url::Url;

/// What RFC 6265 says, without a list of public suffixes: a jar never leaves its origin.
#[derive(Debug)]
pub(crate) struct Jar {
    /// The application's own `Cookie` header; it goes first and is never changed.
    preset: Option<HeaderValue>,
    /// None when cookies are off.
    kept: Option<Mutex<Kept>>,
}

impl Jar {
    /// At most `max` cookies; 0 turns the jar off.
    pub(crate) fn new(preset: Option<HeaderValue>, max: usize) -> Self {
        let kept = Kept { cookies: CookieStore::default(), order: Vec::new(), max };
        Self { preset, kept: (max > 0).then(|| Mutex::new(kept)) }
    }

    /// The `Cookie` header of a request to this URL; longer paths first (RFC 6265, section 5.4).
    pub(crate) fn header(&self, url: &Url) -> Option<HeaderValue> {
        let mut text = self.preset.as_ref().map_or_else(Vec::new, |preset| preset.as_bytes().to_vec());
        if let Some(kept) = self.lock() {
            let mut matching = kept.cookies.matches(&as_http(url));
            matching.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
            for cookie in matching {
                if !text.is_empty() {
                    text.extend_from_slice(b"; ");
                }
                text.extend_from_slice(cookie.name().as_bytes());
                text.push(b'=');
                text.extend_from_slice(cookie.value().as_bytes());
            }
        }
        if text.is_empty() {
            return None;
        }
        let mut header = HeaderValue::from_bytes(&text).ok()?;
        header.set_sensitive(true);
        Some(header)
    }

    /// Keeps what a response sets; what is malformed or too long is ignored, as browsers do.
    pub(crate) fn store(&self, url: &Url, headers: &HeaderMap) {
        if !headers.contains_key(header::SET_COOKIE) {
            return;
        }
        let Some(mut kept) = self.lock() else { return };
        let url = as_http(url);
        for line in headers.get_all(header::SET_COOKIE) {
            let Ok(line) = line.to_str() else { continue };
            if line.len() > MAX_COOKIE {
                continue;
            }
            let Ok(cookie) = Cookie::parse(line.to_owned(), &url) else { continue };
            kept.set(cookie, &url);
        }
    }

    fn lock(&self) -> Option<MutexGuard<'_, Kept>> {
        // A panic cannot leave them half changed in a way that matters.
        self.kept.as_ref().map(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Cookies, and in which order they were set.
#[derive(Debug)]
struct Kept {
    cookies: CookieStore,
    /// The one that was set longest ago first.
    order: Vec<Key>,
    max: usize,
}

/// A cookie's domain, path and name: another one with the same is the same cookie with a new value.
type Key = (String, String, String);

impl Kept {
    fn set(&mut self, cookie: Cookie<'static>, url: &Url) {
        let key = (String::from(&cookie.domain), String::from(&cookie.path), cookie.name().to_owned());
        // Refused are those that this URL may not set, and those that have expired before they came.
        if self.cookies.insert(cookie, url).is_err() {
            return;
        }
        self.order.retain(|it| *it != key);
        self.order.push(key);
        if self.order.len() > self.max {
            self.make_room();
        }
    }

    /// An expired one goes first, then the oldest (RFC 6265, section 5.3).
    fn make_room(&mut self) {
        let is_expired = |(domain, path, name): &Key| self.cookies.get(domain, path, name).is_none();
        let (domain, path, name) = self.order.remove(self.order.iter().position(is_expired).unwrap_or(0));
        self.cookies.remove(&domain, &path, &name);
    }
}

/// The jar knows `http` and `https` only; a cookie does not care which of them opened a WebSocket.
fn as_http(url: &Url) -> Url {
    let scheme = match url.scheme() {
        "ws" => "http",
        "wss" => "https",
        _ => return url.clone(),
    };
    let mut url = url.clone();
    // Between these schemes the change is always allowed.
    let _ = url.set_scheme(scheme);
    url
}

/// Bytes of one `Set-Cookie`, as in browsers.
const MAX_COOKIE: usize = 4_096;
