//! The URL that an application gives, taken apart as Socket.IO does.

use std::{error::Error, fmt};

use js_sys::Array;
use web_sys::Url;

use super::scope::scope;

/// Where a server is, and which of its namespaces was named.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// `http://host` or `https://host`, with the port where it is not the scheme's own.
    pub origin: String,
    /// The URL's path as it was written, `/` when there was none. It is a namespace, never the HTTP path: that is
    /// [`Config::path`](sockeye_core::Config).
    pub namespace: String,
    /// The URL's query, percent-decoded, in its order; a `+` is a space.
    pub query: Vec<(String, String)>,
}

/// Why a URL was not taken. It repeats nothing of it, as there may be a secret in it (F122).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlError {
    /// Not a URL.
    Malformed,
    /// Another scheme than `http`, `https`, `ws` and `wss`.
    Scheme,
    /// Without a server, and this page came from none.
    NoPage,
    /// A user's name or password stands before the host.
    Credentials,
    /// Longer than 8,000 bytes, as in the reference client.
    TooLong,
}

impl Endpoint {
    /// Takes a URL apart: `https://example.com/admin?token=abc` is the namespace `/admin` of the server at
    /// `https://example.com`. `ws` is read as `http`, `wss` as `https`. What is missing is the page's own: `/admin` is a
    /// namespace of the server that the page came from, as is the empty text its main one.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        if text.len() > MAX_LENGTH {
            return Err(UrlError::TooLong);
        }
        let text = text.trim();
        if text.contains(|letter: char| letter.is_ascii_control()) {
            return Err(UrlError::Malformed);
        }
        let text = complete(text)?;
        let url = Url::new(&text).map_err(|_| UrlError::Malformed)?;
        let scheme = match url.protocol().as_str() {
            "http:" | "ws:" => "http",
            "https:" | "wss:" => "https",
            _ => return Err(UrlError::Scheme),
        };
        if !url.username().is_empty() || !url.password().is_empty() {
            return Err(UrlError::Credentials);
        }
        let query = Array::from(&url.search_params()).into_iter().map(|pair| {
            let pair = Array::from(&pair);
            (pair.get(0).as_string().unwrap_or_default(), pair.get(1).as_string().unwrap_or_default())
        });
        Ok(Self {
            // The browser leaves a port out when it is the scheme's own, for `ws` and `wss` too.
            origin: format!("{scheme}://{}", url.host()),
            namespace: written_path(&text),
            query: query.collect(),
        })
    }
}

/// The origin of the page, or of the worker's script; `None` when it came from no server.
pub(crate) fn page_origin() -> Option<String> {
    let origin = scope().location().origin();
    origin.starts_with("http").then_some(origin)
}

/// What is missing is the page's own.
fn complete(text: &str) -> Result<String, UrlError> {
    let page = page_origin();
    let scheme = page.as_deref().and_then(|it| it.split_once("//")).map_or("https:", |(scheme, _)| scheme);
    if text.starts_with("//") {
        Ok(format!("{scheme}{text}"))
    } else if text.is_empty() || text.starts_with(['/', '?']) {
        Ok(format!("{}{text}", page.as_deref().ok_or(UrlError::NoPage)?))
    } else if text.contains("://") {
        Ok(String::from(text))
    } else {
        Ok(format!("{scheme}//{text}"))
    }
}

/// The path letter by letter: a namespace is a name, so neither `..` nor percent signs mean anything in it.
fn written_path(text: &str) -> String {
    let after_scheme = text.split_once("//").map_or("", |(_, rest)| rest);
    let until_query = after_scheme.split(['?', '#']).next().unwrap_or_default();
    String::from(until_query.find('/').and_then(|start| until_query.get(start..)).unwrap_or("/"))
}

/// Without the values of the query: a token is one as a rule (F122).
impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.query.iter().map(|(key, _)| key).collect();
        f.debug_struct("Endpoint")
            .field("origin", &self.origin)
            .field("namespace", &self.namespace)
            .field("query", &keys)
            .finish()
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => write!(f, "this is not a URL; write it as {EXAMPLE}"),
            Self::Scheme => {
                write!(f, "its scheme is not one of http, https, ws, wss; write the URL as {EXAMPLE}")
            }
            Self::NoPage => {
                write!(f, "it has no server, and this page came from none; write the URL as {EXAMPLE}")
            }
            Self::Credentials => f.write_str(
                "the URL holds a user name or password, and URLs end up in logs; send them in the auth payload",
            ),
            Self::TooLong => {
                write!(f, "the URL is longer than {MAX_LENGTH} bytes; send data in the auth payload")
            }
        }
    }
}

impl Error for UrlError {}

const MAX_LENGTH: usize = 8_000;
const EXAMPLE: &str = "https://example.com:3000/namespace";
