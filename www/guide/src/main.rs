//! `cargo run -p sockeye-guide -- --out DIR`: the guide as files that any host can serve.
#![allow(clippy::print_stdout, reason = "a program for a terminal")]

use std::{path::PathBuf, process::ExitCode};

const USAGE: &str = "usage: sockeye-guide --out DIR [--inspector ADDRESS]";

fn main() -> ExitCode {
    let (Some(out), inspector) = asked() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let made = sockeye_guide::build(sockeye_guide::root(), inspector.as_deref())
        .map_err(|trouble| trouble.to_string())
        .and_then(|site| {
            site.write(&out).map(|()| site).map_err(|error| format!("{}: {error}", out.display()))
        });
    match made {
        Ok(site) => {
            println!("{} files in {}; begin with index.html", site.files().len(), out.display());
            ExitCode::SUCCESS
        }
        Err(trouble) => {
            eprintln!("sockeye-guide: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// Where to write, and where the inspector is; nothing where the arguments make no sense.
fn asked() -> (Option<PathBuf>, Option<String>) {
    let (mut out, mut inspector) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        match (name.as_str(), arguments.next()) {
            ("--out", Some(folder)) => out = Some(PathBuf::from(folder)),
            ("--inspector", Some(address)) => inspector = Some(address),
            _ => return (None, None),
        }
    }
    (out, inspector)
}
