//! The edition's folder under watch: the door to the system's news of files.
//!
//! Editors save in many ways (in place, by renaming, with lock and swap files beside), so news of a moment is gathered into one, and what an
//! edition never reads is left out.

use crate::load::walk::is_litter_name;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Silence after which a save is taken to be done.
const QUIET: Duration = Duration::from_millis(8);

/// Longest wait while news keeps coming, so that a copy of a thousand files is shown while it goes on.
const LONGEST: Duration = Duration::from_millis(400);

/// News of an edition's folder.
pub struct Watch {
    news: Receiver<notify::Result<Event>>,
    // Dropping it ends the watch.
    watcher: RecommendedWatcher,
    root: PathBuf,
    /// Folders that are followed with all they hold.
    followed: BTreeSet<&'static str>,
}

impl Watch {
    /// Begins to watch the edition at `root`.
    ///
    /// # Errors
    /// Why the folder cannot be watched.
    pub fn begin(root: &Path) -> Result<Self, String> {
        let root = root.canonicalize().map_err(|error| format!("`{}` cannot be watched: {error}", root.display()))?;
        let (sender, news) = channel();
        let say = |error: notify::Error| format!("`{}` cannot be watched: {error}", root.display());
        let mut watcher = notify::recommended_watcher(move |event| {
            // Nobody hears it when the preview is ending.
            drop(sender.send(event));
        })
        .map_err(say)?;
        // The top alone, so that `content` or `themes` may come and go; `output` and `.git` are not ours to follow.
        watcher.watch(&root, RecursiveMode::NonRecursive).map_err(say)?;
        let mut watch = Self { news, watcher, root, followed: BTreeSet::new() };
        watch.follow()?;
        Ok(watch)
    }

    /// Follows `content` and `themes` with all they hold, also when they came later or came back.
    fn follow(&mut self) -> Result<(), String> {
        for folder in ["content", "themes"] {
            let path = self.root.join(folder);
            if !path.is_dir() {
                self.followed.remove(folder);
            } else if self.followed.insert(folder) {
                let say = |error: notify::Error| format!("`{}` cannot be watched: {error}", path.display());
                self.watcher.watch(&path, RecursiveMode::Recursive).map_err(say)?;
            }
        }
        Ok(())
    }

    /// Waits for the next change: the paths that were touched, relative to the edition's folder.
    ///
    /// # Errors
    /// Why the watch has ended.
    pub fn next(&mut self) -> Result<BTreeSet<PathBuf>, String> {
        let ended = || "the folder is no longer watched; start the preview again".to_owned();
        let mut paths = BTreeSet::new();
        while paths.is_empty() {
            self.take(&self.news.recv().map_err(|_| ended())?, &mut paths);
            let began = Instant::now();
            loop {
                match self.news.recv_timeout(QUIET) {
                    Ok(event) => self.take(&event, &mut paths),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return Err(ended()),
                }
                if began.elapsed() > LONGEST {
                    break;
                }
            }
        }
        self.follow()?;
        Ok(paths)
    }

    fn take(&self, event: &notify::Result<Event>, paths: &mut BTreeSet<PathBuf>) {
        let Ok(event) = event else {
            // Too much at once: everything may have changed.
            paths.insert(PathBuf::from("content"));
            return;
        };
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        paths.extend(event.paths.iter().filter_map(|path| self.ours(path)));
    }

    /// The path inside the edition, when it is one that a build reads.
    fn ours(&self, path: &Path) -> Option<PathBuf> {
        let inside = path.strip_prefix(&self.root).ok()?;
        let mut parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
        let first = parts.next()?;
        ((first == "content" || first == "themes") && !parts.any(|part| is_litter_name(&part))).then(|| inside.to_path_buf())
    }
}
