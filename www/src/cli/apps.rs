//! The chats in React, Yew and Leptos, built while the server runs already: they take minutes the first time.

#![allow(clippy::print_stdout, reason = "telling a person what is there now")]

use std::thread;

use sockeye_pack::App;
use www::{Folder, Missing};

/// One after the other, as each wants the whole machine. Until one is there its page says so.
pub(super) fn build_beside(folders: &[Folder], url: &str) {
    let pages: Vec<_> = App::ALL.into_iter().filter_map(|app| Some((app, place(folders, app)?))).collect();
    for (app, missing) in &pages {
        let title = app.title();
        missing.say(format!("The chat in {title} is being built, which takes some minutes the first time."));
    }
    let url = url.to_owned();
    thread::spawn(move || {
        for (app, missing) in pages {
            let title = app.title();
            match sockeye_pack::build_app_if_stale(sockeye_pack::root(), app) {
                Ok(_) => println!("The chat in {title}: {url}/{}/", app.name()),
                Err(error) => {
                    let why = format!("The chat in {title} cannot be built: {error}.");
                    println!("{why}");
                    missing.say(why);
                }
            }
        }
    });
}

fn place(folders: &[Folder], app: App) -> Option<Missing> {
    let prefix = format!("/{}", app.name());
    folders.iter().find(|folder| folder.prefix == prefix).map(|folder| folder.missing.clone())
}
