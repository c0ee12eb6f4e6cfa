//! Files that a user names on the command line, for an import: read as they are, folders with all that is in them.

use super::walk;
use std::path::{Path, PathBuf};

/// A file with the name under which it is reported.
#[derive(Debug)]
pub struct NamedFile {
    /// As given, or the folder's name as given with the path in it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads files and folders in the order given; within a folder by name, those with one of the extensions only.
///
/// # Errors
/// The first that could not be read, with its path and the reason.
pub fn read(paths: &[PathBuf], extensions: &[&str]) -> Result<Vec<NamedFile>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            for inside in walk::files_in(path).map_err(|error| say(path, &error))? {
                if inside.extension().is_some_and(|own| extensions.iter().any(|known| own.eq_ignore_ascii_case(known))) {
                    files.push(read_one(&inside)?);
                }
            }
        } else {
            files.push(read_one(path)?);
        }
    }
    Ok(files)
}

fn read_one(path: &Path) -> Result<NamedFile, String> {
    let bytes = std::fs::read(path).map_err(|error| say(path, &error.to_string()))?;
    Ok(NamedFile { name: path.to_string_lossy().replace('\\', "/"), bytes })
}

fn say(path: &Path, why: &str) -> String {
    format!("`{}` could not be read: {why}", path.display())
}
