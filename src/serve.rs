//! The preview: the site in memory, rebuilt while the editor writes, and pages that follow by themselves.
//!
//! Looks at the edition again and again through `pipeline::live` and knows no kinds of change. Writes nothing: `output/` is the work of `build`.

mod browser;
mod http;
mod preview;
mod watch;

use crate::base::say;
use crate::diag::policy::Policy;
use crate::diag::{self, human};
use crate::pipeline::live::{Changes, Live, forbid_pages};
use crate::resolve::Drafts;
use crate::{say, tell};
use preview::{Bytes, Preview};
use std::convert::Infallible;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

/// What a preview is asked.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The edition's folder.
    pub root: &'a Path,
    /// Port to begin with.
    pub port: u16,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// Whether the browser is opened.
    pub open: bool,
}

/// Serves the edition until the program is ended.
///
/// # Errors
/// Why it could not begin: the folder cannot be watched, no port is free.
pub fn run(options: &Options<'_>) -> Result<Infallible, String> {
    // Before the first build, so that nothing saved meanwhile is missed.
    let mut watch = watch::Watch::begin(options.root)?;
    let listening = http::listen(options.port)?;
    let began = Instant::now();
    let mut live = Live::new(options.root, options.drafts, Policy::default());
    let changes = live.look(SystemTime::now());
    let preview = Arc::new(Preview::new(changes.built.public_url.as_deref()));
    let address = format!("http://{}{}", listening.address, preview.base());
    show(&preview, &live, changes, began);
    say!("the edition is at {address} (Ctrl-C ends it)");
    let answering = Arc::clone(&preview);
    std::thread::spawn(move || http::answer_all(&listening, &answering));
    if options.open
        && let Err(why) = browser::open(&address)
    {
        tell!("no browser could be opened ({why}); open {address} yourself");
    }
    loop {
        let touched = watch.next()?;
        let began = Instant::now();
        let changes = live.look_at(&touched, SystemTime::now());
        show(&preview, &live, changes, began);
    }
}

/// Puts the site into the preview, or its errors over the last good one, and says so in the terminal.
fn show(preview: &Preview, live: &Live, changes: Changes, began: Instant) {
    let findings = &changes.built.findings;
    let text = |colour| human::print(findings, colour, |path| live.text_of(path));
    say::err(text(std::io::stderr().is_terminal()));
    let errors = diag::error_count(findings);
    let found = format!("{errors} error{} found", if errors == 1 { "" } else { "s" });
    if forbid_pages(findings) {
        preview.complain(text(false));
        tell!("{found}; the preview shows the last good pages");
        return;
    }
    let words = text(false);
    let made = changes.made.into_iter().map(|it| (it.path, Bytes::from(it.bytes))).collect();
    let changed = preview.apply(made, &changes.gone);
    say!("{changed} file{} changed, {} ms", if changed == 1 { "" } else { "s" }, began.elapsed().as_millis());
    if errors > 0 {
        preview.complain(words);
        tell!("{found}; the pages are shown, but `build` publishes nothing until they are mended");
    }
}
