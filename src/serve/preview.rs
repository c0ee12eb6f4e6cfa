//! The site as the preview holds it: every file by its address, the last findings, and who wants to be told of changes.
//!
//! A site is replaced as a whole, so that a page never shows half of a change.

use crate::base::path::OutputPath;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Put before the end of a page, and the only difference between what is shown here and what `build` writes.
const HOOK: &str = "<script src=\"/.ibid/reload.js\" defer></script>\n";

/// A file of the site in memory.
pub type Bytes = Arc<[u8]>;

/// All files of the site.
pub type Files = BTreeMap<OutputPath, Bytes>;

/// What a page is told.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Change {
    /// Number of the build.
    pub build: u64,
    /// Addresses that changed, from the top of the site.
    pub changed: Vec<String>,
    /// The errors as the terminal shows them; empty when there are none.
    pub findings: String,
}

/// The site that is served.
pub struct Preview {
    /// Path of the site's top: `/` or `/repository/`.
    base: String,
    state: Mutex<State>,
    listeners: Mutex<Vec<Sender<String>>>,
}

#[derive(Default)]
struct State {
    files: Arc<Files>,
    last: Change,
}

/// The answer to an address.
pub enum Found {
    /// A file, ready to be sent.
    File {
        /// Its bytes, with the hook when it is a page.
        bytes: Vec<u8>,
        /// Its media type.
        media_type: &'static str,
    },
    /// The address is another one.
    Elsewhere(String),
    /// Nothing: the site's own page for it, or a few words.
    Missing(Vec<u8>),
}

impl Preview {
    /// An empty preview whose top is at the path of `public_url`.
    #[must_use]
    pub fn new(public_url: Option<&str>) -> Self {
        Self { base: base_path(public_url), state: Mutex::default(), listeners: Mutex::default() }
    }

    /// Path of the site's top, with `/` at both ends.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Puts a new site in the place of the old one and tells every page. Returns how many files changed.
    pub fn replace(&self, files: Files) -> usize {
        let files = Arc::new(files);
        let change = self.with(|state| {
            let change = Change { build: state.last.build + 1, changed: difference(&state.files, &files), findings: String::new() };
            state.files = Arc::clone(&files);
            state.last = Change { changed: Vec::new(), ..change.clone() };
            change
        });
        self.tell(&change);
        change.changed.len()
    }

    /// Shows findings over every page; the last good site stays.
    pub fn complain(&self, findings: String) {
        let change = self.with(|state| {
            state.last = Change { build: state.last.build + 1, changed: Vec::new(), findings };
            state.last.clone()
        });
        self.tell(&change);
    }

    /// What a request for `path` gets.
    #[must_use]
    pub fn find(&self, path: &str) -> Found {
        let Some(inside) = path.strip_prefix(self.base.as_str()) else {
            let top = format!("{path}/") == self.base || path == "/";
            return if top { Found::Elsewhere(self.base.clone()) } else { self.missing() };
        };
        let Some(inside) = decode(inside) else { return self.missing() };
        let files = self.with(|state| Arc::clone(&state.files));
        let get = |name: String| files.get_key_value(&OutputPath::new(name));
        let index = |folder: &str| if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
        // As GitHub Pages does: a folder is its index, and `.html` may be left out.
        let found = match inside.strip_suffix('/') {
            Some(folder) => get(index(folder)),
            None if inside.is_empty() => get(index("")),
            None => get(inside.clone()).or_else(|| get(format!("{inside}.html"))),
        };
        match found {
            Some((name, bytes)) => Found::File { bytes: hooked(name, bytes), media_type: media_type(name.as_str()) },
            None if get(index(&inside)).is_some() => Found::Elsewhere(format!("{path}/")),
            None => self.missing(),
        }
    }

    fn missing(&self) -> Found {
        let files = self.with(|state| Arc::clone(&state.files));
        let page = OutputPath::new("404.html");
        Found::Missing(
            files.get(&page).map_or_else(|| b"<!doctype html><title>Not found</title>Not found\n".to_vec(), |it| hooked(&page, it)),
        )
    }

    /// A channel on which every change is told, as JSON; the first is how things stand.
    #[must_use]
    pub fn listen(&self) -> Receiver<String> {
        let (sender, receiver) = channel();
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.with(|state| json(&state.last));
        if sender.send(now).is_ok() {
            listeners.push(sender);
        }
        receiver
    }

    fn tell(&self, change: &Change) {
        let text = json(change);
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.send(text.clone()).is_ok());
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn json(change: &Change) -> String {
    serde_json::to_string(change).expect("a change is plain data")
}

/// Addresses that one of the two has alone or that differ.
fn difference(old: &Files, new: &Files) -> Vec<String> {
    let gone = old.keys().filter(|path| !new.contains_key(path));
    let other = |path: &OutputPath, bytes: &Bytes| old.get(path).is_none_or(|was| !Arc::ptr_eq(was, bytes) && was != bytes);
    let fresh = new.iter().filter(|(path, bytes)| other(path, bytes)).map(|(path, _)| path);
    gone.chain(fresh).map(|path| path.as_str().to_owned()).collect()
}

/// `https://name.github.io/repository/` → `/repository/`.
fn base_path(public_url: Option<&str>) -> String {
    let path = public_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let path = path.unwrap_or("/").split(['?', '#']).next().unwrap_or("/").trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

fn hooked(name: &OutputPath, bytes: &[u8]) -> Vec<u8> {
    if !name.as_str().ends_with(".html") {
        return bytes.to_vec();
    }
    [bytes, HOOK.as_bytes()].concat()
}

/// Percent-decodes a path; `None` when it is not UTF-8 or the signs after `%` are no number.
fn decode(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
        out.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(out).ok()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "txt" | "bib" | "ris" | "md" | "yaml" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview() -> Preview {
        let preview = Preview::new(Some("https://example.org/letters/"));
        let file = |path: &str, text: &str| (OutputPath::new(path), Bytes::from(text.as_bytes()));
        preview.replace(Files::from([
            file("index.html", "home"),
            file("404.html", "gone"),
            file("documents/a.html", "a"),
            file("persons/index.html", "persons"),
            file("media/Brief ä.png", "png"),
        ]));
        preview
    }

    fn shown(path: &str) -> String {
        match preview().find(path) {
            Found::File { bytes, media_type } => format!("{media_type}: {}", String::from_utf8_lossy(&bytes)),
            Found::Elsewhere(path) => format!("to {path}"),
            Found::Missing(bytes) => format!("missing: {}", String::from_utf8_lossy(&bytes)),
        }
    }

    #[test]
    fn addresses_are_those_of_the_published_site() {
        let page = |text: &str| format!("text/html; charset=utf-8: {text}{HOOK}");
        assert_eq!(shown("/"), "to /letters/");
        assert_eq!(shown("/letters"), "to /letters/");
        assert_eq!(shown("/letters/"), page("home"));
        assert_eq!(shown("/letters/documents/a.html"), page("a"));
        assert_eq!(shown("/letters/documents/a"), page("a"));
        assert_eq!(shown("/letters/persons"), "to /letters/persons/");
        assert_eq!(shown("/letters/persons/"), page("persons"));
        assert_eq!(shown("/letters/media/Brief%20%C3%A4.png"), "image/png: png");
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        let gone = format!("missing: gone{HOOK}");
        for path in [
            "/documents/a.html",
            "/letters/../etc/passwd",
            "/letters/%2e%2e/%2e%2e/etc/passwd",
            "/letters/%ff",
            "/letters/%zz",
            "/letters/%",
        ] {
            assert_eq!(shown(path), gone, "{path}");
        }
    }

    #[test]
    fn listeners_are_told_what_changed_and_what_is_wrong() {
        let preview = preview();
        let changes = preview.listen();
        let mut files = Files::from([(OutputPath::new("index.html"), Bytes::from(&b"home"[..]))]);
        files.insert(OutputPath::new("new.html"), Bytes::from(&b"new"[..]));
        preview.replace(files);
        preview.complain("error[bad-date]: …\n".to_owned());
        drop(preview);
        let told: Vec<String> = changes.iter().collect();
        assert_eq!(
            told,
            [
                r#"{"build":1,"changed":[],"findings":""}"#,
                r#"{"build":2,"changed":["404.html","documents/a.html","media/Brief ä.png","persons/index.html","new.html"],"findings":""}"#,
                r#"{"build":3,"changed":[],"findings":"error[bad-date]: …\n"}"#,
            ]
        );
    }

    #[test]
    fn the_base_path_is_that_of_the_public_address() {
        let cases = [
            (None, "/"),
            (Some("https://example.org"), "/"),
            (Some("https://example.org/"), "/"),
            (Some("https://name.github.io/repository/"), "/repository/"),
            (Some("https://name.github.io/a/b"), "/a/b/"),
        ];
        for (url, base) in cases {
            assert_eq!(base_path(url), base, "{url:?}");
        }
    }
}
