//! What is kept of an edition beside its site, so that the next build need not parse and resolve what has not changed: for each document a few
//! states, and where its front matter, the facts of its text and its answers stand in the record; they are read when somebody asks for them.
//!
//! Everything is found by the state of what it was made from, so a record of another edition, or of older files, does no harm: nothing in it
//! fits. Of drafts nothing is kept, since the folder is published.

use super::Memory;
use crate::base::later::Later;
use crate::base::path::ContentPath;
use crate::base::watch::{self, Keyed, Reads, State, Watched};
use crate::diag::{Checked, Diagnostic};
use crate::formats::record::pack;
use crate::model::config::Edition;
use crate::model::document::Summary;
use crate::model::revision::Revision;
use crate::parse::Medium;
use crate::render::{self, Memo};
use crate::resolve::{Answered, Registers, Site, Whole, backreferences, revisions};
use crate::write::contents::{Chunk, Contents, Filling};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Documents whose values are packed at once.
const BATCH: usize = 1024;

/// The index of what is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    documents: Vec<KeptDocument>,
    media: Vec<(Medium, Vec<Diagnostic>)>,
    registers: KeptRegisters,
    world: State,
    others: State,
    routes: (State, Chunk),
    printed: Chunk,
    order: (State, Chunk),
    chronology: (State, Chunk),
    correspondences: (State, Chunk),
    tongues: (State, Chunk),
    back: KeptBack,
    /// What was found of all documents together.
    found: Vec<Diagnostic>,
    revisions: (State, Vec<State>, Chunk),
    checked: (State, Vec<Diagnostic>),
    citations: (State, Chunk),
    edition: Option<(State, Reads, Chunk)>,
    timeline: Option<(State, Reads, Chunk)>,
    divisions: Option<(State, Reads, Chunk)>,
    pages: Option<(State, Reads, Chunk)>,
    /// Bytes of the file that holds the values.
    length: u64,
    /// How many of them are of use.
    used: u64,
}

/// Back-references.
#[derive(Debug, Default, Serialize, Deserialize)]
struct KeptBack {
    entities: (BTreeMap<String, State>, Chunk),
    entries: (BTreeMap<String, State>, Chunk),
    wanted: (State, Chunk),
    referred: (State, Vec<State>, Chunk),
}

/// A map whose entries have states of their own.
type KeptKeyed = (BTreeMap<String, State>, Chunk);

/// Settings, registers and bibliography, with the state of the files they are from.
#[derive(Debug, Default, Serialize, Deserialize)]
struct KeptRegisters {
    others: State,
    config: Chunk,
    entities: KeptKeyed,
    entries: KeptKeyed,
    parts: KeptKeyed,
    found: Vec<Diagnostic>,
}

impl KeptRegisters {
    /// What parse and resolve made of them; nothing when the settings are damaged.
    fn restore(&self, contents: &Arc<Contents>, memory: &mut Memory) {
        let Some(config) = contents.read(self.config) else { return };
        let [entity, work, part] = Registers::FACTS;
        let registers = Registers {
            others: self.others,
            entities: Keyed::with_states(entity, self.entities.0.clone(), contents.later(self.entities.1)),
            entries: Keyed::with_states(work, self.entries.0.clone(), contents.later(self.entries.1)),
            parts: Keyed::with_states(part, self.parts.0.clone(), contents.later(self.parts.1)),
        };
        let edition = Edition { config, entities: registers.entities.share(), entries: registers.entries.share() };
        memory.parse.edition = Some((self.others, Checked::new(edition, self.found.clone())));
        memory.resolve.registers = Some(registers);
    }

    fn keep(memory: &Memory, old: &Self, keeper: &mut Keeper<'_>) -> Result<Self, String> {
        let (Some((others, edition)), Some(registers)) = (&memory.parse.edition, &memory.resolve.registers) else {
            return Ok(Self::default());
        };
        let same = old.others == *others;
        Ok(Self {
            others: *others,
            config: keeper.put(&edition.value.config, same.then_some(old.config))?,
            entities: (registers.entities.states().clone(), keeper.put_later(&registers.entities.share(), same.then_some(old.entities.1))?),
            entries: (registers.entries.states().clone(), keeper.put_later(&registers.entries.share(), same.then_some(old.entries.1))?),
            parts: (registers.parts.states().clone(), keeper.put_later(&registers.parts.share(), same.then_some(old.parts.1))?),
            found: edition.findings.clone(),
        })
    }
}

/// One document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct KeptDocument {
    file: ContentPath,
    page: bool,
    /// State of its file and context.
    parsed: State,
    head: State,
    outline: State,
    front: (State, Chunk),
    text: (State, Chunk),
    dates: (State, Chunk),
    places: [State; 2],
    numbers: State,
    answers: (State, Chunk),
    /// What was found when it was parsed, resolved, checked.
    found: [Vec<Diagnostic>; 3],
}

/// A value, or where it stands already.
enum Packed {
    There(Chunk),
    New(Vec<u8>),
}

impl Kept {
    /// Bytes of the old file to go on after; 0 when it is better written anew.
    #[must_use]
    pub fn go_on_after(&self, contents: &Contents) -> u64 {
        if self.length > contents.length() || self.length > self.used.saturating_mul(2) { 0 } else { self.length }
    }

    /// Keeps the length of the file.
    pub fn ends_at(&mut self, length: u64) {
        self.length = length;
    }

    /// The memory of the build that this is of. Values are read from `contents` when somebody asks.
    #[must_use]
    pub fn restore(&self, contents: &Arc<Contents>) -> Memory {
        let mut memory = Memory::default();
        for document in &self.documents {
            let [found, answered, checked] = document.found.clone();
            let [front, text, answers, dates] = facts(&document.file);
            let summary = Summary {
                file: document.file.clone(),
                page: document.page,
                front: Watched::shared(front, document.front.0, contents.later(document.front.1)),
                text: Watched::shared(text, document.text.0, contents.later(document.text.1)),
                dates: Watched::shared(dates, document.dates.0, contents.later(document.dates.1)),
                places: document.places,
                outline: document.outline,
                head: document.head,
                draft: false,
            };
            let answers = Watched::shared(answers, document.answers.0, contents.later(document.answers.1));
            let answers = Answered { text: document.text.0, numbers: document.numbers, answers, findings: answered };
            memory.parse.recorded.insert(document.file.clone(), (document.parsed, Checked::new(summary, found)));
            memory.resolve.answers.insert(document.file.clone(), answers);
            memory.check.own.insert(document.file.clone(), (document.text.0, checked));
        }
        memory.parse.media =
            self.media.iter().map(|(medium, found)| (medium.path.clone(), Checked::new(medium.clone(), found.clone()))).collect();
        self.registers.restore(contents, &mut memory);
        (memory.resolve.world, memory.resolve.others) = (self.world, self.others);
        memory.resolve.whole = Some(self.whole(contents));
        memory.resolve.revisions = self.revisions(contents);
        (memory.check.world, memory.check.whole) = self.checked.clone();
        memory.citations = render::citation::Memory { asked: self.citations.0, memo: contents.later(self.citations.1) };
        memory.render.edition = self.edition.as_ref().map(|memo| memo_of(memo, contents));
        memory.render.timeline = self.timeline.as_ref().map(|memo| memo_of(memo, contents));
        memory.render.divisions = self.divisions.as_ref().map(|memo| memo_of(memo, contents));
        memory.render.pages = self.pages.as_ref().map(|memo| memo_of(memo, contents));
        memory
    }

    fn whole(&self, contents: &Arc<Contents>) -> Whole {
        let back = &self.back;
        let keyed = |kind: &'static str, states: &BTreeMap<String, State>| (kind, states.clone());
        let (entities, entries) = (keyed(backreferences::ENTITIES, &back.entities.0), keyed(backreferences::ENTRIES, &back.entries.0));
        let uses: Arc<Later<Vec<Vec<backreferences::Use>>>> = contents.later(back.referred.2);
        let referred = self.documents.iter().zip(&back.referred.1).enumerate().map(|(at, (document, state))| {
            let uses = Arc::clone(&uses);
            let own = move || uses.get().get(at).cloned().unwrap_or_default();
            Watched::shared(watch::fact(backreferences::REFERRED, document.file.as_str()), *state, Arc::new(Later::when_asked(own)))
        });
        Whole {
            routes: watched("addresses", self.routes, contents),
            printed: contents.later(self.printed),
            order: watched("order", self.order, contents),
            chronology: watched("chronology", self.chronology, contents),
            correspondences: watched("correspondences", self.correspondences, contents),
            tongues: watched("languages by script", self.tongues, contents),
            back: Some(backreferences::BackReferences {
                entities: Keyed::with_states(entities.0, entities.1, contents.later(back.entities.1)),
                entries: Keyed::with_states(entries.0, entries.1, contents.later(back.entries.1)),
                wanted: watched(backreferences::WANTED, back.wanted, contents),
                referred: backreferences::list(back.referred.0, referred.collect()),
            }),
            findings: self.found.clone(),
        }
    }

    fn revisions(&self, contents: &Arc<Contents>) -> Option<(State, Vec<Watched<Revision>>)> {
        let all: Arc<Later<Vec<Revision>>> = contents.later(self.revisions.2);
        let one = |(at, (document, state)): (usize, (&KeptDocument, &State))| {
            let all = Arc::clone(&all);
            let own = move || all.get().get(at).cloned().unwrap_or_default();
            Watched::shared(watch::fact(revisions::FACT, document.file.as_str()), *state, Arc::new(Later::when_asked(own)))
        };
        let list: Vec<_> = self.documents.iter().zip(&self.revisions.1).enumerate().map(one).collect();
        (list.len() == self.documents.len()).then_some((self.revisions.0, list))
    }
}

fn memo_of<T>((state, reads, chunk): &(State, Reads, Chunk), contents: &Arc<Contents>) -> Memo<T>
where
    T: DeserializeOwned + Default + Send + Sync + 'static,
{
    Memo { reads: reads.clone(), state: *state, value: contents.later(*chunk) }
}

fn watched<T>(kind: &str, (state, chunk): (State, Chunk), contents: &Arc<Contents>) -> Watched<T>
where
    T: DeserializeOwned + Default + Send + Sync + 'static,
{
    Watched::shared(watch::fact(kind, ""), state, contents.later(chunk))
}

/// The facts of a document: front matter, text, answers, dates.
fn facts(file: &ContentPath) -> [watch::Fact; 4] {
    let [front, text, _, answers, dates, ..] = Summary::FACTS.map(|kind| watch::fact(kind, file.as_str()));
    [front, text, answers, dates]
}

/// Values on their way into the record; those that stand there already are left where they are.
struct Keeper<'a> {
    filling: &'a mut Filling,
    /// Whether what the old record holds is still there.
    goes_on: bool,
    used: u64,
}

impl Keeper<'_> {
    fn add(&mut self, packed: Packed) -> Result<Chunk, String> {
        let chunk = match packed {
            Packed::There(chunk) => chunk,
            Packed::New(bytes) => self.filling.add(&bytes)?,
        };
        self.used += chunk.length();
        Ok(chunk)
    }

    fn put<T: Serialize>(&mut self, value: &T, known: Option<Chunk>) -> Result<Chunk, String> {
        let packed = match known.filter(|_| self.goes_on) {
            Some(chunk) => Packed::There(chunk),
            None => Packed::New(pack(value)?),
        };
        self.add(packed)
    }

    /// A value that is made only if it must be written.
    fn put_later<T: Serialize>(&mut self, value: &Later<T>, known: Option<Chunk>) -> Result<Chunk, String> {
        match known.filter(|_| self.goes_on) {
            Some(chunk) => self.add(Packed::There(chunk)),
            None => self.put(value.get(), None),
        }
    }

    /// A value whose state is known; `before` is what stands in the record.
    fn watched<T: Serialize>(&mut self, value: &Watched<T>, before: Option<(State, Chunk)>) -> Result<(State, Chunk), String> {
        let state = value.noted().1;
        let known = before.filter(|(known, _)| *known == state).map(|(_, chunk)| chunk);
        let chunk = match known.filter(|_| self.goes_on) {
            Some(chunk) => self.add(Packed::There(chunk))?,
            None => self.put(value.unwatched(), None)?,
        };
        Ok((state, chunk))
    }

    fn memo<T: Serialize>(
        &mut self,
        memo: Option<&Memo<T>>,
        before: Option<&(State, Reads, Chunk)>,
    ) -> Result<Option<(State, Reads, Chunk)>, String> {
        let Some(memo) = memo else { return Ok(None) };
        let known = before.filter(|(state, ..)| *state == memo.state).map(|(.., chunk)| *chunk);
        let chunk = match known.filter(|_| self.goes_on) {
            Some(chunk) => self.add(Packed::There(chunk))?,
            None => self.put(memo.value.get(), None)?,
        };
        Ok(Some((memo.state, memo.reads.clone(), chunk)))
    }
}

/// Keeps a build. `before` is what was kept of the last one, when `filling` goes on after it.
///
/// # Errors
/// Why it could not be written, in words.
pub fn keep(memory: &Memory, site: &Site, before: Option<&Kept>, filling: &mut Filling) -> Result<Kept, String> {
    let mut keeper = Keeper { filling, goes_on: before.is_some(), used: 0 };
    let empty = Kept::default();
    let old = before.unwrap_or(&empty);
    let documents = documents(memory, site, old, &mut keeper)?;
    let resolved = &memory.resolve;
    let whole = resolved.whole.as_ref().ok_or("an edition is resolved before it is kept")?;
    let same_world = |chunk: Chunk| (old.world == resolved.world).then_some(chunk);
    let (revised, revisions) = resolved.revisions.as_ref().ok_or("an edition is resolved before it is kept")?;
    let same_past = (old.revisions.0 == *revised && keeper.goes_on).then_some(old.revisions.2);
    let revisions_at = match same_past {
        Some(chunk) => keeper.add(Packed::There(chunk))?,
        None => keeper.put(&revisions.iter().map(|one| one.unwatched().clone()).collect::<Vec<_>>(), None)?,
    };
    let printed = keeper.put_later(&whole.printed, same_world(old.printed))?;
    let same_requests = (old.citations.0 == memory.citations.asked).then_some(old.citations.1);
    let citations = keeper.put_later(&memory.citations.memo, same_requests)?;
    Ok(Kept {
        documents,
        media: memory.parse.media.values().map(|medium| (medium.value.clone(), medium.findings.clone())).collect(),
        registers: KeptRegisters::keep(memory, &old.registers, &mut keeper)?,
        world: resolved.world,
        others: resolved.others,
        routes: keeper.watched(&whole.routes, Some(old.routes))?,
        printed,
        order: keeper.watched(&whole.order, Some(old.order))?,
        chronology: keeper.watched(&whole.chronology, Some(old.chronology))?,
        correspondences: keeper.watched(&whole.correspondences, Some(old.correspondences))?,
        tongues: keeper.watched(&whole.tongues, Some(old.tongues))?,
        back: back(site, old, &mut keeper)?,
        found: whole.findings.clone(),
        revisions: (*revised, revisions.iter().map(|one| one.noted().1).collect(), revisions_at),
        checked: (memory.check.world, memory.check.whole.clone()),
        citations: (memory.citations.asked, citations),
        edition: keeper.memo(memory.render.edition.as_ref(), old.edition.as_ref())?,
        timeline: keeper.memo(memory.render.timeline.as_ref(), old.timeline.as_ref())?,
        divisions: keeper.memo(memory.render.divisions.as_ref(), old.divisions.as_ref())?,
        pages: keeper.memo(memory.render.pages.as_ref(), old.pages.as_ref())?,
        length: 0,
        used: keeper.used,
    })
}

fn back(site: &Site, old: &Kept, keeper: &mut Keeper<'_>) -> Result<KeptBack, String> {
    let (back, old) = (&site.back, &old.back);
    let mut keyed =
        |states: &BTreeMap<String, State>, before: &(BTreeMap<String, State>, Chunk), new: &dyn Fn() -> Result<Vec<u8>, String>| {
            let same = keeper.goes_on && before.0 == *states;
            let packed = if same { Packed::There(before.1) } else { Packed::New(new()?) };
            Ok::<_, String>((states.clone(), keeper.add(packed)?))
        };
    let entities = keyed(back.entities.states(), &old.entities, &|| pack(back.entities.unwatched()))?;
    let entries = keyed(back.entries.states(), &old.entries, &|| pack(back.entries.unwatched()))?;
    let states: Vec<State> = back.referred.unwatched().iter().map(|one| one.noted().1).collect();
    let referred = match (keeper.goes_on && old.referred.1 == states).then_some(old.referred.2) {
        Some(chunk) => keeper.add(Packed::There(chunk))?,
        None => keeper.put(&back.referred.unwatched().iter().map(|one| one.unwatched().clone()).collect::<Vec<_>>(), None)?,
    };
    Ok(KeptBack {
        entities,
        entries,
        wanted: keeper.watched(&back.wanted, Some(old.wanted))?,
        referred: (back.referred.noted().1, states, referred),
    })
}

fn documents(memory: &Memory, site: &Site, old: &Kept, keeper: &mut Keeper<'_>) -> Result<Vec<KeptDocument>, String> {
    let before: BTreeMap<&ContentPath, &KeptDocument> = old.documents.iter().map(|document| (&document.file, document)).collect();
    let mut kept = Vec::with_capacity(site.documents.unwatched().len());
    for batch in site.documents.unwatched().chunks(BATCH) {
        let packed: Vec<Result<(KeptDocument, [Packed; 4]), String>> =
            batch.par_iter().map(|summary| document(memory, summary, before.get(&summary.file).copied())).collect();
        for packed in packed {
            let (mut document, [front, text, dates, answers]) = packed?;
            (document.front.1, document.text.1) = (keeper.add(front)?, keeper.add(text)?);
            (document.dates.1, document.answers.1) = (keeper.add(dates)?, keeper.add(answers)?);
            kept.push(document);
        }
    }
    Ok(kept)
}

fn document(memory: &Memory, summary: &Summary, before: Option<&KeptDocument>) -> Result<(KeptDocument, [Packed; 4]), String> {
    let file = &summary.file;
    let (parsed, read) = memory.parse.documents.get(file).ok_or("every document was parsed")?;
    let answered = memory.resolve.answers.get(file).ok_or("every document was resolved")?;
    let checked = memory.check.own.get(file).map(|(_, found)| found.clone()).unwrap_or_default();
    let same = before.filter(|before| before.parsed == *parsed);
    let answers = answered.answers.noted().1;
    let document = KeptDocument {
        file: file.clone(),
        page: summary.page,
        parsed: *parsed,
        head: summary.head,
        outline: summary.outline,
        front: (summary.front.noted().1, Chunk::default()),
        text: (summary.text.noted().1, Chunk::default()),
        dates: (summary.dates.noted().1, Chunk::default()),
        places: summary.places,
        numbers: answered.numbers,
        answers: (answers, Chunk::default()),
        found: [read.findings.clone(), answered.findings.clone(), checked],
    };
    let front = packed(same.map(|same| same.front.1), || pack(summary.front.unwatched()))?;
    let text = packed(same.map(|same| same.text.1), || pack(summary.text.unwatched()))?;
    let dates = packed(same.map(|same| same.dates.1), || pack(summary.dates.unwatched()))?;
    let there = same.filter(|same| same.answers.0 == answers).map(|same| same.answers.1);
    let answers = packed(there, || pack(answered.answers.unwatched()))?;
    Ok((document, [front, text, dates, answers]))
}

fn packed(there: Option<Chunk>, new: impl FnOnce() -> Result<Vec<u8>, String>) -> Result<Packed, String> {
    there.map_or_else(|| new().map(Packed::New), |chunk| Ok(Packed::There(chunk)))
}
