//! Files that begin an edition or a document. They are made only where nothing stands yet: what an editor has written is never touched.

use super::say;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// What was made, and what was there already and stays.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Paths of new files.
    pub new: Vec<String>,
    /// Paths that were taken.
    pub kept: Vec<String>,
}

/// Makes the files that are not there, with their folders. Paths are relative to `root`, with `/` between parts.
///
/// # Errors
/// The first file that could not be written.
pub fn make(root: &Path, files: &[(String, Vec<u8>)]) -> Result<Made, String> {
    let mut made = Made::default();
    for (name, bytes) in files {
        let path = root.join(name);
        let folder = path.parent().unwrap_or(root);
        std::fs::create_dir_all(folder).map_err(|error| say(folder, &error))?;
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(bytes).map_err(|error| say(&path, &error))?;
                made.new.push(name.clone());
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => made.kept.push(name.clone()),
            Err(error) => return Err(say(&path, &error)),
        }
    }
    Ok(made)
}
