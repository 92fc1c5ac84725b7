//! The limits that SECURITY.md publishes are those of the code. `WRITE=1 cargo test -p sockeye-tests --test faults
//! limits` writes them anew.

use std::{fs, path::Path, time::Duration};

use sockeye_core::handle::{INBOX_BYTES, INBOX_EVENTS, SLOW_LISTENER_GRACE};
use sockeye_native::{Config, Limits, NetLimits, SocketOptions};

const BEGIN: &str = "<!-- limits, written by tests/faults/tests/limits.rs -->\n";
const END: &str = "<!-- end of limits -->\n";

#[test]
fn security_md_has_the_limits_of_the_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../SECURITY.md");
    let text = fs::read_to_string(&file).expect("SECURITY.md is there");
    let (before, rest) = text.split_once(BEGIN).expect("the table has a beginning");
    let (table, after) = rest.split_once(END).expect("the table has an end");
    let wanted = table_of_limits();
    if std::env::var_os("WRITE").is_some() {
        fs::write(&file, format!("{before}{BEGIN}{wanted}{END}{after}")).expect("SECURITY.md can be written");
    } else {
        assert_eq!(table, wanted, "SECURITY.md has other limits than the code; `WRITE=1` writes them anew");
    }
}

fn table_of_limits() -> String {
    // Without `..`: a limit that is added must be published.
    let Limits {
        attachments,
        attachment_bytes,
        attachment_time,
        payload_packets,
        namespace,
        id,
        pending_acks,
        namespaces,
        receive_buffer_events,
        receive_buffer_bytes,
        undelivered,
        write_batch,
        raw_bytes,
    } = Limits::default();
    let NetLimits { message, frame, body, refusal, headers, header_bytes, cookies } = NetLimits::default();
    let SocketOptions { send_buffer_events, send_buffer_bytes, .. } = SocketOptions::default();
    let config = Config::new("http://localhost");
    let rows = [
        ("attachments of a packet", count(attachments), "`Limits::attachments`"),
        ("their bytes together", bytes(attachment_bytes), "`Limits::attachment_bytes`"),
        ("how long they may take", time(attachment_time), "`Limits::attachment_time`"),
        ("packets in a polling body", count(payload_packets), "`Limits::payload_packets`"),
        ("bytes of a polling answer, decompressed", bytes(body), "`NetLimits::body`"),
        ("bytes kept of a refusal", bytes(refusal), "`NetLimits::refusal`"),
        ("headers of an answer", count(headers), "`NetLimits::headers`"),
        ("their bytes", bytes(header_bytes), "`NetLimits::header_bytes`"),
        ("cookies kept", count(cookies), "`NetLimits::cookies`"),
        ("bytes of a WebSocket message", bytes(message), "`NetLimits::message`"),
        ("bytes of a WebSocket frame", bytes(frame), "`NetLimits::frame`"),
        ("units in the name of a namespace", count(namespace), "`Limits::namespace`"),
        ("bytes of a `sid`, `pid` or offset", bytes(id), "`Limits::id`"),
        ("namespaces of a connection", count(namespaces), "`Limits::namespaces`"),
        ("answers awaited by a namespace", count(pending_acks), "`Limits::pending_acks`"),
        ("events before the CONNECT answer", count(receive_buffer_events), "`Limits::receive_buffer_events`"),
        ("their bytes", bytes(receive_buffer_bytes), "`Limits::receive_buffer_bytes`"),
        ("news that nobody has taken", count(undelivered), "`Limits::undelivered`"),
        ("bytes of a write", bytes(write_batch), "`Limits::write_batch`"),
        ("bytes of messages below Socket.IO that wait to be sent", bytes(raw_bytes), "`Limits::raw_bytes`"),
        ("events that wait to be sent", count(send_buffer_events), "`SocketOptions::send_buffer_events`"),
        ("their bytes", bytes(send_buffer_bytes), "`SocketOptions::send_buffer_bytes`"),
        ("events that wait for a listener", count(INBOX_EVENTS), "`INBOX_EVENTS`"),
        ("their bytes", bytes(INBOX_BYTES), "`INBOX_BYTES`"),
        ("how long a slow listener holds up reading", time(SLOW_LISTENER_GRACE), "`SLOW_LISTENER_GRACE`"),
        ("an attempt to connect", config.timeout.map_or_else(String::new, time), "`Config::timeout`"),
        ("an answer to CONNECT", time(config.namespace_timeout), "`Config::namespace_timeout`"),
        ("an answer of the application's auth", time(config.auth_timeout), "`Config::auth_timeout`"),
        ("an upgrade", time(config.upgrade_timeout), "`Config::upgrade_timeout`"),
        ("a goodbye", time(config.close_timeout), "`Config::close_timeout`"),
        ("the longest `Retry-After`", time(config.retry_after_max), "`Config::retry_after_max`"),
        ("the shortest pause between empty polls", time(config.poll_gap), "`Config::poll_gap`"),
    ];
    let lines = rows.map(|(what, limit, name)| format!("| {what} | {limit} | {name} |\n"));
    format!("\n| what | default | name |\n|---|---:|---|\n{}\n", lines.concat())
}

fn count(count: usize) -> String {
    let digits = count.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

fn bytes(count_of_bytes: usize) -> String {
    match count_of_bytes {
        it if it >= 1 << 20 && it.is_multiple_of(1 << 20) => format!("{} MiB", it >> 20),
        it if it >= 1 << 10 && it.is_multiple_of(1 << 10) => format!("{} KiB", it >> 10),
        it => format!("{} bytes", count(it)),
    }
}

fn time(span: Duration) -> String {
    match span.as_millis() {
        it if it.is_multiple_of(1_000) => format!("{} s", it / 1_000),
        it => format!("{it} ms"),
    }
}
