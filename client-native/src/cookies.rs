//! One cookie jar for the GET, the POST and the WebSocket's handshake (F124, Q-22).

use std::sync::{Mutex, MutexGuard, PoisonError};

use cookie_store::CookieStore;
use http::{HeaderMap, HeaderValue, header};
use url::Url;

/// What RFC 6265 says, without a list of public suffixes: a jar never leaves its origin.
#[derive(Debug)]
pub(crate) struct Jar {
    /// The application's own `Cookie` header; it goes first and is never changed.
    preset: Option<HeaderValue>,
    /// None when cookies are off.
    store: Option<Mutex<CookieStore>>,
    max: usize,
}

impl Jar {
    /// At most `max` cookies; 0 turns the jar off.
    pub(crate) fn new(preset: Option<HeaderValue>, max: usize) -> Self {
        Self { preset, store: (max > 0).then(Mutex::default), max }
    }

    /// The `Cookie` header of a request to this URL; longer paths first (RFC 6265, section 5.4).
    pub(crate) fn header(&self, url: &Url) -> Option<HeaderValue> {
        let mut text = self.preset.as_ref().map_or_else(Vec::new, |preset| preset.as_bytes().to_vec());
        if let Some(store) = self.lock() {
            let mut matching = store.matches(&as_http(url));
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

    /// Keeps what a response sets; what is malformed, too long or one too many is ignored, as browsers do.
    pub(crate) fn store(&self, url: &Url, headers: &HeaderMap) {
        if !headers.contains_key(header::SET_COOKIE) {
            return;
        }
        let Some(mut store) = self.lock() else { return };
        let url = as_http(url);
        for line in headers.get_all(header::SET_COOKIE) {
            let Ok(line) = line.to_str() else { continue };
            if line.len() > MAX_COOKIE {
                continue;
            }
            let Ok(cookie) = cookie_store::Cookie::parse(line.to_owned(), &url) else { continue };
            let domain = String::from(&cookie.domain);
            let known = store.contains_any(&domain, &cookie.path, cookie.name());
            if known || has_room(&mut store, self.max) {
                // Refused ones are those that this URL may not set.
                let _ = store.insert(cookie, &url);
            }
        }
    }

    fn lock(&self) -> Option<MutexGuard<'_, CookieStore>> {
        // A panic cannot leave the store half changed in a way that matters.
        self.store.as_ref().map(|store| store.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether one more fits, after the expired ones are forgotten.
fn has_room(store: &mut CookieStore, max: usize) -> bool {
    if store.iter_any().count() < max {
        return true;
    }
    let expired: Vec<_> = store
        .iter_any()
        .filter(|cookie| cookie.is_expired())
        .map(|cookie| (String::from(&cookie.domain), String::from(&cookie.path), cookie.name().to_owned()))
        .collect();
    for (domain, path, name) in expired {
        store.remove(&domain, &path, &name);
    }
    store.iter_any().count() < max
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
