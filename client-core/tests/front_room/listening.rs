use core::{pin::pin, task::Poll};
use std::sync::{Arc, Mutex};

use sockeye_core::handle::{INBOX_EVENTS, Message, Subscription};

use super::world::{World, noop, poll};

#[test]
fn a_callback_that_is_off_is_not_called_for_what_came_in_the_same_burst() {
    let mut world = World::joined();
    let called = Arc::new(Mutex::new(0));
    let own = Arc::new(Mutex::new(None::<Subscription>));
    let (count, mine) = (Arc::clone(&called), Arc::clone(&own));
    let subscription = world.socket.on_each("x", move |_: Message| {
        *count.lock().unwrap() += 1;
        drop(mine.lock().unwrap().take());
    });
    *own.lock().unwrap() = Some(subscription);
    world.hear(&[r#"42["x",1]"#, r#"42["x",2]"#, r#"42["x",3]"#]);
    assert_eq!(*called.lock().unwrap(), 1);
    assert_eq!(world.tasks(), 0);
}

#[test]
fn once_is_one_event_and_no_more() {
    // Kept beside a loop, awaited or not, it is nobody's slow listener (F117).
    for awaited in [false, true] {
        let mut world = World::joined();
        let mut once = pin!(world.socket.once("x"));
        if awaited {
            assert!(poll(once.as_mut()).is_pending());
        }
        for _ in 0..INBOX_EVENTS {
            world.hear(&[r#"42["x",1]"#, r#"42["x",2]"#]);
        }
        assert!(world.reads(), "the connection is held up");
        let Poll::Ready(Some(first)) = once.as_mut().poll(&mut noop()) else { panic!("the first came") };
        assert_eq!(first.data::<i32>().unwrap(), 1);
        assert!(matches!(poll(once.as_mut()), Poll::Ready(None)));
    }
}
