//! The URL that an application gives, taken apart as Socket.IO does.

use std::{error::Error, fmt};

use url::{Position, Url};

/// Where a server is, and which of its namespaces was named.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// `http://host` or `https://host`, with the port where it is not the scheme's own. The host is in lower
    /// case, an international name in Punycode, an IPv6 address in brackets.
    pub origin: String,
    /// The URL's path as it was written, `/` when there was none. It is a namespace, never the HTTP path:
    /// that is [`Config::path`](sockeye_core::Config).
    pub namespace: String,
    /// The URL's query, percent-decoded, in its order; a `+` is a space.
    pub query: Vec<(String, String)>,
}

/// Why a URL was not taken. It repeats the URL only as far as no secret can be in it (F122).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlError {
    /// Not a URL; the text says what is wrong with it.
    Malformed(String),
    /// Another scheme than `http`, `https`, `ws` and `wss`.
    Scheme(String),
    /// A user's name or password stands before the host.
    Credentials,
    /// Longer than 8,000 bytes, as in the reference client.
    TooLong,
}

impl Endpoint {
    /// Takes a URL apart: `https://example.com/admin?token=abc` is the namespace `/admin` of the server at
    /// `https://example.com`. `ws` is read as `http`, `wss` as `https`.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        if text.len() > MAX_LENGTH {
            return Err(UrlError::TooLong);
        }
        let text = text.trim();
        if text.contains(|letter: char| letter.is_ascii_control()) {
            return Err(UrlError::Malformed(String::from("it contains a control character")));
        }
        let url = Url::parse(text).map_err(|error| UrlError::Malformed(malformed(text, error)))?;
        let scheme = match url.scheme() {
            "http" | "ws" => "http",
            "https" | "wss" => "https",
            other => return Err(UrlError::Scheme(other.to_owned())),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlError::Credentials);
        }
        // The crate leaves a port out when it is the scheme's own, for `ws` and `wss` too.
        let origin = format!("{scheme}://{}", &url[Position::BeforeHost..Position::AfterPort]);
        let query = url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
        Ok(Self { origin, namespace: written_path(text), query })
    }
}

/// Of the query the keys only: tokens are in it as a rule (F122).
impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self.query.iter().map(|(key, _)| key).collect();
        f.debug_struct("Endpoint")
            .field("origin", &self.origin)
            .field("namespace", &self.namespace)
            .field("query", &query)
            .finish()
    }
}

/// The path letter by letter: a namespace is a name, so neither `..` nor percent signs mean anything in it.
fn written_path(text: &str) -> String {
    let after_scheme = text.split_once("//").map_or("", |(_, rest)| rest);
    let until_query = after_scheme.split(['?', '#']).next().unwrap_or_default();
    until_query.find('/').and_then(|start| until_query.get(start..)).unwrap_or("/").to_owned()
}

/// What is wrong, for the mistakes that people make.
fn malformed(text: &str, error: url::ParseError) -> String {
    match error {
        url::ParseError::RelativeUrlWithoutBase if text.starts_with('/') => {
            String::from("it has no server: only a page in a browser has one of its own")
        }
        url::ParseError::RelativeUrlWithoutBase => String::from("it has no scheme"),
        other => other.to_string(),
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => write!(f, "this is not a URL: {what}; write it as {EXAMPLE}"),
            Self::Scheme(scheme) => {
                write!(
                    f,
                    "the scheme `{scheme}` is not one of http, https, ws, wss; write the URL as {EXAMPLE}"
                )
            }
            Self::Credentials => f.write_str(
                "the URL holds a user name or password, and URLs end up in logs; send them as an \
                 `Authorization` header or in the auth payload",
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
