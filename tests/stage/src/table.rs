//! What was started, by number.

use std::collections::HashMap;

use sockeye_tests::{
    Options, Proxy, Server, Which,
    http::{Stranger, get},
    words::{Deed, Given, Wish},
};

use crate::webtransport::Front;

/// What was started and not ended yet.
#[derive(Default)]
pub(crate) struct Table {
    shared: HashMap<Which, Server>,
    things: HashMap<u32, Thing>,
    last: u32,
}

enum Thing {
    Server(Server),
    Proxy(Proxy),
    WebTransport(Front),
    #[expect(dead_code, reason = "it is held for as long as it is to stand")]
    Stranger(Stranger),
}

impl Table {
    pub(crate) async fn fulfil(&mut self, wish: Wish) -> Result<Given, String> {
        Ok(match wish {
            Wish::Shared(which) => Given { port: self.shared(which).await, ..Given::default() },
            Wish::Server(which, options) => {
                let server = Server::start(which, Options { any_origin: true, ..options }).await;
                self.put(server.port(), Thing::Server(server))
            }
            Wish::Proxy(upstream) => {
                let proxy = Proxy::start(upstream);
                self.put(proxy.port(), Thing::Proxy(proxy))
            }
            Wish::WebTransport(port) => self.put(port, Thing::WebTransport(Front::start(port))),
            Wish::Stranger(status, kind, body) => {
                let stranger = Stranger::start(&status, &kind, &body).await;
                self.put(stranger.port(), Thing::Stranger(stranger))
            }
            Wish::Get(origin, path) => Given { text: get(&origin, &path).await, ..Given::default() },
            Wish::Do(id, deed) => {
                self.act(id, deed).await?;
                Given::default()
            }
        })
    }

    async fn shared(&mut self, which: Which) -> u16 {
        if let Some(server) = self.shared.get(&which) {
            return server.port();
        }
        let server = Server::start(which, Options { any_origin: true, ..Options::default() }).await;
        self.shared.entry(which).or_insert(server).port()
    }

    fn put(&mut self, port: u16, thing: Thing) -> Given {
        self.last += 1;
        self.things.insert(self.last, thing);
        Given { id: self.last, port, text: String::new() }
    }

    async fn act(&mut self, id: u32, deed: Deed) -> Result<(), String> {
        if deed == Deed::End {
            return self.things.remove(&id).map(drop).ok_or_else(|| format!("there is no {id}"));
        }
        match (self.things.get_mut(&id), deed) {
            (Some(Thing::Server(it)), Deed::Kill) => it.kill().await,
            (Some(Thing::Server(it)), Deed::Restart) => it.restart().await,
            (Some(Thing::Proxy(it)), Deed::Down) => it.down().await,
            (Some(Thing::Proxy(it)), Deed::Up) => it.up().await,
            (Some(Thing::Proxy(it)), Deed::BlackHole(on)) => it.black_hole(on),
            (Some(Thing::Proxy(it)), Deed::Door(door)) => it.door(door),
            (Some(Thing::Proxy(it)), Deed::Delay(delay)) => it.delay(delay),
            (Some(Thing::Proxy(it)), Deed::Slice(bytes)) => it.slice(bytes),
            (Some(Thing::Proxy(it)), Deed::Bandwidth(bytes)) => it.bandwidth(bytes),
            (Some(Thing::Proxy(it)), Deed::EndAll(ending)) => it.end(ending),
            (Some(Thing::Proxy(it)), Deed::Trap(marker, ending)) => it.when_server_says(&marker, ending),
            (Some(Thing::WebTransport(it)), Deed::Down) => it.down(),
            (Some(Thing::WebTransport(it)), Deed::Up) => it.up(),
            (Some(Thing::WebTransport(it)), Deed::EndAll(ending)) => it.end(ending),
            (Some(Thing::WebTransport(it)), Deed::Vanish) => it.vanish().await,
            (_, deed) => return Err(format!("{id} cannot do {deed:?}")),
        }
        Ok(())
    }
}
