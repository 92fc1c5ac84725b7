//! Folders of files that stand beside the chat: what the table of the site names, served as it lies there.
//!
//! They are read when they are asked for, and asked for anew each time: a build that replaces one is seen at the next load.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::services::ServeDir;

use super::pages::missing;

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
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
