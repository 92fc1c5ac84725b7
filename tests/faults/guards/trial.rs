//! One test, built and run in the copy of the tree, with a deadline.

use std::{
    fmt,
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use serde_json::Value;
use sockeye_tests::faults::Proof;

use crate::tree::Tree;

pub(crate) struct Trial<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) proof: &'a Proof,
    /// Whether nothing is taken out.
    pub(crate) whole: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It failed, or did not end.
    Killed { hung: bool },
    /// Nothing failed.
    Passed,
    /// It could not be built, or there is no such test.
    Unfit(String),
    /// It is no proof even with the guard.
    Unsound(String),
}

impl Trial<'_> {
    pub(crate) fn run(&self) -> Verdict {
        let done = match self.proof {
            Proof::None => Err(String::from("no test is named")),
            Proof::Core { file, names } if file == "lib" => {
                self.cargo_test("sockeye-core", &["--lib"], names)
            }
            Proof::Core { file, names } => self.cargo_test("sockeye-core", &["--test", file], names),
            Proof::Native { names } => self.cargo_test("sockeye-native", &["--lib"], names),
            Proof::Abuse { cases } => self.abuse(cases),
            Proof::Npm { file, name } => self.npm(file, name),
        };
        done.unwrap_or_else(Verdict::Unfit)
    }

    /// Builds one binary of tests, and runs those of its tests.
    fn cargo_test(&self, package: &str, target: &[&str], names: &[String]) -> Result<Verdict, String> {
        let mut build = self.cargo(&["test", "--no-run", "--message-format=json", "--package", package]);
        build.args(target);
        let program = Self::built(&mut build)?;
        let mut test = Command::new(program);
        test.args(names).current_dir(self.tree.root.join(package.replace("sockeye", "client")));
        let (verdict, output) = self.watched(test, Duration::from_mins(1))?;
        // Of a name that is no test's, nothing fails.
        if output.contains("running 0 tests") {
            Err(String::from("there is no such test"))
        } else {
            Ok(verdict)
        }
    }

    /// The server is that of the whole tree: it is not what is tried.
    fn abuse(&self, cases: &[String]) -> Result<Verdict, String> {
        let server = self.tree.root.with_file_name("abuse");
        if self.whole {
            let mut build =
                self.cargo(&["build", "--message-format=json", "-p", "sockeye-tests", "--bin", "abuse"]);
            let built = Self::built(&mut build)?;
            std::fs::copy(built, &server).map_err(|why| why.to_string())?;
        }
        let mut build =
            self.cargo(&["build", "--message-format=json", "-p", "sockeye-tests", "--bin", "abused"]);
        let client = Self::built(&mut build)?;
        let mut command = Command::new(server);
        command.args(cases).arg("--").arg(client);
        Ok(self.watched(command, Duration::from_mins(2))?.0)
    }

    /// Builds the package, and runs a file of its tests.
    fn npm(&self, file: &str, name: &str) -> Result<Verdict, String> {
        let folder = self.tree.root.join("client-wasm/npm");
        if !folder.join("node_modules").exists() {
            let mut install = Command::new("npm");
            install.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
            Self::succeeds(install)?;
        }
        // Tests of the sources need of what is built the machine alone.
        let test = std::fs::read_to_string(folder.join(format!("tests/{file}.test.mjs"))).unwrap_or_default();
        if !test.contains("lib/source") || !folder.join("dist/core.wasm").exists() {
            Self::succeeds(self.cargo(&["run", "--quiet", "--package", "sockeye-pack"]))?;
        }
        let mut test = Command::new("node");
        test.args(["--test", "--expose-gc", "--test-reporter=tap", "--test-name-pattern", name]);
        test.arg(format!("tests/{file}.test.mjs")).current_dir(&folder);
        let (verdict, output) = self.watched(test, Duration::from_mins(1))?;
        if output.contains("# pass 0") && output.contains("# fail 0") {
            Err(String::from("there is no such test"))
        } else {
            Ok(verdict)
        }
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let mut cargo = Command::new("cargo");
        cargo
            .args(words)
            .arg("--locked")
            .current_dir(&self.tree.root)
            .env("CARGO_TARGET_DIR", &self.tree.target);
        cargo
    }

    /// The program that Cargo has built last.
    fn built(build: &mut Command) -> Result<PathBuf, String> {
        let output = build.stderr(Stdio::null()).output().map_err(|why| format!("cargo: {why}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let messages: Vec<Value> = text.lines().filter_map(|it| serde_json::from_str(it).ok()).collect();
        if !output.status.success() {
            let error = messages.iter().find(|it| it["message"]["level"] == "error");
            let words = error.and_then(|it| it["message"]["message"].as_str());
            return Err(format!("does not build: {}", words.unwrap_or("Cargo does not say why")));
        }
        let program = messages.iter().rev().find_map(|it| it["executable"].as_str());
        program.map(PathBuf::from).ok_or_else(|| String::from("Cargo has built no program"))
    }

    fn succeeds(mut command: Command) -> Result<(), String> {
        let output = command.stdin(Stdio::null()).output().map_err(|why| why.to_string())?;
        let words = String::from_utf8_lossy(&output.stderr);
        // 3: the package is larger than it should be, which is not what is asked here.
        if output.status.success() || output.status.code() == Some(3) {
            return Ok(());
        }
        Err(format!("does not build: {}", words.lines().last().unwrap_or_default()))
    }

    /// How it ends, and what it says, which stays in the copy's folder for whoever wants to look.
    fn watched(&self, mut command: Command, patience: Duration) -> Result<(Verdict, String), String> {
        let told = |why: std::io::Error| format!("{command:?}: {why}");
        let log = self.tree.root.with_file_name("last.log");
        let file = |path: &Path| File::create(path).and_then(|it| Ok((it.try_clone()?, it)));
        let (out, err) = file(&log).map_err(told)?;
        let told = |why: std::io::Error| format!("cannot be run: {why}");
        let mut child = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn().map_err(told)?;
        let end = Instant::now() + patience;
        let verdict = loop {
            match child.try_wait().map_err(told)? {
                Some(status) if status.success() => break Verdict::Passed,
                Some(_) => break Verdict::Killed { hung: false },
                None if Instant::now() < end => sleep(Duration::from_millis(20)),
                None => {
                    child.kill().and_then(|()| child.wait()).map_err(told)?;
                    break Verdict::Killed { hung: true };
                }
            }
        };
        let output = std::fs::read(&log).map_err(told)?;
        Ok((verdict, String::from_utf8_lossy(&output).into_owned()))
    }
}

impl Verdict {
    /// Of a run with the guard in its place.
    pub(crate) fn before(self) -> Self {
        match self {
            Self::Killed { .. } => Self::Unsound(String::from("fails with the guard, too")),
            Self::Unfit(why) => Self::Unsound(why),
            other => other,
        }
    }

    pub(crate) fn is_good(&self) -> bool {
        matches!(self, Self::Killed { .. })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Killed { hung: false } => f.write_str("killed"),
            Self::Killed { hung: true } => f.write_str("killed, as it does not end"),
            Self::Passed => f.write_str("**SURVIVED**"),
            Self::Unfit(why) => write!(f, "**unfit**: {why}"),
            Self::Unsound(why) => write!(f, "**unsound**: {why}"),
        }
    }
}
