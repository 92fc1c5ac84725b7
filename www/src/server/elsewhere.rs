//! The sockets of another server behind the pages of this one: requests below `/socket.io` go there and back, upgraded
//! connections too, so that `io()` on a page finds it at the page's own address.

use std::error::Error;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use hyper::client::conn::http1;
use hyper::upgrade;
use hyper_util::rt::TokioIo;
use tokio::io::copy_bidirectional;
use tokio::net::TcpStream;

pub(super) fn router(there: SocketAddr) -> Router {
    Router::new().route("/socket.io/", any(forward)).with_state(there)
}

async fn forward(State(there): State<SocketAddr>, request: Request) -> Response {
    let sent = send(there, request).await;
    sent.unwrap_or_else(|error| {
        (StatusCode::BAD_GATEWAY, format!("the server of the sockets does not answer: {error}"))
            .into_response()
    })
}

async fn send(there: SocketAddr, mut request: Request) -> Result<Response, Box<dyn Error + Send + Sync>> {
    let stream = TcpStream::connect(there).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = http1::handshake::<_, Body>(TokioIo::new(stream)).await?;
    tokio::spawn(connection.with_upgrades());
    let client = upgrade::on(&mut request);
    let mut response = sender.send_request(request).await?;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        let server = upgrade::on(&mut response);
        tokio::spawn(async move {
            // Whichever of the two closes first, the other is closed with it.
            if let (Ok(client), Ok(server)) = (client.await, server.await) {
                let _ = copy_bidirectional(&mut TokioIo::new(client), &mut TokioIo::new(server)).await;
            }
        });
    }
    Ok(response.map(Body::new).into_response())
}
