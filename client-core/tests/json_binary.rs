//! Bytes leave the text as attachments and come back where bytes are asked for.
#![cfg(feature = "json")]

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use serde_json::{Value, json};
use sockeye_core::{Args, Json, Shape, Wire};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct File {
    name: String,
    #[serde(with = "serde_bytes")]
    content: Vec<u8>,
    preview: Option<Bytes>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Part {
    Empty,
    Raw(ByteBuf),
    Both(ByteBuf, u8),
    Named { bytes: ByteBuf },
}

fn received(text: &str, attachments: &[&'static [u8]]) -> Args {
    let attachments = attachments.iter().map(|bytes| Bytes::from_static(bytes)).collect();
    Json::decode(Shape::Event, text.into(), 0, attachments).expect("it is an event")
}

fn travelled(args: &Args) -> Args {
    let data = Json::encode(args);
    Json::decode(Shape::Event, data.text, 0, data.attachments).expect("it is an event")
}

fn placeholder(num: &str) -> String {
    format!(r#"["e",{{"_placeholder":true,"num":{num}}}]"#)
}

#[test]
fn bytes_are_pulled_out_at_any_depth_in_the_order_they_are_met() {
    let file = File { name: "a".into(), content: vec![1], preview: Some(Bytes::from_static(&[2])) };
    let args = Args::event("file", &(Bytes::from_static(&[0]), vec![file])).expect("it is JSON");
    assert_eq!(
        args.text(),
        concat!(
            r#"["file",{"_placeholder":true,"num":0},[{"name":"a","content":{"_placeholder":true,"num":1},"#,
            r#""preview":{"_placeholder":true,"num":2}}]]"#
        )
    );
    assert_eq!(args.attachments(), [&[0_u8][..], &[1], &[2]]);
    assert_eq!(Json::size(&args), args.text().len() + 3);
}

#[test]
fn without_bytes_there_is_only_text() {
    let args = Args::event("e", &(vec![1_u8, 2], "x")).expect("it is JSON");
    assert_eq!(args.text(), r#"["e",[1,2],"x"]"#);
    assert!(args.attachments().is_empty());
}

#[test]
fn bytes_come_back_where_they_were() {
    let file = File { name: "a".into(), content: vec![1, 2], preview: None };
    let args = travelled(&Args::event("e", &file).expect("it is JSON"));
    assert_eq!(args.data(), Ok(file));

    let parts = vec![
        Part::Empty,
        Part::Raw(ByteBuf::from([1])),
        Part::Both(ByteBuf::from([2]), 3),
        Part::Named { bytes: ByteBuf::from([4]) },
    ];
    let map = BTreeMap::from([("k".to_owned(), Some(Bytes::from_static(&[5])))]);
    let args = travelled(&Args::event("e", &(&parts, &map, ((1, ByteBuf::new()),))).expect("it is JSON"));
    assert_eq!(args.data(), Ok((parts, map, ((1, ByteBuf::new()),))));
}

#[test]
fn a_slice_borrows_the_attachment() {
    let args = received(&placeholder("0"), &[&[1, 2, 3]]);
    let bytes: &[u8] = args.data().expect("bytes");
    assert!(std::ptr::eq(bytes, &raw const *args.attachments()[0]));
    let in_tuple: (&[u8], Option<u8>) = args.data().expect("bytes");
    assert_eq!(in_tuple, (bytes, None));
}

#[test]
fn bytes_are_spliced_into_answers_too() {
    let args = Args::ack(&("ok", Bytes::from_static(&[7]))).expect("it is JSON");
    let data = Json::encode(&args);
    let args = Json::decode(Shape::Ack, data.text, 0, data.attachments).expect("it is an answer");
    assert_eq!(args.ack_data::<(&str, &[u8])>(), Ok(("ok", &[7][..])));
}

#[test]
fn who_does_not_ask_for_bytes_sees_the_placeholder() {
    let args = received(&placeholder("0"), &[&[1]]);
    assert_eq!(args.data(), Ok(json!({"_placeholder": true, "num": 0})));
    assert_eq!(
        args.data(),
        Ok(BTreeMap::from([("_placeholder".to_owned(), json!(true)), ("num".into(), json!(0))]))
    );
}

#[test]
fn without_attachments_a_placeholder_is_an_object_like_any_other() {
    let args = received(&placeholder("0"), &[]);
    assert_eq!(args.data::<Value>(), Ok(json!({"_placeholder": true, "num": 0})));
    assert!(args.data::<ByteBuf>().is_err());
}

#[test]
fn the_number_of_a_placeholder_is_one_of_an_attachment() {
    for num in
        ["1", "-1", "0.0", "0.5", "\"0\"", "null", "18446744073709551616", "1e0", placeholder("0").as_str()]
    {
        let error = received(&placeholder(num), &[&[1]]).data::<ByteBuf>().expect_err(num);
        assert!(
            error.to_string().starts_with("the peer's arguments are not what was asked for: "),
            "{error}"
        );
    }
    for object in ["{}", r#"{"num":0}"#, r#"{"_placeholder":true}"#, r#"{"_placeholder":false,"num":0}"#] {
        assert!(received(&format!(r#"["e",{object}]"#), &[&[1]]).data::<ByteBuf>().is_err(), "{object}");
    }
}

#[test]
fn fields_of_a_placeholder_may_come_in_any_order_with_more_of_them() {
    let args = received(
        r#"["e",{"num":1,"more":{"_placeholder":true,"num":9},"_placeholder":true}]"#,
        &[&[1], &[2]],
    );
    assert_eq!(args.data::<&[u8]>(), Ok(&[2][..]));
}

#[test]
fn attachments_may_be_shared_and_unused() {
    let one = r#"{"_placeholder":true,"num":1}"#;
    let args = received(&format!(r#"["e",[{one},{one},{one}]]"#), &[&[1], &[2], &[3]]);
    assert_eq!(args.data::<Vec<&[u8]>>(), Ok(vec![&[2][..]; 3]));
}

#[test]
fn text_and_lists_are_bytes_with_attachments_as_they_are_without() {
    for attachments in [&[][..], &[&[0_u8][..]][..]] {
        let args = received(r#"["e","ab",[1,2],"a\tb"]"#, attachments);
        let read = args.data::<(&[u8], ByteBuf, ByteBuf)>();
        assert_eq!(read, Ok((&b"ab"[..], ByteBuf::from([1, 2]), ByteBuf::from("a\tb"))));
        assert!(args.data::<(ByteBuf, ByteBuf, ByteBuf, ByteBuf)>().is_err());
    }
}

#[test]
fn what_serde_buffers_cannot_hold_bytes() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "only read into")]
    enum Either {
        Bytes(ByteBuf),
        Number(u8),
    }
    assert!(received(&placeholder("0"), &[&[1]]).data::<Either>().is_err());
    assert!(received("[\"e\",7]", &[&[1]]).data::<Either>().is_ok());
}

#[test]
fn depth_is_limited_with_attachments_too() {
    let deep =
        |levels: usize| received(&format!(r#"["e",{}{}]"#, "[".repeat(levels), "]".repeat(levels)), &[&[1]]);
    assert!(deep(126).data::<Value>().is_ok());
    assert!(deep(127).data::<Value>().is_err());
    assert!(deep(100_000).data::<Value>().is_err());
}

#[test]
fn data_that_looks_like_a_placeholder_is_sent_as_it_is() {
    let look_alike = json!({"_placeholder": true, "num": 0});
    let plain = Args::event("e", &look_alike).expect("it is JSON");
    assert_eq!(plain.text(), &placeholder("0"));
    assert!(plain.attachments().is_empty());
    // Beside bytes it cannot be told from a placeholder: that is the protocol's.
    let beside = Args::event("e", &(&look_alike, Bytes::from_static(&[1]))).expect("it is JSON");
    assert_eq!(travelled(&beside).data::<(&[u8], &[u8])>(), Ok((&[1][..], &[1][..])));
}

#[test]
fn a_last_argument_goes_without_its_attachment() {
    let args = received(r#"["e",{"_placeholder":true,"num":0},"offset"]"#, &[&[1]]);
    assert_eq!(Json::offset(&args).as_deref(), Some("offset"));
    let args = Json::without_last(args);
    assert_eq!(args.text(), &placeholder("0"));
    assert_eq!(args.data::<&[u8]>(), Ok(&[1][..]));
}
