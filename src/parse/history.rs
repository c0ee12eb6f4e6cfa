//! The log of git as the history of each file. A renamed file keeps its history; what a merge itself changed counts as the merge's.

use crate::base::path::ContentPath;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::load::history::{Extent, History as Log};
use crate::model::history::{Commit, FileHistory, History};
use crate::model::revision::Moment;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reads the log. A history that is not whole would give wrong dates, so it gives none, and that is said.
#[must_use]
pub fn read(log: &Log) -> Checked<History> {
    let why = match &log.extent {
        Extent::None => return Checked::default(),
        Extent::Whole => {
            let files = files(&log.log, &log.prefix);
            return Checked::new(History { head: Some(log.head.clone()), prefix: log.prefix.clone(), files }, Vec::new());
        }
        Extent::Shallow => "this is a shallow clone, without the first commits",
        Extent::Unknown(words) => words,
    };
    let place = Label::file(&ContentPath::new(super::config::FILE));
    let finding = Diagnostic::new(Code::NoHistory, format!("the dates of revision are left out: {why}"), place);
    let help = match log.extent {
        Extent::Shallow => "fetch the rest with `git fetch --unshallow`; in a workflow set `fetch-depth: 0`",
        _ => "the site is built without them; `git log` in this folder shows what is the matter",
    };
    Checked::new(History::default(), vec![finding.help(help)])
}

/// One file of a commit: what it was called before and is called after.
struct Change<'a> {
    before: &'a str,
    after: &'a str,
    /// The file came into being.
    begins: bool,
}

fn files(log: &[u8], prefix: &str) -> BTreeMap<ContentPath, FileHistory> {
    let mut told = Told::default();
    for record in log.split(|byte| *byte == 0x1e) {
        let record = String::from_utf8_lossy(record);
        let Some((commit, rest)) = commit(&record) else { continue };
        for change in changes(rest, prefix) {
            told.change(&commit, &change);
        }
    }
    told.files.into_iter().map(|(path, file)| (ContentPath::new(path), earliest_first(file))).collect()
}

/// What the log has told so far, from today into the past.
#[derive(Default)]
struct Told {
    /// By the name of today.
    files: BTreeMap<String, FileHistory>,
    /// What a file was called at this point of the past → what it is called today.
    names: HashMap<String, String>,
    /// Names whose file has begun: what the log tells of them from here on is of another file.
    begun: BTreeSet<String>,
}

impl Told {
    fn change(&mut self, commit: &Commit, change: &Change<'_>) {
        let today = self.names.get(change.after).cloned().unwrap_or_else(|| change.after.to_owned());
        match self.files.get_mut(&today) {
            Some(known) => {
                known.people.extend(commit.authors.iter().rev().cloned());
                known.first = commit.clone();
            }
            None => {
                let people = commit.authors.iter().rev().cloned().collect();
                self.files.insert(today.clone(), FileHistory { first: commit.clone(), last: commit.clone(), people });
            }
        }
        if change.begins {
            self.begun.insert(change.after.to_owned());
        }
        if change.before == change.after {
            return;
        }
        // A branch that began before the renaming went on with the old name.
        if !self.begun.contains(change.before)
            && let (Some(branch), Some(known)) = (self.files.remove(change.before), self.files.get_mut(&today))
        {
            known.last = if branch.last.at > known.last.at { branch.last } else { known.last.clone() };
            known.people.splice(0..0, branch.people);
        }
        self.names.remove(change.after);
        self.names.insert(change.before.to_owned(), today);
    }
}

fn earliest_first(mut file: FileHistory) -> FileHistory {
    let mut people = Vec::new();
    for name in file.people.into_iter().rev() {
        if !people.contains(&name) {
            people.push(name);
        }
    }
    file.people = people;
    file
}

/// The commit of a record, and the text of its files.
fn commit(record: &str) -> Option<(Commit, &str)> {
    let mut parts = record.splitn(5, '\u{1f}');
    let (id, at, author, others, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let others = others.split('\u{1d}').map(|name| name.split('<').next().unwrap_or(name).trim()).filter(|name| !name.is_empty());
    let mut authors = Vec::new();
    for name in std::iter::once(author.trim()).chain(others) {
        if !authors.iter().any(|known| known == name) {
            authors.push(name.to_owned());
        }
    }
    Some((Commit { id: id.to_owned(), at: Moment::read(at)?, authors }, rest))
}

/// `M\0path`, `R100\0old\0new`, in merges `MM\0path` with the path from the repository's top.
fn changes<'a>(text: &'a str, prefix: &str) -> Vec<Change<'a>> {
    let mut parts = text.split('\0').map(|part| part.trim_start_matches('\n')).filter(|part| !part.is_empty());
    let mut changes = Vec::new();
    while let Some(status) = parts.next() {
        let letters = status.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let Some(first) = parts.next() else { break };
        if letters.len() > 1 {
            // A merge that only gives a branch's text the other branch's name for the file changes nothing itself.
            let own = !letters.contains('R');
            changes.extend(first.strip_prefix(prefix).filter(|_| own).map(|path| Change { before: path, after: path, begins: false }));
        } else if matches!(letters, "R" | "C") {
            let Some(second) = parts.next() else { break };
            // A copy begins a history of its own.
            changes.push(Change { before: if letters == "R" { first } else { second }, after: second, begins: letters == "C" });
        } else {
            changes.push(Change { before: first, after: first, begins: letters == "A" });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renames_and_merges_are_followed() {
        let commit = |id: &str, day: &str, who: &str, files: &str| {
            format!("\u{1e}{id}\u{1f}2026-01-{day}T10:00:00+02:00\u{1f}{who}\u{1f}\u{1f}\0{files}\0")
        };
        let log = [
            commit("e5", "05", "E", "\0MM\0ed/content/a.md"),
            commit("d4", "04", "D\u{1f}B <b@x>\u{1d}C <c@x>", "\nM\0content/a.md").replacen("\u{1f}\u{1f}\0", "\u{1f}\0", 1),
            commit("b2", "02", "B", "\nR100\0content/b.md\0content/c.md"),
            commit("a1", "01", "A", "\nA\0content/a.md\0A\0content/b.md"),
        ];
        let files = files(log.concat().as_bytes(), "ed/");
        let seen: Vec<String> = files
            .iter()
            .map(|(path, file)| {
                format!("{path}: {} {}, {} {}, {:?}", file.first.id, file.first.at.day, file.last.id, file.last.at.day, file.people)
            })
            .collect();
        assert_eq!(
            seen,
            [
                r#"content/a.md: a1 2026-01-01, e5 2026-01-05, ["A", "D", "B", "C", "E"]"#,
                r#"content/c.md: a1 2026-01-01, b2 2026-01-02, ["A", "B"]"#
            ]
        );
    }
}
