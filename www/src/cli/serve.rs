//! Starts the server, with a bot in its chat, and keeps both until Ctrl-C.

#![allow(clippy::print_stdout, reason = "telling a person where the server is, is what the program is for")]

use std::future::pending;
use std::net::{IpAddr, Ipv4Addr};

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use www::{BOT_NAME, Bot, ServeError, Server, ServerConfig, Sockets, site};

use super::ending::Ending;
use super::node::NodeServer;
use super::{Failure, apps, guide, join, package};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The port to listen on; a free one is taken instead if it is in use, or 0
    #[arg(long, default_value_t = 3000, value_name = "PORT")]
    port: u16,
    /// The address to listen on: `0.0.0.0` in a container, and then whoever reaches it may chat
    #[arg(long, default_value_t = Ipv4Addr::LOCALHOST.into(), value_name = "ADDRESS")]
    host: IpAddr,
    /// Which server answers the sockets behind the same pages
    #[arg(long, value_enum, default_value = "rust", value_name = "SERVER")]
    server: Kind,
    /// Leave the chat to people
    #[arg(long)]
    no_bot: bool,
    /// What `/admin` asks for; on the loopback `mysecrettoken` unless said otherwise
    #[arg(long, env = "SOCKEYE_ADMIN_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    admin_token: Option<String>,
    /// Let everybody into `/admin`
    #[arg(long, conflicts_with = "admin_token")]
    open_admin: bool,
    /// Act as one with other servers that are given the same Redis, as `redis://127.0.0.1:6379`
    #[arg(long, value_name = "URL")]
    redis: Option<String>,
    /// Serve the npm package and the pages as they were built before, if they were, instead of building anew what has changed
    #[arg(long)]
    no_build: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// This program's own, on axum and socketioxide
    Rust,
    /// The npm package socket.io, in a Node that ends with this program
    Node,
}

/// Everybody knows it.
const TOKEN: &str = "mysecrettoken";

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let admin_token = admin_token(&options)?;
    let (client, trouble) = package::client(sockeye_pack::root(), !options.no_build);
    let mut node = match options.server {
        Kind::Rust => None,
        Kind::Node if options.redis.is_some() => {
            return Err(Failure::at_start(
                "--redis joins embedded servers, and --server node has none: leave out one of the two",
            ));
        }
        Kind::Node => Some(NodeServer::start(admin_token.as_deref()).await?),
    };
    let folders = site::folders(sockeye_pack::root());
    let config = ServerConfig {
        host: options.host,
        port: options.port,
        sockets: node.as_ref().map_or(Sockets::Here, |node| Sockets::At(node.addr)),
        admin_token,
        redis: options.redis,
        client,
        folders: folders.clone(),
        // What can be broken is a server that nobody else is on, but only for who sits at this machine.
        control: options.host.is_loopback(),
        ..ServerConfig::default()
    };
    let server = bind(config).await.map_err(|error| Failure::at_start(advice(&error)))?;
    let mut ending = Ending::listen().map_err(|error| {
        Failure::later(format!("cannot listen for Ctrl-C: {error}; end the program by its id"))
    })?;
    let url = format!("http://{}", server.addr());
    println!("Sockeye listens on {url} - Ctrl-C ends it");
    if let Some(node) = &node {
        println!("The sockets are answered by socket.io {} in Node", node.version);
    }
    match trouble {
        None => println!("Open the chat in a browser: {url} (by a script tag) or {url}/module (as a module)"),
        Some(trouble) => println!("{trouble}"),
    }
    match guide::write(sockeye_pack::root()) {
        None => println!("How it works, and a connection to play with: {url}/guide/ and {url}/inspector/"),
        Some(trouble) => println!("{trouble}"),
    }
    println!("Join the chat from a second terminal: {}", how_to_join(&url));
    if !options.no_build {
        apps::build_beside(&folders, &url);
    }
    let bot = if options.no_bot { None } else { Some(enter(&url)?) };

    let ended = tokio::select! {
        () = ending.asked() => Ok(()),
        failure = ended(&mut node) => Err(failure),
    };
    if let Some(bot) = bot {
        bot.leave().await;
    }
    server.shutdown().await;
    ended
}

/// `None` opens `/admin` to everybody, which nobody gets who has not said so: whoever is in there sends people away.
fn admin_token(options: &Options) -> Result<Option<String>, Failure> {
    match &options.admin_token {
        _ if options.open_admin => Ok(None),
        Some(token) => Ok(Some(token.clone())),
        None if options.host.is_loopback() => Ok(Some(TOKEN.into())),
        None => Err(Failure::at_start(format!(
            "others reach {}, and everybody knows the token that /admin asks for by default: give one of your own with \
             --admin-token or in SOCKEYE_ADMIN_TOKEN, or say --open-admin",
            options.host
        ))),
    }
}

/// Why the npm server, if there is one, is no more.
async fn ended(node: &mut Option<NodeServer>) -> Failure {
    match node {
        Some(node) => node.ended().await,
        None => pending().await,
    }
}

fn enter(url: &str) -> Result<Bot, Failure> {
    let bot = Bot::join(url)
        .map_err(|error| Failure::at_start(format!("the bot cannot start: {error}; try --no-bot")))?;
    println!("{BOT_NAME}, a bot, is in the room and answers `help` - without it: --no-bot");
    Ok(bot)
}

fn how_to_join(url: &str) -> String {
    if url == join::DEFAULT_URL {
        String::from("cargo run -p www -- join NAME")
    } else {
        format!("cargo run -p www -- join NAME --url {url}")
    }
}

/// The port asked for, or a free one if that is taken.
async fn bind(config: ServerConfig) -> Result<Server, ServeError> {
    match Server::bind(config.clone()).await {
        Err(taken @ ServeError::PortTaken(_)) => {
            println!("{}, taking a free one", capitalised(&taken.to_string()));
            Server::bind(ServerConfig { port: 0, ..config }).await
        }
        other => other,
    }
}

fn advice(error: &ServeError) -> String {
    match error {
        ServeError::Listen(..) => format!("{error}; choose another port with --port"),
        ServeError::RedisUrl(..) => {
            format!("--redis is not usable: {error}; say it as redis://127.0.0.1:6379")
        }
        ServeError::Redis(..) => format!(
            "{error}; start Redis 6 or later there (Debian: apt-get install redis-server), mend --redis, or leave it out"
        ),
        _ => error.to_string(),
    }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
