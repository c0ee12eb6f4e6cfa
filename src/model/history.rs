//! The history of the edition's files, as git keeps it. Plain data.

use super::ledger::{Ledger, Tombstone};
use super::revision::Moment;
use crate::base::path::ContentPath;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is known of the edition's own past.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Past {
    /// What git knows.
    pub history: History,
    /// What was published.
    pub ledger: Ledger,
    /// What was given up.
    pub tombstones: Vec<Tombstone>,
}

/// What is known of all files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct History {
    /// The commit that is checked out; `None` when there is no history to be trusted.
    pub head: Option<String>,
    /// The edition's folder in the repository, ending with `/`; empty when it is the repository's own.
    pub prefix: String,
    /// File → its commits.
    pub files: BTreeMap<ContentPath, FileHistory>,
}

/// What is known of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileHistory {
    /// The commit it came with, under whatever name.
    pub first: Commit,
    /// The last one that changed it.
    pub last: Commit,
    /// Everybody who changed it, the earliest first.
    pub people: Vec<String>,
}

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Commit {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub at: Moment,
    /// Who wrote it: the author, then those it names as co-authors.
    pub authors: Vec<String>,
}
