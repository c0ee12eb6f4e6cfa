//! Which folder a command is run in, and whether it is the one that is meant.

use std::path::{Path, PathBuf};

/// The edition that a folder is in: the nearest folder above it, or itself, that holds `content/edition.yaml`.
pub(super) fn edition_around(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    folder.ancestors().find(|folder| folder.join("content/edition.yaml").exists()).map(Path::to_owned)
}

/// Refuses a folder inside an edition, which is taken for an edition of its own otherwise.
///
/// # Errors
/// Where the edition is, in words.
pub(super) fn check(root: &Path) -> Result<(), String> {
    if root.join("content").exists() {
        return Ok(());
    }
    match edition_around(root) {
        Some(edition) => Err(format!(
            "this folder is inside the edition at `{}`: run the command there, or add `--root {}`",
            edition.display(),
            quoted(&edition)
        )),
        None => Ok(()),
    }
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = path.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '_' | '-' | ':' | '+' | '~' | '\\'));
    if plain && !path.starts_with('-') { path } else { format!("\"{}\"", path.replace('"', "\\\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_with_blanks_are_quoted() {
        let paths = ["edition", "Мое издание", "/home/me/my edition", "a(b)"].map(|path| quoted(Path::new(path)));
        assert_eq!(paths, ["edition", "\"Мое издание\"", "\"/home/me/my edition\"", "\"a(b)\""]);
    }
}
