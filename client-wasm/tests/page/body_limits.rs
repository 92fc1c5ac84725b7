//! What a server may send is limited (F022, F044).

use sockeye_tests::within;
use sockeye_wasm::{CloseDetails, IoErrorKind, Lifecycle, ManagerBuilder};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{POLLING, WEBSOCKET, join, next, official};

#[wasm_bindgen_test]
async fn of_a_polling_answer() {
    too_large(official(POLLING).net(|net| net.limits.body = 10_000)).await;
}

#[wasm_bindgen_test]
async fn of_a_message() {
    too_large(official(WEBSOCKET).net(|net| net.limits.message = 10_000)).await;
}

async fn too_large(builder: ManagerBuilder) {
    let socket = builder.build().unwrap().socket("/");
    join(&socket).await;
    let (mut big, mut lifecycle) = (socket.on("big"), socket.lifecycle());
    socket.emit("flood", &(1, 9_000)).unwrap();
    within("what fits", big.next()).await.unwrap();
    socket.emit("flood", &(1, 10_001)).unwrap();
    match next(&mut lifecycle).await {
        Lifecycle::Disconnect { details: CloseDetails::Io(error), .. } => {
            assert_eq!(error.kind, IoErrorKind::TooLarge, "{error:?}");
        }
        other => panic!("{other:?} instead of a disconnect"),
    }
}
