use core::{future::poll_fn, task::Poll};
use std::sync::{Arc, Mutex};

use sockeye_core::{
    Args,
    handle::{AuthError, Events, Lifecycle},
};

use super::world::World;

/// One for each question: what the test answers later. Nobody is woken by it, as the world asks every task in each turn.
type Answers = Arc<Mutex<Vec<Option<Result<&'static str, AuthError>>>>>;

/// A world that is asked for auth, and the questions so far.
fn asked() -> (World, Answers, Events<Lifecycle>) {
    let mut world = World::new();
    let answers = Answers::default();
    let questions = Arc::clone(&answers);
    world.socket.set_auth_provider(move || {
        let questions = Arc::clone(&questions);
        let mut all = questions.lock().unwrap();
        let number = all.len();
        all.push(None);
        drop(all);
        poll_fn(move |_| match questions.lock().unwrap()[number].take() {
            Some(answer) => {
                Poll::Ready(answer.and_then(|it| Ok(Args::auth(&serde_json::json!({ "token": it }))?)))
            }
            None => Poll::Pending,
        })
    });
    let lifecycle = world.socket.lifecycle();
    drop(world.socket.connect());
    world.turn();
    assert_eq!(answers.lock().unwrap().len(), 1);
    (world, answers, lifecycle)
}

#[test]
fn an_answer_to_an_earlier_question_counts_for_nothing() {
    // F103, A-52: neither its failure nor its token is the next one's
    for late in [Err(AuthError::Refused), Ok("old")] {
        let (mut world, answers, _) = asked();
        world.breaks();
        assert_eq!(answers.lock().unwrap().len(), 2, "it is asked again");
        answers.lock().unwrap()[0] = Some(late);
        world.turn();
        assert!(world.socket.active());
        answers.lock().unwrap()[1] = Some(Ok("new"));
        world.turn();
        assert_eq!(world.sent, [r#"40{"token":"new"}"#]);
    }
}

#[test]
fn after_leaving_it_is_the_next_provider_that_counts() {
    // A-51: on a connection that stands
    let (mut world, answers, _) = asked();
    let other = world.manager.socket("/other");
    drop(other.connect());
    world.socket.disconnect();
    world.socket.set_auth(&serde_json::json!({ "token": "mine" })).unwrap();
    drop(world.socket.connect());
    answers.lock().unwrap()[0] = Some(Ok("another's"));
    world.turn();
    assert!(world.sent.contains(&r#"40{"token":"mine"}"#.into()), "{:?}", world.sent);
}

#[test]
fn a_provider_that_hangs_goes_with_its_question() {
    // Nothing is left to run: neither by a server that comes and goes, nor by leaving
    let (mut world, answers, _) = asked();
    assert_eq!(world.tasks(), 1);
    for _ in 0..10 {
        world.breaks();
    }
    assert_eq!((answers.lock().unwrap().len(), world.tasks()), (11, 1));
    world.socket.disconnect();
    world.turn();
    assert_eq!(world.tasks(), 0);
}
