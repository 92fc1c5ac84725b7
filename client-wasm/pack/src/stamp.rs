//! What something was built from: a line for each source, its hash and its path.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::error::PackError;

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Stamp(BTreeMap<PathBuf, u64>);

impl Stamp {
    /// Of what is there now.
    pub(crate) fn of(root: &Path, sources: &[&str]) -> Result<Self, PackError> {
        let mut stamp = Self::default();
        for source in sources {
            stamp.add(root, Path::new(source))?;
        }
        Ok(stamp)
    }

    /// Of what was built before; empty when there is none.
    pub(crate) fn read(path: &Path) -> Result<Self, PackError> {
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read.map_err(|error| PackError::io("read", path, error))?,
        };
        let line = |line: &str| {
            let (hash, path) = line.split_once(' ')?;
            Some((PathBuf::from(path), u64::from_str_radix(hash, 16).ok()?))
        };
        Ok(Self(text.lines().filter_map(line).collect()))
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), PackError> {
        let line = |(path, hash): (&PathBuf, &u64)| format!("{hash:016x} {}\n", path.display());
        let lines = self.0.iter().map(line).collect::<Vec<_>>().concat();
        fs::write(path, lines).map_err(|error| PackError::io("write", path, error))
    }

    /// A source that is new, gone or another.
    pub(crate) fn first_difference<'a>(&'a self, then: &'a Self) -> Option<&'a Path> {
        let changed = self.0.iter().find(|(path, hash)| then.0.get(*path) != Some(hash));
        let gone = || then.0.iter().find(|(path, _)| !self.0.contains_key(*path));
        changed.or_else(gone).map(|(path, _)| path.as_path())
    }

    fn add(&mut self, root: &Path, path: &Path) -> Result<(), PackError> {
        let whole = root.join(path);
        if whole.is_dir() {
            let entries = fs::read_dir(&whole).and_then(Iterator::collect::<Result<Vec<_>, _>>);
            for entry in entries.map_err(|error| PackError::io("read", &whole, error))? {
                self.add(root, &path.join(entry.file_name()))?;
            }
            return Ok(());
        }
        let content = fs::read(&whole).map_err(|error| PackError::io("read", &whole, error))?;
        let mut hasher = DefaultHasher::new();
        content.hash(&mut hasher);
        self.0.insert(path.to_owned(), hasher.finish());
        Ok(())
    }
}

/// Everything that a byte of the package can come from.
pub(crate) const PACKAGE: &[&str] = &[
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "client-core/Cargo.toml",
    "client-core/src",
    "client-wasm/Cargo.toml",
    "client-wasm/build.rs",
    "client-wasm/npm/build",
    "client-wasm/npm/package-lock.json",
    "client-wasm/npm/package.json",
    "client-wasm/npm/src",
    "client-wasm/npm/types",
    "client-wasm/src/lib.rs",
    "client-wasm/src/npm",
    "rust-toolchain.toml",
];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says so by failing")]
mod tests {
    use super::*;

    fn stamp(lines: &[(&str, u64)]) -> Stamp {
        Stamp(lines.iter().map(|(path, hash)| (PathBuf::from(path), *hash)).collect())
    }

    #[test]
    fn says_what_is_another_new_or_gone() {
        let then = stamp(&[("a", 1), ("b", 2)]);
        for (now, expected) in [
            (stamp(&[("a", 1), ("b", 2)]), None),
            (stamp(&[("a", 1), ("b", 3)]), Some("b")),
            (stamp(&[("a", 1), ("b", 2), ("c", 3)]), Some("c")),
            (stamp(&[("b", 2)]), Some("a")),
        ] {
            assert_eq!(now.first_difference(&then), expected.map(Path::new));
        }
    }

    #[test]
    fn reads_what_it_wrote_and_nothing_from_no_file() {
        let path = std::env::temp_dir().join(format!("sockeye-stamp-{}", std::process::id()));
        assert_eq!(Stamp::read(&path).unwrap(), Stamp::default());
        let written = stamp(&[("a b/c.rs", 1), ("d", u64::MAX)]);
        written.write(&path).unwrap();
        assert_eq!(Stamp::read(&path).unwrap(), written);
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn every_source_is_there_and_one_that_changes_is_seen() {
        let root = std::env::temp_dir().join(format!("sockeye-sources-{}", std::process::id()));
        fs::create_dir_all(root.join("folder/within")).unwrap();
        fs::write(root.join("folder/within/file"), "one").unwrap();
        let of = || {
            let mut stamp = Stamp::default();
            stamp.add(&root, Path::new("folder")).unwrap();
            stamp
        };
        let then = of();
        fs::write(root.join("folder/within/file"), "two").unwrap();
        assert_eq!(of().first_difference(&then), Some(Path::new("folder/within/file")));
        fs::remove_dir_all(&root).unwrap();

        Stamp::of(crate::root(), PACKAGE).unwrap();
    }
}
