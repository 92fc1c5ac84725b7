use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use sockeye_core::{
    Args,
    handle::{AuthError, Events, Lifecycle},
};

use super::world::World;

/// What the test answers later, one a question.
type Answers = Arc<Mutex<VecDeque<tiny::Sender>>>;

/// A world that is asked for auth, and the questions so far.
fn asked() -> (World, Answers, Events<Lifecycle>) {
    let mut world = World::new();
    let answers = Answers::default();
    let questions = Arc::clone(&answers);
    world.socket.set_auth_provider(move || {
        let (sender, receiver) = tiny::channel();
        questions.lock().unwrap().push_back(sender);
        receiver
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
        answers.lock().unwrap()[0].send(late);
        world.turn();
        assert!(world.socket.active());
        answers.lock().unwrap()[1].send(Ok("new"));
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
    answers.lock().unwrap()[0].send(Ok("another's"));
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

/// One answer, later.
mod tiny {
    use super::{Arc, Args, AuthError, Mutex};
    use core::{
        future::Future,
        pin::Pin,
        task::{Context, Poll, Waker},
    };

    type Answer = Result<&'static str, AuthError>;
    type State = Arc<Mutex<(Option<Answer>, Option<Waker>)>>;

    pub(crate) struct Sender(State);
    pub(crate) struct Receiver(State);

    pub(crate) fn channel() -> (Sender, Receiver) {
        let state = State::default();
        (Sender(Arc::clone(&state)), Receiver(state))
    }

    impl Sender {
        pub(crate) fn send(&self, answer: Answer) {
            let mut state = self.0.lock().unwrap();
            state.0 = Some(answer);
            if let Some(waker) = state.1.take() {
                waker.wake();
            }
        }
    }

    impl Future for Receiver {
        type Output = Result<Args, AuthError>;

        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
            let mut state = self.0.lock().unwrap();
            let Some(answer) = state.0.take() else {
                state.1 = Some(cx.waker().clone());
                return Poll::Pending;
            };
            Poll::Ready(answer.and_then(|token| Ok(Args::auth(&serde_json::json!({ "token": token }))?)))
        }
    }
}
