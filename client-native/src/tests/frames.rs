//! What comes over an open WebSocket, and how it ends (F042 to F050).

use std::{future::poll_fn, time::Instant};

use bytes::Bytes;
use bytestring::ByteString;
use sockeye_core::{CloseDetails, Frame, IoErrorKind, Json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::protocol::{Message as Raw, Role},
};

use super::{
    Client, direct,
    server::{Reply, Server, frame},
    within,
};
use crate::{
    exchange::Stream,
    options::{NetLimits, NetOptions},
    websocket::{End, WebSocket},
};

const TEXT: u8 = 0x81;
const BINARY: u8 = 0x82;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;

/// A socket to a server that writes these bytes after its 101.
async fn socket(frames: Vec<u8>) -> (Server, WebSocket) {
    socket_with(frames, NetLimits::default()).await
}

async fn socket_with(frames: Vec<u8>, limits: NetLimits) -> (Server, WebSocket) {
    let server = Server::start(move |_| Reply::Socket("", frames.clone())).await;
    let client = Client::new(&server.origin(), &NetOptions { limits, ..direct() });
    (server, client.open("/").await.unwrap())
}

type Message = Frame<Json>;

async fn next(socket: &mut WebSocket) -> Result<Message, End> {
    poll_fn(|cx| socket.poll_next(cx)).await
}

async fn send(socket: &mut WebSocket, messages: Vec<Message>) -> Result<(), End> {
    socket.write(messages);
    poll_fn(|cx| socket.poll_written(cx)).await
}

/// How a socket ends whose server writes these bytes and closes.
async fn end(frames: &[u8]) -> End {
    let (_server, mut socket) = socket(frames.to_vec()).await;
    loop {
        if let Err(end) = within(next(&mut socket)).await {
            return end;
        }
    }
}

async fn kind(frames: &[u8]) -> IoErrorKind {
    match end(frames).await {
        End::Failed(error) => error.kind,
        End::Closed(details) => panic!("closed: {details:?}"),
    }
}

fn closed(code: u16, reason: &str) -> End {
    End::Closed(CloseDetails::WebSocket { code, reason: reason.to_owned() })
}

/// Two sockets that are connected, without a handshake; the system buffers little between them.
async fn pair() -> (WebSocket, WebSocketStream<TcpStream>) {
    let small = || {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_send_buffer_size(SYSTEM_BUFFER).unwrap();
        socket.set_recv_buffer_size(SYSTEM_BUFFER).unwrap();
        socket
    };
    let listener = small();
    listener.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = listener.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let (ours, theirs) = tokio::join!(small().connect(address), listener.accept());
    let ours: Stream = Box::new(ours.unwrap());
    let socket = WebSocket::new(ours, Bytes::new(), &NetLimits::default()).await;
    (socket, WebSocketStream::from_raw_socket(theirs.unwrap().0, Role::Server, None).await)
}

const SYSTEM_BUFFER: u32 = 64 << 10;

#[tokio::test]
async fn frames_that_come_with_the_handshake_are_not_lost() {
    let frames =
        [frame(TEXT, "0größe".as_bytes()), frame(BINARY, &[0, 255]), frame(TEXT, b""), frame(BINARY, b"")];
    let (_server, mut socket) = socket(frames.concat()).await;
    assert_eq!(within(next(&mut socket)).await, Ok(Message::Text("0größe".into())));
    assert_eq!(within(next(&mut socket)).await, Ok(Message::Binary(Bytes::from_static(&[0, 255]))));
    assert_eq!(within(next(&mut socket)).await, Ok(Message::Text("".into())), "F047");
    assert_eq!(within(next(&mut socket)).await, Ok(Message::Binary(Bytes::new())), "F047");
}

#[tokio::test]
async fn close_codes_arrive_with_their_reasons() {
    for code in [1000, 1001, 1008, 1009, 1011, 1012, 1013, 3000, 4999] {
        let frames = frame(CLOSE, &[u16::to_be_bytes(code).as_slice(), b"why"].concat());
        assert_eq!(end(&frames).await, closed(code, "why"));
    }
    assert_eq!(end(&frame(CLOSE, b"")).await, closed(1005, ""));
}

/// A code that may not be sent is the peer's mistake: 1002 says so.
#[tokio::test]
async fn close_frames_that_are_wrong_break_the_protocol() {
    for code in [0u16, 999, 1004, 1005, 1006, 1015] {
        assert_eq!(end(&frame(CLOSE, &code.to_be_bytes())).await, closed(1002, "Protocol violation"));
    }
    assert_eq!(kind(&frame(CLOSE, &[3])).await, IoErrorKind::Protocol);
    assert_eq!(kind(&frame(CLOSE, b"\x03\xe8\xff\xfe")).await, IoErrorKind::Protocol);
}

#[tokio::test]
async fn the_peers_goodbye_is_answered() {
    let (server, mut socket) = socket(frame(CLOSE, &1000u16.to_be_bytes())).await;
    assert_eq!(within(next(&mut socket)).await, Err(closed(1000, "")));
    drop(socket);
    let answer = within(server.received()).await;
    assert_eq!(answer[0], CLOSE);
}

#[tokio::test]
async fn our_goodbye_has_no_code_and_the_answer_is_read() {
    let (mut socket, mut server) = pair().await;
    socket.write(vec![Message::Text("2".into())]);
    let peer = async {
        let last = futures_util::StreamExt::next(&mut server).await;
        assert_eq!(last.unwrap().unwrap(), Raw::text("2"), "what was on its way leaves first");
        let Some(Ok(Raw::Close(None))) = futures_util::StreamExt::next(&mut server).await else { panic!() };
        let _ = futures_util::SinkExt::flush(&mut server).await;
        drop(server);
    };
    within(async { tokio::join!(socket.goodbye(), peer) }).await;
}

#[tokio::test]
async fn an_end_without_a_goodbye_is_1006_and_half_a_frame_is_dropped() {
    for bytes in [b"".as_slice(), &[TEXT], &[TEXT, 10, b'x']] {
        let (mut socket, server) = pair().await;
        let mut server = server.into_inner();
        server.write_all(bytes).await.unwrap();
        drop(server);
        assert_eq!(within(next(&mut socket)).await, Err(closed(1006, "")));
    }
}

#[tokio::test]
async fn a_reset_is_a_failure_of_the_connection() {
    let (mut socket, server) = pair().await;
    let mut server = server.into_inner();
    server.write_all(&[TEXT, 10, b'x']).await.unwrap();
    server.set_zero_linger().unwrap();
    drop(server);
    let Err(End::Failed(error)) = within(next(&mut socket)).await else { panic!() };
    assert_eq!(error.kind, IoErrorKind::Connect);
}

#[tokio::test]
async fn wrong_framing_breaks_the_protocol() {
    for bytes in [
        &[TEXT | 0x40, 1, b'x'][..],     // a reserved bit
        &[TEXT, 0x81, 1, 2, 3, 4, 5],    // masked
        &[0x09, 0],                      // a ping in parts
        &[0x80, 0],                      // the rest of nothing
        &[0x01, 1, b'x', TEXT, 1, b'y'], // a message within a message
        &[0x83, 0],                      // kinds that do not exist
        &[0x8b, 0],
        &[TEXT, 2, 0xff, 0xfe],          // not UTF-8
        &[0x01, 1, 0xc3, 0x80, 1, b'x'], // not UTF-8 across parts
        &frame(PING, &[0; 126]),         // a ping that is too long
    ] {
        assert_eq!(kind(bytes).await, IoErrorKind::Protocol, "{bytes:?}");
    }
}

#[tokio::test]
async fn what_is_declared_too_long_is_refused_before_it_is_read() {
    for length in [1u64 << 63, u64::MAX, (16 << 20) + 1] {
        let head = [&[BINARY, 127][..], &length.to_be_bytes()].concat();
        assert_eq!(kind(&head).await, IoErrorKind::TooLarge);
    }
}

#[tokio::test]
async fn parts_that_add_up_to_too_much_are_refused() {
    let part = |first| frame(first, &[b'x'; 400]);
    let limits = NetLimits { message: 1_000, frame: 500, ..NetLimits::default() };
    let frames = [part(0x01), part(0x00), part(0x00)].concat();
    let (_server, mut socket) = socket_with(frames, limits).await;
    let Err(End::Failed(error)) = within(next(&mut socket)).await else { panic!() };
    assert_eq!(error.kind, IoErrorKind::TooLarge);
}

/// tungstenite does not count parts. It need not: an empty one leaves nothing behind, and what is not empty
/// counts as bytes (F045).
#[tokio::test]
async fn a_million_empty_parts_cost_time_only_and_not_much() {
    let frames = [vec![0x01, 0], [0x00, 0].repeat(1_000_000), frame(0x80, b"end")].concat();
    let (_server, mut socket) = socket(frames).await;
    assert_eq!(within(next(&mut socket)).await, Ok(Message::Text("end".into())));
}

/// Reading alone answers pings, and yields to others however many come (F050).
#[tokio::test]
async fn a_flood_of_pings_is_answered_within_bounds() {
    let frames = [frame(PING, b"x").repeat(100_000), frame(TEXT, b"done"), frame(CLOSE, b"")].concat();
    let (server, mut socket) = socket(frames).await;
    assert_eq!(within(next(&mut socket)).await, Ok(Message::Text("done".into())));
    within(next(&mut socket)).await.unwrap_err();
    drop(socket);
    let pongs = within(server.received()).await;
    assert_eq!(pongs[0], 0x8a);
}

/// A peer that only pings and never reads cannot fill our memory: beyond 8 MiB pongs replace each other.
#[tokio::test]
async fn a_flood_of_pings_from_a_peer_that_does_not_read_is_bounded() {
    const PINGS: usize = 100_000;
    let (mut socket, server) = pair().await;
    let mut server = server.into_inner();
    let flood = frame(PING, &[b'x'; 125]).repeat(PINGS / 100);
    let ((), done) = within(async {
        tokio::join!(
            async {
                for _ in 0..100 {
                    server.write_all(&flood).await.unwrap();
                }
                server.write_all(&frame(TEXT, b"done")).await.unwrap();
            },
            next(&mut socket)
        )
    })
    .await;
    assert_eq!(done, Ok(Message::Text("done".into())));

    // Now it reads what was kept: the last pong is among it.
    server.write_all(&frame(PING, b"last")).await.unwrap();
    let mut server = WebSocketStream::from_raw_socket(server, Role::Server, None).await;
    let counting = async {
        let mut pongs = 0;
        while let Some(Ok(Raw::Pong(payload))) = futures_util::StreamExt::next(&mut server).await {
            if payload == "last" {
                return pongs;
            }
            pongs += 131;
        }
        panic!("the last pong did not come");
    };
    let pongs = within(async {
        tokio::select! {
            pongs = counting => pongs,
            end = next(&mut socket) => panic!("{end:?}"),
        }
    })
    .await;
    let all = PINGS * 131;
    let bound = (8 << 20) + 16 * SYSTEM_BUFFER as usize;
    assert!(bound < all && pongs < bound, "{pongs} bytes of pongs were kept, of {all}");
}

#[tokio::test]
async fn what_is_written_arrives_in_order_and_whole() {
    let (mut socket, mut server) = pair().await;
    let large = ByteString::from("ä".repeat(5 << 20));
    let messages = vec![
        Message::Text("2probe".into()),
        Message::Binary(Bytes::from(vec![7; 5 << 20])),
        Message::Text(large.clone()),
        Message::Binary(Bytes::new()),
        Message::Text("".into()),
    ];
    let (sent, received) = within(async {
        tokio::join!(send(&mut socket, messages), async {
            let mut received = Vec::new();
            while received.len() < 5 {
                received.push(futures_util::StreamExt::next(&mut server).await.unwrap().unwrap());
            }
            received
        })
    })
    .await;
    sent.unwrap();
    let expected = [
        Raw::text("2probe"),
        Raw::binary(vec![7; 5 << 20]),
        Raw::text(&*large),
        Raw::binary(vec![]),
        Raw::text(""),
    ];
    assert!(received == expected, "they differ");
}

/// `Sent` means that the peer takes what it is given, not that it is buffered here (F049).
#[tokio::test]
async fn a_peer_that_stops_reading_holds_the_writer_back() {
    let (mut socket, server) = pair().await;
    socket.write((0..4).map(|_| Message::Binary(Bytes::from(vec![0; 1 << 20]))).collect());
    let writing = poll_fn(|cx| socket.poll_written(cx));
    let stuck = tokio::time::timeout(std::time::Duration::from_millis(300), writing).await;
    assert!(stuck.is_err(), "so much cannot have left");
    // Meanwhile reading goes on.
    let mut server = server.into_inner();
    server.write_all(&frame(TEXT, b"2")).await.unwrap();
    assert_eq!(within(next(&mut socket)).await, Ok(Message::Text("2".into())));
    // And once the peer reads, so does writing.
    let (sent, ()) = within(async {
        tokio::join!(poll_fn(|cx| socket.poll_written(cx)), async {
            let mut left = 4 << 20;
            let mut buffer = vec![0; 1 << 16];
            while left > 0usize {
                left = left.saturating_sub(server.read(&mut buffer).await.unwrap());
            }
        })
    })
    .await;
    sent.unwrap();
}

#[tokio::test]
async fn writing_to_a_peer_that_is_gone_fails() {
    let (mut socket, server) = pair().await;
    drop(server);
    let started = Instant::now();
    while send(&mut socket, vec![Message::Text("2".into())]).await.is_ok() {
        assert!(started.elapsed().as_secs() < 5);
    }
}

#[tokio::test]
async fn waiting_for_a_message_may_be_given_up_and_taken_up_again() {
    let (mut socket, server) = pair().await;
    let mut server = server.into_inner();
    let whole = frame(TEXT, b"hello");
    for byte in &whole {
        assert!(futures_util::FutureExt::now_or_never(next(&mut socket)).is_none());
        server.write_all(std::slice::from_ref(byte)).await.unwrap();
    }
    assert_eq!(within(next(&mut socket)).await, Ok(Message::Text("hello".into())));
}
