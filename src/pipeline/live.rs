//! An edition that is kept in memory while it is edited: each look at it makes again only what has changed.

use super::{Built, Memory, Prepared, prepare};
use crate::base::path::OutputPath;
use crate::base::watch::{self, Reads};
use crate::diag::policy::Policy;
use crate::diag::{Checked, Code, Diagnostic, Severity};
use crate::load;
use crate::render::{self, Artifact, Workshop};
use crate::resolve::Drafts;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// An edition in memory.
pub struct Live {
    root: PathBuf,
    drafts: Drafts,
    policy: Policy,
    memory: Memory,
    inputs: load::Inputs,
    /// Pieces of work by name: what each read, and what it made.
    known: BTreeMap<String, (Reads, Vec<OutputPath>)>,
}

/// Files that were made, and those that are no longer.
type MadeAndGone = (Vec<Artifact>, Vec<OutputPath>);

/// What a look at the edition brought.
pub struct Changes {
    /// Findings and facts of the edition, without its files.
    pub built: Built,
    /// Files that were made again; not all of them need have other bytes. Empty when there are errors.
    pub made: Vec<Artifact>,
    /// Files that are no longer made.
    pub gone: Vec<OutputPath>,
}

/// Whether findings forbid even a preview. A citation of an unknown work does not: its page shows `[?key]`, and only publishing waits.
#[must_use]
pub fn forbid_pages(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error && finding.code != Code::UnknownCite)
}

impl Live {
    /// An edition that was not looked at yet.
    #[must_use]
    pub fn new(root: &Path, drafts: Drafts, policy: Policy) -> Self {
        let (memory, inputs, known) = (Memory::default(), load::Inputs::default(), BTreeMap::new());
        Self { root: root.to_owned(), drafts, policy, memory, inputs, known }
    }

    /// The text of a file, for showing a finding's line.
    #[must_use]
    pub fn text_of(&self, path: &crate::base::path::ContentPath) -> Option<&str> {
        let theme = || self.inputs.themes.iter().find(|file| file.path == *path);
        self.inputs.content_file(path).or_else(theme).and_then(crate::load::File::shown)
    }

    /// Looks at the edition's files and makes what has changed since the last look. After errors the last good site stays what it was.
    pub fn look(&mut self, now: SystemTime) -> Changes {
        let scan = load::scan(&self.root, Some(now));
        let mut loaded = load::read_again(scan, std::mem::take(&mut self.inputs));
        // A commit, or another branch, changes what pages say of their own history.
        loaded.value.history = load::history::read(&self.root, load::history::look(&self.root), Some(&loaded.value.history));
        let prepared = prepare(loaded, self.drafts, &self.policy, &mut self.memory);
        let made = if forbid_pages(&prepared.findings) { Err(None) } else { self.make(&prepared) };
        let (made, gone, finding) = match made {
            Ok((made, gone)) => (made, gone, None),
            Err(finding) => (Vec::new(), Vec::new(), finding),
        };
        let mut built = prepared.built(Checked::new(Vec::new(), finding.into_iter().map(|finding| *finding).collect()));
        self.inputs = std::mem::take(&mut built.inputs);
        Changes { built, made, gone }
    }

    fn make(&mut self, prepared: &Prepared) -> Result<MadeAndGone, Option<Box<Diagnostic>>> {
        let mut facts = prepared.facts();
        let shop = Workshop::open(prepared.world(), &mut facts, &mut self.memory.render).map_err(Some)?;
        facts.extend(shop.facts());
        let work: Vec<(String, render::Work)> = shop.work().into_iter().map(|work| (shop.name(&work), work)).collect();
        let changed = work.par_iter().filter(|(name, _)| !self.known.get(name).is_some_and(|(reads, _)| render::unchanged(reads, &facts)));
        let done = changed.map(|(name, work)| {
            let (artifacts, reads) = watch::record(|| shop.make(work));
            artifacts.map(|artifacts| (name.clone(), reads, artifacts))
        });
        let done: Vec<(String, Reads, Vec<Artifact>)> = done.collect::<Result<_, _>>().map_err(Some)?;
        let files = |known: &BTreeMap<String, (Reads, Vec<OutputPath>)>| -> BTreeSet<OutputPath> {
            known.values().flat_map(|(_, outputs)| outputs.iter().cloned()).collect()
        };
        let before = files(&self.known);
        let names: BTreeSet<&String> = work.iter().map(|(name, _)| name).collect();
        self.known.retain(|name, _| names.contains(name));
        let mut made = Vec::new();
        for (name, reads, artifacts) in done {
            self.known.insert(name, (reads, artifacts.iter().map(|artifact| artifact.path.clone()).collect()));
            made.extend(artifacts);
        }
        let after = files(&self.known);
        Ok((made, before.difference(&after).cloned().collect()))
    }
}
