//! Other crates may bring TLS providers, and make one of them the process's own (F126).

use rustls::crypto::{CryptoProvider, ring};

use super::{
    Client, direct,
    pki::Authority,
    server::{Reply, Server, ok},
};
use crate::options::NetOptions;

/// The tests beside this one share its process, and none has made a provider its own: before it is done there is none.
#[tokio::test]
async fn neither_none_nor_another_is_in_the_way() {
    assert!(CryptoProvider::get_default().is_none(), "somebody has made one the process's own");
    works().await;
    assert!(CryptoProvider::get_default().is_none(), "that is the application's to choose");
    // With this one nobody can agree on anything.
    let useless =
        CryptoProvider { cipher_suites: Vec::new(), kx_groups: Vec::new(), ..ring::default_provider() };
    useless.install_default().unwrap();
    works().await;
}

async fn works() {
    let authority = Authority::new("ours");
    let server = Server::secure(authority.sign("127.0.0.1", |_| ()).server(), |seen| {
        if seen.is_websocket() { Reply::Socket("", Vec::new()) } else { ok("ok") }
    })
    .await;
    let options = NetOptions { tls: authority.trusted(), ..direct() };
    let client = Client::new(&format!("https://127.0.0.1:{}", server.port), &options);
    assert_eq!(client.get("/").await.unwrap(), "ok");
    client.post("/", "x").await.unwrap();
    client.open("/").await.map(drop).unwrap();
}
