//! Bytes: as an argument, deep inside, in answers, beside text.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use serde_json::json;
use sockeye_tests::within;

use crate::setting::{Setting, ask, next};

stories!(everywhere: out_and_back, nested, from_the_server, in_answers, among_text, many_megabytes);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct File {
    name: String,
    data: ByteBuf,
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Part {
    index: usize,
    bytes: ByteBuf,
}

/// 0, 1 … 255, 0 …: a byte out of place shows.
fn pattern(size: usize) -> Vec<u8> {
    (0..=255).cycle().take(size).collect()
}

async fn out_and_back(at: Setting) {
    let socket = at.client().await;
    let mut echoes = socket.on("echo");
    for size in [0, 1, 2, 3, 255, 256, 65_536, 100_000] {
        socket.emit("echo", serde_bytes::Bytes::new(&pattern(size))).unwrap();
        let echo = next(&mut echoes, "the bytes").await;
        assert_eq!(echo.attachments().len(), 1);
        // Borrowed: not a copy of what came in.
        assert_eq!(echo.data::<&[u8]>().unwrap(), pattern(size));
    }
    let seen =
        ask(&socket, "binary-info", &(Bytes::from_static(b"abc"), "text", ByteBuf::from([0; 7]))).await;
    assert_eq!(seen, json!({"buffers": 2, "shape": ["<3 bytes>", "text", "<7 bytes>"]}));
}

async fn nested(at: Setting) {
    let socket = at.client().await;
    let mut echoes = socket.on("echo");
    let part = |index| Part { index, bytes: ByteBuf::from(pattern(index * 100)) };
    let file = File { name: "f".into(), data: ByteBuf::from("data"), parts: (0..9).map(part).collect() };
    socket.emit("echo", &file).unwrap();
    assert_eq!(next(&mut echoes, "the file").await.data::<File>().unwrap(), file);

    let deep = BTreeMap::from([("a", vec![BTreeMap::from([("b", Bytes::from_static(&[0xff, 0]))])])]);
    let seen = ask(&socket, "binary-info", &deep).await;
    assert_eq!(seen, json!({"buffers": 1, "shape": [{"a": [{"b": "<2 bytes>"}]}]}));
    // What only looks like a placeholder stays what it is (P-84).
    let fake = json!({"_placeholder": true, "num": 0});
    assert_eq!(ask(&socket, "echo", &fake).await, fake);
}

async fn from_the_server(at: Setting) {
    let socket = at.client().await;
    let mut sent = socket.on("binary");
    socket.emit("binary-send", &(1_000, 3)).unwrap();
    let file: File = next(&mut sent, "the file").await.data().unwrap();
    assert_eq!((file.name.as_str(), file.data.as_slice()), ("blob", &*pattern(1_000)));
    for (index, part) in file.parts.iter().enumerate() {
        assert_eq!((part.index, part.bytes.as_slice()), (index, &*pattern(1_000)));
    }
    assert_eq!(file.parts.len(), 3);
}

async fn in_answers(at: Setting) {
    let socket = at.client().await;
    let ack = socket.emit_with_ack("binary-ack", &5_000).unwrap();
    let (bytes, about): (ByteBuf, serde_json::Value) = within("bytes", ack.data()).await.unwrap();
    assert_eq!((bytes.as_slice(), about), (&*pattern(5_000), json!({"size": 5_000})));

    let mut questions = socket.on("question");
    let mut answered = socket.on("question-answered");
    socket.emit("ask-me", &(10_000, ByteBuf::from([1, 2, 3]))).unwrap();
    let question = next(&mut questions, "the question").await;
    assert_eq!(question.data::<&[u8]>().unwrap(), [1, 2, 3]);
    question.ack(&(ByteBuf::from([4, 5]), "and text")).unwrap();
    let heard = next(&mut answered, "what the server heard").await;
    assert_eq!(heard.attachments(), [Bytes::from_static(&[4, 5])]);
}

/// Text does not overtake the bytes of an earlier event, nor the reverse (ORD-1).
async fn among_text(at: Setting) {
    let socket = at.client().await;
    let mut echoes = socket.on("echo");
    for number in 0..200_u32 {
        if number % 3 == 0 {
            socket.emit("echo", &(number, ByteBuf::from(number.to_be_bytes()))).unwrap();
        } else {
            socket.emit("echo", &number).unwrap();
        }
    }
    for number in 0..200_u32 {
        let echo = next(&mut echoes, "the echo").await;
        if number % 3 == 0 {
            let (text, bytes): (u32, ByteBuf) = echo.data().unwrap();
            assert_eq!((text, bytes.as_slice()), (number, number.to_be_bytes().as_slice()));
        } else {
            assert_eq!(echo.data::<u32>().unwrap(), number);
        }
    }
}

async fn many_megabytes(at: Setting) {
    let socket = at.client().await;
    let mut sent = socket.on("binary");
    socket.emit("binary-send", &(5 << 20, 0)).unwrap();
    let file: File = next(&mut sent, "five megabytes").await.data().unwrap();
    assert!(file.data.as_slice() == pattern(5 << 20), "five megabytes came, and some are wrong");
}
