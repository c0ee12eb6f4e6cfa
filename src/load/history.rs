//! What git knows of the edition's files: the door to git. It asks the program `git` and parses nothing; without git or a repository there is
//! simply no history, and the build goes on.

use serde::{Deserialize, Serialize};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What git said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// How much of the history there is.
    pub extent: Extent,
    /// The commit that is checked out.
    pub head: String,
    /// The edition's folder in the repository, ending with `/`; empty when it is the repository's own.
    pub prefix: String,
    /// The log of `content/`, the newest first, in the form that [`LOG`] asks for; read only where the history is whole.
    pub log: Vec<u8>,
}

/// How much of the history there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    /// Nobody asked, or there is no repository, or no commit in it.
    #[default]
    None,
    /// There is a repository, but git could not be asked; its words.
    Unknown(String),
    /// A shallow clone: the first commits are missing.
    Shallow,
    /// From the first commit on.
    Whole,
}

/// A commit is: record separator, id, time, author, further authors, each followed by a unit separator; then its files, NUL between all parts.
/// Merges show only what is new in them (`-c`); renames are followed (`-M`).
const LOG: [&str; 9] = [
    "log",
    "-c",
    "-z",
    "-M",
    "--name-status",
    "--relative",
    "--date-order",
    "--full-history",
    "--format=%x1e%H%x1f%cI%x1f%aN%x1f%(trailers:key=Co-authored-by,valueonly,separator=%x1d)%x1f",
];

impl History {
    /// Whether the edition stands where it stood: then its log is the same.
    #[must_use]
    pub fn stands_as(&self, other: &Self) -> bool {
        (&self.extent, &self.head, &self.prefix) == (&other.extent, &other.head, &other.prefix)
    }
}

/// Asks where the edition stands; the log is not read yet.
#[must_use]
pub fn look(root: &Path) -> History {
    if !in_repository(root) {
        return History::default();
    }
    let unknown = |words: String| History { extent: Extent::Unknown(words), ..History::default() };
    let answer = match git(root, &["rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD"]) {
        Ok(answer) => answer,
        Err(error) => return unknown(format!("`git` could not be run: {error}")),
    };
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    let mut lines = said.lines();
    match (lines.next(), lines.next(), lines.next()) {
        (Some(shallow), Some(prefix), Some(head)) if answer.status.success() => History {
            extent: if shallow == "true" { Extent::Shallow } else { Extent::Whole },
            head: head.to_owned(),
            prefix: prefix.to_owned(),
            log: Vec::new(),
        },
        // A repository without a commit has no history, and that is no fault.
        (Some("false" | "true"), Some(_), _) => History::default(),
        _ => unknown(words(&answer)),
    }
}

/// Reads the log of what was looked at; `known` is what the last build kept, and is used when it is of the same commit.
#[must_use]
pub fn read(root: &Path, mut seen: History, known: Option<&History>) -> History {
    if seen.extent != Extent::Whole {
        return seen;
    }
    if let Some(known) = known.filter(|known| known.stands_as(&seen)) {
        seen.log.clone_from(&known.log);
        return seen;
    }
    let mut arguments = LOG.to_vec();
    arguments.extend([seen.head.as_str(), "--", "content"]);
    match git(root, &arguments) {
        Ok(answer) if answer.status.success() => seen.log = answer.stdout,
        Ok(answer) => seen.extent = Extent::Unknown(words(&answer)),
        Err(error) => seen.extent = Extent::Unknown(format!("`git` could not be run: {error}")),
    }
    seen
}

/// Whether the folder or one above it holds `.git`.
fn in_repository(root: &Path) -> bool {
    root.canonicalize().is_ok_and(|root| root.ancestors().any(|folder| folder.join(".git").exists()))
}

fn git(root: &Path, arguments: &[&str]) -> std::io::Result<Output> {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["--no-pager", "-c", "core.quotePath=false", "-c", "log.showSignature=false"]).args(arguments);
    git.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null()).output()
}

/// The first line git complained with.
fn words(answer: &Output) -> String {
    let said = String::from_utf8_lossy(&answer.stderr);
    let line = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").trim();
    if line.is_empty() { "git gave no answer".to_owned() } else { format!("git says: {line}") }
}
