//! The npm package for the pages: built if it is stale, or what is missing said.

use std::path::Path;

use sockeye_pack::PackError;
use www::BrowserClient;

/// What the pages load, and what the person who started the server has to know about it.
///
/// Blocks while the package is built.
pub(super) fn client(root: &Path, build: bool) -> (BrowserClient, Option<String>) {
    let built = if build { sockeye_pack::build_if_stale(root).map(drop) } else { Ok(()) };
    found(&root.join("client-wasm/npm/dist"), built)
}

/// What is there after a build that went so. A package of before is better than none.
fn found(package: &Path, built: Result<(), PackError>) -> (BrowserClient, Option<String>) {
    match (BrowserClient::read(package), built) {
        (Ok(client), Ok(())) => (client, None),
        (Ok(client), Err(error)) => {
            let trouble = format!("{}. The pages use the one that was built before.", told(&error));
            (client, Some(trouble))
        }
        (Err(_), Err(error)) => missing(&told(&error)),
        (Err(error), Ok(())) => missing(&format!(
            "There is no npm package ({error}): cargo run -p sockeye-pack builds it, and so does this program without --no-build"
        )),
    }
}

fn missing(why: &str) -> (BrowserClient, Option<String>) {
    let trouble = format!("{why}. Until then there is no chat in a browser; everything else works.");
    (BrowserClient::missing(format!("{why}.")), Some(trouble))
}

fn told(error: &PackError) -> String {
    format!("The npm package cannot be built: {error}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says so by failing")]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    /// A folder that goes with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("www-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn with_package(self) -> Self {
            fs::write(self.0.join("sockeye.min.js"), "script").unwrap();
            fs::write(self.0.join("index.js"), "module").unwrap();
            self
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    fn no_node() -> Result<(), PackError> {
        Err(PackError::Tool { name: "Node", found: None, advice: "install Node 20 or later" })
    }

    #[test]
    fn a_package_that_is_fresh_needs_no_words() {
        let folder = Folder::new("fresh").with_package();
        let (client, trouble) = found(&folder.0, Ok(()));
        assert_eq!((format!("{client:?}").as_str(), trouble), ("BrowserClient", None));
    }

    #[test]
    fn without_node_it_is_said_what_is_missing_and_how_to_get_it() {
        let folder = Folder::new("no-node");
        let (client, trouble) = found(&folder.0, no_node());
        let why = "The npm package cannot be built: Node is missing: install Node 20 or later.";
        assert_eq!(format!("{client:?}"), format!("BrowserClient::missing({why:?})"));
        assert!(trouble.unwrap().starts_with(why));
    }

    #[test]
    fn a_package_of_before_serves_when_no_new_one_can_be_built() {
        let folder = Folder::new("before").with_package();
        let (client, trouble) = found(&folder.0, no_node());
        assert_eq!(format!("{client:?}"), "BrowserClient");
        assert!(trouble.unwrap().ends_with("The pages use the one that was built before."));
    }

    #[test]
    fn half_a_package_is_none() {
        let folder = Folder::new("half").with_package();
        fs::remove_file(folder.0.join("index.js")).unwrap();
        let (_, trouble) = found(&folder.0, Ok(()));
        assert!(trouble.unwrap().contains("cargo run -p sockeye-pack builds it"));
    }
}
