//! What the adapter does.

use std::{collections::HashMap, fs, time::Duration};

use bytes::Bytes;
use serde::{Serialize, Serializer, ser::SerializeTuple};
use serde_json::Value;
use sockeye_native::{
    Certificate, Lifecycle, Manager, ManagerBuilder, ProxyChoice, Recovery, Roots, Socket, Transport,
};
use sockeye_tests::memory::status_kib;
use tokio::{
    io::{AsyncBufReadExt, BufReader, stdin},
    task::JoinHandle,
};

pub(crate) async fn run(words: &[String]) {
    let before = Usage::now();
    let mut client = match client(words) {
        Ok(client) => client,
        Err(why) => {
            println!("unusable {why}");
            return;
        }
    };
    client.connect("/");
    let mut lines = BufReader::new(stdin()).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if line == "quit" {
            break;
        }
        client.told(&line);
    }
    client.manager.close();
    let after = Usage::now();
    println!("usage grown_kb={} cpu_ms={}", after.peak_kb.saturating_sub(before.peak_kb), after.cpu_ms);
    println!("bye");
}

struct Client {
    manager: Manager,
    sockets: HashMap<String, (Socket, JoinHandle<()>)>,
    ack_timeout: Duration,
}

fn client(words: &[String]) -> Result<Client, String> {
    let (url, options) = words.split_first().ok_or("no URL is given")?;
    let options: HashMap<_, _> = options.iter().filter_map(|it| it.split_once('=')).collect();
    let number =
        |name: &str, default: u64| options.get(name).and_then(|it| it.parse().ok()).unwrap_or(default);
    let millis = |name: &str, default: u64| Duration::from_millis(number(name, default));
    let mut trusted = None;
    if let Some(file) = options.get("ca") {
        let pem = fs::read(file).map_err(|why| why.to_string())?;
        trusted = Some(Certificate::from_pem(&pem).map_err(|why| why.to_string())?);
    }
    let builder = ManagerBuilder::new(url).map_err(|why| why.to_string())?;
    let builder = builder.config(|config| {
        let names = options.get("transports").copied().unwrap_or("polling,websocket");
        let transport = |it| if it == "polling" { Transport::Polling } else { Transport::WebSocket };
        config.transports = names.split(',').map(transport).collect();
        config.reconnection_delay = millis("delay", 100);
        config.reconnection_delay_max = millis("delay_max", 2_000);
        config.timeout = Some(millis("timeout", 20_000));
        config.namespace_timeout = millis("join_timeout", 45_000);
        config.upgrade_timeout = millis("upgrade_timeout", 10_000);
        config.try_all_transports = options.contains_key("try_all");
    });
    let builder = builder.net(|net| {
        net.proxy = ProxyChoice::Direct;
        if let Some(trusted) = trusted {
            net.tls.roots = Roots::Only(trusted);
        }
        if let Some(cookie) = options.get("cookie") {
            net.headers.push((String::from("Cookie"), (*cookie).to_owned()));
        }
    });
    let manager = builder.build().map_err(|why| why.to_string())?;
    Ok(Client { manager, sockets: HashMap::new(), ack_timeout: millis("ack_timeout", 5_000) })
}

impl Client {
    fn connect(&mut self, name: &str) {
        self.socket(name).connect();
    }

    fn socket(&mut self, name: &str) -> Socket {
        let make = || {
            let socket = self.manager.socket(name);
            (socket.clone(), tokio::spawn(watch(socket, name.to_owned())))
        };
        self.sockets.entry(name.to_owned()).or_insert_with(make).0.clone()
    }

    fn told(&mut self, line: &str) {
        let mut words = line.splitn(4, ' ');
        let verb = words.next().unwrap_or_default();
        let [name, event, data] = [(); 3].map(|()| words.next().unwrap_or_default().to_owned());
        let socket = self.socket(&name);
        let args = || serde_json::from_str::<Vec<Value>>(&data).unwrap_or_default();
        let emitted = match verb {
            "connect" => {
                socket.connect();
                return;
            }
            "disconnect" => {
                socket.disconnect();
                return;
            }
            "emit" => socket.emit(&event, &Arguments(args())),
            "volatile" => socket.volatile().emit(&event, &Arguments(args())),
            "bytes" => socket.emit(&event, &sevens(data.parse().unwrap_or(0))),
            "many" => {
                let count = data.parse().unwrap_or(0);
                (0..count).try_for_each(|number: u64| socket.emit(&event, &number))
            }
            "ask" => {
                let asked = socket.timeout(self.ack_timeout).emit_with_ack(&event, &Arguments(args()));
                asked.map(|ack| {
                    tokio::spawn(async move {
                        match ack.await {
                            Ok(args) => println!("answer {name} {event} {}", args.text()),
                            Err(why) => println!("answer_error {name} {event} {why}"),
                        }
                    });
                })
            }
            _ => {
                println!("# not understood: {line}");
                return;
            }
        };
        if let Err(why) = emitted {
            println!("refused {why}");
        }
    }
}

fn sevens(length: usize) -> Bytes {
    Bytes::from(vec![7; length])
}

async fn watch(socket: Socket, name: String) {
    let (mut lives, mut events) = (socket.lifecycle(), socket.on_any());
    loop {
        tokio::select! {
            biased;
            Some(life) = lives.next() => match life {
                Lifecycle::Connect { recovery, .. } => {
                    println!("connect {name}{}", if recovery == Recovery::Recovered { " recovered" } else { "" });
                }
                Lifecycle::ConnectError(why) => println!("connect_error {name} {}", one_line(&why.to_string())),
                Lifecycle::Disconnect { reason, details } => {
                    println!("disconnect {name} {reason} | {}", one_line(&details.to_string()));
                }
                other => println!("# {other:?}"),
            },
            Some(event) = events.next() => {
                let (text, bytes) = (event.args().text(), event.attachments());
                let lengths: Vec<_> = bytes.iter().map(|it| it.len().to_string()).collect();
                let lengths = if bytes.is_empty() { String::new() } else { format!(" bytes={}", lengths.join(",")) };
                println!("event {name} {}{lengths} {}", event.event(), one_line(&shortened(text)));
                if event.wants_ack() && let Err(why) = event.ack(&"well") {
                    println!("refused {why}");
                }
            }
            else => return,
        }
    }
}

fn one_line(text: &str) -> String {
    shortened(text).replace(['\n', '\r'], " ")
}

fn shortened(text: &str) -> String {
    text[..text.floor_char_boundary(500)].to_owned()
}

/// A tuple is several arguments; a list would be one.
struct Arguments(Vec<Value>);

impl Serialize for Arguments {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(self.0.len())?;
        self.0.iter().try_for_each(|it| tuple.serialize_element(it))?;
        tuple.end()
    }
}

/// What the process took so far.
struct Usage {
    peak_kb: u64,
    cpu_ms: u64,
}

impl Usage {
    /// From /proc; zeros where there is none.
    fn now() -> Self {
        let peak_kb = status_kib("VmHWM").unwrap_or(0);
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        // Behind the name, which may have spaces: state, then 10 numbers, then user and system time in 10 ms.
        let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        let cpu_ms = ticks.filter_map(|it| it.parse::<u64>().ok()).sum::<u64>() * 10;
        Self { peak_kb, cpu_ms }
    }
}
