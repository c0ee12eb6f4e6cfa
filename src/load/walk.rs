//! Folders to files: the door to the walk over directories.

use super::{File, Found, Stamp};
use crate::base::digest::Digest;
use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};
use rayon::prelude::*;
use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};
use walkdir::{DirEntry, WalkDir};

/// Larger files are refused: no document is, and spans count 32 bits.
const LARGEST: u64 = 1 << 30;

/// Folders in folders.
const DEEPEST: usize = 64;

/// All files under `root/folder` in the order of their paths; a missing folder has none. Hidden files, editors' backups and lock files are left out.
pub fn scan(root: &Path, folder: &str, now: Option<SystemTime>, findings: &mut Vec<Diagnostic>) -> Vec<Found> {
    let top = root.join(folder);
    if !top.is_dir() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let inside = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut walk =
        WalkDir::new(&top).follow_links(true).max_depth(DEEPEST).sort_by_file_name().into_iter().filter_entry(|entry| !is_litter(entry));
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if entry.path_is_symlink() && leads_out(&entry, &inside) => {
                let target = std::fs::read_link(entry.path()).unwrap_or_default();
                let why = format!("it is a link to `{}`, which is outside the edition", target.display());
                findings.push(unreadable(&relative(root, entry.path()), &why));
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            }
            Ok(entry) if entry.file_type().is_dir() && entry.depth() == DEEPEST => {
                findings.push(unreadable(
                    &relative(root, entry.path()),
                    &format!("it lies deeper than {DEEPEST} folders, and what is in it is not read"),
                ));
            }
            Ok(entry) if entry.file_type().is_file() => found.push(entry),
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => findings.push(unreadable(&relative(root, entry.path()), "it is neither a file nor a folder")),
            // Lock files of editors are links that lead nowhere.
            Err(error) if error.path().and_then(Path::file_name).is_some_and(|name| is_litter_name(&name.to_string_lossy())) => {}
            Err(error) => {
                let path = error.path().map_or_else(|| ContentPath::new(folder), |path| relative(root, path));
                let why = if error.loop_ancestor().is_some() { "it is a link to a folder that holds it".into() } else { why(&error) };
                findings.push(unreadable(&path, &why));
            }
        }
    }
    let found = found.into_par_iter().map(|entry| {
        let metadata = entry.metadata();
        let stamp = metadata.map(|metadata| stamp(&metadata, now)).unwrap_or_default();
        Found { path: relative(root, entry.path()), stamp, disk: entry.into_path() }
    });
    let mut found: Vec<Found> = found.collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// What stands at one path.
pub(super) enum Looked {
    /// A file; links to files are none.
    File(Found),
    /// Nothing.
    Nothing,
    /// A folder, a link, or something that cannot be looked at.
    Other,
}

/// Looks at one path under `root`.
pub(super) fn look(root: &Path, path: &Path, now: SystemTime) -> Looked {
    let disk = root.join(path);
    match std::fs::symlink_metadata(&disk) {
        Ok(metadata) if metadata.is_file() => Looked::File(Found { path: named(path), stamp: stamp(&metadata, Some(now)), disk }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Looked::Nothing,
        _ => Looked::Other,
    }
}

/// The name of a path that is relative to the edition's folder.
pub(super) fn named(path: &Path) -> ContentPath {
    let parts: Vec<String> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    ContentPath::new(parts.join("/"))
}

/// Reads files that were found, in their order. Documents and media are let go of once their digest is known: each is needed by itself, and a large
/// edition's would fill the memory. `stale` is set should one be another file when it is read again.
pub fn read(found: Vec<Found>, stale: &Arc<AtomicBool>, findings: &mut Vec<Diagnostic>) -> Vec<File> {
    let read: Vec<Result<File, Box<Diagnostic>>> = found.into_par_iter().map(|found| read_file(found, stale)).collect();
    let mut files = Vec::with_capacity(read.len());
    for file in read {
        match file {
            Ok(file) => files.push(file),
            Err(finding) => findings.push(*finding),
        }
    }
    files
}

/// All files in a folder the user names, in the order of their names; hidden files and litter are left out.
///
/// # Errors
/// Why the folder could not be read, in words.
pub fn files_in(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).max_depth(64).sort_by_file_name().into_iter().filter_entry(|entry| !is_litter(entry)) {
        let entry = entry.map_err(|error| error.to_string())?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Whether a link leads out of the edition: what lies there could be published by mistake, or by somebody's intent.
fn leads_out(entry: &DirEntry, inside: &Path) -> bool {
    entry.path().canonicalize().is_ok_and(|target| !target.starts_with(inside))
}

/// Why the walk stopped at a place, in words.
fn why(error: &walkdir::Error) -> String {
    let gone = error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound);
    match error.path().filter(|_| gone).and_then(|path| std::fs::read_link(path).ok()) {
        Some(target) => format!("it is a link to `{}`, which is not there", target.display()),
        None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
    }
}

/// Reads one file.
pub(super) fn read_file(found: Found, stale: &Arc<AtomicBool>) -> Result<File, Box<Diagnostic>> {
    let stamp = found.stamp;
    if stamp.size > LARGEST {
        return Err(Box::new(unreadable(&found.path, "it is larger than 1 GiB")));
    }
    let bytes = std::fs::read(&found.disk).map_err(|error| Box::new(unreadable(&found.path, &error.to_string())))?;
    if ["content/documents/", "content/pages/", "content/media/"].iter().any(|folder| found.path.as_str().starts_with(folder)) {
        return Ok(File::known(found, Digest::of(&bytes), stale));
    }
    Ok(File::new(found.path, bytes, stamp))
}

/// A file changed less than this before it is looked at could change again within the same tick of the disk's clock.
const FRESH: Duration = Duration::from_secs(2);

fn stamp(metadata: &Metadata, now: Option<SystemTime>) -> Stamp {
    let nanoseconds = |time: SystemTime| {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).map(|since| since.as_nanos());
        since.ok().and_then(|since| i64::try_from(since).ok()).unwrap_or_default()
    };
    let settled = |time: &SystemTime| now.is_some_and(|now| now.duration_since(*time).is_ok_and(|age| age >= FRESH));
    let changed = metadata.modified().ok().filter(settled).map(nanoseconds).unwrap_or_default();
    let (entry, number) = entry_of(metadata);
    Stamp { size: metadata.len(), changed, entry, number }
}

/// When the file's entry changed, and its number.
#[cfg(unix)]
fn entry_of(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec()), metadata.ino())
}

#[cfg(not(unix))]
fn entry_of(_: &Metadata) -> (i64, u64) {
    (0, 0)
}

fn is_litter(entry: &DirEntry) -> bool {
    entry.depth() > 0 && is_litter_name(&entry.file_name().to_string_lossy())
}

/// Whether a file or folder of this name is no part of an edition: hidden files, `name~`, `#name#`, `name.swp`, `name.tmp`, Office lock files,
/// and `4913`, by which an editor tries whether it may write.
#[must_use]
pub fn is_litter_name(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with('#')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
        || name == "4913"
}

fn relative(root: &Path, path: &Path) -> ContentPath {
    named(path.strip_prefix(root).unwrap_or(path))
}

fn unreadable(path: &ContentPath, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, format!("`{path}` could not be read: {why}"), Label::file(path))
        .help("check that the file is there and may be read, or remove it")
}
