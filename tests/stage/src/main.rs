//! A page can start no server. It asks the stage to: over HTTP, in the words of [`sockeye_tests::words`].
//!
//! `sockeye-stage [port]` says `{"stage":"http://127.0.0.1:19990","certificate":"…"}` when it is ready, and lives as long as
//! its stdin; what it started ends with it. The certificate is that of WebTransport, by its SHA-256.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a tool of the tests: it says what it lacks and ends"
)]

mod table;
mod webtransport;

use std::{net::Ipv4Addr, sync::Arc};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderName, StatusCode, header},
    routing::post,
};
use table::Table;
use tokio::{io::AsyncReadExt, net::TcpListener, sync::Mutex};

#[tokio::main]
async fn main() {
    let port = std::env::args().nth(1).map_or(PORT, |it| it.parse().expect("the port is a number"));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listener.unwrap_or_else(|error| panic!("port {port}: {error}; name another one"));
    let router = Router::new().route("/", post(fulfil)).with_state(Arc::new(Mutex::new(Table::default())));
    let (stage, certificate) = (format!("http://127.0.0.1:{port}"), webtransport::certificate_hash());
    println!("{}", serde_json::json!({ "stage": stage, "certificate": certificate }));
    tokio::select! {
        _ = axum::serve(listener, router) => {}
        () = stdin_ends() => {}
    }
}

type Answer = (StatusCode, HeaderMap, String);

/// One wish at a time: who restarts a server does not do so while another is started on its port.
async fn fulfil(State(table): State<Arc<Mutex<Table>>>, wish: String) -> Answer {
    let any_origin: (HeaderName, _) =
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".parse().expect("a header's value"));
    let headers = HeaderMap::from_iter([any_origin]);
    let result = match serde_json::from_str(&wish) {
        Ok(wish) => table.lock().await.fulfil(wish).await,
        Err(error) => Err(error.to_string()),
    };
    match result {
        Ok(given) => (StatusCode::OK, headers, serde_json::to_string(&given).expect("what is given is JSON")),
        Err(why) => (StatusCode::BAD_REQUEST, headers, why),
    }
}

async fn stdin_ends() {
    let mut stdin = tokio::io::stdin();
    while stdin.read_u8().await.is_ok() {}
}

const PORT: u16 = 19_990;
