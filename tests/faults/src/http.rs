//! HTTP/1.1 as far as a server needs it that is hardly honest: requests are read, answers are whatever a case says.

use std::{io, time::Duration};

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};

use crate::faults::stream::{Reader, Writer};

/// A request, as it came.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The next one of a connection; `None` at its end.
    pub(crate) async fn read(reader: &mut BufReader<Reader>) -> io::Result<Option<Self>> {
        let Some(head) = head(reader).await? else { return Ok(None) };
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
        let mut request = Self { method, target, headers: headers.collect(), body: Vec::new() };
        if let Some(length) = request.header("content-length").and_then(|it| it.parse().ok()) {
            request.body = vec![0; length];
            reader.read_exact(&mut request.body).await?;
        }
        Ok(Some(request))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.target.split_once('?')?.1.split('&').filter_map(|it| it.split_once('='));
        pairs.into_iter().find(|it| it.0 == name).map(|it| it.1)
    }

    /// The request in one line, for the log.
    pub(crate) fn line(&self) -> String {
        let headers: Vec<_> = self.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        format!("{} {} | {}", self.method, self.target, headers.join(" | "))
    }
}

/// Writes a whole answer.
pub(crate) async fn answer(
    writer: &mut Writer,
    status: u16,
    headers: &[(String, Vec<u8>)],
    body: &[u8],
) -> io::Result<()> {
    let named = |name: &str| headers.iter().any(|it| it.0.eq_ignore_ascii_case(name));
    let mut bytes = format!("HTTP/1.1 {status} Whatever\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value);
        bytes.extend_from_slice(b"\r\n");
    }
    if !named("content-type") {
        bytes.extend_from_slice(b"content-type: text/plain; charset=UTF-8\r\n");
    }
    if !named("content-length") && !named("transfer-encoding") {
        bytes.extend_from_slice(format!("content-length: {}\r\n", body.len()).as_bytes());
    }
    // A page is of another origin than this server.
    bytes.extend_from_slice(b"access-control-allow-origin: *\r\naccess-control-allow-headers: *\r\n\r\n");
    bytes.extend_from_slice(body);
    writer.write_all(&bytes).await?;
    writer.flush().await
}

/// Writes bytes, one by one where there is a pause.
pub(crate) async fn raw(writer: &mut Writer, pause: Option<Duration>, bytes: &[u8]) -> io::Result<()> {
    let Some(pause) = pause else {
        writer.write_all(bytes).await?;
        return writer.flush().await;
    };
    for byte in bytes {
        writer.write_all(&[*byte]).await?;
        writer.flush().await?;
        // Even without a pause it is the others' turn, so that the client meets each byte alone.
        if pause.is_zero() { tokio::task::yield_now().await } else { tokio::time::sleep(pause).await }
    }
    Ok(())
}

async fn head(reader: &mut BufReader<Reader>) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match reader.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) if head.is_empty() => return Ok(None),
            Err(error) => return Err(error),
        }
        if head.len() > LONGEST_HEAD {
            return Err(io::Error::other("the client's head is too long"));
        }
    }
    head.truncate(head.len() - 4);
    Ok(Some(String::from_utf8_lossy(&head).into_owned()))
}

const LONGEST_HEAD: usize = 256 << 10;
