//! What a browser loads: the pages of the chat, and the client that they use.
//!
//! Everything but the pages themselves lies below the name of the build, so it may be kept for ever. A page is asked for
//! anew each time and names the build it belongs to; one that stays open while another build takes the place of the server
//! learns that from `/build`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;

use super::{BrowserClient, Folder, folders};

pub(super) fn router(client: &BrowserClient, beside: &[Folder]) -> Router {
    let pages = Router::new()
        .route("/server", get(async || html(StatusCode::OK, ALWAYS_ASK, SERVER.to_owned())))
        .route("/build", get(build))
        .route("/assets/{build}/{name}", get(asset));
    let site = Site::new(client);
    let pages = match client.files() {
        Ok(_) => pages.route("/", get(script_page)).route("/module", get(module_page)),
        Err(why) => {
            let (build, why) = (site.build.clone(), why.to_owned());
            let page = move || async move { missing(&build, &why) };
            pages.route("/", get(page.clone())).route("/module", get(page))
        }
    };
    let beside = folders::router(beside, &site.build);
    pages.with_state(Arc::new(site)).merge(beside).layer(CompressionLayer::new())
}

/// Instead of a page that cannot be there yet.
pub(super) fn missing(build: &str, why: &str) -> Response {
    let told = MISSING.replace(BUILD, build).replace(WHY, &escaped(why));
    html(StatusCode::SERVICE_UNAVAILABLE, NEVER_KEEP, told)
}

/// A page of that build, unless the browser has it.
pub(super) fn page_of(page: &str, build: &str, asked: &HeaderMap) -> Response {
    // Weak: the bytes differ with the encoding.
    let tag = format!("W/\"{build}\"");
    let known = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let response = if known.is_some_and(|tags| tags.contains(&tag)) {
        (StatusCode::NOT_MODIFIED, [(CACHE_CONTROL, ALWAYS_ASK)]).into_response()
    } else {
        html(StatusCode::OK, ALWAYS_ASK, page.to_owned())
    };
    ([(ETAG, tag)], response).into_response()
}

/// What a page that stays open asks for.
pub(super) fn build_name(build: String) -> Response {
    ([(CACHE_CONTROL, NEVER_KEEP)], build).into_response()
}

struct Site {
    assets: Vec<Asset>,
    build: String,
}

struct Asset {
    name: &'static str,
    kind: &'static str,
    content: Bytes,
}

impl Site {
    fn new(client: &BrowserClient) -> Self {
        let mut assets = vec![
            Asset::new("chat.css", CSS, STYLE.as_bytes()),
            Asset::new("layout.js", JAVASCRIPT, LAYOUT.as_bytes()),
            Asset::new("view.js", JAVASCRIPT, VIEW.as_bytes()),
            Asset::new("module.js", JAVASCRIPT, MODULE.as_bytes()),
        ];
        if let Ok(files) = client.files() {
            assets.push(Asset::new("sockeye.min.js", JAVASCRIPT, &files.script));
            assets.push(Asset::new("sockeye-client.js", JAVASCRIPT, &files.module));
        }
        let mut hasher = DefaultHasher::new();
        (SCRIPT_PAGE, MODULE_PAGE).hash(&mut hasher);
        for asset in &assets {
            asset.content.hash(&mut hasher);
        }
        Self { assets, build: format!("{:016x}", hasher.finish()) }
    }

    fn page(&self, template: &str, asked: &HeaderMap) -> Response {
        page_of(&template.replace(BUILD, &self.build), &self.build, asked)
    }
}

impl Asset {
    fn new(name: &'static str, kind: &'static str, content: &[u8]) -> Self {
        Self { name, kind, content: Bytes::copy_from_slice(content) }
    }
}

async fn script_page(State(site): State<Arc<Site>>, asked: HeaderMap) -> Response {
    site.page(SCRIPT_PAGE, &asked)
}

async fn module_page(State(site): State<Arc<Site>>, asked: HeaderMap) -> Response {
    site.page(MODULE_PAGE, &asked)
}

async fn build(State(site): State<Arc<Site>>) -> Response {
    build_name(site.build.clone())
}

async fn asset(State(site): State<Arc<Site>>, Path((build, name)): Path<(String, String)>) -> Response {
    let Some(asset) = site.assets.iter().find(|asset| asset.name == name) else {
        return (StatusCode::NOT_FOUND, [(CACHE_CONTROL, NEVER_KEEP)]).into_response();
    };
    if build != site.build {
        // A page that came from the server before this one: what it names is gone, what took its place serves it too.
        let there = Redirect::temporary(&format!("/assets/{}/{name}", site.build));
        return ([(CACHE_CONTROL, NEVER_KEEP)], there).into_response();
    }
    let headers = [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, KEEP), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, asset.content.clone()).into_response()
}

fn html(status: StatusCode, keep: &'static str, page: String) -> Response {
    let headers = [(CONTENT_TYPE, HTML), (CACHE_CONTROL, keep), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (status, headers, page).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const SCRIPT_PAGE: &str = include_str!("../../pages/index.html");
const MODULE_PAGE: &str = include_str!("../../pages/module.html");
const MISSING: &str = include_str!("../../pages/missing.html");
const SERVER: &str = include_str!("../../pages/server.html");
const STYLE: &str = include_str!("../../pages/chat.css");
const LAYOUT: &str = include_str!("../../pages/layout.js");
const VIEW: &str = include_str!("../../pages/view.js");
const MODULE: &str = include_str!("../../pages/module.js");

/// What stands in the pages for the name of the build, and for what is missing.
const BUILD: &str = "{{build}}";
const WHY: &str = "{{why}}";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

const KEEP: &str = "public, max-age=31536000, immutable";
const ALWAYS_ASK: &str = "no-cache";
const NEVER_KEEP: &str = "no-store";
