//! Tuples are several arguments, anything else is one: in both directions.
#![cfg(feature = "json")]

use bytestring::ByteString;
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::{Value, json};
use sockeye_core::{Args, DataError, Json, ParseError, Shape, Wire};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Message {
    from: String,
    text: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Pair(u8, String);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Newtype([u8; 2]);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Plain,
    Two(u8, u8),
    Named { x: u8 },
}

fn event<T: Serialize + ?Sized>(data: &T) -> String {
    Args::event("e", data).expect("it is JSON").text().to_string()
}

fn decode(shape: Shape, text: &str) -> Result<Args, ParseError> {
    Json::decode(shape, text.into(), 0, Vec::new())
}

fn received(text: &str) -> Args {
    decode(Shape::Event, text).expect("it is an event")
}

fn answer(text: &str) -> Args {
    decode(Shape::Ack, text).expect("it is an answer")
}

#[test]
fn tuples_are_several_arguments_and_anything_else_is_one() {
    let message = Message { from: "Ada".into(), text: "hi".into() };
    assert_eq!(event(&message), r#"["e",{"from":"Ada","text":"hi"}]"#);
    assert_eq!(event(&(1, "a", [2])), r#"["e",1,"a",[2]]"#);
    assert_eq!(event(&Pair(1, "a".into())), r#"["e",1,"a"]"#);
    assert_eq!(event(&[1, 2]), r#"["e",1,2]"#);
    assert_eq!(event(&vec![1, 2]), r#"["e",[1,2]]"#);
    assert_eq!(event(&json!([1, 2])), r#"["e",[1,2]]"#);
    assert_eq!(event(&Newtype([1, 2])), r#"["e",[1,2]]"#);
    assert_eq!(event("text"), r#"["e","text"]"#);
    assert_eq!(event(&Choice::Two(1, 2)), r#"["e",{"two":[1,2]}]"#);
    assert_eq!(event(&((1, 2),)), r#"["e",[1,2]]"#);
}

#[test]
fn a_unit_and_an_empty_tuple_are_no_arguments() {
    for text in [event(&()), event(&Unit), event::<[u8; 0]>(&[]), event(&&())] {
        assert_eq!(text, r#"["e"]"#);
    }
    assert_eq!(Args::ack(&()).expect("it is JSON").text(), "[]");
    assert_eq!(Args::ack::<[u8; 0]>(&[]).expect("it is JSON").text(), "[]");
}

#[test]
fn an_option_is_one_argument() {
    assert_eq!(event(&None::<u8>), r#"["e",null]"#);
    assert_eq!(event(&Some((1, 2))), r#"["e",[1,2]]"#);
    assert_eq!(event(&Some(())), r#"["e",null]"#);
}

#[test]
fn an_answer_has_no_name() {
    assert_eq!(Args::ack(&("ok", 1)).expect("it is JSON").text(), r#"["ok",1]"#);
    assert_eq!(Args::ack(&vec![1]).expect("it is JSON").text(), "[[1]]");
    assert_eq!(answer(r#"["ok",1]"#).ack_data::<(String, u8)>(), Ok(("ok".into(), 1)));
    assert_eq!(answer("[]").ack_data::<()>(), Ok(()));
}

#[test]
fn what_was_written_is_what_is_read() {
    fn check<T: Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(received(&event(value)).data::<T>().as_ref(), Ok(value));
        let args = Args::ack(value).expect("it is JSON");
        assert_eq!(answer(args.text()).ack_data::<T>().as_ref(), Ok(value));
    }
    check(&Message { from: "\u{1e}\"\\\u{2028}".into(), text: String::new() });
    check(&Pair(1, "a".into()));
    check(&Newtype([1, 2]));
    check(&Unit);
    check(&());
    check(&((1, 2), vec![Some(3), None]));
    check(&[Choice::Plain, Choice::Two(1, 2), Choice::Named { x: 3 }]);
    check(&Choice::Plain);
    check(&None::<(u8, u8)>);
    check(&Some((1_u8, 2_u8)));
    check(&(u64::MAX, i64::MIN, i128::MIN, 'é', 1.5_f32));
    check(&json!({"a": [null, true, {"b": 1.5}]}));
}

#[test]
fn further_arguments_are_ignored() {
    let args = received(r#"["e",1,"two",{"three":3},"offset"]"#);
    assert_eq!(args.data::<u8>(), Ok(1));
    assert_eq!(args.data::<(u8,)>(), Ok((1,)));
    assert_eq!(args.data::<(u8, &str)>(), Ok((1, "two")));
    assert_eq!(args.data::<()>(), Ok(()));
    assert_eq!(args.data::<Option<u8>>(), Ok(Some(1)));
}

#[test]
fn a_missing_argument_is_none_or_an_error() {
    let args = received(r#"["e",1]"#);
    assert_eq!(args.data::<(u8, Option<u8>, Option<&str>)>(), Ok((1, None, None)));
    let error = args.data::<(u8, u8)>().expect_err("there is only one");
    assert!(error.to_string().contains("argument 2 is missing, expected u8"), "{error}");

    let none = received(r#"["e"]"#);
    assert_eq!(none.data::<Option<u8>>(), Ok(None));
    assert_eq!(none.data::<Option<(u8, u8)>>(), Ok(None));
    assert!(none.data::<Value>().is_err());
    assert!(none.data::<Message>().is_err());
}

#[test]
fn text_is_borrowed_from_the_packet() {
    let args = received(r#"["e","borrowed","es\"caped"]"#);
    let (borrowed, owned): (&str, std::borrow::Cow<'_, str>) = args.data().expect("two strings");
    assert!(args.text().as_bytes().as_ptr_range().contains(&borrowed.as_ptr()));
    assert_eq!(owned, "es\"caped");
    assert!(args.data::<(&str, &str)>().is_err(), "what is escaped cannot be borrowed");
}

#[test]
fn names_may_be_escaped_or_numbers() {
    assert_eq!(Args::event("a\"\n", &()).expect("it is JSON").name().as_deref(), Some("a\"\n"));
    assert_eq!(received("[17,\"a\"]").name().as_deref(), Some("17"));
    assert_eq!(received("[17,\"a\"]").data::<&str>(), Ok("a"));
    assert_eq!(Args::ack(&()).expect("it is JSON").name(), None);
}

#[test]
fn what_is_no_event_is_refused_at_the_door() {
    for text in [
        "",
        "[]",
        "{}",
        "null",
        "[true]",
        "[null]",
        "[{}]",
        "[[]]",
        "\"e\"",
        r#"["e""#,
        r#"["e"],"#,
        r#"["connect"]"#,
        r#"["disconn\u0065ct"]"#,
        r#"["newListener",1]"#,
        r#"["e"1]"#,
        r#"["e]"#,
    ] {
        assert_eq!(decode(Shape::Event, text), Err(ParseError::Payload), "{text}");
    }
    assert!(decode(Shape::Event, "\t[ \"connection\" , 1 ]\n").is_ok());
}

#[test]
fn what_is_no_answer_is_refused_at_the_door() {
    for text in ["", "{}", "[", "]", "null", "[1],"] {
        assert_eq!(decode(Shape::Ack, text), Err(ParseError::Payload), "{text}");
    }
    assert!(decode(Shape::Ack, r#"["connect"]"#).is_ok(), "an answer has no name to be reserved");
}

#[test]
fn what_is_wrong_inside_comes_to_light_when_it_is_read() {
    for text in [r#"["e",}]"#, r#"["e",1]]"#, r#"["e",1 2]"#, r#"["e",1,]"#, "[\"e\x01\",1]"] {
        let error = received(text).data::<()>().expect_err(text);
        assert!(error.to_string().starts_with("the peer's arguments cannot be read as JSON: "), "{error}");
    }
    let error = received(r#"["e","x"]"#).data::<u8>().expect_err("x is no number");
    assert!(error.to_string().starts_with("the peer's arguments are not what was asked for: "), "{error}");
    assert!(error.to_string().ends_with("column 8"), "{error}");
}

#[test]
fn half_a_character_is_no_text_in_rust() {
    let args = received(r#"["e","\ud800x",1]"#);
    assert!(args.data::<String>().is_err());
    assert_eq!(args.data::<(IgnoredAny, u8)>().map(|(_, number)| number), Ok(1));
    assert_eq!(decode(Shape::Event, r#"["\ud800"]"#), Err(ParseError::Payload));
}

#[test]
fn depth_is_limited() {
    let deep = |levels: usize| received(&format!(r#"["e",{}{}]"#, "[".repeat(levels), "]".repeat(levels)));
    assert!(deep(126).data::<Value>().is_ok());
    assert!(deep(127).data::<Value>().is_err());
    // serde_json skips what nobody asks for without recursion.
    assert!(deep(100_000).data::<()>().is_ok());
    assert!(deep(100_000).data::<Value>().is_err());
}

#[test]
fn values_that_json_cannot_express_are_the_callers_error() {
    let map = std::collections::BTreeMap::from([(vec![1], 2)]);
    let error = Args::event("e", &map).expect_err("a list is no key");
    assert!(error.to_string().starts_with("the value cannot be sent as JSON: "), "{error}");
    assert_eq!(event(&(f64::NAN, f64::INFINITY)), r#"["e",null,null]"#);
}

#[test]
fn auth_is_an_object() {
    let auth = Args::auth(&json!({"token": "x"})).expect("an object");
    assert_eq!(auth.text(), r#"{"token":"x"}"#);
    assert_eq!(auth.name(), None);
    assert!(auth.data::<IgnoredAny>().is_err());
    let errors: [Result<Args, DataError>; 6] = [
        Args::auth(&()),
        Args::auth(&Value::Null),
        Args::auth("{}"),
        Args::auth(&[json!({})]),
        Args::auth(serde_bytes::Bytes::new(b"x")),
        Args::auth(&std::collections::BTreeMap::from([("key", serde_bytes::ByteBuf::new())])),
    ];
    for error in errors {
        assert_eq!(error.expect_err("no object").to_string(), "auth must be a JSON object without bytes");
    }
}

#[test]
fn the_offset_is_a_last_string_after_the_name() {
    let offset = |text| Json::offset(&received(text));
    assert_eq!(offset(r#"["e",1,"off\"set"]"#).as_deref(), Some("off\"set"));
    assert_eq!(offset(r#"["e"]"#), None);
    assert_eq!(offset(r#"["e",["x"]]"#), None);
    assert_eq!(offset(r#"["e","x",1]"#), None);
}

#[test]
fn the_last_argument_can_be_taken_away() {
    let without = |text| Json::without_last(received(text)).text().to_owned();
    assert_eq!(without(r#"["e",{"a":","},"offset"]"#), r#"["e",{"a":","}]"#);
    assert_eq!(without(r#"["e","a",{"b":","}]"#), r#"["e","a"]"#);
    assert_eq!(without(r#"["e","offset"]"#), r#"["e"]"#);
    assert_eq!(without(r#"["e"]"#), r#"["e"]"#);
}

#[test]
fn base64_is_strict() {
    let bytes = bytes::Bytes::from_static(&[0xfb, 0xff, 0x00, 0x01]);
    assert_eq!(Json::to_base64(&bytes), "+/8AAQ==");
    assert_eq!(Json::from_base64(&ByteString::from("+/8AAQ==")), Ok(bytes));
    assert_eq!(Json::from_base64(&ByteString::new()), Ok(bytes::Bytes::new()));
    for text in ["+/8AAQ", "+/8AAQ=", "-_8AAQ==", "+/8A\nAQ==", "+/8AAR==", " +/8AAQ==", "+/8AAQ==="] {
        assert_eq!(Json::from_base64(&ByteString::from(text)), Err(ParseError::Base64), "{text}");
    }
}
