//! Whatever a server says over WebSocket: frames end at a byte that no UTF-8 has, and those that begin with
//! another such byte are binary.
#![no_main]

use core::time::Duration;

use libfuzzer_sys::fuzz_target;
use sockeye_core::{Config, Transport, sim::Sim};

fuzz_target!(|data: &[u8]| {
    let mut config = Config::new("http://h");
    config.transports = vec![Transport::WebSocket];
    let mut sim = Sim::new(config);
    sim.server.recovery = data.len() % 2 == 0;
    let socket = sim.socket("/");
    let other = sim.socket("/admin");
    sim.connect(socket);
    sim.connect(other);
    sim.run_for(Duration::from_millis(100));
    sim.ask(socket, "a", &1);
    for frame in data.split(|byte| *byte == 0xff) {
        match frame.strip_prefix(&[0xfe]) {
            Some(bytes) => sim.server.send_raw_binary(bytes),
            None => sim.server.send_raw(&String::from_utf8_lossy(frame)),
        }
    }
    sim.run_for(Duration::from_secs(3));
    sim.close();
    sim.run_for(Duration::from_secs(5));
    assert_eq!(sim.client().poll_timeout(), None);
});
