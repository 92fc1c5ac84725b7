//! python-socketio, which needs a Python with the packages that it is made of.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::Once,
};

use crate::words::Which;

impl Which {
    /// Whether this server can be started here. What cannot is said, and a failure where everything has to be there.
    pub fn is_here(self) -> bool {
        let is_here = self != Self::Python || is_installed();
        if !is_here {
            static SAID: Once = Once::new();
            assert!(env::var("SOCKEYE_NEEDS").as_deref() != Ok("all"), "{MISSING} (SOCKEYE_NEEDS=all)");
            // Once, and past the test runner, which keeps for itself what a test that passes prints.
            SAID.call_once(|| drop(writeln!(std::io::stderr(), "skipped: {MISSING}")));
        }
        is_here
    }
}

pub(crate) fn command() -> Command {
    assert!(is_installed(), "{MISSING}");
    let mut command = Command::new(environment().join("bin/python"));
    // What is compiled of it is not left in the checkout.
    command.arg("-B").arg("server.py").current_dir(home());
    command
}

/// What is installed is told from what is asked for by a copy of the list.
fn is_installed() -> bool {
    let wanted = fs::read(home().join("requirements.txt")).expect("the list of packages can be read");
    fs::read(environment().join(".installed")).is_ok_and(|it| it == wanted)
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("servers/python")
}

/// Where `install` puts it: with the other tools that are kept outside of the checkout.
fn environment() -> PathBuf {
    let var = |name| env::var_os(name).map(PathBuf::from);
    let tools = var("SOCKEYE_TOOLS").unwrap_or_else(|| {
        let caches = var("XDG_CACHE_HOME").or_else(|| Some(var("HOME")?.join(".cache")));
        caches.unwrap_or_default().join("sockeye-tools")
    });
    tools.join("python")
}

const MISSING: &str = "the server in Python lacks its packages: run tests/servers/python/install";
