//! The first stage: the disk → `Inputs`. The only room that reads files; it parses nothing.

pub mod builtin;
pub mod image;
pub mod walk;

use crate::base::digest::Digest;
use crate::base::path::ContentPath;
use crate::diag::{Checked, Code, Diagnostic, Label};
use std::path::Path;

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
        self.content.binary_search_by(|file| file.path.cmp(path)).ok().map(|at| &self.content[at])
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
    let mut findings = Vec::new();
    let content = walk::read_folder(root, "content", &mut findings);
    let themes = walk::read_folder(root, "themes", &mut findings);
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
