//! What an application may say about the network: everything that the machine in the core does not know.

use std::{fmt, net::IpAddr, time::Duration};

use crate::tls::TlsOptions;

/// Options of the requests and sockets of one manager. A plain struct: change what you need.
///
/// ```
/// use sockeye_native::NetOptions;
///
/// let options = NetOptions {
///     headers: vec![(String::from("Authorization"), String::from("Bearer …"))],
///     ..NetOptions::default()
/// };
/// # let _ = options;
/// ```
#[derive(Clone)]
pub struct NetOptions {
    /// Sent with every GET, every POST and the WebSocket's handshake (O-18). A `Cookie` here is sent before
    /// the jar's own. What belongs to HTTP or the WebSocket is refused: `Connection`, `Content-Length`,
    /// `Sec-WebSocket-Key` and the like. Default none, but for a `User-Agent` of our own.
    pub headers: Vec<(String, String)>,
    /// Certificates (O-26, O-27). Default: what the system trusts.
    pub tls: TlsOptions,
    /// Default: what the environment says (O-25).
    pub proxy: ProxyChoice,
    /// Whether cookies that the server sets are kept in memory and sent back, by the rules of RFC 6265 and for
    /// all three kinds of requests. Default true: without it load balancers with sticky sessions do not work.
    /// The reference has it off (O-19), keeps it for one connection only and ignores domain and path (Q-22).
    pub cookies: bool,
    /// WebSocket subprotocols, in order of preference (O-24); the server must choose one of them. Default none.
    pub subprotocols: Vec<String>,
    /// The longest that one polling request may take, answer included (O-16). Default without end: a poll is
    /// held as long as the server has nothing to say, and the heartbeat notices when it is gone (F035).
    pub request_timeout: Option<Duration>,
    /// The longest that name, TCP and TLS may take together for a polling request, and TCP alone for a
    /// WebSocket; shared out among the addresses of the host, so one that swallows packets leaves time for the
    /// next (F111). Default 15 s; the whole attempt has a deadline of its own (O-47).
    pub connect_timeout: Duration,
    /// The address to connect from (O-28). Default: the system chooses.
    pub local_address: Option<IpAddr>,
    /// What a server may make grow, and how far.
    pub limits: NetLimits,
}

/// What a server may send, and what it may keep waiting here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetLimits {
    /// Bytes of one WebSocket message, all its parts together (F044). Default 16 MiB.
    pub message: usize,
    /// Bytes of one WebSocket frame; checked before they are read (F044). Default 16 MiB.
    pub frame: usize,
    /// Bytes of one polling answer after decompression (F022, F023). Default 16 MiB.
    pub body: usize,
    /// Bytes kept of an answer that is a refusal. Default 1 KiB.
    pub refusal: usize,
    /// Headers of one answer (F123). Default 100.
    pub headers: usize,
    /// Bytes in the headers of one answer (F123). Default 64 KiB.
    pub header_bytes: usize,
    /// Cookies kept (F123); one more takes the place of the oldest. Default 64, each of at most 4 KiB.
    pub cookies: usize,
}

/// How the server is reached.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyChoice {
    /// As curl does: `https_proxy`, `http_proxy`, `all_proxy`, but for the hosts in `no_proxy`; where one is not
    /// set, the same in upper case. Read when the manager is made. Unlike curl this reads `HTTP_PROXY` too; a CGI
    /// program, known by `REQUEST_METHOD`, ignores all of them, as there `HTTP_PROXY` is the client's.
    #[default]
    Environment,
    /// Directly, whatever the environment says.
    Direct,
    /// Through this one: `http://`, `https://` or `socks5://`, with `user:password@` if it asks for them.
    /// A SOCKS proxy is given names and resolves them itself, also without the `h` of `socks5h://`.
    Url(String),
}

impl Default for NetOptions {
    fn default() -> Self {
        Self {
            headers: Vec::new(),
            tls: TlsOptions::default(),
            proxy: ProxyChoice::default(),
            cookies: true,
            subprotocols: Vec::new(),
            request_timeout: None,
            connect_timeout: Duration::from_secs(15),
            local_address: None,
            limits: NetLimits::default(),
        }
    }
}

impl Default for NetLimits {
    fn default() -> Self {
        Self {
            message: 16 << 20,
            frame: 16 << 20,
            body: 16 << 20,
            refusal: 1 << 10,
            headers: 100,
            header_bytes: 64 << 10,
            cookies: 64,
        }
    }
}

/// Without the values of headers: they are secrets as a rule (F122).
impl fmt::Debug for NetOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("NetOptions")
            .field("headers", &names)
            .field("tls", &self.tls)
            .field("proxy", &self.proxy)
            .field("cookies", &self.cookies)
            .field("subprotocols", &self.subprotocols)
            .field("request_timeout", &self.request_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("local_address", &self.local_address)
            .field("limits", &self.limits)
            .finish()
    }
}

/// Without the proxy's URL: a password may be in it (F122).
impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::Direct => "Direct",
            Self::Url(_) => "Url(…)",
        })
    }
}
