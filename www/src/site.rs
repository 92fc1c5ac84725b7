//! The table of what is served beside the chat: a prefix, a folder of the repository, and how it comes to be there.

use std::path::Path;

use crate::Folder;

/// What the program serves: every row of `FOLDERS`, below `root`.
pub fn folders(root: &Path) -> Vec<Folder> {
    let folder = |&(prefix, path, missing): &(&str, &str, &str)| Folder {
        prefix: prefix.into(),
        path: root.join(path),
        missing: missing.into(),
    };
    FOLDERS.iter().map(folder).collect()
}

const FOLDERS: &[(&str, &str, &str)] = &[
    // The npm package as it is published, for pages that `import "/sockeye/index.js"`.
    ("/sockeye", "client-wasm/npm/dist", "The npm package is not built: cargo run -p sockeye-pack."),
    ("/guide", "www/guide/dist", "The guide is not built yet."),
    ("/inspector", "www/inspector", "There is no inspector here."),
    ("/react", "www/apps/react/dist", "The chat in React is not built: cargo run -p sockeye-pack -- apps."),
    ("/yew", "www/apps/yew/dist", "The chat in Yew is not built: cargo run -p sockeye-pack -- apps."),
    (
        "/leptos",
        "www/apps/leptos/dist",
        "The chat in Leptos is not built: cargo run -p sockeye-pack -- apps.",
    ),
];
