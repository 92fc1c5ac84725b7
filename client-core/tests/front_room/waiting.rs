use core::{pin::pin, task::Poll};

use super::world::{World, poll};

#[test]
fn connecting_when_joined_is_done_at_once() {
    // A-50; and leaves nobody in the list: `slot.rs` has the test of that
    let world = World::joined();
    assert!(matches!(poll(pin!(world.socket.connect())), Poll::Ready(Ok(()))));
}

#[test]
fn room_that_others_took_is_waited_for_again() {
    let mut world = World::joined();
    world.socket.disconnect();
    world.turn();
    let fill = |world: &World| while world.socket.emit("x", &()).is_ok() {};
    fill(&world);
    let socket = world.socket.clone();
    let mut writable = pin!(socket.writable());
    assert!(poll(writable.as_mut()).is_pending());
    drop(world.socket.connect());
    world.turn();
    world.hears(r#"40{"sid":"again"}"#);
    world.socket.disconnect();
    world.turn();
    fill(&world);
    assert!(poll(writable.as_mut()).is_pending(), "it is full again");
    drop(world.socket.connect());
    world.turn();
    world.hears(r#"40{"sid":"and again"}"#);
    assert!(poll(writable.as_mut()).is_ready());
}
