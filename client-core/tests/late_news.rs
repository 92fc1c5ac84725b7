//! Law 3: ids are never used twice, and news about what is gone, or never was, changes nothing.

use core::time::Duration;

use sockeye_core::{
    CloseDetails, Config, Frame, Input, IoError, IoErrorKind, Json, Transport, TransportId, sim::Sim,
};

/// Everything a driver can say about a transport.
fn all_news(on: TransportId) -> Vec<Input<Json>> {
    let error = IoError { kind: IoErrorKind::Other, message: String::new() };
    vec![
        Input::Polled { on, body: "42[\"ghost\"]".into() },
        Input::Polled { on, body: "1".into() },
        Input::Polled { on, body: "".into() },
        Input::Posted { on },
        Input::Opened { on },
        Input::Received { on, frame: Frame::Text("3probe".into()) },
        Input::Received { on, frame: Frame::Text("42[\"ghost\"]".into()) },
        Input::Received { on, frame: Frame::Binary(bytes::Bytes::from_static(b"x")) },
        Input::Sent { on },
        Input::Closed { on, details: CloseDetails::None },
        Input::Refused { on, status: 400, body: "".into(), retry_after: None },
        Input::Failed { on, error },
    ]
}

#[test]
fn news_about_the_dead_and_the_unborn_is_ignored() {
    // F037, F062
    for transport in [Transport::Polling, Transport::WebSocket] {
        let mut sim = Sim::over(transport);
        let socket = sim.joined("/");
        sim.lose_connection();
        assert!(sim.run_until("/ connect"));
        sim.take_events();
        for id in [0, 1, 3, 99, u32::MAX] {
            for news in all_news(TransportId::from_u32(id)) {
                sim.tell(news);
            }
        }
        assert_eq!(sim.take_events(), [""; 0]);
        sim.ask(socket, "alive", &());
        sim.run_for(Duration::from_secs(1));
        assert_eq!(sim.take_events(), ["/ ack 1 []"]);
    }
}

#[test]
fn polling_that_was_left_behind_is_dead() {
    // P-63: late answers to its requests after the switch
    let mut sim = Sim::new(Config::new("http://h"));
    let socket = sim.socket("/");
    sim.connect(socket);
    assert!(sim.run_until("upgrade websocket"));
    sim.take_events();
    for news in all_news(TransportId::from_u32(1)) {
        sim.tell(news);
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), [""; 0]);
    assert!(sim.client().connected(socket));
}

#[test]
fn a_probe_that_was_given_up_is_dead() {
    // F052
    let mut sim = Sim::new(Config::new("http://h"));
    sim.network.websockets_blocked = true;
    let socket = sim.socket("/");
    sim.connect(socket);
    assert!(sim.run_until("upgrade error"));
    sim.run_for(Duration::from_secs(1));
    sim.take_events();
    for news in all_news(TransportId::from_u32(2)) {
        sim.tell(news);
    }
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), [""; 0]);
    assert!(sim.client().connected(socket));
}

#[test]
fn news_of_the_wrong_kind_is_ignored() {
    // A GET is only answered where one was asked: a second one would end the session (P-17)
    let mut sim = Sim::over(Transport::WebSocket);
    let socket = sim.joined("/");
    sim.take_events();
    let on = TransportId::from_u32(1);
    sim.tell(Input::Polled { on, body: "1".into() });
    sim.tell(Input::Posted { on });
    sim.tell(Input::Opened { on });
    sim.tell(Input::Sent { on });
    sim.run_for(Duration::from_secs(1));
    assert_eq!(sim.take_events(), [""; 0]);
    assert!(sim.client().connected(socket));
}

#[test]
fn an_answer_to_the_probe_is_not_the_polls() {
    // While both live, each has news of its own only.
    let mut sim = Sim::new(Config::new("http://h"));
    sim.server.probe_answer = Some(String::new());
    let socket = sim.socket("/");
    sim.connect(socket);
    sim.run_for(Duration::from_millis(200));
    sim.take_events();
    let on = TransportId::from_u32(2);
    sim.tell(Input::Polled { on, body: "1".into() });
    sim.tell(Input::Posted { on });
    assert_eq!(sim.take_events(), [""; 0]);
    sim.run_for(Duration::from_millis(100));
    assert!(sim.client().connected(socket));
}
