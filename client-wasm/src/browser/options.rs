//! What an application may say about the network, as far as a page has a say in it.

use std::{error::Error, fmt, time::Duration};

/// Options of the requests and sockets of one manager. A plain struct: change what you need.
///
/// ```
/// use sockeye_wasm::NetOptions;
///
/// let options = NetOptions { credentials: true, ..NetOptions::default() };
/// # let _ = options;
/// ```
#[derive(Clone)]
pub struct NetOptions {
    /// Sent with every GET and every POST; a browser has no way to send them with a WebSocket's handshake (O-18). For
    /// another origin than the page's they make the browser ask the server first. Where a server redirects a GET, the
    /// browser takes them along, to another origin too, before it tells (F012). Default none.
    pub headers: Vec<(String, String)>,
    /// Whether cookies go to another origin than the page's, and are taken from it (O-19). The server has to allow that
    /// with `credentials: true`. Default false.
    pub credentials: bool,
    /// WebSocket subprotocols, in order of preference (O-24); the server must choose one of them. Default none.
    pub subprotocols: Vec<String>,
    /// The longest that one polling request may take, answer included (O-16). Default without end: a poll is held as long
    /// as the server has nothing to say, and the heartbeat notices when it is gone (F035).
    pub request_timeout: Option<Duration>,
    /// Whether the page's own news are heeded: `offline` ends the connection at once, but for `localhost` (A-120);
    /// `online` starts an attempt that waits; on return from sleep the heartbeat is looked at; and a page that goes into
    /// the back-forward cache lets go, and connects again at once when it is shown (F131). Default true.
    pub page_life: bool,
    /// What a server may make grow, and how far.
    pub limits: NetLimits,
}

/// What a server may send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetLimits {
    /// Bytes of one WebSocket message (F044). The browser has it whole before it can be measured. Default 16 MiB.
    pub message: usize,
    /// Bytes of one polling answer after decompression (F022, F023). Default 16 MiB.
    pub body: usize,
    /// Bytes kept of an answer that is a refusal. Default 1 KiB.
    pub refusal: usize,
}

/// Why options were not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionsError {
    /// This header's name or value is not allowed in HTTP.
    Header(String),
    /// Browsers keep this header for themselves, or the protocol does.
    ReservedHeader(String),
}

impl Default for NetOptions {
    fn default() -> Self {
        Self {
            headers: Vec::new(),
            credentials: false,
            subprotocols: Vec::new(),
            request_timeout: None,
            page_life: true,
            limits: NetLimits::default(),
        }
    }
}

impl Default for NetLimits {
    fn default() -> Self {
        Self { message: 16 << 20, body: 16 << 20, refusal: 1 << 10 }
    }
}

/// Without the values of headers: they are secrets as a rule (F122).
impl fmt::Debug for NetOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("NetOptions")
            .field("headers", &names)
            .field("credentials", &self.credentials)
            .field("subprotocols", &self.subprotocols)
            .field("request_timeout", &self.request_timeout)
            .field("page_life", &self.page_life)
            .field("limits", &self.limits)
            .finish()
    }
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => {
                write!(
                    f,
                    "the header `{name}` is not valid: names are ASCII words, values have no line breaks"
                )
            }
            Self::ReservedHeader(name) => write!(
                f,
                "a page may not set the header `{name}`: the browser or the protocol does; send what you have to say in \
                 the auth payload"
            ),
        }
    }
}

impl Error for OptionsError {}
