//! Builds the chat in React, in Yew and in Leptos into `www/apps/NAME/dist`, without any tool that is not in this
//! repository's lock files.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use wasm_bindgen_cli_support::Bindgen;

use crate::{error::PackError, lock, remove, say, stamp::Stamp, tools};

/// One of the chats that are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum App {
    /// With Vite, on the npm package, which has to be there.
    React,
    /// With cargo.
    Yew,
    /// With cargo.
    Leptos,
}

impl App {
    /// In the order in which they are built: what is fast first.
    pub const ALL: [Self; 3] = [Self::React, Self::Yew, Self::Leptos];

    /// Its folder in `www/apps`, and its address.
    pub fn name(self) -> &'static str {
        match self {
            Self::React => "react",
            Self::Yew => "yew",
            Self::Leptos => "leptos",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::React => "React",
            Self::Yew => "Yew",
            Self::Leptos => "Leptos",
        }
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::React => REACT,
            Self::Yew => YEW,
            Self::Leptos => LEPTOS,
        }
    }
}

/// Builds it if a source has changed since it was built, which is told by content. Whether it was stale.
///
/// Blocks: React takes seconds; the others take minutes the first time, and seconds after that.
pub fn build_app_if_stale(root: &Path, app: App) -> Result<bool, PackError> {
    let home = root.join("www/apps").join(app.name());
    if !home.join("index.html").is_file() {
        return Err(PackError::NoSources { folder: home });
    }
    let _lock = lock(&home)?;
    let (fresh, folder) = (home.join(".dist"), home.join("dist"));
    let now = Stamp::of(root, app.sources())?;
    let Some(changed) = now.first_difference(&Stamp::read(&folder.join(".stamp"))?).map(PathBuf::from) else {
        return Ok(false);
    };
    say(&format!("the chat in {} is stale: {}", app.title(), changed.display()));
    remove(&fresh)?;
    match app {
        App::React => react(&home, &fresh)?,
        App::Yew | App::Leptos => rust(root, app, &home, &fresh)?,
    }
    now.write(&fresh.join(".stamp"))?;
    remove(&folder)?;
    fs::rename(&fresh, &folder).map_err(|error| PackError::io("move", &fresh, error))?;
    Ok(true)
}

fn react(home: &Path, into: &Path) -> Result<(), PackError> {
    tools::node()?;
    tools::packages(home)?;
    let challenge = into.join("challenge");
    let config = ["--mode", "development", "--config", "vite.challenge.config.js"];
    for (folder, more) in [(into, &[][..]), (&challenge, &config)] {
        let mut vite = Command::new("node");
        vite.arg("node_modules/vite/bin/vite.js").arg("build").args(["--logLevel", "warn"]);
        vite.arg("--outDir").arg(folder).arg("--emptyOutDir").args(more).current_dir(home);
        tools::succeeded(vite, "node", "building the chat in React", "what is wrong is written above")?;
    }
    Ok(())
}

fn rust(root: &Path, app: App, home: &Path, into: &Path) -> Result<(), PackError> {
    tools::target(root)?;
    let (apps, target) = (root.join("www/apps"), root.join("www/apps/target"));
    let package = format!("sockeye-chat-{}", app.name());
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--locked", "--quiet", "--target", tools::TARGET, "-p", &package]);
    cargo.arg("--target-dir").arg(&target).current_dir(&apps);
    tools::succeeded(cargo, "cargo", "building the chat in Rust", "what is wrong is written above")?;

    let module = target.join(tools::TARGET).join("release").join(format!("{package}.wasm"));
    let made = Bindgen::new()
        .input_path(&module)
        .out_name("app")
        .typescript(false)
        .web(true)
        .and_then(|bindgen| bindgen.generate(into));
    made.map_err(|error| PackError::Bindgen { module, why: format!("{error:#}") })?;
    tools::shrink(root, &into.join("app_bg.wasm"))?;
    for file in [home.join("index.html"), root.join("www/pages/chat.css")] {
        let copy = into.join(file.file_name().unwrap_or_default());
        fs::copy(&file, copy).map_err(|error| PackError::io("copy", &file, error))?;
    }
    Ok(())
}

const REACT: &[&str] = &[
    // What it was built from is what matters of the npm package.
    "client-wasm/npm/dist/.stamp",
    "www/apps/react/challenge",
    "www/apps/react/index.html",
    "www/apps/react/package-lock.json",
    "www/apps/react/package.json",
    "www/apps/react/src",
    "www/apps/react/vite.challenge.config.js",
    "www/apps/react/vite.config.js",
    "www/pages/chat.css",
];

macro_rules! rust_sources {
    ($($own:literal),*) => {
        &[
            ".cargo/config.toml",
            "Cargo.toml",
            "client-core/Cargo.toml",
            "client-core/src",
            "client-wasm/Cargo.toml",
            "client-wasm/src",
            "rust-toolchain.toml",
            "www/apps/Cargo.lock",
            "www/apps/Cargo.toml",
            "www/apps/model",
            "www/pages/chat.css",
            $($own),*
        ]
    };
}
const YEW: &[&str] = rust_sources!("www/apps/yew/Cargo.toml", "www/apps/yew/index.html", "www/apps/yew/src");
const LEPTOS: &[&str] =
    rust_sources!("www/apps/leptos/Cargo.toml", "www/apps/leptos/index.html", "www/apps/leptos/src");

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says so by failing")]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_there() {
        for source in App::ALL.iter().flat_map(|app| app.sources()) {
            let built = source.contains("/dist/");
            assert!(built || crate::root().join(source).exists(), "{source}");
        }
    }

    /// Else no module of the apps can be read.
    #[test]
    fn the_apps_use_the_wasm_bindgen_that_is_built_in_here() {
        let version = |lock: &str, package: &str| {
            let lock = fs::read_to_string(crate::root().join(lock)).unwrap();
            let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \"")).unwrap();
            after.split('"').next().unwrap().to_owned()
        };
        let own = version("Cargo.lock", "wasm-bindgen-cli-support");
        assert_eq!(own, version("www/apps/Cargo.lock", "wasm-bindgen"));
    }
}
