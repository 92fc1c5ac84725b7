//! JavaScript's own values, in and out.

use js_sys::{Array, JSON, Uint8Array, eval};
use serde::Serialize;
use sockeye_tests::{http::Stranger, within};
use sockeye_wasm::{EmitError, Js, JsArguments, Socket};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{POLLING, WEBSOCKET, builder, join, official};

#[wasm_bindgen_test]
async fn over_polling() {
    there_and_back(&official(POLLING).build().unwrap().socket("/")).await;
}

#[wasm_bindgen_test]
async fn over_websocket() {
    there_and_back(&official(WEBSOCKET).build().unwrap().socket("/")).await;
}

/// As event and as answer.
async fn there_and_back(socket: &Socket) {
    join(socket).await;
    let mut echoes = socket.on("echo");
    for (source, expected) in [
        ("null", "null"),
        ("undefined", "null"),
        ("true", "true"),
        ("-1.5", "-1.5"),
        ("9007199254740991", "9007199254740991"),
        ("1e300", "1e+300"),
        ("10n", "10"),
        (r#""Grüße \u2028 🦀""#, "\"Grüße \u{2028} 🦀\""),
        ("[1, [2], {}]", "[1,[2],{}]"),
        (
            "({ a: { b: [null, 'c'] }, _placeholder: false })",
            r#"{"a":{"b":[null,"c"]},"_placeholder":false}"#,
        ),
        ("new Map([['a', 1]])", r#"{"a":1}"#),
    ] {
        let value = eval(source).unwrap();
        let answer = within("the answer", socket.emit_with_ack("echo", &Js(value)).unwrap()).await.unwrap();
        let message = within("the echo", echoes.next()).await.unwrap();
        for arguments in [message.js_arguments().unwrap(), answer.js_arguments().unwrap()] {
            assert_eq!(arguments.length(), 1, "{source}");
            assert_eq!(json(&arguments.get(0)), expected, "{source}");
        }
    }
}

/// Wherever they are (P-84).
#[wasm_bindgen_test]
async fn bytes() {
    let socket = official(WEBSOCKET).build().unwrap().socket("/");
    join(&socket).await;
    let value = eval("({ a: new Uint8Array([1, 2]), b: [new Uint8Array([3]).buffer, 'x'] })").unwrap();
    let sent = (Js(value), Js(Uint8Array::from(&[][..]).into()), 7);
    let answer = within("the answer", socket.emit_with_ack("echo", &sent).unwrap()).await.unwrap();
    let arguments = answer.js_arguments().unwrap();
    assert_eq!(arguments.length(), 3);
    let look = js_sys::Function::new_with_args(
        "all",
        "const [{ a, b: [c, x] }, empty] = all;
         return [a, c, empty].every((it) => it instanceof Uint8Array) && [...a, ...c, empty.length, x].join()",
    );
    assert_eq!(look.call1(&JsValue::NULL, &arguments).unwrap().as_string().unwrap(), "1,2,3,0,x");
}

/// A peer decides how deep they are (F071, B-31).
#[wasm_bindgen_test]
async fn bytes_deep_within() {
    const DEPTH: usize = 100_000;
    let (begin, end) = ("[".repeat(DEPTH), "]".repeat(DEPTH));
    let body = [
        r#"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#,
        r#"40{"sid":"b"}"#,
        &format!(r#"451-["deep",{begin}{{"_placeholder":true,"num":0}}{end}]"#),
        "bAQID",
    ];
    let server = Stranger::start("200 OK", "text/plain", &body.join("\u{1e}")).await;
    let builder = builder(&server.url(), POLLING).config(|it| it.reconnection = false);
    let socket = builder.build().unwrap().socket("/");
    let mut messages = socket.on("deep");
    join(&socket).await;
    let arguments = within("the event", messages.next()).await.unwrap().js_arguments().unwrap();
    let look = js_sys::Function::new_with_args(
        "it",
        "let depth = -1;
         for (; Array.isArray(it); it = it[0]) depth++;
         return `${it instanceof Uint8Array && it.join()} at ${depth}`",
    );
    let seen = look.call1(&JsValue::NULL, &arguments).unwrap().as_string().unwrap();
    assert_eq!(seen, format!("1,2,3 at {DEPTH}"));
}

/// Within a type of the application's own.
#[wasm_bindgen_test]
async fn within_a_struct() {
    #[derive(Serialize)]
    struct Drawing {
        by: &'static str,
        shape: Js,
    }
    let socket = official(WEBSOCKET).build().unwrap().socket("/");
    join(&socket).await;
    let drawing = Drawing { by: "ada", shape: Js(eval("({ x: 1 })").unwrap()) };
    let answer = within("the answer", socket.emit_with_ack("echo", &drawing).unwrap()).await.unwrap();
    assert_eq!(json(&answer.js_arguments().unwrap().get(0)), r#"{"by":"ada","shape":{"x":1}}"#);
}

#[wasm_bindgen_test]
fn what_is_no_data_is_refused() {
    let socket = official(WEBSOCKET).build().unwrap().socket("/");
    for source in ["() => 1", "Symbol()", "new Set([1])", "2n ** 70n"] {
        let result = socket.emit("echo", &Js(eval(source).unwrap()));
        assert!(matches!(result, Err(EmitError::Data(_))), "{source}: {result:?}");
    }
}

fn json(value: &JsValue) -> String {
    let text = JSON::stringify(value).unwrap();
    assert!(!value.has_type::<Array>() || text.starts_with("[", 0));
    text.into()
}
