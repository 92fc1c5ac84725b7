//! `cargo run -p sockeye-pack`: the npm package, built.
//!
//! Ends with 0 when all is well, 1 when the package could not be built, 3 when it is there but larger than
//! `tests/budget.json` allows.
#![allow(clippy::print_stdout, reason = "a program for a terminal")]

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(argument) = std::env::args().nth(1) {
        eprintln!("pack takes no arguments, and was given {argument}");
        return ExitCode::from(2);
    }
    match sockeye_pack::build(sockeye_pack::root()) {
        Ok(package) => {
            println!(
                "\n{} is ready: npm pack {}",
                package.folder.display(),
                package.folder.with_file_name("").display()
            );
            if package.oversized { ExitCode::from(3) } else { ExitCode::SUCCESS }
        }
        Err(error) => {
            eprintln!("pack: {error}");
            ExitCode::FAILURE
        }
    }
}
