//! Whoever reaches the chat reaches the scenarios: one person cannot take the server from the others.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "another test asks for more")]
mod support;

use support::Session;
use www::{Server, ServerConfig};

#[tokio::test]
async fn too_much_is_cut_to_the_limits() {
    let server = Server::bind(ServerConfig::default()).await.unwrap();
    let mut greedy = Session::connected(server.addr());
    for (asked, answer) in [
        (r#"421["volatile-burst",1000000000000000]"#, "431[20000]"),
        (r#"422["flood",1,10000000000000]"#, "432[1]"),
        (r#"423["flood",10000000000000,5000000]"#, "433[2]"),
    ] {
        greedy.send(asked);
        assert_eq!(greedy.expect(&answer[..3]), answer);
    }
    greedy.send(r#"42["binary-send",10000000,1000000000]"#);
    assert!(greedy.expect("45").contains(r#""parts":[]"#));

    let mut other = Session::connected(server.addr());
    other.send(r#"421["echo","still here"]"#);
    assert_eq!(other.expect("431"), r#"431["still here"]"#);
    server.shutdown().await;
}
