//! Bodies of polling answers: compressed, too large, cut short, lied about (F022, F023).

use std::io::Write;

use sockeye_core::IoErrorKind;

use super::{
    Client, direct, error, kind,
    server::{Reply, Server, answer, ok},
};
use crate::options::{NetLimits, NetOptions};

/// What the server answers to any request.
async fn client(reply: impl Fn() -> Reply + Send + Sync + 'static) -> (Server, Client) {
    client_with(100_000, reply).await
}

async fn client_with(body: usize, reply: impl Fn() -> Reply + Send + Sync + 'static) -> (Server, Client) {
    let server = Server::start(move |_| reply()).await;
    let limits = NetLimits { body, ..NetLimits::default() };
    let client = Client::new(&server.origin(), &NetOptions { limits, ..direct() });
    (server, client)
}

fn encoded(encoding: &str, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match encoding {
        "gzip" => {
            let mut encoder = flate2::write::GzEncoder::new(&mut out, flate2::Compression::best());
            encoder.write_all(body).unwrap();
            encoder.finish().unwrap();
        }
        "deflate" => {
            let mut encoder = flate2::write::ZlibEncoder::new(&mut out, flate2::Compression::best());
            encoder.write_all(body).unwrap();
            encoder.finish().unwrap();
        }
        "br" => {
            let mut encoder = brotli::CompressorWriter::new(&mut out, 4096, 9, 22);
            encoder.write_all(body).unwrap();
            drop(encoder);
        }
        _ => out.extend_from_slice(body),
    }
    out
}

const ENCODINGS: [&str; 3] = ["gzip", "deflate", "br"];

fn compressed(encoding: &'static str, body: &[u8]) -> Reply {
    answer("200 OK", &format!("Content-Encoding: {encoding}\r\n"), encoded(encoding, body))
}

#[tokio::test]
async fn every_offered_encoding_is_understood() {
    for encoding in ENCODINGS {
        let (server, client) = client(move || compressed(encoding, "grüße ".repeat(1_000).as_bytes())).await;
        assert_eq!(client.get("/").await.unwrap(), "grüße ".repeat(1_000));
        assert!(server.seen()[0].header("accept-encoding").unwrap().contains(encoding));
    }
}

#[tokio::test]
async fn a_bomb_is_stopped_at_the_limit() {
    let bomb = vec![b'a'; 5 << 20];
    for encoding in ENCODINGS {
        let small = encoded(encoding, &bomb);
        assert!(small.len() < 100_000);
        let headers = format!("Content-Encoding: {encoding}\r\n");
        let (_server, client) = client(move || answer("200 OK", &headers, &small)).await;
        assert_eq!(kind(client.get("/").await), IoErrorKind::TooLarge);
    }
}

#[tokio::test]
async fn exactly_the_limit_is_allowed_and_one_more_is_not() {
    let (_server, exact) = client(|| answer("200 OK", "", vec![b'a'; 100_000])).await;
    assert_eq!(exact.get("/").await.unwrap().len(), 100_000);
    let (_server, more) = client(|| answer("200 OK", "", vec![b'a'; 100_001])).await;
    assert_eq!(kind(more.get("/").await), IoErrorKind::TooLarge);
}

#[tokio::test]
async fn what_is_announced_as_too_long_is_not_waited_for() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n";
    let (_server, client) = client(|| Reply::Hang(head.into())).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::TooLarge);
}

#[tokio::test]
async fn the_only_chunk_counts() {
    let reply = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n";
    let (_server, client) = client_with(4, || Reply::Keep(reply.into())).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::TooLarge);
}

#[tokio::test]
async fn chunks_without_end_are_stopped_at_the_limit() {
    let chunk = [b"400\r\n".as_slice(), &[b'a'; 1024], b"\r\n"].concat();
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".as_slice();
    let (_server, client) = client(move || Reply::Hang([head, &chunk.repeat(200)].concat())).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::TooLarge);
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_a_lost_connection() {
    let (_server, client) =
        client(|| Reply::Close(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".into())).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::Connect);
}

/// What is too much was sent by somebody else for all that one knows; it must not become an answer.
#[tokio::test]
async fn a_body_longer_than_announced_is_cut_and_the_rest_is_no_answer() {
    let (server, client) = client(|| {
        Reply::Keep(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n\r\n".into())
    })
    .await;
    for _ in 0..2 {
        assert_eq!(client.get("/").await.unwrap(), "abc");
    }
    assert_eq!(server.seen()[1].connection, 1, "the connection with the rest was used again");
}

#[tokio::test]
async fn a_chunked_body_without_its_end_is_a_lost_connection() {
    let reply = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    let (_server, client) = client(|| Reply::Close(reply.into())).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::Connect);
}

#[tokio::test]
async fn a_chunk_that_is_none_breaks_the_protocol() {
    let reply = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n";
    let (_server, client) = client(|| Reply::Hang(reply.into())).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::Protocol);
}

#[tokio::test]
async fn compressed_bytes_that_are_none_break_the_protocol() {
    let (_server, client) =
        client(|| answer("200 OK", "Content-Encoding: gzip\r\n", "not gzip at all")).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::Protocol);
}

#[tokio::test]
async fn a_compressed_body_without_its_end_is_an_error() {
    let half = encoded("gzip", "hello ".repeat(100).as_bytes())[..20].to_vec();
    let (_server, client) = client(move || answer("200 OK", "Content-Encoding: gzip\r\n", &half)).await;
    client.get("/").await.unwrap_err();
}

#[tokio::test]
async fn text_that_is_not_utf8_breaks_the_protocol() {
    let (_server, client) = client(|| answer("200 OK", "", b"4\xff\xfe")).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::Protocol);
}

#[tokio::test]
async fn no_body_is_an_empty_one() {
    let (_server, client) = client(|| Reply::Keep(b"HTTP/1.1 204 No Content\r\n\r\n".into())).await;
    assert_eq!(client.get("/").await.unwrap(), "");
}

/// Some servers say it in capitals (F032, P-18).
#[tokio::test]
async fn a_post_is_answered_with_ok() {
    for body in ["ok", "OK", "Ok\n"] {
        let (_server, client) = client(move || ok(body)).await;
        client.post("/", "x").await.unwrap();
    }
}

/// Such as the page of a captive portal, which took what was posted for nobody (F032).
#[tokio::test]
async fn a_post_that_is_not_answered_with_ok_failed() {
    for (body, shown) in [("<html>captive portal", "<html>captive portal"), ("", "\"\""), ("okay", "okay")] {
        let (_server, client) = client(move || ok(body)).await;
        let error = error(client.post("/", "x").await);
        assert_eq!(error.kind, IoErrorKind::Protocol);
        assert!(error.message.contains(shown), "{error:?}");
    }
}

/// Of what is no answer the start is read, as of a refusal.
#[tokio::test]
async fn of_a_page_in_place_of_ok_the_start_is_read() {
    let (_server, client) = client(|| ok(&format!("<html>{}", "x".repeat(5_000_000)))).await;
    let error = error(client.post("/", "x").await);
    assert_eq!(error.kind, IoErrorKind::Protocol);
    assert!((1_000..2_000).contains(&error.message.len()), "{} bytes", error.message.len());
}

/// The connection can be used again only if the answer was read to its end.
#[tokio::test]
async fn an_answer_whose_end_is_missing_is_an_error() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nok";
    let (_server, client) = client(|| Reply::Close(cut.into())).await;
    client.post("/", "x").await.unwrap_err();
}

#[tokio::test]
async fn what_is_not_http_breaks_the_protocol() {
    let (_server, client) = client(|| Reply::Close(b"SSH-2.0-OpenSSH_9.9\r\n".into())).await;
    assert_eq!(kind(client.get("/").await), IoErrorKind::Protocol);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Protocol);
}
