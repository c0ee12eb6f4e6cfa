//! The last stage: artifacts → the output folder. The only room that writes.
//!
//! A file whose bytes are the same is not touched; what the program wrote before and no longer writes is removed; nothing else ever is.

pub mod fresh;

use crate::base::digest::Digest;
use crate::render::Artifact;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// The record of what was written, with a digest for each file.
pub const MANIFEST: &str = ".ibid-manifest";

/// First line of the record: its form and version.
const HEADER: &str = "ibid manifest 1";

/// What a build did to the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files whose bytes changed.
    pub written: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Files removed since nothing makes them any more.
    pub removed: usize,
}

/// Writes the site into `output`.
///
/// # Errors
/// The first file that could not be written or removed, with its path.
pub fn write(output: &Path, artifacts: &[Artifact]) -> Result<Report, String> {
    let before = read_manifest(output);
    std::fs::create_dir_all(output).map_err(|error| say(output, &error))?;
    make_folders(output, artifacts)?;
    let done: Vec<Result<(bool, Digest), String>> = artifacts.par_iter().map(|artifact| write_one(output, artifact, &before)).collect();
    let mut report = Report::default();
    let mut record = BTreeMap::new();
    for (artifact, done) in artifacts.iter().zip(done) {
        let (written, digest) = done?;
        record.insert(artifact.path.as_str(), digest);
        if written { report.written += 1 } else { report.unchanged += 1 }
    }
    report.removed = remove_old(output, &before, &record)?;
    write_manifest(output, &record)?;
    Ok(report)
}

fn write_one(output: &Path, artifact: &Artifact, before: &BTreeMap<String, Digest>) -> Result<(bool, Digest), String> {
    let digest = Digest::of(&artifact.bytes);
    let path = output.join(artifact.path.as_str());
    let same_size = || std::fs::metadata(&path).is_ok_and(|metadata| metadata.len() == artifact.bytes.len() as u64);
    if before.get(artifact.path.as_str()) == Some(&digest) && same_size() {
        return Ok((false, digest));
    }
    std::fs::write(&path, &artifact.bytes).map_err(|error| say(&path, &error))?;
    Ok((true, digest))
}

fn make_folders(output: &Path, artifacts: &[Artifact]) -> Result<(), String> {
    let folders: BTreeSet<&str> = artifacts.iter().map(|artifact| artifact.path.folder()).filter(|folder| !folder.is_empty()).collect();
    for folder in folders {
        let path = output.join(folder);
        std::fs::create_dir_all(&path).map_err(|error| say(&path, &error))?;
    }
    Ok(())
}

/// Removes files of the last record that are not in the new one, and folders that are empty then.
fn remove_old(output: &Path, before: &BTreeMap<String, Digest>, record: &BTreeMap<&str, Digest>) -> Result<usize, String> {
    let mut removed = 0;
    let mut folders = BTreeSet::new();
    for path in before.keys().filter(|path| !record.contains_key(path.as_str())) {
        let file = output.join(path);
        match std::fs::remove_file(&file) {
            Ok(()) => removed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(say(&file, &error)),
        }
        let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        while !folder.is_empty() {
            folders.insert(folder.to_owned());
            folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        }
    }
    for folder in folders.iter().rev() {
        // Fails where something is left inside, as it should.
        drop(std::fs::remove_dir(output.join(folder)));
    }
    Ok(removed)
}

/// The last record; empty when there is none or it is of another form.
fn read_manifest(output: &Path) -> BTreeMap<String, Digest> {
    let text = std::fs::read_to_string(output.join(MANIFEST)).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return BTreeMap::new();
    }
    let entry = |line: &str| {
        let (digest, path) = line.split_once(' ')?;
        // A record that was tampered with must not lead out of the folder.
        let inside = crate::base::path::join("", path).filter(|inside| inside == path)?;
        Some((inside, Digest::read(digest)?))
    };
    lines.filter_map(entry).collect()
}

fn write_manifest(output: &Path, record: &BTreeMap<&str, Digest>) -> Result<(), String> {
    let mut text = format!("{HEADER}\n");
    for (path, digest) in record {
        text.push_str(&format!("{digest} {path}\n"));
    }
    let path = output.join(MANIFEST);
    let new = output.join(format!("{MANIFEST}.new"));
    std::fs::write(&new, text).map_err(|error| say(&new, &error))?;
    std::fs::rename(&new, &path).map_err(|error| say(&path, &error))
}

fn say(path: &Path, error: &io::Error) -> String {
    format!("`{}` could not be written: {error}", path.display())
}
