//! WebSocket subprotocols (O-24), and a WebSocket that cannot even be made (B-08).

use sockeye_tests::within;
use sockeye_wasm::{ConnectError, ManagerEvent};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{UPGRADE, WEBSOCKET, join, official, until};

#[wasm_bindgen_test]
async fn a_bad_name_is_told_at_once() {
    for names in [vec!["two words"], vec!["twice", "twice"]] {
        let names: Vec<String> = names.into_iter().map(String::from).collect();
        let manager = official(WEBSOCKET).net(|net| net.subprotocols = names).build().unwrap();
        match within("the refusal", manager.socket("/").connect()).await {
            Err(ConnectError::Io(error)) => {
                assert!(
                    error.message.contains("SyntaxError") && error.message.contains("subprotocol"),
                    "{error:?}"
                );
            }
            other => panic!("{other:?} instead of a refusal"),
        }
    }
}

/// The connection stays on polling, and the session's id is not told.
#[wasm_bindgen_test]
async fn an_upgrade_that_cannot_be() {
    let manager = official(UPGRADE).net(|net| net.subprotocols = vec!["two words".into()]).build().unwrap();
    let mut events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    until(&mut events, "the failed upgrade", |it| match it {
        ManagerEvent::UpgradeError(error) => {
            let words = error.to_string();
            assert!(!words.contains("sid="), "{words}");
            true
        }
        _ => false,
    })
    .await;
    assert!(socket.connected());
}
