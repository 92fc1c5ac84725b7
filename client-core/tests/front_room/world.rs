//! A server that joins whoever asks, and tasks that run when the test says so.

use std::{
    future::Future,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
};

use sockeye_core::{
    Config, Frame, Input, Instant, Io, Json, Transport, TransportId,
    handle::{Driver, Manager, Socket, Task},
};

pub(crate) struct World {
    pub(crate) manager: Manager,
    pub(crate) socket: Socket,
    driver: Driver,
    tasks: Arc<Mutex<Vec<Task>>>,
    news: Vec<Input<Json>>,
    on: Option<TransportId>,
    reads: bool,
    /// What the client sent.
    pub(crate) sent: Vec<String>,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut config = Config::new("http://h");
        config.transports = vec![Transport::WebSocket];
        let tasks = Arc::<Mutex<Vec<Task>>>::default();
        let kept = Arc::clone(&tasks);
        let spawn = Arc::new(move |task| kept.lock().unwrap().push(task));
        let (manager, driver) = Manager::new(config, || Instant::from_millis(1_000), spawn);
        let socket = manager.socket("/");
        Self { manager, socket, driver, tasks, news: Vec::new(), on: None, reads: true, sent: Vec::new() }
    }

    /// With `/` joined.
    pub(crate) fn joined() -> Self {
        let mut world = Self::new();
        drop(world.socket.connect());
        world.turn();
        world.hears(r#"40{"sid":"id"}"#);
        assert!(world.socket.connected());
        world
    }

    /// All that happens by itself: the connection opens, what is written leaves, tasks go on.
    pub(crate) fn turn(&mut self) {
        loop {
            let mut asks = Vec::new();
            let pumped = self.driver.pump(&mut self.news, Instant::from_millis(1_000), &mut asks);
            self.reads = pumped.read;
            for ask in asks {
                self.perform(ask);
            }
            let mut tasks = core::mem::take(&mut *self.tasks.lock().unwrap());
            tasks.retain_mut(|task| poll(task.as_mut()).is_pending());
            self.tasks.lock().unwrap().append(&mut tasks);
            if self.news.is_empty() && self.driver.poll_wished(&mut noop()).is_pending() {
                return;
            }
        }
    }

    fn perform(&mut self, ask: Io<Json>) {
        match ask {
            Io::Open { on, .. } => {
                self.on = Some(on);
                self.news.push(Input::Opened { on });
                let open = r#"0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
                self.news.push(text(on, open));
            }
            Io::Send { on, frames } => {
                for frame in frames {
                    let Frame::Text(text) = frame else { continue };
                    self.sent.push(text.to_string());
                }
                self.news.push(Input::Sent { on });
            }
            Io::Close { .. } => self.on = None,
            Io::Get { .. } | Io::Post { .. } => unreachable!("there is no polling here"),
        }
    }

    /// These frames come in one go.
    pub(crate) fn hear(&mut self, frames: &[&str]) {
        let on = self.on.unwrap();
        self.news.extend(frames.iter().map(|it| text(on, it)));
        self.turn();
    }

    pub(crate) fn hears(&mut self, frame: &str) {
        self.hear(&[frame]);
    }

    /// The connection breaks, and the next one stands at once.
    pub(crate) fn breaks(&mut self) {
        let on = self.on.take().unwrap();
        self.news.push(Input::Closed { on, details: sockeye_core::CloseDetails::None });
        self.turn();
        self.manager.reconnect_now();
        self.turn();
    }

    /// Whether the driver is to read from the network.
    pub(crate) fn reads(&self) -> bool {
        self.reads
    }

    /// How many tasks have not ended.
    pub(crate) fn tasks(&self) -> usize {
        self.tasks.lock().unwrap().len()
    }
}

fn text(on: TransportId, text: &str) -> Input<Json> {
    Input::Received { on, frame: Frame::Text(text.into()) }
}

pub(crate) fn noop() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

pub(crate) fn poll<F: Future + ?Sized>(it: core::pin::Pin<&mut F>) -> Poll<F::Output> {
    it.poll(&mut noop())
}
