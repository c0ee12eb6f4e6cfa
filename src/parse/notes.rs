//! Notes of a document: their definitions taken out of the text, numbered in the order in which they are first referred to.

use super::apparatus;
use super::markdown::{Event, EventKind, Tag};
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::Place;
use crate::model::note::NoteLabel;
use std::collections::{BTreeMap, BTreeSet};

/// A definition `[^label]: …`.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The label between `[^` and `]`.
    pub label: Spanned<NoteLabel>,
    /// The whole definition.
    pub span: Span,
    /// Its text.
    pub events: Vec<Event>,
}

/// All definitions of a document and the numbers given to them so far.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// In the order of the file, without repetitions.
    pub definitions: Vec<Definition>,
    exact: BTreeMap<String, usize>,
    folded: BTreeMap<String, usize>,
    /// Definition of each number.
    order: Vec<usize>,
    numbers: Vec<Option<u32>>,
    /// Where each numbered note is first referred to.
    places: Vec<Place>,
}

/// The events of the text and the definitions among them. Definitions may stand anywhere, also in quotations and in each other.
#[must_use]
pub fn split(events: Vec<Event>) -> (Vec<Event>, Vec<Definition>) {
    let mut body = Vec::with_capacity(events.len());
    let mut done: Vec<(usize, Definition)> = Vec::new();
    // Definitions still open, each with the depth at which it began.
    let mut open: Vec<(usize, usize, Definition)> = Vec::new();
    let (mut depth, mut count) = (0_usize, 0_usize);
    for event in events {
        match &event.kind {
            EventKind::Open(Tag::Definition(label)) => {
                let start = event.span.start as usize + 2;
                let label = Spanned::new(NoteLabel(label.clone()), Span::new(start, start + label.len()));
                open.push((depth, count, Definition { label, span: event.span, events: Vec::new() }));
                count += 1;
                depth += 1;
                continue;
            }
            EventKind::Open(_) => depth += 1,
            EventKind::Close => {
                depth = depth.saturating_sub(1);
                if open.last().is_some_and(|(began, ..)| *began == depth) {
                    done.extend(open.pop().map(|(_, count, definition)| (count, definition)));
                    continue;
                }
            }
            _ => {}
        }
        match open.last_mut() {
            Some((.., definition)) => definition.events.push(event),
            None => body.push(event),
        }
    }
    done.sort_by_key(|(count, _)| *count);
    (body, done.into_iter().map(|(_, definition)| definition).collect())
}

impl Notes {
    /// Keeps the first of definitions with one label and reports the others, and those without text.
    #[must_use]
    pub fn new(found: Vec<Definition>, file: &ContentPath, findings: &mut Vec<Diagnostic>) -> Self {
        let mut notes = Self::default();
        for definition in found {
            let label = definition.label.value.0.clone();
            if let Some(first) = notes.exact.get(&label) {
                let first = &notes.definitions[*first];
                findings.push(
                    Diagnostic::new(
                        Code::DuplicateNote,
                        format!("the note `{label}` is written twice"),
                        Label::new(file, definition.label.span),
                    )
                    .also(Label::new(file, first.label.span).saying("first written here"))
                    .help("give one of the two another mark")
                    .help(format!("type `[^{label}]\\:` if this is a reference followed by a colon")),
                );
                continue;
            }
            if definition.events.iter().all(|event| matches!(event.kind, EventKind::Open(_) | EventKind::Close | EventKind::SoftBreak)) {
                findings.push(
                    Diagnostic::new(Code::EmptyNote, format!("the note `{label}` has no text"), Label::new(file, definition.span))
                        .help("type its text after the colon; indent further paragraphs by four blanks"),
                );
            }
            let index = notes.definitions.len();
            notes.folded.entry(label.to_lowercase()).or_insert(index);
            notes.exact.insert(label, index);
            notes.definitions.push(definition);
        }
        notes.numbers = vec![None; notes.definitions.len()];
        notes
    }

    /// The number of the note that `label` refers to, given to it now if it has none yet.
    pub fn refer(&mut self, label: &str, place: Place) -> Option<u32> {
        let index = *self.exact.get(label).or_else(|| self.folded.get(&label.to_lowercase()))?;
        Some(self.number(index, place))
    }

    fn number(&mut self, index: usize, place: Place) -> u32 {
        if let Some(number) = self.numbers[index] {
            return number;
        }
        let number = Span::at(self.order.len()).start;
        self.numbers[index] = Some(number);
        self.order.push(index);
        self.places.push(place);
        number
    }

    /// The definition with this number and where it is first referred to.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<(&Definition, Place)> {
        self.order.get(number).map(|index| (&self.definitions[*index], self.places[number]))
    }

    /// All labels, for suggestions.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.definitions.iter().map(|definition| definition.label.value.0.as_str())
    }

    /// Numbers the notes that nothing in the text leads to, and reports them.
    ///
    /// A note that only such a note refers to is not reported: its mark is found when that one's is put in place.
    pub fn unused(&mut self, place: Place, file: &ContentPath, text: &str, findings: &mut Vec<Diagnostic>) {
        let rest: Vec<usize> = (0..self.definitions.len()).filter(|index| self.numbers[*index].is_none()).collect();
        for (number, index) in self.unreached(&rest).into_iter().enumerate() {
            let Definition { label, span, .. } = &self.definitions[index];
            let name = &label.value.0;
            let finding = Diagnostic::new(Code::UnusedNote, format!("nothing refers to the note `{name}`"), Label::new(file, label.span))
                .help(format!("type `[^{name}]` where the note belongs, or remove the note"));
            findings.push(apparatus::with_likely_mark(finding, number, name, *span, file, text));
        }
        for index in rest {
            self.number(index, place);
        }
    }

    /// Those of the notes `rest` from which all others of them can be reached; of notes that name each other in a circle, the first.
    fn unreached(&self, rest: &[usize]) -> Vec<usize> {
        let named = |index: usize| {
            self.definitions[index].events.iter().filter_map(|event| match &event.kind {
                EventKind::NoteRef(label) => self.exact.get(label).copied(),
                _ => None,
            })
        };
        let others: BTreeSet<usize> = rest.iter().flat_map(|index| named(*index).filter(move |other| other != index)).collect();
        let mut met: BTreeSet<usize> = BTreeSet::new();
        let mut roots = Vec::new();
        for index in rest.iter().filter(|index| !others.contains(index)).chain(rest) {
            if met.contains(index) {
                continue;
            }
            roots.push(*index);
            let mut open = vec![*index];
            while let Some(next) = open.pop() {
                if met.insert(next) {
                    open.extend(named(next));
                }
            }
        }
        roots.sort_unstable();
        roots
    }
}
