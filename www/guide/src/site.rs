//! All files of the guide.

use std::{fs, io, path::Path};

use crate::{Trouble, blocks::Blocks, contents, page::Page, source::read, template::Template};

/// The guide, in memory.
#[derive(Debug)]
pub struct Site {
    files: Vec<File>,
}

/// One file of it.
#[derive(Debug)]
pub struct File {
    /// Where it lies, from the front page on.
    pub path: String,
    /// What is in it.
    pub content: Vec<u8>,
}

impl Site {
    /// Every file, once.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// Writes all files below `folder`, which is made if it is not there. Who reads there meanwhile finds each file whole,
    /// as it was or as it is.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for file in &self.files {
            let (path, fresh) = (folder.join(&file.path), folder.join(format!(".{}", std::process::id())));
            if fs::read(&path).is_ok_and(|it| it == file.content) {
                continue;
            }
            fs::write(&fresh, &file.content)?;
            fs::rename(&fresh, &path)?;
        }
        Ok(())
    }
}

pub(crate) fn build(root: &Path, inspector: Option<&str>) -> Result<Site, Trouble> {
    let blocks = Blocks::new(root);
    let mut pages = Vec::new();
    for name in contents::names() {
        let text = read(root, &format!("www/guide/pages/{name}.md"))?;
        pages.push(Page::read(name, &text, &blocks)?);
    }
    let template = Template::new(&pages, inspector);
    let mut files: Vec<_> = pages
        .iter()
        .map(|page| File { path: format!("{}.html", page.name), content: template.frame(page).into_bytes() })
        .collect();
    for name in ASSETS {
        let content = read(root, &format!("www/guide/assets/{name}"))?.into_bytes();
        files.push(File { path: name.into(), content });
    }
    Ok(Site { files })
}

const ASSETS: [&str; 3] = ["guide.css", "guide.js", "icon.svg"];
