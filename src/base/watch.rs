//! Who read what: values that remember that they were read while a piece of work was done.
//!
//! A build makes each file from a piece of work, and does it again only when something it read is not what it was. So that nobody has to
//! keep a list of what a page depends on, the values themselves note it: a [`Watched`] value is used like the value it holds, and each use
//! inside [`record`] is noted with the value's digest. This file refuses to know what the values are.
//!
//! Work inside `record` must stay on its thread, and reach what may change through watched values only.

use super::digest::Digest;
use super::fingerprint;
use super::later::Later;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::{Deref, Index};
use std::sync::Arc;

/// The name of a thing that can change, as a number: equal on every machine.
pub type Fact = u64;

/// What a thing is at the moment, as a number; [`ABSENT`] when it is not there.
pub type State = u64;

/// The state of a thing that is not there.
pub const ABSENT: State = 0;

/// Facts that were read with their states, in order, each once.
pub type Reads = Vec<(Fact, State)>;

/// Facts with the states they are in.
pub type Facts = HashMap<Fact, State, BuildHasherDefault<Itself>>;

/// A fact is a digest already, so it is its own place in a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The number of a fact: what kind of thing, and which (FNV-1a, 64 bits).
#[must_use]
pub fn fact(kind: &str, name: &str) -> Fact {
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    for byte in kind.bytes().chain([0]).chain(name.bytes()) {
        number = (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    number
}

/// The state of a value.
#[must_use]
pub fn state<T: Serialize + ?Sized>(value: &T) -> State {
    fingerprint::of(value).number()
}

thread_local! {
    /// The pieces of work that are being done on this thread, the inner last.
    static WORK: RefCell<Vec<Reads>> = const { RefCell::new(Vec::new()) };
}

/// So many reads are kept before repetitions are taken out.
const MANY: usize = 1 << 14;

/// Notes that `fact` was read.
pub fn note(fact: Fact, state: State) {
    WORK.with_borrow_mut(|work| {
        if let Some(reads) = work.last_mut()
            && reads.last() != Some(&(fact, state))
        {
            if reads.len() == reads.capacity() && reads.len() >= MANY {
                reads.sort_unstable();
                reads.dedup();
                reads.reserve(reads.len().max(MANY));
            }
            reads.push((fact, state));
        }
    });
}

/// Does a piece of work and tells what it read.
pub fn record<R>(work: impl FnOnce() -> R) -> (R, Reads) {
    WORK.with_borrow_mut(|all| all.push(Vec::with_capacity(64)));
    let result = work();
    let mut reads = WORK.with_borrow_mut(Vec::pop).unwrap_or_default();
    reads.sort_unstable();
    reads.dedup();
    (result, reads)
}

/// A value that notes each use. Cloning shares it. Its state is known also before it is made.
#[derive(Debug)]
pub struct Watched<T> {
    fact: Fact,
    state: State,
    value: Arc<Later<T>>,
}

impl<T> Watched<T> {
    /// A value whose digest is known.
    pub fn with_state(fact: Fact, state: State, value: T) -> Self {
        Self::shared(fact, state, Arc::new(Later::now(value)))
    }

    /// A value that others hold as well, or that is made when it is used.
    pub fn shared(fact: Fact, state: State, value: Arc<Later<T>>) -> Self {
        Self { fact, state, value }
    }

    /// The fact and its state.
    #[must_use]
    pub fn noted(&self) -> (Fact, State) {
        (self.fact, self.state)
    }

    /// The value, without a note: for work that is done at every build.
    #[must_use]
    pub fn unwatched(&self) -> &T {
        self.value.get()
    }

    /// The value, to be held beside this one.
    #[must_use]
    pub fn share(&self) -> Arc<Later<T>> {
        Arc::clone(&self.value)
    }
}

impl<T: Serialize> Watched<T> {
    /// A value under the name of its fact.
    pub fn new(fact: Fact, value: T) -> Self {
        Self::with_state(fact, state(&value), value)
    }

    /// A value whose state also depends on something else, for instance on what its indices mean.
    pub fn salted(fact: Fact, salt: State, value: T) -> Self {
        Self::with_state(fact, state(&(salt, &value)), value)
    }
}

impl<T: Clone + Serialize> Watched<T> {
    /// Changes the value.
    pub fn change(&mut self, with: impl FnOnce(&mut T)) {
        let mut value = self.unwatched().clone();
        with(&mut value);
        *self = Self::new(self.fact, value);
    }
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        Self { fact: self.fact, state: self.state, value: Arc::clone(&self.value) }
    }
}

impl<T: Default> Default for Watched<T> {
    fn default() -> Self {
        Self::with_state(0, ABSENT, T::default())
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        note(self.fact, self.state);
        self.value.get()
    }
}

impl<'a, T> IntoIterator for &'a Watched<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

/// A list whose items note their own use; what is noted of the list is which items it has.
#[derive(Clone, Debug, Default)]
pub struct Listed<T> {
    fact: Fact,
    state: State,
    items: Vec<T>,
}

impl<T> Listed<T> {
    /// A list; `state` stands for its items' names in their order.
    pub fn new(fact: Fact, state: State, items: Vec<T>) -> Self {
        Self { fact, state, items }
    }

    /// The fact and its state.
    #[must_use]
    pub fn noted(&self) -> (Fact, State) {
        (self.fact, self.state)
    }

    /// The items, without a note.
    #[must_use]
    pub fn unwatched(&self) -> &[T] {
        &self.items
    }
}

impl<T> Deref for Listed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        note(self.fact, self.state);
        &self.items
    }
}

/// An index comes from a value that was noted, so that one item is no use of the list.
impl<T> Index<usize> for Listed<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.items[at]
    }
}

impl<'a, T> IntoIterator for &'a Listed<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Digest {
    /// The first 64 bits, never [`ABSENT`].
    #[must_use]
    pub fn number(&self) -> u64 {
        self.bytes().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)).max(1)
    }
}

/// A map whose entries note their own use by key, also when there is none; whoever goes through the map has used all of it.
#[derive(Debug)]
pub struct Keyed<V> {
    kind: &'static str,
    whole: State,
    values: Arc<Later<BTreeMap<String, V>>>,
    states: Arc<BTreeMap<String, State>>,
}

impl<V> Clone for Keyed<V> {
    fn clone(&self) -> Self {
        Self { kind: self.kind, whole: self.whole, values: Arc::clone(&self.values), states: Arc::clone(&self.states) }
    }
}

impl<V> Default for Keyed<V> {
    fn default() -> Self {
        Self { kind: "", whole: ABSENT, values: Arc::new(Later::now(BTreeMap::new())), states: Arc::default() }
    }
}

impl<V: Serialize> Keyed<V> {
    /// A map; `salt` is what its values' states depend on besides.
    pub fn new(kind: &'static str, salt: State, values: BTreeMap<String, V>) -> Self {
        let states: BTreeMap<String, State> = values.iter().map(|(key, value)| (key.clone(), state(&(salt, value)))).collect();
        Self::with_states(kind, states, Arc::new(Later::now(values)))
    }

    /// A map that others hold as well.
    pub fn of(kind: &'static str, values: Arc<Later<BTreeMap<String, V>>>) -> Self {
        let states = values.iter().map(|(key, value)| (key.clone(), state(value))).collect();
        Self::with_states(kind, states, values)
    }
}

impl<V> Keyed<V> {
    /// A map whose entries' states are known.
    pub fn with_states(kind: &'static str, states: BTreeMap<String, State>, values: Arc<Later<BTreeMap<String, V>>>) -> Self {
        Self { kind, whole: state(&states), values, states: Arc::new(states) }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        note(fact(self.kind, key), self.states.get(key).copied().unwrap_or(ABSENT));
        self.values.get().get(key)
    }

    /// Whether there is a value.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// All facts with their states: the map's own, and one for each key.
    pub fn noted(&self) -> impl Iterator<Item = (Fact, State)> {
        std::iter::once((fact(self.kind, ""), self.whole)).chain(self.states.iter().map(|(key, state)| (fact(self.kind, key), *state)))
    }

    /// The keys with their states, without a note.
    #[must_use]
    pub fn states(&self) -> &BTreeMap<String, State> {
        &self.states
    }

    /// What its entries are: persons, works.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The map, without a note.
    #[must_use]
    pub fn unwatched(&self) -> &BTreeMap<String, V> {
        self.values.get()
    }

    /// The map, to be held beside this one.
    #[must_use]
    pub fn share(&self) -> Arc<Later<BTreeMap<String, V>>> {
        Arc::clone(&self.values)
    }
}

impl<V> Deref for Keyed<V> {
    type Target = BTreeMap<String, V>;

    fn deref(&self) -> &BTreeMap<String, V> {
        note(fact(self.kind, ""), self.whole);
        self.values.get()
    }
}

impl<'a, V> IntoIterator for &'a Keyed<V> {
    type Item = (&'a String, &'a V);
    type IntoIter = std::collections::btree_map::Iter<'a, String, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_knows_what_it_read() {
        let (title, text) = (Watched::new(fact("title", "a"), "Letter".to_owned()), Watched::new(fact("text", "a"), "…".to_owned()));
        let people = Keyed::new("person", 0, BTreeMap::from([("lenin".to_owned(), 1)]));
        let (length, reads) = record(|| title.len() + usize::from(people.contains_key("stalin")));
        assert_eq!(length, 6);
        let mut expected = vec![title.noted(), (fact("person", "stalin"), ABSENT)];
        expected.sort_unstable();
        assert_eq!(reads, expected);
        assert_eq!(record(|| text.unwatched().len()).1, []);
    }

    #[test]
    fn going_through_a_list_reads_which_items_it_has_and_each_item_used() {
        let items = vec![Watched::new(fact("n", "1"), 1), Watched::new(fact("n", "2"), 2)];
        let list = Listed::new(fact("list", ""), state(&["1", "2"]), items);
        let mut all: Reads = list.unwatched().iter().map(Watched::noted).chain([list.noted()]).collect();
        all.sort_unstable();
        assert_eq!(record(|| list.iter().map(|item| **item).sum::<i32>()), (3, all));
        assert_eq!(record(|| *list[1]), (2, vec![list.unwatched()[1].noted()]));
    }
}
