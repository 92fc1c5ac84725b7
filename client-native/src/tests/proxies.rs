//! Proxies: found, asked, refusing, and none at all (F125).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use sockeye_core::IoErrorKind;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::{
    Client, direct, error, kind,
    pki::Authority,
    refusal,
    server::{Reply, Seen, Server, ok, pipe, read_request},
};
use crate::{
    dns::Resolver,
    net::Net,
    options::{NetOptions, ProxyChoice},
    options_error::OptionsError,
    proxy::Proxy,
    tls::TlsOptions,
};

fn reply(seen: &Seen) -> Reply {
    if seen.is_websocket() { Reply::Socket("", Vec::new()) } else { ok("hello") }
}

/// A proxy on some port; what it was asked for is remembered.
struct Middle {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Middle {
    async fn start<F: Future<Output = ()> + Send + 'static>(
        serve: impl Fn(TcpStream, Arc<Mutex<Vec<String>>>) -> F + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&log)));
            }
        });
        Self { port, asked, task }
    }

    /// Opens tunnels, whatever host is named; a plain request it answers itself.
    async fn http() -> Self {
        Self::start(|mut stream, asked| async move {
            let seen = read_request(0, &mut stream).await.unwrap();
            asked.lock().unwrap().push(seen.head.clone());
            if let Some(target) = seen.head.strip_prefix("CONNECT ") {
                let port = target.split([':', ' ']).nth(1).unwrap().parse().unwrap();
                stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
                pipe(Box::new(stream), port).await;
            } else {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").await.unwrap();
            }
        })
        .await
    }

    /// Says this to whoever asks, and closes.
    async fn says(words: &'static str) -> Self {
        Self::start(move |mut stream, _| async move {
            read_request(0, &mut stream).await;
            let _ = stream.write_all(words.as_bytes()).await;
            let _ = stream.shutdown().await;
        })
        .await
    }

    /// SOCKS 5 (RFC 1928), with a name and a password if any are wanted (RFC 1929).
    async fn socks(password: Option<(&'static str, &'static str)>, verdict: u8) -> Self {
        Self::start(move |mut stream, asked| async move {
            let count = greeting(&mut stream).await;
            let mut methods = vec![0; count];
            stream.read_exact(&mut methods).await.unwrap();
            if let Some((name, password)) = password {
                if !methods.contains(&2) {
                    stream.write_all(&[5, 0xff]).await.unwrap();
                    return;
                }
                stream.write_all(&[5, 2]).await.unwrap();
                assert_eq!(stream.read_u8().await.unwrap(), 1);
                let good = text(&mut stream).await == name && text(&mut stream).await == password;
                stream.write_all(&[1, u8::from(!good)]).await.unwrap();
            } else {
                stream.write_all(&[5, 0]).await.unwrap();
            }
            let mut head = [0; 4];
            stream.read_exact(&mut head).await.unwrap();
            let host = match head[3] {
                1 => std::net::Ipv4Addr::from(stream.read_u32().await.unwrap()).to_string(),
                3 => text(&mut stream).await,
                kind => panic!("address of kind {kind}"),
            };
            let port = stream.read_u16().await.unwrap();
            asked.lock().unwrap().push(format!("{host}:{port}"));
            stream.write_all(&[5, verdict, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
            if verdict == 0 {
                pipe(Box::new(stream), port).await;
            }
        })
        .await
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn options(&self, scheme: &str, userinfo: &str, tls: TlsOptions) -> NetOptions {
        let proxy = ProxyChoice::Url(format!("{scheme}://{userinfo}127.0.0.1:{}", self.port));
        NetOptions { tls, proxy, ..NetOptions::default() }
    }
}

impl Drop for Middle {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn greeting(stream: &mut TcpStream) -> usize {
    assert_eq!(stream.read_u8().await.unwrap(), 5);
    stream.read_u8().await.unwrap().into()
}

async fn text(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; stream.read_u8().await.unwrap().into()];
    stream.read_exact(&mut bytes).await.unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A server with TLS for `example.com`, to be found only by a proxy that takes any name for 127.0.0.1.
async fn secure() -> (Server, String, TlsOptions) {
    let authority = Authority::new("ours");
    let server = Server::secure(authority.sign("example.com", |_| ()).server(), reply).await;
    let origin = format!("https://example.com:{}", server.port);
    (server, origin, authority.trusted())
}

#[tokio::test]
async fn tls_goes_through_a_tunnel() {
    let (server, origin, tls) = secure().await;
    let proxy = Middle::http().await;
    let client = Client::new(&origin, &proxy.options("http", "me:p%40ss@", tls));
    assert_eq!(client.get("/").await.unwrap(), "hello");
    client.open("/").await.map(drop).unwrap();
    let asked = proxy.asked();
    assert_eq!(asked.len(), 2);
    for head in asked {
        assert!(head.starts_with(&format!("CONNECT example.com:{} HTTP/1.1\r\n", server.port)));
        assert!(head.to_lowercase().contains("proxy-authorization: basic "), "{head}");
        assert!(head.contains("bWU6cEBzcw=="), "{head}");
    }
    assert!(server.seen().iter().all(|seen| seen.header("proxy-authorization").is_none()));
}

/// A plain request is the proxy's to fetch; a WebSocket always needs a tunnel.
#[tokio::test]
async fn without_tls_only_the_websocket_needs_a_tunnel() {
    let server = Server::start(reply).await;
    let proxy = Middle::http().await;
    let origin = format!("http://example.com:{}", server.port);
    let client = Client::new(&origin, &proxy.options("http", "me:secret@", TlsOptions::default()));
    assert_eq!(client.get("/x").await.unwrap(), "hello");
    client.open("/").await.map(drop).unwrap();
    let asked = proxy.asked();
    assert!(asked[0].starts_with(&format!("GET {origin}/x")));
    assert!(asked[1].starts_with("CONNECT example.com:"));
    assert!(asked.iter().all(|head| head.to_lowercase().contains("proxy-authorization: basic ")));
}

#[tokio::test]
async fn socks_is_given_names_and_a_password() {
    let (server, origin, tls) = secure().await;
    for scheme in ["socks5", "socks5h"] {
        let proxy = Middle::socks(Some(("me", "p@ss%41")), 0).await;
        let client = Client::new(&origin, &proxy.options(scheme, "me:p%40ss%2541@", tls.clone()));
        assert_eq!(client.get("/").await.unwrap(), "hello");
        client.open("/").await.map(drop).unwrap();
        assert_eq!(proxy.asked(), vec![format!("example.com:{}", server.port); 2]);
    }
}

#[tokio::test]
async fn socks_serves_plain_connections_too() {
    let server = Server::start(reply).await;
    let proxy = Middle::socks(None, 0).await;
    let origin = format!("http://example.com:{}", server.port);
    let client = Client::new(&origin, &proxy.options("socks5", "", TlsOptions::default()));
    assert_eq!(client.get("/").await.unwrap(), "hello");
    client.open("/").await.map(drop).unwrap();
    assert_eq!(proxy.asked(), vec![format!("example.com:{}", server.port); 2]);
}

#[tokio::test]
async fn socks_that_refuses_is_the_proxys_fault() {
    let (_server, origin, tls) = secure().await;
    let host_unreachable = Middle::socks(None, 4).await;
    let wants_password = Middle::socks(Some(("me", "secret")), 0).await;
    for proxy in [&host_unreachable, &wants_password] {
        let client = Client::new(&origin, &proxy.options("socks5", "", tls.clone()));
        assert_eq!(kind(client.get("/").await), IoErrorKind::Proxy);
        assert_eq!(kind(client.open("/").await), IoErrorKind::Proxy);
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_the_tunnel_is_told_by_its_status() {
    for (words, status) in [
        ("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "407"),
        ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "403"),
    ] {
        let (_server, origin, tls) = secure().await;
        let proxy = Middle::says(words).await;
        let client = Client::new(&origin, &proxy.options("http", "me:s3cr3t@", tls));
        let errors = [error(client.get("/").await), error(client.open("/").await)];
        assert!(errors[1].message.contains(status), "{errors:?}");
        for error in errors {
            assert_eq!(error.kind, IoErrorKind::Proxy);
            assert!(!error.message.contains("s3cr3t"));
        }
    }
}

/// Of a plain poll the proxy's own status is the answer.
#[tokio::test]
async fn a_proxy_that_refuses_a_plain_poll_is_a_refusal() {
    let proxy = Middle::says("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n").await;
    let client = Client::new("http://example.com", &proxy.options("http", "", TlsOptions::default()));
    assert_eq!(refusal(client.get("/").await).status, 407);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Proxy);
}

#[tokio::test]
async fn a_page_in_place_of_a_tunnel_is_the_proxys_fault() {
    for page in [
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Please log in</html>",
        "HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n<html>Please log in</html>",
        "<html>Please log in</html>",
        "",
    ] {
        let (_server, origin, tls) = secure().await;
        let proxy = Middle::says(page).await;
        let client = Client::new(&origin, &proxy.options("http", "", tls));
        assert_eq!(kind(client.get("/").await), IoErrorKind::Proxy, "{page}");
        assert_eq!(kind(client.open("/").await), IoErrorKind::Proxy, "{page}");
        // Without TLS nothing else would notice.
        let plain = Client::new("http://127.0.0.1:1", &proxy.options("http", "", TlsOptions::default()));
        assert_eq!(kind(plain.open("/").await), IoErrorKind::Proxy, "{page}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_the_proxys_fault() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    for url in [
        format!("http://127.0.0.1:{port}"),
        format!("socks5://127.0.0.1:{port}"),
        String::from("http://nowhere.invalid:1"),
    ] {
        let client =
            Client::new("https://example.com", &NetOptions { proxy: ProxyChoice::Url(url), ..direct() });
        assert_eq!(kind(client.get("/").await), IoErrorKind::Proxy);
        assert_eq!(kind(client.open("/").await), IoErrorKind::Proxy);
    }
}

#[tokio::test]
async fn a_bad_certificate_behind_a_proxy_is_still_the_servers() {
    let (_server, origin, _) = secure().await;
    let proxy = Middle::http().await;
    let client = Client::new(&origin, &proxy.options("http", "", Authority::new("other").trusted()));
    assert_eq!(kind(client.get("/").await), IoErrorKind::Tls);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Tls);
}

#[tokio::test]
async fn the_proxy_itself_may_want_tls() {
    let authority = Authority::new("ours");
    let target = Server::secure(authority.sign("example.com", |_| ()).server(), reply).await;
    let config = Arc::new(authority.sign("127.0.0.1", |_| ()).server());
    let proxy = Middle::start(move |stream, asked| {
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::clone(&config));
        async move {
            let mut stream = acceptor.accept(stream).await.unwrap();
            let seen = read_request(0, &mut stream).await.unwrap();
            let port = seen.head.split([':', ' ']).nth(2).unwrap().parse().unwrap();
            asked.lock().unwrap().push(seen.head);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            pipe(Box::new(stream), port).await;
        }
    })
    .await;
    let origin = format!("https://example.com:{}", target.port);
    let client = Client::new(&origin, &proxy.options("https", "", authority.trusted()));
    assert_eq!(client.get("/").await.unwrap(), "hello");
    client.open("/").await.map(drop).unwrap();
    assert_eq!(proxy.asked().len(), 2);
}

#[test]
fn the_environment_is_read_as_curl_reads_it() {
    let chosen = |origin: &str, variables: &[(&str, &str)]| {
        let variables: HashMap<_, _> = variables.iter().copied().collect();
        let read = |name: &str| variables.get(name).map(|value| (*value).to_owned());
        let proxy = Proxy::choose(&ProxyChoice::Environment, &origin.parse().unwrap(), read).unwrap();
        proxy.map_or_else(String::new, |proxy| match proxy {
            Proxy::Http { uri, .. } | Proxy::Socks { uri, .. } => uri.to_string(),
        })
    };
    let all = [("http_proxy", "one:1"), ("HTTPS_PROXY", "http://two:2"), ("NO_PROXY", "x.org, 10.0.0.0/8")];
    assert_eq!(chosen("http://example.com", &all), "http://one:1/");
    assert_eq!(chosen("https://example.com", &all), "http://two:2/");
    assert_eq!(chosen("https://sub.x.org", &all), "");
    assert_eq!(chosen("http://10.1.2.3", &all), "");
    assert_eq!(chosen("https://example.com", &[("ALL_PROXY", "socks5://three")]), "socks5h://three:1080/");
    assert_eq!(
        chosen("https://example.com", &[("HTTPS_PROXY", ""), ("https_proxy", "four")]),
        "http://four:80/"
    );
    for (upper, lower) in [("HTTP_PROXY", "http_proxy"), ("ALL_PROXY", "all_proxy")] {
        assert_eq!(chosen("http://example.com", &[(upper, "up:1"), (lower, "low:2")]), "http://low:2/");
        assert_eq!(chosen("http://example.com", &[(upper, "up:1")]), "http://up:1/");
    }
    let except = [("http_proxy", "one:1"), ("NO_PROXY", "x.org"), ("no_proxy", "y.org")];
    assert_eq!(chosen("http://x.org", &except), "http://one:1/");
    assert_eq!(chosen("http://y.org", &except), "");
    assert_eq!(
        chosen("http://example.com", &[("HTTP_PROXY", "x:1"), ("REQUEST_METHOD", "GET")]),
        "",
        "httpoxy"
    );
    assert_eq!(chosen("http://example.com", &[]), "");
}

#[tokio::test]
async fn the_environment_is_obeyed_unless_told_otherwise() {
    let server = Server::start(reply).await;
    let proxy = Middle::http().await;
    let url = format!("http://127.0.0.1:{}", proxy.port);
    let read = |name: &str| (name == "HTTP_PROXY").then(|| url.clone());
    let net = Net::in_environment(&server.origin(), NetOptions::default(), read, Resolver::system()).unwrap();
    net.get(&server.origin()).await.unwrap();
    assert_eq!((proxy.asked().len(), server.seen().len()), (1, 0));
    let net = Net::in_environment(&server.origin(), direct(), read, Resolver::system()).unwrap();
    net.get(&server.origin()).await.unwrap();
    assert_eq!((proxy.asked().len(), server.seen().len()), (1, 1));
}

#[test]
fn what_is_no_proxy_is_refused_without_repeating_it() {
    for url in ["", "ftp://me:s3cr3t@x", "http://", "socks4://me:s3cr3t@x:1", "://s3cr3t"] {
        let options = NetOptions { proxy: ProxyChoice::Url(url.to_owned()), ..direct() };
        let error = Net::new("https://example.com", options).err().unwrap();
        assert!(matches!(error, OptionsError::Proxy(_)));
        assert!(!format!("{error} {error:?}").contains("s3cr3t"));
    }
}
