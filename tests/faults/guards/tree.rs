//! A copy of the tree as it is now, outside of the checkout, with a target directory of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sockeye_tests::faults::Guard;

pub(crate) struct Tree {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

impl Tree {
    /// Brings the copy up to date. What is the same is not written, so that nothing is built twice for it.
    pub(crate) fn copied(folder: &Path) -> Result<Self, String> {
        let from = checkout();
        if folder.starts_with(&from) {
            return Err(String::from("the copy must be outside of the checkout"));
        }
        let tree = Self { root: folder.join("tree"), target: folder.join("target") };
        let known = listed(&from)?;
        for file in &known {
            let Ok(content) = fs::read(from.join(file)) else { continue };
            let to = tree.root.join(file);
            if fs::read(&to).ok().as_ref() != Some(&content) {
                write(&to, &content)?;
            }
        }
        tree.forget_others(&tree.root, &known)?;
        Ok(tree)
    }

    /// Does `work` while the guard is out of the copy, and puts it back.
    pub(crate) fn without<R>(&self, guard: &Guard, work: impl FnOnce() -> R) -> Result<R, String> {
        let file = self.root.join(&guard.file);
        let source = fs::read_to_string(&file).map_err(|why| format!("{}: {why}", guard.file))?;
        write(&file, guard.removed(&source)?.as_bytes())?;
        let result = work();
        write(&file, source.as_bytes())?;
        Ok(result)
    }

    /// Removes sources that are gone from the checkout: Cargo would find them.
    fn forget_others(&self, folder: &Path, known: &[PathBuf]) -> Result<(), String> {
        let told = |why: std::io::Error| format!("{}: {why}", folder.display());
        for entry in fs::read_dir(folder).map_err(told)? {
            let path = entry.map_err(told)?.path();
            let inside = path.strip_prefix(&self.root).unwrap_or(&path);
            if path.is_dir() {
                if !BUILT.iter().any(|it| path.ends_with(it)) {
                    self.forget_others(&path, known)?;
                }
            } else if path.extension().is_some_and(|it| it == "rs" || it == "ts")
                && known.binary_search(&inside.to_path_buf()).is_err()
            {
                fs::remove_file(&path).map_err(told)?;
            }
        }
        Ok(())
    }
}

pub(crate) fn checkout() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_path_buf()
}

/// Every file that is known to git or could be, in order.
fn listed(root: &Path) -> Result<Vec<PathBuf>, String> {
    let words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(words).current_dir(root).output();
    let output = output.map_err(|why| format!("git: {why}"))?;
    if !output.status.success() {
        return Err(format!("git ls-files: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let text = String::from_utf8(output.stdout).map_err(|why| why.to_string())?;
    let mut files: Vec<_> = text.split('\0').filter(|it| !it.is_empty()).map(PathBuf::from).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

fn write(path: &Path, content: &[u8]) -> Result<(), String> {
    let told = |why: std::io::Error| format!("{}: {why}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(told)?;
    }
    fs::write(path, content).map_err(told)
}

/// Folders of what was built in the copy.
const BUILT: &[&str] = &["node_modules", "npm/dist"];
