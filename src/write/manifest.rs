//! What is kept of the last build: which files were read, which were written, from what, and what was found.
//!
//! It saves work and is never believed against the disk: a part that does not fit is thrown away, and everything is made anew.

use crate::base::digest::Digest;
use crate::base::path::{ContentPath, OutputPath};
use crate::base::watch::{Fact, State};
use crate::diag::Diagnostic;
use crate::load::Read;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A file that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Digest of its bytes.
    pub digest: Digest,
    /// Its length.
    pub size: u64,
}

/// The part that every build needs: small, and read first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Index {
    /// The program that wrote it, and how it was asked to build.
    pub program: String,
    /// Files of `content/` and `themes/`.
    pub read: BTreeMap<ContentPath, Read>,
    /// Files of the site.
    pub written: BTreeMap<OutputPath, Written>,
    /// What was found and is shown, arranged.
    pub findings: Vec<Diagnostic>,
    /// How many findings are known and not shown.
    pub known: usize,
}

/// How one or several files were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// What was read for it: indices into [`Traces::facts`], each less the one before.
    pub reads: Vec<u32>,
    /// The files it made.
    pub outputs: Vec<OutputPath>,
    /// Why it was made again the last time: names of facts.
    pub why: Vec<String>,
}

/// The part that is needed when something changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Traces {
    /// Everything that was read for any file, with its state then.
    pub facts: Vec<(Fact, State)>,
    /// Pieces of work by name.
    pub work: BTreeMap<String, Trace>,
}
