//! What a browser gets from the server, and what it may keep of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "another test speaks to the sockets")]
mod support;

use std::fs;
use std::net::SocketAddr;

use support::{Response, get};
use www::{BrowserClient, Folder, Server, ServerConfig};

/// A server whose pages load a client that is this text.
async fn serving(name: &str, client: &str) -> Server {
    let package = std::env::temp_dir().join(format!("www-pages-{name}-{}", std::process::id()));
    fs::create_dir_all(&package).unwrap();
    fs::write(package.join("sockeye.min.js"), client).unwrap();
    fs::write(package.join("index.js"), client).unwrap();
    let client = BrowserClient::read(&package).unwrap();
    fs::remove_dir_all(&package).unwrap();
    start(client).await
}

async fn start(client: BrowserClient) -> Server {
    Server::bind(ServerConfig { client, ..ServerConfig::default() }).await.unwrap()
}

/// What the page asks for: the addresses in its `src` and `href`.
fn addresses(page: &str) -> Vec<&str> {
    let named = page.split(['"', '\'']).filter(|part| part.starts_with("/assets/"));
    named.collect()
}

fn build(addr: SocketAddr) -> String {
    get(addr, "/build", "").body
}

fn keeps(response: &Response, what: &str) -> bool {
    response.head.contains(&format!("cache-control: {what}\r\n"))
        || response.head.ends_with(&format!("cache-control: {what}"))
}

#[tokio::test]
async fn each_page_finds_what_it_loads_and_may_keep_it_for_ever() {
    let server = serving("finds", "the client").await;
    for (page, number) in [("/", 4), ("/module", 3)] {
        let page = get(server.addr(), page, "");
        assert_eq!(page.status, 200);
        assert!(page.head.contains("content-type: text/html; charset=utf-8"), "{}", page.head);
        assert!(keeps(&page, "no-cache"), "{}", page.head);
        assert!(page.body.contains(&format!("data-build=\"{}\"", build(server.addr()))));
        assert!(!page.body.contains("://") && !page.body.contains("{{"), "no other host, nothing unfilled");
        assert_eq!(addresses(&page.body).len(), number, "{:?}", addresses(&page.body));
        for address in addresses(&page.body) {
            let asset = get(server.addr(), address, "");
            assert_eq!(asset.status, 200, "{address}");
            assert!(keeps(&asset, "public, max-age=31536000, immutable"), "{}", asset.head);
            assert!(asset.head.contains("x-content-type-options: nosniff"), "{}", asset.head);
            let kind = if address.ends_with("css") { "text/css" } else { "text/javascript" };
            assert!(asset.head.contains(&format!("content-type: {kind}; charset=utf-8")), "{}", asset.head);
        }
    }
    server.shutdown().await;
}

#[tokio::test]
async fn the_script_page_is_written_as_the_tutorials_write_it() {
    let server = serving("tutorial", "the client").await;
    let page = get(server.addr(), "/", "").body;
    let script = format!("<script src=\"/assets/{}/sockeye.min.js\"></script>", build(server.addr()));
    let (_, after) = page.split_once(&script).unwrap();
    let words: Vec<_> = after.split_whitespace().take(5).collect();
    assert_eq!(words, ["<script>", "const", "socket", "=", "io();"]);
    server.shutdown().await;
}

#[tokio::test]
async fn a_page_that_is_still_right_is_not_sent_again() {
    let server = serving("again", "the client").await;
    let tag = format!("W/\"{}\"", build(server.addr()));
    assert!(get(server.addr(), "/", "").head.contains(&format!("etag: {}", tag.to_lowercase())));
    let known = get(server.addr(), "/", &format!("if-none-match: \"other\", {tag}\r\n"));
    assert_eq!((known.status, known.body.as_str()), (304, ""));
    let other = get(server.addr(), "/", "if-none-match: W/\"other\"\r\n");
    assert_eq!(other.status, 200);
    server.shutdown().await;
}

#[tokio::test]
async fn a_page_of_an_older_build_gets_what_took_the_place_of_its_files() {
    let older = serving("older", "the old client").await;
    let page = get(older.addr(), "/", "").body;
    let before = build(older.addr());
    older.shutdown().await;

    let newer = serving("newer", "the new client").await;
    let now = build(newer.addr());
    assert_ne!(before, now, "another client is another build");
    assert_eq!(get(newer.addr(), "/", &format!("if-none-match: W/\"{before}\"\r\n")).status, 200);
    assert!(keeps(&get(newer.addr(), "/build", ""), "no-store"));
    let script = addresses(&page).into_iter().find(|it| it.ends_with("sockeye.min.js")).unwrap();
    let sent_on = get(newer.addr(), script, "");
    assert_eq!(sent_on.status, 307);
    assert!(keeps(&sent_on, "no-store"), "{}", sent_on.head);
    assert!(sent_on.head.contains(&format!("location: /assets/{now}/sockeye.min.js")), "{}", sent_on.head);
    assert_eq!(get(newer.addr(), &script.replace(&before, &now), "").body, "the new client");
    newer.shutdown().await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = serving("none", "the client").await;
    let build = build(server.addr());
    for target in [
        format!("/assets/{build}/nothing.js"),
        format!("/assets/{build}/..%2f..%2fCargo.toml"),
        "/assets/x/nothing.js".into(),
        "/nowhere".into(),
    ] {
        assert_eq!(get(server.addr(), &target, "").status, 404, "{target}");
    }
    assert!(get(server.addr(), "/server", "").body.contains("scenario server"));
    server.shutdown().await;
}

#[tokio::test]
async fn without_the_client_the_pages_say_what_is_missing() {
    let server = start(BrowserClient::missing("Node is <missing>: install & \"start\" again")).await;
    for page in ["/", "/module"] {
        let page = get(server.addr(), page, "");
        assert_eq!(page.status, 503);
        assert!(keeps(&page, "no-store"), "{}", page.head);
        assert!(page.body.contains("Node is &lt;missing&gt;: install &amp; &quot;start&quot; again"));
        for address in addresses(&page.body) {
            assert_eq!(get(server.addr(), address, "").status, 200, "{address}");
        }
    }
    let client = format!("/assets/{}/sockeye.min.js", build(server.addr()));
    assert_eq!(get(server.addr(), &client, "").status, 404);
    // All the rest works.
    assert_eq!(get(server.addr(), "/api/health", "").status, 200);
    assert_eq!(get(server.addr(), "/socket.io/?EIO=4&transport=polling", "").status, 200);
    server.shutdown().await;
}

#[tokio::test]
async fn large_files_are_compressed_for_those_who_take_it() {
    let client = "the same again and again; ".repeat(1_000);
    let server = serving("large", &client).await;
    let address = format!("/assets/{}/sockeye.min.js", build(server.addr()));
    assert_eq!(get(server.addr(), &address, "").body.len(), client.len());
    // The body is no text, so only its head is asked for.
    let head = support::head(server.addr(), &address, "accept-encoding: gzip\r\n").head;
    assert!(head.contains("content-encoding: gzip"), "{head}");
    assert!(head.contains("vary: accept-encoding"), "{head}");
    server.shutdown().await;
}

#[tokio::test]
async fn a_folder_of_the_table_is_served_as_it_lies_there() {
    let path = std::env::temp_dir().join(format!("www-folder-{}", std::process::id()));
    fs::create_dir_all(path.join("deep")).unwrap();
    fs::write(path.join("index.html"), "the first page").unwrap();
    fs::write(path.join("deep/app.js"), "the script").unwrap();
    let folder = |prefix: &str, path| Folder { prefix: prefix.into(), path, missing: "run <it>".into() };
    let folders = vec![folder("/guide", path.clone()), folder("/none", path.join("none"))];
    let server = Server::bind(ServerConfig { folders, ..ServerConfig::default() }).await.unwrap();

    let page = get(server.addr(), "/guide/", "");
    assert_eq!((page.status, page.body.as_str()), (200, "the first page"));
    assert!(page.head.contains("content-type: text/html") && keeps(&page, "no-cache"), "{}", page.head);
    let without_slash = get(server.addr(), "/guide", "");
    assert_eq!(without_slash.status, 308);
    assert!(without_slash.head.contains("location: /guide/"), "{}", without_slash.head);
    assert_eq!(get(server.addr(), "/guide/deep/app.js", "").body, "the script");
    // Read when it is asked for.
    fs::write(path.join("index.html"), "another page").unwrap();
    assert_eq!(get(server.addr(), "/guide/", "").body, "another page");
    for target in ["/guide/nothing.js", "/guide/../Cargo.toml", "/guide/..%2fCargo.toml"] {
        assert_eq!(get(server.addr(), target, "").status, 404, "{target}");
    }
    let missing = get(server.addr(), "/none/", "");
    assert_eq!(missing.status, 503);
    assert!(missing.body.contains("run &lt;it&gt;"), "{}", missing.body);

    fs::remove_dir_all(&path).unwrap();
    server.shutdown().await;
}

#[tokio::test]
async fn the_first_page_of_a_folder_names_its_build_and_learns_of_another() {
    let path = std::env::temp_dir().join(format!("www-build-{}", std::process::id()));
    fs::create_dir_all(path.join("deep")).unwrap();
    fs::write(path.join("index.html"), "<html lang=\"en\"></html>").unwrap();
    fs::write(path.join("deep/app.wasm"), "a program").unwrap();
    let folder = Folder { prefix: "/app".into(), path: path.clone(), missing: "not built".into() };
    let server =
        Server::bind(ServerConfig { folders: vec![folder], ..ServerConfig::default() }).await.unwrap();
    let build = || get(server.addr(), "/app/build", "");
    let before = build();
    assert_eq!(before.status, 200);
    assert!(keeps(&before, "no-store"), "{}", before.head);
    let page = get(server.addr(), "/app/", "");
    assert_eq!(page.body, format!("<html data-build=\"{}\" lang=\"en\"></html>", before.body));
    let known = format!("if-none-match: W/\"{}\"\r\n", before.body);
    assert_eq!(get(server.addr(), "/app/", &known).status, 304);

    // The page is the same, what it loads is not.
    fs::write(path.join("deep/app.wasm"), "another program").unwrap();
    assert_ne!(build().body, before.body);
    let page = get(server.addr(), "/app/", &known);
    assert_eq!((page.status, page.body.contains(&build().body)), (200, true));
    fs::write(path.join("deep/app.wasm"), "a program").unwrap();
    assert_eq!(build().body, before.body, "by what it is, and not by when it was made");

    fs::remove_dir_all(&path).unwrap();
    assert_eq!(build().status, 503, "while it is built nobody is told of another");
    server.shutdown().await;
}
