//! Programs that live no longer than the test that started them, however it ends.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sockeye_tests::deadline::until;

/// Says its id and becomes the program; when this test is gone, or lets go of the input, the program is ended.
const KEEPER: &str = r#"sh -c 'echo $$; exec "$@"' sh "$@" </dev/null 2>&1 & child=$!
cat >/dev/null; kill "$child" 2>/dev/null; wait "$child""#;

#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    /// Of the program itself.
    id: u32,
    lines: Arc<Mutex<Vec<String>>>,
    kept: bool,
}

impl Process {
    /// One that knows nothing of its input.
    pub(crate) async fn start(program: impl AsRef<Path>, arguments: &[&str]) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", KEEPER, "sh"]).arg(program.as_ref()).args(arguments);
        // The program's own goes where its words go; the shell's would be "Killed".
        command.stderr(Stdio::null());
        let mut process = Self::spawn(&mut command, true);
        process.id = process.line("the id of the program", |line| line.parse().ok()).await;
        process
    }

    /// One of ours for Node, which ends with its input.
    pub(crate) fn node(folder: &Path, arguments: &[&str]) -> Self {
        Self::spawn(Command::new("node").args(arguments).current_dir(folder), false)
    }

    fn spawn(command: &mut Command, kept: bool) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (lines, out) = (Arc::new(Mutex::new(Vec::new())), child.stdout.take().unwrap());
        let heard = Arc::clone(&lines);
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
        Self { id: child.id(), input: child.stdin.take(), child, lines, kept }
    }

    /// All that it has said.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a line in which `find` finds something.
    pub(crate) async fn line<T>(&self, what: &str, find: impl Fn(&str) -> Option<T>) -> T {
        until(what, || self.lines().iter().any(|line| find(line).is_some())).await;
        self.lines().iter().find_map(|line| find(line)).unwrap()
    }

    /// Gives it a line to read.
    pub(crate) fn say(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{line}").unwrap();
    }

    /// Ends it as a crash does, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.end("-KILL");
    }

    /// Asks it to end, as the system does, and waits until it has.
    pub(crate) fn terminate(&mut self) {
        self.end("-TERM");
    }

    fn end(&mut self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.id.to_string()]).status().unwrap();
        assert!(told.success(), "there is no program {} to end", self.id);
        // A program of ours that reads would take the end of its input for a wish to end at once.
        if self.kept {
            self.input = None;
        }
        self.child.wait().unwrap();
        self.input = None;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.input.is_some() {
            // One of ours ends with its input, and with it what it started: a browser.
            if self.kept {
                let _ = Command::new("kill").args(["-KILL", &self.id.to_string()]).status();
            }
            self.input = None;
            let _ = self.child.wait();
        }
    }
}
