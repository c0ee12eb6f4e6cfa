//! The preview: the site in memory, rebuilt while the editor writes, and pages that follow by themselves.
//!
//! Calls `pipeline::build` again and again and knows no kinds of change. Writes nothing: `output/` is the work of `build`.

mod browser;
mod http;
mod preview;
mod watch;

use crate::diag::policy::Policy;
use crate::diag::{self, human};
use crate::pipeline::{self, Built};
use crate::resolve::Drafts;
use preview::{Bytes, Files, Preview};
use std::convert::Infallible;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

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
    let mut built = pipeline::build_with(options.root, options.drafts, &Policy::default());
    let preview = Arc::new(Preview::new(built.public_url.as_deref()));
    let address = format!("http://{}{}", listening.address, preview.base());
    show(&preview, &mut built, began);
    println!("the edition is at {address} (Ctrl-C ends it)");
    let answering = Arc::clone(&preview);
    std::thread::spawn(move || http::answer_all(&listening, &answering));
    if options.open
        && let Err(why) = browser::open(&address)
    {
        eprintln!("no browser could be opened ({why}); open {address} yourself");
    }
    loop {
        watch.next()?;
        let began = Instant::now();
        built = pipeline::build_with(options.root, options.drafts, &Policy::default());
        show(&preview, &mut built, began);
    }
}

/// Puts the site into the preview, or its errors over the last good one, and says so in the terminal.
fn show(preview: &Preview, built: &mut Built, began: Instant) {
    let text = |colour| human::print(&built.findings, colour, |path| built.text_of(path));
    eprint!("{}", text(std::io::stderr().is_terminal()));
    let errors = diag::error_count(&built.findings);
    if errors > 0 {
        preview.complain(text(false));
        eprintln!("{errors} error{} found; the preview shows the last good pages", if errors == 1 { "" } else { "s" });
        return;
    }
    let files: Files = std::mem::take(&mut built.artifacts).into_iter().map(|it| (it.path, Bytes::from(it.bytes))).collect();
    let changed = preview.replace(files);
    println!("{changed} file{} changed, {} ms", if changed == 1 { "" } else { "s" }, began.elapsed().as_millis());
}
