//! A thousand seeds of random wishes, network faults and server moods. The simulator checks the laws at every
//! step; here is what holds at the end. `SEED=7 cargo test --test soak` replays one and leaves its
//! transcript in the temporary folder as `soak-7.txt`; if a law is broken it is shown, too.
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use core::fmt::Write as _;

mod dice;
#[path = "soak/run.rs"]
mod run;
use run::Run;

const SEEDS: u64 = 1_000;

#[test]
fn the_laws_hold_for_the_first_half_of_the_seeds() {
    soak(0..SEEDS / 2);
}

#[test]
fn the_laws_hold_for_the_second_half_of_the_seeds() {
    soak(SEEDS / 2..SEEDS);
}

#[test]
fn the_seeds_reach_every_kind_of_event() {
    if std::env::var("SEED").is_ok() {
        return;
    }
    let mut all = String::new();
    for seed in 0..150 {
        let mut run = Run::new(seed);
        run.go();
        all += &run.sim.transcript();
    }
    for kind in [
        " open\n",
        " ping\n",
        " upgrade websocket",
        " upgrade error",
        " close: ping timeout",
        " close: transport close",
        " close: transport error",
        " close: forced close",
        " error: timeout",
        " error: http 503",
        " reconnect attempt",
        " reconnect failed",
        " drained\n",
        " drained in part",
        " auth required",
        " connect (Recovered)",
        " connect (NotFound)",
        " connect error: refused",
        " connect error: auth",
        " disconnect: io server disconnect",
        " disconnect: io client disconnect",
        " asks\n",
        " TimedOut",
        " Disconnected\n",
        " Dropped\n",
        " dropped ",
        "/a drain\n",
        " outgoing ",
        "] <3 bytes>",
        "< refused",
    ] {
        assert!(all.contains(kind), "{kind:?} never happens: the dice are loaded");
    }
}

fn soak(seeds: core::ops::Range<u64>) {
    if let Some(seed) = std::env::var("SEED").ok().and_then(|it| it.parse().ok()) {
        if seeds.start == 0 {
            let mut run = Run::new(seed);
            let outcome = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| run.go()));
            let mut shown = run.sim.transcript();
            writeln!(shown, "{:?}", run.sim.server.offences()).unwrap();
            std::fs::write(std::env::temp_dir().join(format!("soak-{seed}.txt")), &shown).unwrap();
            assert!(outcome.is_ok(), "{shown}");
        }
        return;
    }
    for seed in seeds {
        let transcript = || {
            let run = || {
                let mut run = Run::new(seed);
                run.go();
                run.sim.transcript()
            };
            std::panic::catch_unwind(run).unwrap_or_else(|_| panic!("SEED={seed} breaks a law"))
        };
        assert!(transcript() == transcript(), "SEED={seed} is not replayed exactly (law 8)");
    }
}
