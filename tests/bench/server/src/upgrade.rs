//! The HTTP request that becomes a WebSocket.

use bench_common::Result;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tungstenite::handshake::derive_accept_key;

const LONGEST_REQUEST: usize = 16 * 1024;

/// Reads the request and accepts it.
pub async fn accept(stream: &mut TcpStream) -> Result<()> {
    let mut request = Vec::with_capacity(1024);
    while !request.ends_with(b"\r\n\r\n") {
        if request.len() > LONGEST_REQUEST {
            return Err("the request is too long".into());
        }
        if stream.read_buf(&mut request).await? == 0 {
            return Err("no request came".into());
        }
    }
    let request = String::from_utf8(request)?;
    let (line, headers) = request.split_once("\r\n").ok_or("the request has no headers")?;
    if !line.contains("transport=websocket") {
        return Err(format!("only WebSocket is spoken here: {line}").into());
    }
    let key = headers
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find_map(|(name, value)| name.eq_ignore_ascii_case("sec-websocket-key").then(|| value.trim()))
        .ok_or("the request has no key")?;
    let accept = derive_accept_key(key.as_bytes());
    let reply = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    );
    Ok(stream.write_all(reply.as_bytes()).await?)
}
