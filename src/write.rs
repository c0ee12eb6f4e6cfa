//! The last stage: artifacts → the output folder. The only room that writes.
//!
//! A site appears whole or not at all. New and changed files are first written beside the site, into `.ibid/next` of the output folder; when
//! all are there, a plan is written (`.ibid/plan`), and only then they are moved to their places by renames, and what is no longer made is
//! removed. A build that dies before the plan leaves the old site; one that dies after it is finished by the next build. Files whose bytes
//! are the same are not touched; nothing that this program did not write is ever removed or written over.

pub mod content;
pub mod contents;
pub mod fresh;
pub mod guard;
pub mod manifest;
mod record;
mod switch;

use crate::base::path::OutputPath;
use crate::render::Artifact;
use contents::{Contents, Filling};
use guard::{Lock, Place};
use manifest::{Index, Traces};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder inside the output folder that is ours alone.
pub const OWN: &str = ".ibid";

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files whose bytes changed.
    pub written: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Files removed since nothing makes them any more.
    pub removed: usize,
}

/// An output folder that this program alone may change now.
pub struct Folder {
    path: PathBuf,
    _lock: Lock,
    /// Nothing was in the folder, so nothing can be in the way.
    empty: bool,
}

impl Folder {
    /// Takes an output folder: refuses one that is not for us, waits for another build, finishes or undoes what an earlier one left.
    ///
    /// # Errors
    /// Why the folder cannot be used, in words.
    pub fn open(place: &Place, waiting: impl FnOnce(&str)) -> Result<Self, String> {
        let path = place.path().to_owned();
        let own = path.join(OWN);
        std::fs::create_dir_all(&own).map_err(|error| say(&own, &error))?;
        let lock = Lock::take(&own, waiting)?;
        switch::recover(&path)?;
        let empty = !guard::has_entries(&path);
        Ok(Self { path, _lock: lock, empty })
    }

    /// The small part of the record; nothing when there is none or it does not fit.
    #[must_use]
    pub fn index(&self) -> Option<Index> {
        record::index(&self.path)
    }

    /// The other part of the record.
    #[must_use]
    pub fn traces(&self) -> Option<Traces> {
        record::traces(&self.path)
    }

    /// Of the files that an index says were written, those that are not there as they were written: gone, of another length, or changed
    /// after the record.
    #[must_use]
    pub fn spoiled(&self, index: &Index) -> BTreeSet<OutputPath> {
        record::spoiled(&self.path, index)
    }

    /// What is known of each document, in the caller's form.
    #[must_use]
    pub fn known<K: DeserializeOwned>(&self) -> Option<K> {
        record::known(&self.path)
    }

    /// The values of the last build that are read one by one.
    #[must_use]
    pub fn contents(&self) -> Option<Arc<Contents>> {
        Contents::open(&self.path)
    }

    /// Begins to write values, after `before` bytes of those of the last build.
    ///
    /// # Errors
    /// The file that could not be written, in words.
    pub fn fill(&self, before: u64) -> Result<Filling, String> {
        Filling::begin(&self.path, before)
    }

    /// Puts a file beside the site. May be called from many threads.
    ///
    /// # Errors
    /// The file that could not be written, in words.
    pub fn stage(&self, artifact: &Artifact) -> Result<(), String> {
        switch::stage(&self.path, &artifact.path, &artifact.bytes)
    }

    /// Moves all staged files to their places, removes what `index` does not list, and keeps the record. With this the site is the new one.
    /// `before` is the record's index as it was read.
    ///
    /// # Errors
    /// What stood in the way, in words; the site is then the old one, or the next build finishes the switch.
    pub fn publish<K: Serialize>(&mut self, before: Option<&Index>, index: &Index, traces: &Traces, known: &K) -> Result<usize, String> {
        let mut removed = Vec::new();
        if !before.is_some_and(|before| record::is_list(&self.path, before, index)) {
            let owned = record::owned(&self.path, before);
            removed.extend(owned.iter().filter(|path| !index.written.contains_key(&OutputPath::new(path.as_str()))).cloned());
            if !self.empty {
                let new = index.written.keys().filter(|path| !owned.contains(path.as_str()));
                guard::nothing_in_the_way(&self.path, new, &owned)?;
            }
        }
        record::prepare(&self.path, index, traces, known)?;
        let count = removed.len();
        switch::run(&self.path, &removed)?;
        self.empty = false;
        Ok(count)
    }

    /// Throws away what was staged.
    pub fn abandon(&self) {
        switch::abandon(&self.path);
    }
}

/// How the files of a site were made, for whoever asks; nothing when there is no record.
#[must_use]
pub fn traces(output: &Path) -> Option<Traces> {
    record::traces(output)
}

/// Writes the ledger at `file` whole or not at all: beside it first, then in its place.
///
/// # Errors
/// When it could not be written, with its path.
pub fn ledger(file: &Path, text: &str) -> Result<(), String> {
    let new = file.with_extension("txt.new");
    std::fs::write(&new, text).map_err(|error| say(&new, &error))?;
    std::fs::rename(&new, file).map_err(|error| say(file, &error))
}

fn say(path: &Path, error: &io::Error) -> String {
    format!("`{}` could not be written: {error}", path.display())
}
