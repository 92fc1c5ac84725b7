//! Answers whose head is too much (F123).

use sockeye_core::IoErrorKind;

use super::{
    Client, direct, kind,
    server::{Server, answer},
};

async fn both_refuse(headers: String) {
    let server = Server::start(move |_| answer("200 OK", &headers, "")).await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::TooLarge);
    assert_eq!(kind(client.open("/").await), IoErrorKind::TooLarge);
}

#[tokio::test]
async fn a_header_of_a_megabyte_is_too_large() {
    both_refuse(format!("X-Long: {}\r\n", "x".repeat(1 << 20))).await;
}

#[tokio::test]
async fn a_header_above_the_limit_is_too_large() {
    both_refuse(format!("X-Long: {}\r\n", "x".repeat(70_000))).await;
}

#[tokio::test]
async fn ten_thousand_headers_are_too_many() {
    both_refuse("Set-Cookie: a=1\r\n".repeat(10_000)).await;
}

#[tokio::test]
async fn a_hundred_and_one_headers_are_too_many() {
    both_refuse("X: 1\r\n".repeat(101)).await;
}

#[tokio::test]
async fn what_is_within_the_limits_is_read() {
    let server = Server::start(move |_| answer("200 OK", &"X: 1\r\n".repeat(99), "hi")).await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(client.get("/").await.unwrap(), "hi");
}
