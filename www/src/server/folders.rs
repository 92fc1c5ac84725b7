//! Folders of files that stand beside the chat: what the table of the site names, served as it lies there.
//!
//! They are read when they are asked for, and asked for anew each time: a build that replaces one is seen at the next load.
//! The first page of each names the build it belongs to, and `build` beside it the one that is there now, as with the pages
//! of the chat.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tokio::task::spawn_blocking;
use tower_http::services::ServeDir;

use super::pages::{build_name, missing, page_of};

/// A folder that is served below a prefix.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Where it is served, as `/guide`; its `index.html` is at `/guide/`.
    pub prefix: String,
    /// Where its files are.
    pub path: PathBuf,
    /// Told, with code 503, while there is no such folder: what is missing, and how to get it.
    pub missing: Missing,
}

/// Words that may change while the server runs: all clones say the same.
#[derive(Debug, Clone)]
pub struct Missing(Arc<Mutex<String>>);

impl Missing {
    /// Says this from now on.
    pub fn say(&self, why: impl Into<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = why.into();
    }

    fn words(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl From<&str> for Missing {
    fn from(why: &str) -> Self {
        Self(Arc::new(Mutex::new(why.into())))
    }
}

pub(super) fn router(folders: &[Folder], build: &str) -> Router {
    folders.iter().fold(Router::new(), |router, folder| {
        let (whole, below) = (folder.prefix.clone(), format!("{}/", folder.prefix));
        // Without the slash the page's own relative addresses would lead elsewhere.
        let there = Redirect::permanent(&below);
        let told = Arc::new(Told { folder: folder.clone(), build: build.to_owned() });
        let files = Router::new()
            .route("/", get(first_page))
            .route("/build", get(build_now))
            .with_state(folder.path.clone())
            .fallback_service(ServeDir::new(&folder.path))
            .layer(middleware::from_fn_with_state(told, as_it_is_now));
        router.route(&whole, get(async move || there)).nest_service(&below, files)
    })
}

struct Told {
    folder: Folder,
    build: String,
}

async fn as_it_is_now(State(told): State<Arc<Told>>, request: Request<Body>, next: Next) -> Response {
    if !told.folder.path.is_dir() {
        return missing(&told.build, &told.folder.missing.words());
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        return (StatusCode::NOT_FOUND, "There is no such page.").into_response();
    }
    let headers = response.headers_mut();
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

async fn first_page(State(folder): State<PathBuf>, asked: HeaderMap) -> Response {
    let read = move || Ok((fs::read_to_string(folder.join("index.html"))?, build_of(&folder)?));
    match off_the_loop(read).await {
        Ok((page, build)) => {
            page_of(&page.replacen("<html", &format!("<html data-build=\"{build}\""), 1), &build, &asked)
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn build_now(State(folder): State<PathBuf>) -> Response {
    match off_the_loop(move || build_of(&folder)).await {
        Ok(build) => build_name(build),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Everything that is in it: a program in WebAssembly changes, and the page that loads it does not.
fn build_of(folder: &Path) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    hash(folder, &mut hasher)?;
    Ok(format!("{:016x}", hasher.finish()))
}

fn hash(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        entry.file_name().hash(hasher);
        if entry.file_type()?.is_dir() {
            hash(&entry.path(), hasher)?;
        } else {
            fs::read(entry.path())?.hash(hasher);
        }
    }
    Ok(())
}

async fn off_the_loop<T: Send + 'static>(
    read: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(read).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}
