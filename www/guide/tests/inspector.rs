//! The inspector's diagram is the machine's own.

use std::fs;

use sockeye_guide::{root, states};

const DRAWN: &str = "www/inspector/states.svg";

#[test]
fn the_inspector_shows_the_states_that_the_machine_has() {
    let drawn = states(root()).expect("a diagram");
    let path = root().join(DRAWN);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &drawn).expect("written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(there, drawn, "{DRAWN} is of before: UPDATE=1 cargo test -p sockeye-guide --test inspector");
}
