//! The real program, driven through pipes: every line is waited for, with a deadline.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// Long enough for a machine that does many things at once; nothing waits that long when all is well.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// A started program. It ends with the test.
pub(crate) struct Program {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    /// What it has said so far, for the message of a test that fails.
    said: Vec<String>,
}

impl Program {
    pub(crate) fn start(args: &[&str]) -> Self {
        Self::of(Command::new(env!("CARGO_BIN_EXE_www")).args(args))
    }

    pub(crate) fn of(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, stdin, lines, said: Vec::new() }
    }

    /// Starts a server and waits until it says where it is. Nobody here looks at its pages.
    pub(crate) fn server(args: &[&str]) -> (Self, String) {
        let mut server = Self::start(&[args, &["--no-build"]].concat());
        let line = server.until("listens on http://");
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
        (server, url)
    }

    /// Joins the chat and waits until it is there.
    pub(crate) fn join(name: &str, args: &[&str]) -> Self {
        let mut client = Self::start(&[&["join", name], args].concat());
        client.until("* online (");
        client
    }

    pub(crate) fn write(&mut self, line: &str) {
        writeln!(self.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// The next line that contains this; those before it are passed over.
    pub(crate) fn until(&mut self, part: &str) -> String {
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    self.said.push(line.clone());
                    if line.contains(part) {
                        return line;
                    }
                }
                Err(error) => panic!("no line with `{part}`: {error}; it said {:#?}", self.said),
            }
        }
    }

    /// Everything it said until now.
    pub(crate) fn said(&self) -> &[String] {
        &self.said
    }

    /// Closes its input.
    pub(crate) fn end_of_input(&mut self) {
        self.stdin = None;
    }

    /// Sends it a signal, as Ctrl-C (`INT`) or the system does.
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until it ends by itself.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + DEADLINE;
        // Its output ends with it: that is what can be waited for.
        while let Ok(line) = self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            self.said.push(line);
        }
        assert!(Instant::now() < deadline, "it does not end; it said {:#?}", self.said);
        self.child.wait().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
