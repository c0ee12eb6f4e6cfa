//! Folders to files: the door to the walk over directories.

use super::File;
use crate::base::digest::Digest;
use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};
use rayon::prelude::*;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// Larger files are refused: no document is, and spans count 32 bits.
const LARGEST: u64 = 1 << 30;

/// All files under `root/folder` in the order of their paths; a missing folder has none. Hidden files, editors' backups and lock files are left out.
pub fn read_folder(root: &Path, folder: &str, findings: &mut Vec<Diagnostic>) -> Vec<File> {
    let top = root.join(folder);
    if !top.is_dir() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(&top).follow_links(true).max_depth(64).sort_by_file_name().into_iter().filter_entry(|entry| !is_litter(entry))
    {
        match entry {
            Ok(entry) if entry.file_type().is_file() => found.push(entry),
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => findings.push(unreadable(&relative(root, entry.path()), "it is neither a file nor a folder")),
            Err(error) => {
                let path = error.path().map_or_else(|| ContentPath::new(folder), |path| relative(root, path));
                let why = if error.loop_ancestor().is_some() { "it is a link to a folder that holds it".into() } else { why(&error) };
                findings.push(unreadable(&path, &why));
            }
        }
    }
    let read: Vec<Result<File, Box<Diagnostic>>> = found.par_iter().map(|entry| read_file(root, entry)).collect();
    let mut files = Vec::with_capacity(read.len());
    for file in read {
        match file {
            Ok(file) => files.push(file),
            Err(finding) => findings.push(*finding),
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Why the walk stopped at a place, in words.
fn why(error: &walkdir::Error) -> String {
    let gone = error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound);
    match error.path().filter(|_| gone).and_then(|path| std::fs::read_link(path).ok()) {
        Some(target) => format!("it is a link to `{}`, which is not there", target.display()),
        None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
    }
}

fn read_file(root: &Path, entry: &DirEntry) -> Result<File, Box<Diagnostic>> {
    let path = relative(root, entry.path());
    if entry.metadata().is_ok_and(|metadata| metadata.len() > LARGEST) {
        return Err(Box::new(unreadable(&path, "it is larger than 1 GiB")));
    }
    let bytes = std::fs::read(entry.path()).map_err(|error| Box::new(unreadable(&path, &error.to_string())))?;
    Ok(File { path, digest: Digest::of(&bytes), bytes })
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
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    ContentPath::new(parts.join("/"))
}

fn unreadable(path: &ContentPath, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, format!("`{path}` could not be read: {why}"), Label::file(path))
        .help("check that the file is there and may be read, or remove it")
}
