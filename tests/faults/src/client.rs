//! The client under test: a program of any language that prints what it sees and does what it is told, line by line.

use std::{io, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    process::{Child, Command},
    sync::mpsc,
};

use crate::faults::{case::Case, case::Over, server::Server};

/// A client that runs, or a person who plays one.
pub struct Client {
    lines: mpsc::UnboundedReceiver<String>,
    errors: mpsc::UnboundedReceiver<String>,
    commands: Box<dyn AsyncWrite + Send + Unpin>,
    child: Option<Child>,
}

/// What a client does next.
pub(crate) enum Said {
    Line(String),
    /// Its output is at an end.
    Ended,
}

impl Client {
    /// Starts `program` with the URL of the server and what else the case wants it to know.
    pub fn start(program: &[String], server: &Server, case: &Case, over: Over) -> io::Result<Self> {
        let [name, given @ ..] = program else { return Err(io::Error::other("no client is named")) };
        let mut child = Command::new(name)
            .args(given)
            .args(arguments(server, case, over))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let missing = || io::Error::other("the client has no pipes");
        Ok(Self {
            lines: lines(child.stdout.take().ok_or_else(missing)?),
            errors: lines(child.stderr.take().ok_or_else(missing)?),
            commands: Box::new(child.stdin.take().ok_or_else(missing)?),
            child: Some(child),
        })
    }

    /// A client that somebody else started: its lines come on our stdin, and what it is told goes to our stdout.
    pub fn elsewhere() -> Self {
        let (_, errors) = mpsc::unbounded_channel();
        Self {
            lines: lines(tokio::io::stdin()),
            errors,
            commands: Box::new(tokio::io::stdout()),
            child: None,
        }
    }

    pub(crate) async fn tell(&mut self, command: &str) {
        // A client that is gone is told of by its output.
        let _ = self.commands.write_all(format!("{command}\n").as_bytes()).await;
        let _ = self.commands.flush().await;
    }

    /// Its next line. Cancel-safe.
    pub(crate) async fn next(&mut self) -> Said {
        self.lines.recv().await.map_or(Said::Ended, Said::Line)
    }

    /// How it ended, and its last words on stderr, if it does within a moment.
    pub(crate) async fn end(mut self) -> (String, Vec<String>) {
        let how = match &mut self.child {
            None => String::from("it said no more"),
            Some(child) => match tokio::time::timeout(Duration::from_secs(2), child.wait()).await {
                Ok(Ok(status)) => status.to_string(),
                _ => String::from("it does not end"),
            },
        };
        let mut errors = Vec::new();
        while let Ok(line) = self.errors.try_recv() {
            errors.push(line);
        }
        (how, errors)
    }
}

/// The client's command line: the URL, then `name=value`.
pub fn arguments(server: &Server, case: &Case, over: Over) -> Vec<String> {
    let mut arguments = vec![server.url().to_owned(), format!("transports={}", over.transports())];
    if let Some(identity) = &server.identity {
        arguments.push(format!("ca={}", identity.authority.display()));
    }
    arguments.extend(case.client.iter().cloned());
    arguments
}

fn lines(from: impl AsyncRead + Send + Unpin + 'static) -> mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut lines = BufReader::new(from).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
