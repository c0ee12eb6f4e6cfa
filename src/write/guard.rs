//! Which folders may be output folders, and one build at a time.

use super::{OWN, say};
use crate::base::path::OutputPath;
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// A folder that may be written to: checked, not yet taken.
#[derive(Clone, Debug)]
pub struct Place {
    path: PathBuf,
}

impl Place {
    /// Checks `output` for the edition at `root`.
    ///
    /// # Errors
    /// Why it cannot be the output folder, and what to do, in words.
    pub fn check(root: &Path, output: &Path) -> Result<Self, String> {
        let (root, path) = (real(root), real(output));
        let shown = output.display();
        if path.parent().is_none() {
            return Err(format!("`{shown}` is the whole disk: give a folder of its own with `--output`"));
        }
        if path.exists() && !path.is_dir() {
            return Err(format!("`{shown}` is a file: give a folder with `--output`"));
        }
        for inside in ["content", "themes"] {
            let source = real(&root.join(inside));
            let how = match (path == source, path.starts_with(&source), source.starts_with(&path)) {
                (true, ..) => "is",
                (_, true, _) => "is inside",
                (_, _, true) => "holds",
                _ => continue,
            };
            return Err(format!("`{shown}` {how} the edition's folder `{inside}`: give another folder with `--output`"));
        }
        if root.starts_with(&path) {
            return Err(format!("`{shown}` holds the edition itself: give another folder with `--output`"));
        }
        if let Some(foreign) = foreign(&path) {
            return Err(format!(
                "`{shown}` holds files that this program did not write, such as `{foreign}`: give an empty folder with `--output`, or move them away"
            ));
        }
        Ok(Self { path })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a build was there before.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.path.join(OWN).is_dir()
    }
}

/// The path without links and dots; of a folder that is not there, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    let mut there = absolute.as_path();
    loop {
        if let Ok(real) = there.canonicalize() {
            return missing.iter().rev().fold(real, |path, part| path.join(part));
        }
        match (there.file_name(), there.parent()) {
            (Some(name), Some(parent)) => {
                missing.push(name.to_owned());
                there = parent;
            }
            _ => return absolute,
        }
    }
}

/// A file in a folder that holds no site of ours; dotted names belong to hosts and to version control.
fn foreign(path: &Path) -> Option<String> {
    if path.join(OWN).is_dir() {
        return None;
    }
    entries(path).min()
}

/// Whether there is anything but dotted names.
pub(super) fn has_entries(path: &Path) -> bool {
    entries(path).next().is_some()
}

fn entries(path: &Path) -> impl Iterator<Item = String> {
    let names = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with('.'))
}

/// Refuses to write over files that are not ours.
pub(super) fn nothing_in_the_way<'a>(
    output: &Path,
    new: impl Iterator<Item = &'a OutputPath>,
    owned: &BTreeSet<String>,
) -> Result<(), String> {
    let refuse = |path: &str| {
        let shown = output.join(path);
        Err(format!("`{}` is in the way, and this program did not write it: move it away, then build again", shown.display()))
    };
    let mut seen = BTreeSet::new();
    for path in new {
        let there = std::fs::symlink_metadata(output.join(path.as_str()));
        // A folder that holds nothing but what is removed now may become a file.
        if there.is_ok_and(|metadata| !metadata.is_dir() || !only_ours(output, path.as_str(), owned)) {
            return refuse(path.as_str());
        }
        let mut folder = path.folder();
        while !folder.is_empty() && seen.insert(folder) {
            let there = std::fs::symlink_metadata(output.join(folder));
            if there.is_ok_and(|metadata| !metadata.is_dir()) && !owned.contains(folder) {
                return refuse(folder);
            }
            folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        }
    }
    Ok(())
}

fn only_ours(output: &Path, folder: &str, owned: &BTreeSet<String>) -> bool {
    let entries = std::fs::read_dir(output.join(folder)).into_iter().flatten().flatten();
    entries.into_iter().all(|entry| {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) { only_ours(output, &path, owned) } else { owned.contains(&path) }
    })
}

/// The right to change an output folder, held until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder; when another process has it, says so once and waits.
    pub(super) fn take(own: &Path, waiting: impl FnOnce(&str)) -> Result<Self, String> {
        let path = own.join("lock");
        let open = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(|error| say(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut process = String::new();
                let named = file.read_to_string(&mut process).is_ok() && !process.trim().is_empty();
                let who = if named { format!("process {}", process.trim()) } else { "another process".to_owned() };
                waiting(&format!("another build ({who}) is writing to this folder; waiting for it to end"));
                file.lock().map_err(|error| say(&path, &error))?;
            }
            Err(TryLockError::Error(error)) => return Err(say(&path, &error)),
        }
        let written = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
        written.map_err(|error| say(&path, &error))?;
        Ok(Self { _file: file })
    }
}
