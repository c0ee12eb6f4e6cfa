//! An edition that is kept in memory while it is edited: each look at it makes again only what has changed.

use super::{Built, Memory, Prepared, prepare};
use crate::base::path::OutputPath;
use crate::base::watch::{self, Reads};
use crate::diag::policy::Policy;
use crate::diag::{Checked, Code, Diagnostic, Severity};
use crate::load;
use crate::render::{Artifact, Workshop};
use crate::resolve::Drafts;
use crate::write::manifest::Traces;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// An edition in memory.
pub struct Live {
    root: PathBuf,
    drafts: Drafts,
    policy: Policy,
    memory: Memory,
    inputs: load::Inputs,
    /// What could not be read at the last look at the whole folder.
    unread: Vec<Diagnostic>,
    /// What each piece of work read, and what it made.
    known: Traces,
    /// Files of works that have ended, until they are told of.
    gone: BTreeSet<OutputPath>,
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
        let (memory, inputs, known) = (Memory::default(), load::Inputs::default(), Traces::default());
        Self { root: root.to_owned(), drafts, policy, memory, inputs, unread: Vec::new(), known, gone: BTreeSet::new() }
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
        let loaded = load::read_again(scan, std::mem::take(&mut self.inputs));
        self.unread.clone_from(&loaded.findings);
        self.follow(loaded)
    }

    /// Makes what has changed since the last look, when these paths under the edition's folder were touched. Looks at the whole folder only
    /// when more may have changed than the contents of known files.
    pub fn look_at(&mut self, touched: &BTreeSet<PathBuf>, now: SystemTime) -> Changes {
        if !load::read_touched(&self.root, touched, now, &mut self.inputs) {
            return self.look(now);
        }
        let loaded = Checked::new(std::mem::take(&mut self.inputs), self.unread.clone());
        self.follow(loaded)
    }

    fn follow(&mut self, mut loaded: Checked<load::Inputs>) -> Changes {
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
        let work = shop.work();
        let ended = self.known.follow(shop.plan(), || work.iter().map(|work| shop.name(work)).collect());
        // Kept until a look succeeds, should this one fail.
        self.gone.extend(ended.into_iter().flat_map(|trace| trace.outputs));
        let changed = self.known.changed(&facts);
        let open = work.par_iter().enumerate().filter(|(at, _)| !self.known.work[*at].1.stands(&changed));
        let done = open.map(|(at, work)| {
            let (artifacts, reads) = watch::record(|| shop.make(work));
            artifacts.map(|artifacts| (at, reads, artifacts))
        });
        let done: Vec<(usize, Reads, Vec<Artifact>)> = done.collect::<Result<_, _>>().map_err(Some)?;
        let (mut made, mut noted) = (Vec::new(), Vec::with_capacity(done.len()));
        for (at, reads, artifacts) in done {
            noted.push((at, reads, artifacts.iter().map(|artifact| artifact.path.clone()).collect(), None));
            made.extend(artifacts);
        }
        self.gone.extend(self.known.note(noted));
        // What one piece of work no longer makes may be made by another now.
        let mut gone = std::mem::take(&mut self.gone);
        made.iter().for_each(|artifact| {
            gone.remove(&artifact.path);
        });
        if !gone.is_empty() {
            self.known.work.iter().flat_map(|(_, trace)| &trace.outputs).for_each(|path| {
                gone.remove(path);
            });
        }
        Ok((made, gone.into_iter().collect()))
    }
}
