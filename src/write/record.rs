//! The record of the last build in `.ibid`: which files are ours (a list for all versions of the program), the index, the traces.

use super::manifest::{Index, Traces, Written};
use super::{OWN, say};
use crate::base::path::{self, OutputPath};
use crate::formats::record;
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The list of our files; its form never changes, so that every later version knows what it may remove.
const OWNED: &str = "files";
/// First line of that list.
const HEADER: &str = "ibid files 1";
/// The small part of the record.
const INDEX: &str = "index";
/// How each file was made.
const TRACES: &str = "traces";
/// What is known of each document.
const KNOWN: &str = "known";
/// Values that are read one by one.
pub(super) const CONTENTS: &str = "contents";
/// Parts that take their places together with the site.
pub(super) const PARTS: [&str; 5] = [OWNED, INDEX, TRACES, KNOWN, CONTENTS];

/// A part while the site is not switched yet.
pub(super) fn prepared(output: &Path, part: &str) -> PathBuf {
    output.join(OWN).join(format!("{part}.new"))
}

/// A part in its place.
pub(super) fn placed(output: &Path, part: &str) -> PathBuf {
    output.join(OWN).join(part)
}

/// The paths of the files that are ours. Should one of the two lists be damaged, the other still knows.
pub(super) fn owned(output: &Path, index: Option<&Index>) -> BTreeSet<String> {
    let mut owned = listed(output);
    owned.extend(index.into_iter().flat_map(|index| index.written.keys()).map(|path| path.as_str().to_owned()));
    owned
}

/// Whether both lists say that exactly the files of `index` are ours.
pub(super) fn is_list(output: &Path, before: &Index, index: &Index) -> bool {
    before.written.keys().eq(index.written.keys()) && std::fs::read(placed(output, OWNED)).is_ok_and(|text| text == list(index).as_bytes())
}

fn listed(output: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(placed(output, OWNED)).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return BTreeSet::new();
    }
    // A list that was tampered with must not lead out of the folder, nor into what is ours alone.
    let inside = |line: &&str| path::join("", line).is_some_and(|inside| inside == *line) && !line.starts_with(OWN);
    lines.filter(inside).map(str::to_owned).collect()
}

pub(super) fn index(output: &Path) -> Option<Index> {
    record::read(&std::fs::read(placed(output, INDEX)).ok()?)
}

pub(super) fn traces(output: &Path) -> Option<Traces> {
    record::read(&std::fs::read(placed(output, TRACES)).ok()?)
}

/// Files that are not as they were written.
pub(super) fn spoiled(output: &Path, index: &Index) -> BTreeSet<OutputPath> {
    let time = |path: &Path| std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let Some(recorded) = time(&placed(output, INDEX)) else { return index.written.keys().cloned().collect() };
    let whole = |path: &OutputPath, written: &Written, recorded: SystemTime| {
        let metadata = std::fs::symlink_metadata(output.join(path.as_str()));
        metadata.is_ok_and(|metadata| {
            metadata.is_file() && metadata.len() == written.size && metadata.modified().is_ok_and(|changed| changed <= recorded)
        })
    };
    let files: Vec<(&OutputPath, &Written)> = index.written.iter().collect();
    files.par_iter().filter(|(path, written)| !whole(path, written, recorded)).map(|(path, _)| (*path).clone()).collect()
}

pub(super) fn known<T: DeserializeOwned>(output: &Path) -> Option<T> {
    record::read(&std::fs::read(placed(output, KNOWN)).ok()?)
}

fn list(index: &Index) -> String {
    let mut list = String::with_capacity(index.written.len() * 40);
    list.push_str(HEADER);
    list.push('\n');
    for path in index.written.keys() {
        list.push_str(path.as_str());
        list.push('\n');
    }
    list
}

/// Writes the parts beside those in use.
pub(super) fn prepare<K: Serialize>(output: &Path, index: &Index, traces: &Traces, known: &K) -> Result<(), String> {
    write(output, OWNED, list(index).as_bytes())?;
    write(output, TRACES, &record::print(traces)?)?;
    write(output, KNOWN, &record::print(known)?)?;
    write(output, INDEX, &record::print(index)?)
}

fn write(output: &Path, part: &str, bytes: &[u8]) -> Result<(), String> {
    let path = prepared(output, part);
    std::fs::write(&path, bytes).map_err(|error| say(&path, &error))
}
