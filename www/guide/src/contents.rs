//! Which pages there are, in the order in which they are read.

/// A heading of the navigation, and the names of the pages below it.
pub(crate) type Section = (&'static str, &'static [&'static str]);

pub(crate) const CONTENTS: [Section; 5] = [
    ("Begin", &["index", "script-tag", "npm", "react", "yew", "leptos", "bot"]),
    ("Understand", &["states", "upgrade", "reconnect", "recovery", "delivery", "play"]),
    ("Use", &["options", "listeners-twice", "deployment", "many-nodes"]),
    ("Move", &["from-socket-io-client", "from-rust-socketio"]),
    ("Choose", &["comparison"]),
];

/// All pages, one after the other.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    CONTENTS.iter().flat_map(|(_, names)| names.iter().copied())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_page_that_is_written_can_be_found() {
        let folder = crate::root().join("www/guide/pages");
        let written: BTreeSet<_> = std::fs::read_dir(folder)
            .expect("the pages")
            .map(|it| {
                it.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned()
            })
            .collect();
        assert_eq!(written, names().map(String::from).collect());
    }
}
