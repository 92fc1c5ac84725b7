//! `cargo run -p sockeye-pack`: the npm package, built. `cargo run -p sockeye-pack -- apps`: the chats of `www/apps` too.
//!
//! Ends with 0 when all is well, 1 when something could not be built, 3 when the package is there but larger than
//! `tests/budget.json` allows.
#![allow(clippy::print_stdout, reason = "a program for a terminal")]

use std::process::ExitCode;

use sockeye_pack::{App, PackError};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let built = match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => package(),
        ["apps"] => apps(),
        others => {
            eprintln!("pack takes no argument, or `apps`, and was given {}", others.join(" "));
            return ExitCode::from(2);
        }
    };
    built.unwrap_or_else(|error| {
        eprintln!("pack: {error}");
        ExitCode::FAILURE
    })
}

fn package() -> Result<ExitCode, PackError> {
    let package = sockeye_pack::build(sockeye_pack::root())?;
    let folder = package.folder.display();
    println!("\n{folder} is ready: npm pack {}", package.folder.with_file_name("").display());
    Ok(if package.oversized { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

fn apps() -> Result<ExitCode, PackError> {
    let root = sockeye_pack::root();
    sockeye_pack::build_if_stale(root)?;
    for app in App::ALL {
        let was_stale = sockeye_pack::build_app_if_stale(root, app)?;
        println!("the chat in {} is {}", app.title(), if was_stale { "built" } else { "fresh" });
    }
    Ok(ExitCode::SUCCESS)
}
