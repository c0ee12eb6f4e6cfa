//! The first stage: the disk → `Inputs`. The only room that reads files; it parses nothing.

pub mod builtin;
mod encoding;
pub mod history;
pub mod image;
pub mod originals;
pub mod walk;

use crate::base::digest::Digest;
use crate::base::later::Later;
use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::base::watch::{self, Fact, State};
use crate::diag::{Checked, Code, Diagnostic, Label};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// Everything the build may know of the world.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Files under `content/`, by path.
    pub content: Vec<File>,
    /// Files of the edition's own `themes/`, by path.
    pub themes: Vec<File>,
    /// What git knows of the content.
    pub history: history::History,
    /// A file that was read late was another one by then.
    stale: Arc<AtomicBool>,
}

impl Inputs {
    /// Whether a file changed after its contents were taken for known: then what was made may be of two minds.
    #[must_use]
    pub fn are_stale(&self) -> bool {
        self.stale.load(Ordering::SeqCst)
    }

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

impl Inputs {
    /// The text of a file, for showing a finding's line.
    #[must_use]
    pub fn text_of(&self, path: &ContentPath) -> Option<&str> {
        let mut files = self.content.iter().chain(&self.themes);
        files.find(|file| file.path == *path).and_then(File::shown)
    }
}

/// Ends of names of files that hold text.
const TEXTS: [&str; 8] = [".md", ".yaml", ".yml", ".bib", ".json", ".csl", ".txt", ".html"];

/// One file as it is on the disk. Cloning shares its bytes.
#[derive(Clone, Debug)]
pub struct File {
    /// Relative to the edition's root.
    pub path: ContentPath,
    /// Digest of the bytes.
    pub digest: Digest,
    /// What the disk said of it before it was read.
    pub stamp: Stamp,
    bytes: Arc<Later<Vec<u8>>>,
    /// Of a text that is not UTF-8, what of it can be read.
    stand_in: Arc<Later<String>>,
}

impl File {
    /// A file that was read.
    #[must_use]
    pub fn new(path: ContentPath, bytes: Vec<u8>, stamp: Stamp) -> Self {
        let digest = Digest::of(&bytes);
        Self::with(path, digest, stamp, Later::now(bytes))
    }

    /// A file whose bytes have the known digest: it is read when somebody asks. Should it be another one by then, or
    /// gone, `stale` is set.
    fn known(found: Found, digest: Digest, stale: &Arc<AtomicBool>) -> Self {
        let (disk, stale) = (found.disk, Arc::clone(stale));
        let read = move || {
            let bytes = std::fs::read(&disk).unwrap_or_default();
            if Digest::of(&bytes) != digest {
                stale.store(true, Ordering::SeqCst);
            }
            bytes
        };
        Self::with(found.path, digest, found.stamp, Later::when_asked(read))
    }

    fn with(path: ContentPath, digest: Digest, stamp: Stamp, bytes: Later<Vec<u8>>) -> Self {
        let bytes = Arc::new(bytes);
        let of = Arc::clone(&bytes);
        let stand_in = Arc::new(Later::when_asked(move || String::from_utf8_lossy(&of).into_owned()));
        Self { path, digest, stamp, bytes, stand_in }
    }

    /// Lets go of the bytes where nobody will ask for them; the digest stays.
    pub fn forget(&mut self) {
        self.bytes = Arc::new(Later::now(Vec::new()));
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get()
    }

    /// Its bytes for a single use: those that were let go of are read and not held.
    #[must_use]
    pub fn bytes_for_once(&self) -> Cow<'_, [u8]> {
        match self.bytes.for_once() {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes),
            Cow::Owned(bytes) => Cow::Owned(bytes),
        }
    }

    /// The file's text, or a finding that names the likely encoding.
    ///
    /// # Errors
    /// `not-utf8` with the first byte that does not fit.
    pub fn text(&self) -> Result<&str, Box<Diagnostic>> {
        let bytes = self.bytes();
        std::str::from_utf8(bytes).map_err(|error| Box::new(not_utf8(&self.path, bytes, error.valid_up_to())))
    }

    /// The text as findings show it: whole, or with `\u{fffd}` in place of what is not UTF-8. `None` where the file is no text at all.
    #[must_use]
    pub fn shown(&self) -> Option<&str> {
        let lossy = || TEXTS.iter().any(|end| self.path.as_str().ends_with(end)).then(|| self.stand_in.as_str());
        std::str::from_utf8(self.bytes()).ok().or_else(lossy)
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
    read_unless_known(scan, &BTreeMap::new())
}

/// Reads what was found, but for files whose stamps prove that they are those of `before`: these are read when somebody asks for their bytes.
#[must_use]
pub fn read_unless_known(scan: Scan, before: &BTreeMap<ContentPath, Read>) -> Checked<Inputs> {
    let mut findings = scan.findings;
    let stale = Arc::default();
    let mut read = |found: Vec<Found>| {
        let known = |found: &Found| before.get(&found.path).filter(|read| found.stamp.proves(&read.stamp)).map(|read| read.digest);
        let (same, new): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|found| known(found).is_some());
        let mut files = walk::read(new, &stale, &mut findings);
        files.extend(
            same.into_iter().filter_map(|found| Some((known(&found)?, found))).map(|(digest, found)| File::known(found, digest, &stale)),
        );
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    };
    let (content, themes) = (read(scan.content), read(scan.themes));
    Checked::new(Inputs { content, themes, history: history::History::default(), stale }, findings)
}

/// Reads the edition at `root` and the history of its files, where git has one.
#[must_use]
pub fn load_with_history(root: &Path) -> Checked<Inputs> {
    let mut loaded = load(root);
    loaded.value.history = history::read(root, history::look(root), None);
    loaded
}

/// Reads what was found, but for files whose stamps prove that they are those of `before`; the history is that of `before`.
#[must_use]
pub fn read_again(scan: Scan, before: Inputs) -> Checked<Inputs> {
    let history = before.history;
    let mut known: BTreeMap<ContentPath, File> =
        before.content.into_iter().chain(before.themes).map(|file| (file.path.clone(), file)).collect();
    let mut findings = scan.findings;
    let mut read = |found: Vec<Found>, findings: &mut Vec<Diagnostic>| {
        let (same, new): (Vec<Found>, Vec<Found>) =
            found.into_iter().partition(|found| known.get(&found.path).is_some_and(|file| found.stamp.proves(&file.stamp)));
        let mut files = walk::read(new, &before.stale, findings);
        files.extend(same.iter().filter_map(|found| known.remove(&found.path)));
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    };
    let content = read(scan.content, &mut findings);
    let themes = read(scan.themes, &mut findings);
    Checked::new(Inputs { content, themes, history, stale: before.stale }, findings)
}

/// Reads touched files anew into what was read before; the paths are relative to `root`. Does nothing and returns `false` when more than the
/// contents of known files may have changed: then the whole folder has to be looked at.
pub fn read_touched(root: &Path, touched: &BTreeSet<PathBuf>, now: SystemTime, before: &mut Inputs) -> bool {
    let mut new = Vec::with_capacity(touched.len());
    for path in touched {
        let found = walk::look(root, path, now);
        let name = walk::named(path);
        let files = if name.as_str().starts_with("themes/") { &before.themes } else { &before.content };
        match (files.binary_search_by(|file| file.path.cmp(&name)), found) {
            // A file that an editor wrote beside the text, and took away again.
            (Err(_), walk::Looked::Nothing) => {}
            (Ok(_), walk::Looked::File(found)) => match walk::read_file(found, &before.stale) {
                Ok(file) => new.push(file),
                Err(_) => return false,
            },
            _ => return false,
        }
    }
    for file in new {
        let files = if file.path.as_str().starts_with("themes/") { &mut before.themes } else { &mut before.content };
        if let Ok(at) = files.binary_search_by(|known| known.path.cmp(&file.path)) {
            files[at] = file;
        }
    }
    true
}

/// A finding for bytes that are not UTF-8: where, and what they probably are. What stands before the place is UTF-8, so that it is the same in
/// the text that is shown.
fn not_utf8(path: &ContentPath, bytes: &[u8], at: usize) -> Diagnostic {
    let shown = Span::new(at, at + '\u{fffd}'.len_utf8());
    let message = format!("`{path}` is not UTF-8: byte {at} (0x{:02X}) does not fit", bytes[at]);
    let finding = Diagnostic::new(Code::NotUtf8, message, Label::new(path, shown));
    let likely = encoding::likely(bytes);
    if encoding::is_mixed(bytes) {
        return finding
            .help(format!(
                "the rest of the file is UTF-8, and these words look like {likely}: they were pasted from a file in that encoding"
            ))
            .help("type or paste them anew, in an editor that saves UTF-8");
    }
    finding.help(format!("the file looks like {likely}: open it in an editor with that encoding and save it as UTF-8"))
}
