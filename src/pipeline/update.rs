//! Bringing an output folder up to date: what changed is read, parsed, rendered and written; nothing else is.

use super::{Built, Memory, Prepared, prepare};
use crate::base::path::OutputPath;
use crate::base::watch::{self, Fact, Reads, State};
use crate::diag::policy::Policy;
use crate::diag::{self, Checked, Diagnostic};
use crate::load::{self, Inputs, Scan};
use crate::render::{Work, Workshop};
use crate::resolve::Drafts;
use crate::write::guard::Place;
use crate::write::manifest::{Index, Trace, Traces, Written};
use crate::write::{Folder, Report};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
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
}

/// Brings an output folder up to date with an edition.
///
/// # Errors
/// Why the folder cannot be used or written to, in words.
pub fn update(asked: &Asked<'_>, watcher: &dyn Watcher) -> Result<Updated, String> {
    let place = Place::check(asked.root, asked.output)?;
    let open = || Folder::open(&place, |words| watcher.tell(words));
    // A folder that is not ours yet is touched only when there is something to put into it.
    let folder = if place.is_used() { Some(open()?) } else { None };
    watcher.begin(Stage::Look, 0);
    let program = program(asked.policy);
    let scan = load::scan(asked.root, Some(asked.now));
    let index = folder.as_ref().and_then(Folder::index).filter(|index| index.program == program);
    let spoiled = index.as_ref().zip(folder.as_ref()).map(|(index, folder)| folder.spoiled(index)).unwrap_or_default();
    if let Some(index) = &index
        && spoiled.is_empty()
        && scan.is(&index.read)
    {
        return Ok(nothing_to_do(index, scan));
    }
    watcher.begin(Stage::Read, scan.content.len() + scan.themes.len());
    let loaded = load::read(scan);
    watcher.begin(Stage::Parse, 0);
    let mut memory = Memory::default();
    let prepared = prepare(loaded, Drafts::LeftOut, asked.policy, &mut memory);
    if diag::error_count(&prepared.findings) > 0 {
        return Ok(Updated { built: prepared.built(Checked::default()), report: None, written: Vec::new() });
    }
    let folder = match folder {
        Some(folder) => folder,
        None => open()?,
    };
    let before = Before { program, index: index.unwrap_or_default(), spoiled };
    publish(prepared, memory, folder, &before, watcher)
}

/// The findings of the last build are those of this one.
fn nothing_to_do(index: &Index, scan: Scan) -> Updated {
    let inputs = if index.findings.is_empty() { Inputs::default() } else { load::read(scan).value };
    let report = Report { unchanged: index.written.len(), ..Report::default() };
    let built = Built { inputs, findings: index.findings.clone(), known: index.known, ..Built::default() };
    Updated { built, report: Some(report), written: Vec::new() }
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
    index: Index,
    spoiled: BTreeSet<OutputPath>,
}

/// What was made by one piece of work.
struct Made {
    name: String,
    reads: Reads,
    outputs: Vec<(OutputPath, Written)>,
    written: Vec<OutputPath>,
    why: Vec<Fact>,
}

fn publish(prepared: Prepared, mut memory: Memory, mut folder: Folder, before: &Before, watcher: &dyn Watcher) -> Result<Updated, String> {
    let mut facts = prepared.facts();
    let shop = match Workshop::open(prepared.world(), &mut facts, &mut memory.render) {
        Ok(shop) => shop,
        Err(finding) => return Ok(refused(prepared, *finding)),
    };
    facts.extend(shop.facts());
    let known = folder.traces().filter(|_| !before.index.program.is_empty()).unwrap_or_default();
    let job = Job { shop: &shop, known: &known, changed: changed(&known, &facts), before, folder: &folder, watcher };
    let work = shop.work();
    watcher.begin(Stage::Render, work.len());
    let made: Vec<Result<Made, Stopped>> = work.par_iter().map(|work| job.do_or_keep(work)).collect();
    let mut done = Vec::with_capacity(made.len());
    for made in made {
        match made {
            Ok(made) => done.push(made),
            Err(stopped) => {
                folder.abandon();
                return match stopped {
                    Stopped::Disk(words) => Err(words),
                    Stopped::Finding(finding) => Ok(refused(prepared, *finding)),
                };
            }
        }
    }
    watcher.begin(Stage::Publish, 0);
    let written: BTreeSet<OutputPath> = done.iter().flat_map(|made| made.written.iter().cloned()).collect();
    let (mut index, traces) = record(&prepared, done, &known);
    let built = prepared.built(Checked::default());
    index.program.clone_from(&before.program);
    (index.findings, index.known) = (built.findings.clone(), built.known);
    let removed = folder.publish(&index, Some(&traces))?;
    let report = Report { written: written.len(), unchanged: index.written.len() - written.len(), removed };
    Ok(Updated { built, report: Some(report), written: written.into_iter().collect() })
}

fn refused(prepared: Prepared, finding: Diagnostic) -> Updated {
    Updated { built: prepared.built(Checked::new(Vec::new(), vec![finding])), report: None, written: Vec::new() }
}

/// Which of the facts that were read for something are not what they were.
fn changed(known: &Traces, facts: &HashMap<Fact, State>) -> Vec<bool> {
    known.facts.iter().map(|(fact, state)| facts.get(fact).copied().unwrap_or(watch::ABSENT) != *state).collect()
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
    changed: Vec<bool>,
    before: &'a Before,
    folder: &'a Folder,
    watcher: &'a dyn Watcher,
}

impl Job<'_> {
    fn do_or_keep(&self, work: &Work) -> Result<Made, Stopped> {
        self.watcher.step();
        let name = self.shop.name(work);
        let trace = self.known.work.get(&name);
        let mut why = Vec::new();
        if let Some(trace) = trace {
            match self.kept(&name, trace) {
                Ok(made) => return Ok(made),
                Err(reasons) => why = reasons,
            }
        }
        let (artifacts, reads) = watch::record(|| self.shop.make(work));
        let mut made = Made { name, reads, outputs: Vec::new(), written: Vec::new(), why };
        for artifact in artifacts.map_err(Stopped::Finding)? {
            let written = Written { digest: crate::base::digest::Digest::of(&artifact.bytes), size: artifact.bytes.len() as u64 };
            let same = self.before.index.written.get(&artifact.path) == Some(&written) && !self.before.spoiled.contains(&artifact.path);
            if !same {
                self.folder.stage(&artifact).map_err(Stopped::Disk)?;
                made.written.push(artifact.path.clone());
            }
            made.outputs.push((artifact.path, written));
        }
        Ok(made)
    }

    /// What the work made before, if nothing it read has changed and its files are there; otherwise what has changed.
    fn kept(&self, name: &str, trace: &Trace) -> Result<Made, Vec<Fact>> {
        let mut at = 0;
        let mut reads = Vec::with_capacity(trace.reads.len());
        let mut why = Vec::new();
        for step in &trace.reads {
            at += *step as usize;
            let (Some(read), Some(changed)) = (self.known.facts.get(at), self.changed.get(at)) else { return Err(why) };
            if *changed {
                why.push(read.0);
            }
            reads.push(*read);
        }
        let mut outputs = Vec::with_capacity(trace.outputs.len());
        for path in &trace.outputs {
            match self.before.index.written.get(path) {
                Some(written) if !self.before.spoiled.contains(path) => outputs.push((path.clone(), *written)),
                _ => return Err(why),
            }
        }
        if why.is_empty() { Ok(Made { name: name.to_owned(), reads, outputs, written: Vec::new(), why }) } else { Err(why) }
    }
}

/// So many reasons are kept for a file.
const REASONS: usize = 5;

fn record(prepared: &Prepared, done: Vec<Made>, known: &Traces) -> (Index, Traces) {
    let mut index = Index { read: prepared.inputs.read(), ..Index::default() };
    let mut facts: Vec<(Fact, State)> = done.iter().flat_map(|made| made.reads.iter().copied()).collect();
    facts.par_sort_unstable();
    facts.dedup();
    let places: HashMap<Fact, u32> = (0_u32..).zip(&facts).map(|(at, (fact, _))| (*fact, at)).collect();
    let names = if done.iter().any(|made| !made.why.is_empty()) { names(prepared) } else { BTreeMap::new() };
    let mut traces = Traces { facts, work: BTreeMap::new() };
    for made in done {
        let mut at: Vec<u32> = made.reads.iter().filter_map(|(fact, _)| places.get(fact).copied()).collect();
        at.sort_unstable();
        let steps = at.iter().scan(0, |last, at| Some(at - std::mem::replace(last, *at))).collect();
        let outputs = made.outputs.iter().map(|(path, _)| path.clone()).collect();
        let why = if made.written.is_empty() {
            known.work.get(&made.name).map(|trace| trace.why.clone()).unwrap_or_default()
        } else {
            let reason = |fact: &Fact| names.get(fact).cloned().unwrap_or_else(|| shared_name(*fact).to_owned());
            made.why.iter().take(REASONS).map(reason).collect()
        };
        traces.work.insert(made.name, Trace { reads: steps, outputs, why });
        index.written.extend(made.outputs);
    }
    (index, traces)
}

/// Facts with the words that say what they are.
fn names(prepared: &Prepared) -> BTreeMap<Fact, String> {
    let mut names = prepared.site.names();
    let files = prepared.inputs.content.iter();
    names.extend(files.map(|file| (watch::fact("file", file.path.as_str()), format!("file {}", file.path))));
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
    let made = traces.work.values().find(|trace| trace.outputs.iter().any(|file| file.as_str() == path));
    let mut why = made.map(|trace| trace.why.clone()).ok_or_else(|| format!("no file `{path}` was made by the last build"))?;
    why.sort();
    Ok(why)
}
