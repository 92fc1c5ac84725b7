//! Whatever a server answers to a poll, at the start of a session or in the middle of one.
#![no_main]

use core::time::Duration;

use libfuzzer_sys::fuzz_target;
use sockeye_core::{Config, sim::Sim};

fuzz_target!(|data: &[u8]| {
    let Some((mode, body)) = data.split_first() else { return };
    let body = String::from_utf8_lossy(body);
    let mut sim = Sim::new(Config::new("http://h"));
    let socket = sim.socket("/");
    if mode % 2 == 0 {
        sim.server.opening = Some(body.into_owned());
        sim.connect(socket);
    } else {
        sim.connect(socket);
        sim.run_for(Duration::from_millis(45));
        sim.server.answer_polls(&body);
    }
    sim.run_for(Duration::from_secs(3));
    sim.close();
    sim.run_for(Duration::from_secs(5));
    assert_eq!(sim.client().poll_timeout(), None);
});
