//! What is kept of the last build: which files were read, which were written, from what, and what was found.
//!
//! It saves work and is never believed against the disk: a part that does not fit is thrown away, and everything is made anew.

use crate::base::digest::Digest;
use crate::base::path::{ContentPath, OutputPath};
use crate::base::watch::{ABSENT, Fact, Facts, Itself, Reads, State};
use crate::diag::Diagnostic;
use crate::load::Read;
use crate::load::history::History;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

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
    /// The record it is part of: the same number in all its parts.
    pub record: State,
    /// The program that wrote it, and how it was asked to build.
    pub program: String,
    /// Files of `content/` and `themes/`.
    pub read: BTreeMap<ContentPath, Read>,
    /// What git said.
    pub history: History,
    /// Files of the site.
    pub written: BTreeMap<OutputPath, Written>,
    /// What was found and is shown, arranged.
    pub findings: Vec<Diagnostic>,
    /// How many findings are known and not shown.
    pub known: usize,
    /// More was found, in drafts: what they say must not come into the folder that is published.
    pub hidden: bool,
    /// How many drafts are no part of the site.
    pub left_out: usize,
}

/// How one or several files were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Whether it was made at all.
    made: bool,
    /// What was read for it: places in [`Traces::facts`] in rising order, each less the one before, seven bits a byte.
    reads: Vec<u8>,
    /// The files it made.
    pub outputs: Vec<OutputPath>,
    /// Why it was made again the last time: names of facts.
    pub why: Vec<String>,
}

impl Trace {
    /// Whether nothing that it read has changed.
    #[must_use]
    pub fn stands(&self, changed: &[bool]) -> bool {
        self.made && self.reads().all(|place| changed.get(place) == Some(&false))
    }

    /// The places of what was read.
    pub fn reads(&self) -> impl Iterator<Item = usize> {
        let mut bytes = self.reads.iter();
        let mut place = 0;
        std::iter::from_fn(move || {
            let (mut step, mut shift) = (0_usize, 0);
            loop {
                let byte = *bytes.next()?;
                step |= usize::from(byte & 0x7F) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            place += step;
            Some(place)
        })
    }
}

/// The part that is needed when something changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Traces {
    /// The record it is part of.
    pub record: State,
    /// State of the list of works.
    plan: State,
    /// Everything that was read for any file, with its state then. A fact keeps its place.
    pub facts: Vec<(Fact, State)>,
    /// Pieces of work with their names, in the order of the plan.
    pub work: Vec<(String, Trace)>,
    /// Where each fact stands, as far as that was asked.
    #[serde(skip)]
    places: HashMap<Fact, usize, BuildHasherDefault<Itself>>,
}

impl Traces {
    /// Which of the facts are not what they were.
    #[must_use]
    pub fn changed(&self, facts: &Facts) -> Vec<bool> {
        self.facts.iter().map(|(fact, state)| facts.get(fact).copied().unwrap_or(ABSENT) != *state).collect()
    }

    /// Puts the traces into the order of a list of works: `plan` is its state, `names` are its names. Works that are new have an empty trace.
    /// Returns the traces of works that are no more.
    pub fn follow(&mut self, plan: State, names: impl FnOnce() -> Vec<String>) -> Vec<Trace> {
        if self.plan == plan {
            return Vec::new();
        }
        let mut known: HashMap<String, Trace> = std::mem::take(&mut self.work).into_iter().collect();
        let trace = |name: String| known.remove_entry(&name).unwrap_or((name, Trace::default()));
        self.work = names().into_iter().map(trace).collect();
        self.plan = plan;
        known.into_values().collect()
    }

    /// Writes down how works were made: their places in the plan, what each read, the files it made, and why it was made again (`None` leaves
    /// what was said). Returns the files they made before. What is kept has read nothing that changed, so a changed fact has its new state
    /// for all.
    pub fn note(&mut self, done: impl IntoIterator<Item = (usize, Reads, Vec<OutputPath>, Option<Vec<String>>)>) -> Vec<OutputPath> {
        if self.places.len() != self.facts.len() {
            self.places = self.facts.iter().enumerate().map(|(at, (fact, _))| (*fact, at)).collect();
        }
        let mut before = Vec::new();
        for (work, reads, outputs, why) in done {
            let mut at: Vec<usize> = Vec::with_capacity(reads.len());
            for (fact, state) in reads {
                let place = *self.places.entry(fact).or_insert_with(|| {
                    self.facts.push((fact, state));
                    self.facts.len() - 1
                });
                self.facts[place].1 = state;
                at.push(place);
            }
            at.sort_unstable();
            let trace = &mut self.work[work].1;
            trace.made = true;
            trace.reads = packed(&at);
            before.append(&mut std::mem::replace(&mut trace.outputs, outputs));
            trace.why = why.unwrap_or_else(|| std::mem::take(&mut trace.why));
        }
        before
    }
}

/// Rising numbers as bytes.
fn packed(places: &[usize]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(places.len() + 8);
    let mut last = 0;
    for place in places {
        let mut step = place - last;
        while step >= 0x80 {
            bytes.push(u8::try_from(step & 0x7F).unwrap_or_default() | 0x80);
            step >>= 7;
        }
        bytes.push(u8::try_from(step).unwrap_or_default());
        last = *place;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{Trace, Traces, packed};

    #[test]
    fn what_was_read_is_what_is_kept() {
        let places = [0, 1, 127, 128, 129, 20_000, 3_000_000];
        assert_eq!(Trace { reads: packed(&places), ..Trace::default() }.reads().collect::<Vec<_>>(), places);
    }

    #[test]
    fn a_fact_keeps_its_place_and_has_its_newest_state() {
        let mut traces = Traces::default();
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(traces.follow(1, || names(&["a", "b", "c"])), []);
        traces.note([(0, vec![(7, 1), (9, 1)], Vec::new(), None)]);
        traces.note([(1, vec![(5, 1), (9, 2)], Vec::new(), None)]);
        assert_eq!(traces.facts, [(7, 1), (9, 2), (5, 1)]);
        assert_eq!(traces.work[1].1.reads().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(traces.follow(2, || names(&["b", "d"])).len(), 2);
        let stand = |changed: &[bool]| traces.work.iter().map(|(_, trace)| trace.stands(changed)).collect::<Vec<_>>();
        assert_eq!((stand(&[true, false, false]), stand(&[false, true, false])), (vec![true, false], vec![false, false]));
        assert_eq!(traces.changed(&[(7, 1), (9, 3)].into_iter().collect()), [false, true, true]);
    }
}
