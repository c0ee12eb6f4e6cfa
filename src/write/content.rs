//! Files of the edition itself: what an import adds. A file is written beside its place and then put there whole.

use crate::base::path::{ContentPath, join};
use std::collections::BTreeMap;
use std::path::Path;

/// Writes files under the edition's folder `root`; folders are made.
///
/// # Errors
/// The first file that could not be written, with its path.
pub fn write(root: &Path, files: &BTreeMap<ContentPath, Vec<u8>>) -> Result<(), String> {
    for (path, bytes) in files {
        let inside = join("", path.as_str()).filter(|inside| inside.starts_with("content/"));
        let Some(inside) = inside else { return Err(format!("`{path}` would stand outside of the edition")) };
        let place = root.join(&inside);
        let folder = place.parent().unwrap_or(root);
        std::fs::create_dir_all(folder).map_err(|error| super::say(folder, &error))?;
        let new = place.with_extension("tmp");
        std::fs::write(&new, bytes).map_err(|error| super::say(&new, &error))?;
        std::fs::rename(&new, &place).map_err(|error| super::say(&place, &error))?;
    }
    Ok(())
}

/// Writes one file wherever the user asked for it, as the report of an import.
///
/// # Errors
/// That it could not be written, with its path.
pub fn write_one(place: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(place, bytes).map_err(|error| super::say(place, &error))
}
