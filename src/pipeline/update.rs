//! Bringing an output folder up to date: what changed is read, parsed, rendered and written; nothing else is.

use super::kept::{self, Kept};
use super::{Built, Memory, Prepared, prepare};
use crate::base::path::OutputPath;
use crate::base::watch::{self, Fact, Reads};
use crate::diag::policy::Policy;
use crate::diag::{self, Checked, Diagnostic};
use crate::load::history;
use crate::load::{self, Inputs, Scan};
use crate::render::{Work, Workshop};
use crate::resolve::Drafts;
use crate::write::contents::Contents;
use crate::write::guard::Place;
use crate::write::manifest::{Index, Traces, Written};
use crate::write::{Folder, Report};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// The stages of a build, as shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say all")]
pub enum Stage {
    Look,
    Read,
    Parse,
    Render,
    Publish,
}

impl Stage {
    /// The stage in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stage::Look => "looking for changes",
            Stage::Read => "reading files",
            Stage::Parse => "reading documents, resolving references",
            Stage::Render => "making pages",
            Stage::Publish => "publishing",
        }
    }
}

/// Somebody who watches a build. A build never waits for them.
pub trait Watcher: Sync {
    /// A stage begins; `steps` is 0 when it has none to count.
    fn begin(&self, stage: Stage, steps: usize);
    /// One step of the stage is done.
    fn step(&self);
    /// Something to tell at once.
    fn tell(&self, words: &str);
}

/// Watches nothing.
pub struct Nobody;

impl Watcher for Nobody {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
    fn tell(&self, _: &str) {}
}

/// What an update is asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The edition's folder.
    pub root: &'a Path,
    /// Where the site is published.
    pub output: &'a Path,
    /// What the command line says of findings.
    pub policy: &'a Policy,
    /// The time: files changed a moment ago are looked at twice.
    pub now: SystemTime,
}

/// What an update did.
pub struct Updated {
    /// What was found, and the files for the lines of findings; no artifacts, they are in the folder.
    pub built: Built,
    /// What was done to the folder; `None` when errors among the findings forbade it.
    pub report: Option<Report>,
    /// Files that were written, in the order of their paths.
    pub written: Vec<OutputPath>,
    /// What is known of the edition. To take it apart takes longer than to end the program.
    pub memory: Memory,
}

/// What of the last build is taken for true without another look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// What the record says of files whose stamps have not changed.
    Record,
    /// Only what the files say.
    Files,
}

/// Brings an output folder up to date with an edition.
///
/// # Errors
/// Why the folder cannot be used or written to, in words.
pub fn update(asked: &Asked<'_>, watcher: &dyn Watcher) -> Result<Updated, String> {
    let place = Place::check(asked.root, asked.output)?;
    let open = || Folder::open(&place, |words| watcher.tell(words));
    // A folder that is not ours yet is touched only when there is something to put into it.
    let mut folder = if place.is_used() { Some(open()?) } else { None };
    let contents = folder.as_ref().and_then(Folder::contents);
    let first =
        std::panic::catch_unwind(AssertUnwindSafe(|| attempt(asked, &open, &mut folder, contents.as_ref(), Trust::Record, watcher)));
    let damaged = contents.as_ref().is_some_and(|contents| contents.are_damaged());
    match first {
        Ok(Ok(Some(updated))) if !damaged => return Ok(updated),
        Ok(Err(words)) if !damaged => return Err(words),
        Err(panic) if !damaged => std::panic::resume_unwind(panic),
        // The record is damaged, or a file has changed while it was read.
        _ => {}
    }
    if let Some(folder) = &folder {
        folder.abandon();
    }
    let second = attempt(asked, &open, &mut folder, None, Trust::Files, watcher)?;
    second.ok_or_else(|| "the edition's files change while they are read: build again".to_owned())
}

/// One try; `None` when what was taken for true was not.
fn attempt(
    asked: &Asked<'_>,
    open: &dyn Fn() -> Result<Folder, String>,
    folder: &mut Option<Folder>,
    contents: Option<&Arc<Contents>>,
    trust: Trust,
    watcher: &dyn Watcher,
) -> Result<Option<Updated>, String> {
    watcher.begin(Stage::Look, 0);
    let program = program(asked.policy);
    let (scan, index) = rayon::join(|| load::scan(asked.root, Some(asked.now)), || folder.as_ref().and_then(Folder::index));
    let stands = history::look(asked.root);
    let known = index.as_ref().filter(|index| index.program == program);
    let spoiled = known.zip(folder.as_ref()).map(|(index, folder)| folder.spoiled(index)).unwrap_or_default();
    if let Some(index) = known
        && trust == Trust::Record
        && !index.hidden
        && spoiled.is_empty()
        && scan.is(&index.read)
        && stands.stands_as(&index.history)
    {
        return Ok(Some(nothing_to_do(index, scan)));
    }
    watcher.begin(Stage::Read, scan.content.len() + scan.themes.len());
    let trusted = known.filter(|_| trust == Trust::Record);
    let nothing = BTreeMap::new();
    let mut loaded = load::read_unless_known(scan, trusted.map_or(&nothing, |index| &index.read));
    loaded.value.history = history::read(asked.root, stands, known.map(|index| &index.history));
    watcher.begin(Stage::Parse, 0);
    let kept: Option<Kept> = trusted.and(contents).and(folder.as_ref()).and_then(Folder::known);
    let mut memory = kept.as_ref().zip(contents).map(|(kept, contents)| kept.restore(contents)).unwrap_or_default();
    let prepared = prepare(loaded, Drafts::LeftOut, asked.policy, &mut memory);
    if diag::error_count(&prepared.findings) > 0 {
        if prepared.inputs.are_stale() {
            return Ok(None);
        }
        return Ok(Some(Updated {
            built: prepared.built(Checked::default()),
            report: None,
            written: Vec::new(),
            memory: Memory::default(),
        }));
    }
    let folder = match folder {
        Some(folder) => folder,
        None => folder.insert(open()?),
    };
    let index = index.unwrap_or_default();
    let before = Before { is_ours: index.program == program, program, index, spoiled, kept, contents: contents.cloned() };
    publish(prepared, memory, folder, &before, watcher)
}

/// The findings of the last build are those of this one.
fn nothing_to_do(index: &Index, scan: Scan) -> Updated {
    let inputs = if index.findings.is_empty() { Inputs::default() } else { load::read(scan).value };
    let report = Report { unchanged: index.written.len(), ..Report::default() };
    let built = Built { inputs, findings: index.findings.clone(), known: index.known, left_out: index.left_out, ..Built::default() };
    Updated { built, report: Some(report), written: Vec::new(), memory: Memory::default() }
}

/// The program and how it is asked to build: another one makes everything anew.
fn program(policy: &Policy) -> String {
    let file = std::env::current_exe().and_then(|path| path.metadata());
    let changed =
        file.as_ref().ok().and_then(|file| file.modified().ok()).and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    format!("{} {:?} {changed:?} {policy:?}", env!("CARGO_PKG_VERSION"), file.map(|file| file.len()).ok())
}

/// What the output folder holds.
struct Before {
    program: String,
    /// The index is of this program.
    is_ours: bool,
    index: Index,
    spoiled: BTreeSet<OutputPath>,
    kept: Option<Kept>,
    contents: Option<Arc<Contents>>,
}

impl Before {
    /// The file as it was written, if it is still there so.
    fn written(&self, path: &OutputPath) -> Option<&Written> {
        self.index.written.get(path).filter(|_| self.is_ours && !self.spoiled.contains(path))
    }
}

/// What was made by one piece of work.
#[derive(Default)]
struct Made {
    /// Its place in the plan.
    at: usize,
    reads: Reads,
    outputs: Vec<(OutputPath, Written)>,
    written: Vec<OutputPath>,
    why: Vec<Fact>,
}

/// Pieces of work after which what they read is packed away: a list of it takes much more place than the files' names.
const BATCH: usize = 4096;

fn publish(
    prepared: Prepared,
    mut memory: Memory,
    folder: &mut Folder,
    before: &Before,
    watcher: &dyn Watcher,
) -> Result<Option<Updated>, String> {
    let mut facts = prepared.facts();
    let shop = match Workshop::open(prepared.world(), &mut facts, &mut memory.render) {
        Ok(shop) => shop,
        Err(finding) => return Ok(Some(refused(prepared, *finding))),
    };
    facts.extend(shop.facts());
    let mut traces = folder.traces().filter(|traces| before.is_ours && traces.record == before.index.record).unwrap_or_default();
    let mut files = if traces.work.is_empty() { BTreeMap::new() } else { before.index.written.clone() };
    let work = shop.work();
    let ended = traces.follow(shop.plan(), || work.iter().map(|work| shop.name(work)).collect());
    for path in ended.iter().flat_map(|trace| &trace.outputs) {
        files.remove(path);
    }
    let changed = traces.changed(&facts);
    watcher.begin(Stage::Render, work.len());
    let mut written: BTreeSet<OutputPath> = BTreeSet::new();
    for (batch, from) in work.chunks(BATCH).zip((0..).step_by(BATCH)) {
        let job = Job { shop: &shop, known: &traces, changed: &changed, before, folder, watcher };
        let made = batch.par_iter().enumerate().filter_map(|(at, work)| job.do_unless_kept(from + at, work));
        let done = match made.collect::<Result<Vec<Made>, Stopped>>() {
            Ok(done) => done,
            Err(stopped) => {
                folder.abandon();
                return match stopped {
                    Stopped::Disk(words) => Err(words),
                    Stopped::Finding(finding) => Ok(Some(refused(prepared, *finding))),
                };
            }
        };
        if done.is_empty() {
            continue;
        }
        written.extend(done.iter().flat_map(|made| made.written.iter().cloned()));
        note(&prepared, done, &mut traces, &mut files);
    }
    drop(shop);
    watcher.begin(Stage::Publish, 0);
    let kept = keep(&memory, &prepared, folder, before)?;
    if prepared.inputs.are_stale() || before.contents.as_ref().is_some_and(|contents| contents.are_damaged()) {
        folder.abandon();
        return Ok(None);
    }
    let (read, history) = (prepared.inputs.read(), prepared.inputs.history.clone());
    let built = prepared.built(Checked::default());
    let record = watch::state(&(before.index.record, traces.work.len(), &written, &read));
    let mut index = Index { record, program: before.program.clone(), read, history, written: files, ..Index::default() };
    traces.record = record;
    let (hidden, shown): (Vec<Diagnostic>, Vec<Diagnostic>) =
        built.findings.iter().cloned().partition(|finding| memory.is_draft(&finding.primary.file));
    (index.findings, index.known, index.hidden) = (shown, built.known, !hidden.is_empty());
    index.left_out = built.left_out;
    let removed = folder.publish(Some(&before.index), &index, &traces, &kept)?;
    let report = Report { written: written.len(), unchanged: index.written.len() - written.len(), removed };
    Ok(Some(Updated { built, report: Some(report), written: written.into_iter().collect(), memory }))
}

/// Writes what the next build can use of this one.
fn keep(memory: &Memory, prepared: &Prepared, folder: &Folder, before: &Before) -> Result<Kept, String> {
    let old = before.kept.as_ref().zip(before.contents.as_ref());
    let after = old.map_or(0, |(kept, contents)| kept.go_on_after(contents));
    let mut filling = folder.fill(after)?;
    let mut kept = kept::keep(memory, &prepared.site, old.filter(|_| after > 0).map(|(kept, _)| kept), &mut filling)?;
    kept.ends_at(filling.end()?);
    Ok(kept)
}

fn refused(prepared: Prepared, finding: Diagnostic) -> Updated {
    Updated { built: prepared.built(Checked::new(Vec::new(), vec![finding])), report: None, written: Vec::new(), memory: Memory::default() }
}

/// Why no site can be made.
enum Stopped {
    Disk(String),
    Finding(Box<Diagnostic>),
}

struct Job<'a> {
    shop: &'a Workshop<'a>,
    known: &'a Traces,
    /// For each known fact, whether it is not what it was.
    changed: &'a [bool],
    before: &'a Before,
    folder: &'a Folder,
    watcher: &'a dyn Watcher,
}

impl Job<'_> {
    /// Does a piece of work; `None` when nothing it read has changed and its files are there.
    fn do_unless_kept(&self, at: usize, work: &Work) -> Option<Result<Made, Stopped>> {
        self.watcher.step();
        let trace = &self.known.work[at].1;
        let there = || trace.outputs.iter().all(|path| self.before.written(path).is_some());
        if trace.stands(self.changed) && (self.before.spoiled.is_empty() || there()) {
            return None;
        }
        let fact = |place: usize| self.known.facts.get(place).map_or(0, |(fact, _)| *fact);
        let why = trace.reads().filter(|place| self.changed.get(*place).copied().unwrap_or(true)).map(fact).collect();
        Some(self.make(work, Made { at, why, ..Made::default() }))
    }

    fn make(&self, work: &Work, mut made: Made) -> Result<Made, Stopped> {
        let (artifacts, reads) = watch::record(|| self.shop.make(work));
        made.reads = reads;
        for artifact in artifacts.map_err(Stopped::Finding)? {
            let written = Written { digest: crate::base::digest::Digest::of(&artifact.bytes), size: artifact.bytes.len() as u64 };
            if self.before.written(&artifact.path) != Some(&written) {
                self.folder.stage(&artifact).map_err(Stopped::Disk)?;
                made.written.push(artifact.path.clone());
            }
            made.outputs.push((artifact.path, written));
        }
        Ok(made)
    }
}

/// So many reasons are kept for a file.
const REASONS: usize = 5;

/// Writes down what was done: into the traces, and into the list of files.
fn note(prepared: &Prepared, done: Vec<Made>, traces: &mut Traces, files: &mut BTreeMap<OutputPath, Written>) {
    let wanted: BTreeSet<Fact> = done.iter().flat_map(|made| made.why.iter().take(REASONS).copied()).collect();
    let names = names(prepared, &wanted);
    let mut new = Vec::new();
    let noted: Vec<_> = done
        .into_iter()
        .map(|made| {
            let reason = |fact: &Fact| names.get(fact).cloned().unwrap_or_else(|| shared_name(*fact).to_owned());
            let why = (!made.written.is_empty()).then(|| made.why.iter().take(REASONS).map(reason).collect());
            let outputs = made.outputs.iter().map(|(path, _)| path.clone()).collect();
            new.extend(made.outputs);
            (made.at, made.reads, outputs, why)
        })
        .collect();
    for path in traces.note(noted) {
        files.remove(&path);
    }
    files.extend(new);
}

/// Facts with the words that say what they are.
fn names(prepared: &Prepared, wanted: &BTreeSet<Fact>) -> BTreeMap<Fact, String> {
    if wanted.is_empty() {
        return BTreeMap::new();
    }
    let mut names = prepared.site.names(wanted);
    let files = prepared.inputs.content.iter().map(|file| (watch::fact("file", file.path.as_str()), &file.path));
    names.extend(files.filter(|(fact, _)| wanted.contains(fact)).map(|(fact, path)| (fact, format!("file {path}"))));
    names
}

/// What all pages share.
fn shared_name(fact: Fact) -> &'static str {
    let known = [
        ("theme", "", "the theme"),
        ("edition", "", "what all pages share (title, menu, footer)"),
        ("timeline", "", "the layout of the chronology"),
        ("pages", "", "the list of pages"),
        ("settings", "", "content/edition.yaml"),
        ("order", "", "the order of the documents"),
        ("chronology", "", "the rows of the chronology"),
        ("correspondences", "", "the correspondences"),
        ("addresses", "", "the addresses of documents and register entries"),
        ("wanted documents", "", "the wanted documents"),
        ("documents", "", "the list of documents"),
        ("register entry", "", "the registers"),
        ("work", "", "the bibliography"),
    ];
    known.iter().find(|(kind, name, _)| watch::fact(kind, name) == fact).map_or("something it shows", |(.., words)| words)
}

/// Why a file of the site was written the last time: names of what it shows that had changed; nothing when it was new. `path` is under
/// `output`.
///
/// # Errors
/// That there is no record of such a file, in words.
pub fn why(output: &Path, path: &str) -> Result<Vec<String>, String> {
    let traces = crate::write::traces(output).ok_or_else(|| format!("`{}` holds no record of a build", output.display()))?;
    let made = traces.work.iter().map(|(_, trace)| trace).find(|trace| trace.outputs.iter().any(|file| file.as_str() == path));
    let mut why = made.map(|trace| trace.why.clone()).ok_or_else(|| format!("no file `{path}` was made by the last build"))?;
    why.sort();
    Ok(why)
}
