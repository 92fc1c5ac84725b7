//! What is secret is in no error and in nothing that is printed (F122). The session's id is looked for in the
//! errors of every other test too.

use sockeye_core::IoErrorKind;

use super::{
    Client, SID, direct, error,
    server::{Reply, Server},
};
use crate::{
    Endpoint, ManagerBuilder,
    options::{NetOptions, ProxyChoice},
    tls::TlsOptions,
};

#[tokio::test]
async fn an_error_shows_neither_url_nor_headers_nor_cookies() {
    let headers = vec![
        (String::from("Authorization"), String::from("Bearer s3cr3t-token")),
        (String::from("Cookie"), String::from("a=s3cr3t-cookie")),
    ];
    let server = Server::start(|_| Reply::Reset).await;
    let client = Client::new(&server.origin(), &NetOptions { headers, ..direct() });
    for error in [
        error(client.get("/?token=s3cr3t-query").await),
        error(client.post("/?token=s3cr3t-query", "s3cr3t-body").await),
        error(client.open("/?token=s3cr3t-query").await),
    ] {
        let shown = format!("{error:?} {}", error.message);
        assert!(!shown.contains("s3cr3t"), "{shown}");
        assert!(!shown.contains(&server.port.to_string()), "{shown}");
    }
}

#[tokio::test]
async fn a_url_that_is_none_is_not_repeated() {
    let client = Client::new("http://localhost", &direct());
    let url = format!("http://[bad/?sid={SID}");
    let failures = [client.net.get(&url).await.err().unwrap(), client.net.open(&url).await.err().unwrap()];
    for failure in failures {
        assert!(!format!("{failure:?}").contains(SID));
        assert_eq!(error::<()>(Err(failure)).kind, IoErrorKind::Other);
    }
}

#[test]
fn options_are_printed_without_their_secrets() {
    let options = NetOptions {
        headers: vec![(String::from("Authorization"), String::from("s3cr3t"))],
        proxy: ProxyChoice::Url(String::from("http://me:s3cr3t@proxy:1")),
        tls: TlsOptions::default(),
        ..NetOptions::default()
    };
    let shown = format!("{options:?}");
    assert!(shown.contains("Authorization") && !shown.contains("s3cr3t"), "{shown}");
}

/// A token in the URL goes with every request, so it is in what the URL was made into.
#[test]
fn a_builder_is_printed_without_the_values_of_the_query() {
    let url = "https://example.com/admin?token=s3cr3t-one&token=s3cr3t-two";
    let mut config = String::new();
    let builder = ManagerBuilder::new(url).unwrap().config(|it| config = format!("{it:?} {it:#?}"));
    for shown in [config, format!("{builder:?}"), format!("{:?}", Endpoint::parse(url).unwrap())] {
        assert!(shown.contains("https://example.com"), "{shown}");
        assert!(shown.contains(r#"["token", "token"]"#) && !shown.contains("s3cr3t"), "{shown}");
    }
}
