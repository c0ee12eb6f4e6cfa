//! The switch from the old site to the new one: staged files to their places, old files away, record in place.
//!
//! The plan is the commitment. While there is none, what is staged counts for nothing; once there is one, everything it needs is on the disk
//! and each step can be done again, so that any later build can finish it.

use super::{OWN, record, say};
use crate::base::path::{self, OutputPath};
use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// First line of a plan.
const HEADER: &str = "ibid plan 1";

fn next(output: &Path) -> PathBuf {
    output.join(OWN).join("next")
}

fn plan(output: &Path) -> PathBuf {
    output.join(OWN).join("plan")
}

/// Writes a file beside the site.
pub(super) fn stage(output: &Path, path: &OutputPath, bytes: &[u8]) -> Result<(), String> {
    let file = next(output).join(path.as_str());
    match std::fs::write(&file, bytes) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // The first file of its folder.
            let folder = file.parent().unwrap_or(output);
            std::fs::create_dir_all(folder).map_err(|error| say(folder, &error))?;
            std::fs::write(&file, bytes).map_err(|error| say(&file, &error))
        }
        done => done.map_err(|error| say(&file, &error)),
    }
}

/// Removes what was staged; what cannot be removed now is removed by the next build.
pub(super) fn abandon(output: &Path) {
    drop(std::fs::remove_dir_all(next(output)));
}

/// Commits to the switch and makes it. `removed` are our files that the new site does not have.
pub(super) fn run(output: &Path, removed: &[String]) -> Result<(), String> {
    let mut text = format!("{HEADER}\n");
    for path in removed {
        text.push_str(path);
        text.push('\n');
    }
    text.push_str("end\n");
    let (new, plan) = (output.join(OWN).join("plan.new"), plan(output));
    std::fs::write(&new, text).and_then(|()| std::fs::rename(&new, &plan)).map_err(|error| say(&plan, &error))?;
    carry_out(output).map_err(|error| format!("{error}; the switch to the new site is not complete: build again to finish it"))
}

/// Finishes a switch that an earlier build committed to, or throws away what one had staged.
pub(super) fn recover(output: &Path) -> Result<(), String> {
    if plan(output).exists() {
        return carry_out(output);
    }
    abandon(output);
    Ok(())
}

fn carry_out(output: &Path) -> Result<(), String> {
    let file = plan(output);
    let text = std::fs::read_to_string(&file).map_err(|error| say(&file, &error))?;
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.first() != Some(&HEADER) || lines.pop() != Some("end") {
        return Err(format!("`{}` is not a plan of this program: remove it, then build again", file.display()));
    }
    let inside = |line: &&&str| path::join("", line).is_some_and(|inside| inside == **line) && !line.starts_with(OWN);
    let removed: BTreeSet<&str> = lines[1..].iter().filter(inside).copied().collect();
    // What turns from a folder into a file, or the other way round, goes first.
    let staged = next(output);
    let turning = removed.iter().filter(|path| turns(&staged, path)).copied();
    remove(output, turning)?;
    if staged.is_dir() {
        place(&staged, output)?;
    }
    remove(output, removed.iter().copied().filter(|path| !staged.join(path).exists()))?;
    for part in record::PARTS {
        let (from, to) = (record::prepared(output, part), record::placed(output, part));
        match std::fs::rename(&from, &to) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            done => done.map_err(|error| say(&to, &error))?,
        }
    }
    std::fs::remove_file(&file).map_err(|error| say(&file, &error))?;
    abandon(output);
    Ok(())
}

/// Whether a removed file has to make room: something staged lies under its name, or it lies under the name of a staged file.
fn turns(staged: &Path, removed: &str) -> bool {
    let above = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    if staged.join(removed).is_dir() {
        return true;
    }
    let mut folder = above(removed);
    while let Some(path) = folder {
        if staged.join(&path).is_file() {
            return true;
        }
        folder = above(&path);
    }
    false
}

/// Moves everything under `from` to its place under `to`: a whole folder at once where there is none yet.
fn place(from: &Path, to: &Path) -> Result<(), String> {
    let entries = std::fs::read_dir(from).map_err(|error| say(from, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| say(from, &error))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && target.is_dir() {
            place(&source, &target)?;
        } else {
            std::fs::rename(&source, &target).map_err(|error| say(&target, &error))?;
        }
    }
    Ok(())
}

/// Removes files, then folders that are empty by it.
fn remove<'a>(output: &Path, paths: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let file = output.join(path);
        match std::fs::remove_file(&file) {
            Err(error) if !gone(&error) => return Err(say(&file, &error).replace("written", "removed")),
            _ => {}
        }
        let mut folder = path.rsplit_once('/').map(|(folder, _)| folder);
        while let Some(inner) = folder {
            folders.insert(inner);
            folder = inner.rsplit_once('/').map(|(folder, _)| folder);
        }
    }
    for folder in folders.iter().rev() {
        // Fails where something is left inside, as it should.
        drop(std::fs::remove_dir(output.join(folder)));
    }
    Ok(())
}

/// Removed before; or, when a switch is finished, already a folder of the new site.
fn gone(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory)
}
