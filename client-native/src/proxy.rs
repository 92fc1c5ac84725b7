//! Which proxy, if any, stands between us and the server. Decided once, and for requests and WebSocket alike.

use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use url::Url;

use crate::{options::ProxyChoice, options_error::OptionsError};

/// A proxy and what it wants to know of us.
#[derive(Clone)]
pub(crate) enum Proxy {
    /// Asked by CONNECT for a tunnel; for plain polling asked to fetch.
    Http {
        /// `http` or `https`, with its port.
        uri: Uri,
        /// `Proxy-Authorization`.
        authorization: Option<HeaderValue>,
    },
    /// SOCKS 5; names are resolved by the proxy.
    Socks {
        /// `socks5h`, with its port.
        uri: Uri,
        /// Name and password.
        credentials: Option<(String, String)>,
    },
}

impl Proxy {
    /// For the server at this origin, in the environment as `variable` reads it.
    pub(crate) fn choose(
        choice: &ProxyChoice,
        origin: &Uri,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, OptionsError> {
        let matcher = match choice {
            ProxyChoice::Direct => return Ok(None),
            ProxyChoice::Environment => from_environment(variable),
            ProxyChoice::Url(url) => {
                let matcher = Matcher::builder().all(url.clone()).build();
                if matcher.intercept(origin).is_none() {
                    return Err(OptionsError::Proxy(FORM));
                }
                matcher
            }
        };
        matcher.intercept(origin).map(|found| Self::from_intercept(&found)).transpose()
    }

    /// For reqwest, which must go the same way.
    pub(crate) fn to_reqwest(&self) -> Result<reqwest::Proxy, OptionsError> {
        let unusable = |_| OptionsError::Proxy(FORM);
        match self {
            Self::Http { uri, authorization } => {
                let proxy = reqwest::Proxy::all(uri.to_string()).map_err(unusable)?;
                Ok(match authorization {
                    Some(value) => proxy.custom_http_auth(value.clone()),
                    None => proxy,
                })
            }
            Self::Socks { uri, credentials } => {
                let mut url = Url::parse(&uri.to_string()).map_err(|_| OptionsError::Proxy(FORM))?;
                if let Some((name, password)) = credentials {
                    // What is decoded once more on the way must be encoded here, the percent sign itself too.
                    url.set_username(&name.replace('%', "%25"))
                        .and_then(|()| url.set_password(Some(&password.replace('%', "%25"))))
                        .map_err(|()| OptionsError::Proxy(FORM))?;
                }
                reqwest::Proxy::all(url).map_err(unusable)
            }
        }
    }

    fn from_intercept(found: &Intercept) -> Result<Self, OptionsError> {
        let uri = found.uri();
        let host = uri.host().ok_or(OptionsError::Proxy(FORM))?;
        let socks = match uri.scheme_str() {
            Some("http" | "https") => false,
            Some("socks5" | "socks5h") => true,
            _ => return Err(OptionsError::Proxy(FORM)),
        };
        let port = uri.port_u16().unwrap_or(match uri.scheme_str() {
            Some("http") => 80,
            Some("https") => 443,
            _ => 1080,
        });
        let scheme = if socks { "socks5h" } else { uri.scheme_str().unwrap_or("http") };
        let uri = Uri::builder()
            .scheme(scheme)
            .authority(format!("{host}:{port}"))
            .path_and_query("/")
            .build()
            .map_err(|_| OptionsError::Proxy(FORM))?;
        Ok(if socks {
            let credentials = found.raw_auth().map(|(name, password)| (name.to_owned(), password.to_owned()));
            Self::Socks { uri, credentials }
        } else {
            Self::Http { uri, authorization: found.basic_auth().cloned() }
        })
    }
}

/// As curl reads it, lower case first, but `HTTP_PROXY` counts too. Curl leaves that out for fear of CGI programs,
/// where it is a header of the request; there nothing is believed.
fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Matcher {
    if variable("REQUEST_METHOD").is_some() {
        return Matcher::builder().build();
    }
    let read = |lower: &str, upper: &str| {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        set(lower).or_else(|| set(upper)).unwrap_or_default()
    };
    Matcher::builder()
        .all(read("all_proxy", "ALL_PROXY"))
        .http(read("http_proxy", "HTTP_PROXY"))
        .https(read("https_proxy", "HTTPS_PROXY"))
        .no(read("no_proxy", "NO_PROXY"))
        .build()
}

const FORM: &str = "write it as http://host:port, https://host:port or socks5://host:port, with user:password@ before \
                    the host if needed";
