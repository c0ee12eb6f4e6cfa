//! Files that a user names on the command line, for an import: as they are, folders with all that is in them.

use super::walk;
use std::path::{Path, PathBuf};

/// A file with the name under which it is reported.
#[derive(Debug)]
pub struct Named {
    /// As given, or the folder's name as given with the path in it.
    pub name: String,
    path: PathBuf,
}

/// Files and folders in the order given; within a folder by name, those with one of the extensions only.
///
/// # Errors
/// The first folder that could not be read, with its path and the reason.
pub fn list(paths: &[PathBuf], extensions: &[&str]) -> Result<Vec<Named>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            for inside in walk::files_in(path).map_err(|error| say(path, &error))? {
                if inside.extension().is_some_and(|own| extensions.iter().any(|known| own.eq_ignore_ascii_case(known))) {
                    files.push(named(inside));
                }
            }
        } else {
            files.push(named(path.clone()));
        }
    }
    Ok(files)
}

/// The bytes of a file.
///
/// # Errors
/// That it could not be read, with its path and the reason.
pub fn read(file: &Named) -> Result<Vec<u8>, String> {
    std::fs::read(&file.path).map_err(|error| say(&file.path, &error.to_string()))
}

fn named(path: PathBuf) -> Named {
    Named { name: path.to_string_lossy().replace('\\', "/"), path }
}

fn say(path: &Path, why: &str) -> String {
    format!("`{}` could not be read: {why}", path.display())
}
