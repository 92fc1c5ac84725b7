//! What holds for any value, and for any text a peer may send.
#![cfg(feature = "json")]

use std::collections::BTreeMap;

use bytes::Bytes;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use serde_json::Value;
use sockeye_core::{Args, Json, Shape, Text, Wire};

/// Every kind of value that serde knows, nested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Tree {
    Unit,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Char(char),
    Text(String),
    Bytes(ByteBuf),
    Raw(Bytes),
    Maybe(Option<Box<Tree>>),
    List(Vec<Tree>),
    Map(BTreeMap<String, Tree>),
    Pair(Box<Tree>, (u8, Box<Tree>)),
    Record { bytes: ByteBuf, inner: Box<Tree> },
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        Just(Tree::Unit),
        any::<bool>().prop_map(Tree::Bool),
        any::<i64>().prop_map(Tree::Signed),
        any::<u64>().prop_map(Tree::Unsigned),
        any::<char>().prop_map(Tree::Char),
        ".*".prop_map(Tree::Text),
        any::<Vec<u8>>().prop_map(|bytes| Tree::Bytes(bytes.into())),
        any::<Vec<u8>>().prop_map(|bytes| Tree::Raw(bytes.into())),
        Just(Tree::Maybe(None)),
    ];
    leaf.prop_recursive(5, 40, 6, |tree| {
        let boxed = tree.clone().prop_map(Box::new);
        prop_oneof![
            boxed.clone().prop_map(|tree| Tree::Maybe(Some(tree))),
            prop::collection::vec(tree.clone(), 0..6).prop_map(Tree::List),
            prop::collection::btree_map(".*", tree, 0..6).prop_map(Tree::Map),
            (boxed.clone(), any::<u8>(), boxed.clone()).prop_map(|(a, n, b)| Tree::Pair(a, (n, b))),
            (any::<Vec<u8>>(), boxed).prop_map(|(bytes, inner)| Tree::Record { bytes: bytes.into(), inner }),
        ]
    })
}

/// Text that is nearly a packet's payload.
fn nearly_json() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\",
        " ",
        "\n",
        "\"a\"",
        "\"connect\"",
        "\"\\\"\"",
        "\\u0061",
        "\\ud800",
        "1",
        "-",
        "e",
        ".",
        "null",
        "true",
        "é",
        "\u{0}",
        "\u{1e}",
        "\"_placeholder\":true",
        "\"num\":0",
        "{\"_placeholder\":true,\"num\":0}",
        "{\"_placeholder\":true,\"num\":2}",
    ]);
    let tokens = prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat());
    prop_oneof![".*", tokens.clone(), tokens.prop_map(|inside| format!("[\"e\",{inside}]"))]
}

fn travelled(shape: Shape, args: &Args) -> Args {
    let data = Json::encode(args);
    Json::decode(shape, data.text, 0, data.attachments).expect("what we send, we take")
}

proptest! {
    #[test]
    fn an_event_arrives_as_it_was_sent(name in ".*", a in tree(), b in tree()) {
        let pair = (a, b);
        let args = Args::event(&name, &pair).expect("it is JSON");
        if !sockeye_core::RESERVED_EVENTS.contains(&name.as_str()) {
            let args = travelled(Shape::Event, &args);
            prop_assert_eq!(args.name(), Some(name.into()));
            prop_assert_eq!(args.data::<(Tree, Tree)>(), Ok(pair.clone()));
            prop_assert_eq!(args.data::<Tree>(), Ok(pair.0));
        }
    }

    #[test]
    fn an_answer_arrives_as_it_was_sent(value in tree()) {
        let args = travelled(Shape::Ack, &Args::ack(&value).expect("it is JSON"));
        prop_assert_eq!(args.ack_data::<Tree>(), Ok(value));
    }

    #[test]
    fn the_text_is_what_serde_json_reads(value in tree(), offset in ".*") {
        let args = Args::event("e", &(&value, &offset)).expect("it is JSON");
        prop_assert!(serde_json::from_str::<Vec<Value>>(args.text()).is_ok());
        let found = Json::offset(&args);
        prop_assert_eq!(found.as_deref(), Some(&*offset));
        let args = Json::without_last(args);
        prop_assert_eq!(&args, &Args::event("e", &value).expect("it is JSON"));
        let args = Json::without_last(args);
        prop_assert_eq!(args.text(), "[\"e\"]");
    }

    #[test]
    fn nothing_a_peer_sends_panics(
        text in nearly_json(),
        attachments in prop::collection::vec(any::<Vec<u8>>().prop_map(Bytes::from), 0..3),
    ) {
        for shape in [Shape::Event, Shape::Ack] {
            let Ok(args) = Json::decode(shape, text.as_str().into(), 0, attachments.clone()) else { continue };
            prop_assert_eq!(args.name().is_some() || shape == Shape::Ack, true);
            args.data::<Value>().ok();
            args.data::<(Tree, ByteBuf)>().ok();
            args.data::<&[u8]>().ok();
            args.ack_data::<()>().ok();
            args.ack_data::<Vec<ByteBuf>>().ok();
            args.ack_data::<[Option<Bytes>; 3]>().ok();
            let all = serde_json::from_str::<Vec<Value>>(&text);
            if let Ok(all) = all {
                // The cheap look at the end agrees with a full parse.
                let last = all.last().filter(|_| all.len() > 1).and_then(Value::as_str).map(str::to_owned);
                let found = Json::offset(&args);
                prop_assert_eq!(found.as_deref(), last.as_deref());
                let left = Json::without_last(args);
                let expected = if all.len() > 1 { &all[..all.len() - 1] } else { &all[..] };
                let left = serde_json::from_str::<Vec<Value>>(left.text()).ok();
                prop_assert_eq!(left.as_deref(), Some(expected));
            } else {
                let _ = (Json::offset(&args), Json::without_last(args));
            }
        }
    }

    #[test]
    fn no_position_in_a_text_panics(text in ".*", from in 0_usize..40, to in 0_usize..40) {
        let text = bytestring::ByteString::from(text);
        let part = text.slice(from, to);
        prop_assert!(text.contains(&*part));
        let _ = (text.ascii(from), text.find(b'a', from));
    }

    #[test]
    fn base64_comes_back(bytes in any::<Vec<u8>>(), text in ".*") {
        let bytes = Bytes::from(bytes);
        prop_assert_eq!(Json::from_base64(&Json::to_base64(&bytes)), Ok(bytes));
        let _ = Json::from_base64(&text.into());
    }
}
