//! The first stage: the disk → `Inputs`. The only room that reads files; it parses nothing.

pub mod builtin;
pub mod image;
pub mod originals;
pub mod walk;

use crate::base::digest::Digest;
use crate::base::path::ContentPath;
use crate::base::watch::{self, Fact, State};
use crate::diag::{Checked, Code, Diagnostic, Label};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Everything the build may know of the world.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Files under `content/`, by path.
    pub content: Vec<File>,
    /// Files of the edition's own `themes/`, by path.
    pub themes: Vec<File>,
}

impl Inputs {
    /// The content file at `path`; the files are in the order of their paths.
    #[must_use]
    pub fn content_file(&self, path: &ContentPath) -> Option<&File> {
        let file = self.content.binary_search_by(|file| file.path.cmp(path)).ok().map(|at| &self.content[at]);
        watch::note(watch::fact("file", path.as_str()), file.map_or(watch::ABSENT, |file| file.digest.number()));
        file
    }

    /// Every content file with the state it is in.
    pub fn facts(&self) -> impl Iterator<Item = (Fact, State)> {
        self.content.iter().map(|file| (watch::fact("file", file.path.as_str()), file.digest.number()))
    }

    /// What the disk said of each file before it was read.
    #[must_use]
    pub fn read(&self) -> BTreeMap<ContentPath, Read> {
        let files = self.content.iter().chain(&self.themes);
        files.map(|file| (file.path.clone(), Read { stamp: file.stamp, digest: file.digest })).collect()
    }
}

/// What a disk says of a file without reading it. Equal stamps are taken for equal contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Length in bytes.
    pub size: u64,
    /// Last change of the contents, in nanoseconds since 1970; 0 when it was too fresh to be told from a later one.
    pub changed: i64,
    /// Last change of the file's entry, in nanoseconds since 1970; 0 where the system does not say.
    pub entry: i64,
    /// The file's number on its disk; 0 where the system does not say.
    pub number: u64,
}

impl Stamp {
    /// Whether it is enough to know that a file is the one that had `other`.
    #[must_use]
    pub fn proves(&self, other: &Self) -> bool {
        self == other && self.changed != 0
    }
}

/// A file that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Its stamp before it was read.
    pub stamp: Stamp,
    /// Digest of its bytes.
    pub digest: Digest,
}

/// A file that was found and not read yet.
#[derive(Debug)]
pub struct Found {
    /// Relative to the edition's root.
    pub path: ContentPath,
    /// What the disk says of it.
    pub stamp: Stamp,
    disk: PathBuf,
}

/// What is there before anything is read.
#[derive(Debug, Default)]
pub struct Scan {
    /// Files under `content/`, by path.
    pub content: Vec<Found>,
    /// Files of the edition's own `themes/`, by path.
    pub themes: Vec<Found>,
    /// What could not be looked at.
    pub findings: Vec<Diagnostic>,
}

impl Scan {
    /// Whether these are the files that were read before, and none has changed as far as their stamps tell.
    #[must_use]
    pub fn is(&self, before: &BTreeMap<ContentPath, Read>) -> bool {
        let mut found = self.content.iter().chain(&self.themes);
        let same = |found: &Found| before.get(&found.path).is_some_and(|read| found.stamp.proves(&read.stamp));
        self.findings.is_empty() && self.content.len() + self.themes.len() == before.len() && found.all(same)
    }
}

/// One file as it is on the disk.
#[derive(Debug)]
pub struct File {
    /// Relative to the edition's root.
    pub path: ContentPath,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Digest of the bytes.
    pub digest: Digest,
    /// What the disk said of it before it was read.
    pub stamp: Stamp,
}

impl File {
    /// The file's text, or a finding that names the likely encoding.
    ///
    /// # Errors
    /// `not-utf8` with the first byte that does not fit.
    pub fn text(&self) -> Result<&str, Box<Diagnostic>> {
        std::str::from_utf8(&self.bytes).map_err(|error| Box::new(not_utf8(&self.path, &self.bytes, error.valid_up_to())))
    }
}

/// Reads the edition at `root`. A missing `content/edition.yaml` is a finding of `parse`, which knows what should be in it.
#[must_use]
pub fn load(root: &Path) -> Checked<Inputs> {
    read(scan(root, None))
}

/// Looks at the edition's files without reading them. A file changed less than two seconds before `now` could change again without a
/// difference to be seen, so it gets no stamp that proves anything; without `now` none does.
#[must_use]
pub fn scan(root: &Path, now: Option<SystemTime>) -> Scan {
    let mut findings = Vec::new();
    let content = walk::scan(root, "content", now, &mut findings);
    let themes = walk::scan(root, "themes", now, &mut findings);
    Scan { content, themes, findings }
}

/// Reads what was found.
#[must_use]
pub fn read(scan: Scan) -> Checked<Inputs> {
    let mut findings = scan.findings;
    let content = walk::read(scan.content, &mut findings);
    let themes = walk::read(scan.themes, &mut findings);
    Checked::new(Inputs { content, themes }, findings)
}

/// A finding for bytes that are not UTF-8: where, and what they probably are.
fn not_utf8(path: &ContentPath, bytes: &[u8], at: usize) -> Diagnostic {
    let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    Diagnostic::new(
        Code::NotUtf8,
        format!("`{path}` is not UTF-8: byte {at} (0x{:02X}) on line {line} does not fit", bytes[at]),
        Label::file(path),
    )
    .help(format!("the file looks like {}: open it in an editor with that encoding and save it as UTF-8", likely_encoding(bytes)))
}

/// Guesses an 8-bit or 16-bit encoding from the bytes above 0x7F; for the words of a finding only.
#[must_use]
pub fn likely_encoding(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || bytes.iter().take(400).filter(|byte| **byte == 0).count() > 40
    {
        return "UTF-16";
    }
    let high: Vec<u8> = bytes.iter().copied().filter(|byte| *byte >= 0x80).collect();
    let share = |low: u8, top: u8| high.iter().filter(|byte| (low..=top).contains(*byte)).count() * 100 / high.len().max(1);
    if share(0xC0, 0xFF) > 80 && high.len() > 8 && bytes.len() < high.len() * 4 {
        // Small Cyrillic letters stand at E0–FF in windows-1251 and at C0–DF in KOI8-R.
        return if share(0xE0, 0xFF) >= share(0xC0, 0xDF) { "windows-1251" } else { "KOI8-R" };
    }
    if share(0x80, 0x9F) > 0 { "windows-1252" } else { "ISO-8859-1" }
}
