//! Numbers of paragraphs that last. Once a document is in the ledger, its paragraphs keep the numbers under which readers cite them: what comes
//! in between is 3a, what is taken out leaves its number behind, and a paragraph whose words have changed is named as such.
//!
//! Recorded and present paragraphs are set side by side by the digests of their words (longest common subsequence). Between two that are
//! alike, what is left over is taken in order: a recorded one for a present one as changed, the rest as taken out or as new.

use super::{Answered, routes};
use crate::base::anew::Anew;
use crate::base::digest::Digest;
use crate::base::later::Later;
use crate::base::path::ContentPath;
use crate::base::watch::{self, State, Watched};
use crate::model::block::{Block, BlockKind, Body, Inline};
use crate::model::document::Summary;
use crate::model::ledger::{Ledger, Number, Wording};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Larger tables are not made: then the paragraphs between what is alike at both ends are taken in their order.
const LARGEST: usize = 4_000_000;

/// The numbers of one document's paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraphs {
    /// For each paragraph, in order, the number printed beside it; empty when they are 1, 2, 3.
    numbers: Vec<Number>,
    /// Those whose words are not the first recorded ones, with the version that has these words, where it is recorded.
    pub changed: Vec<(Number, Option<String>)>,
    /// Recorded ones that are in the text no more, each with the paragraph before its place: 0, 1, 2 …
    pub gone: Vec<(u32, Number)>,
}

impl Paragraphs {
    /// The number of the paragraph that is the `position`th, from 1.
    #[must_use]
    pub fn number(&self, position: u32) -> Number {
        let at = (position as usize).checked_sub(1);
        at.and_then(|at| self.numbers.get(at)).cloned().unwrap_or_else(|| Number::plain(position))
    }

    /// Whether a document with `count` paragraphs has one of this number, or had.
    #[must_use]
    pub fn has(&self, number: &Number, count: u32) -> bool {
        let plain = self.numbers.is_empty() && number.letters.is_empty() && (1..=count).contains(&number.number);
        plain || self.numbers.contains(number) || self.gone.iter().any(|(_, gone)| gone == number)
    }
}

/// The numbers of one document's paragraphs, with their state.
#[derive(Clone, Debug)]
pub struct Lasting {
    /// State of the numbers.
    pub state: State,
    /// The numbers.
    pub value: Arc<Later<Paragraphs>>,
}

impl Lasting {
    fn of(numbers: Paragraphs) -> Self {
        Self { state: watch::state(&numbers), value: Arc::new(Later::now(numbers)) }
    }
}

/// The numbers of the paragraphs of all documents, in their order. `known` are the answers of the last time, under the same ledger.
pub(super) fn lasting(
    ledger: &Ledger,
    documents: &[Summary],
    bodies: &[Watched<Anew<Body>>],
    known: &BTreeMap<ContentPath, Answered>,
) -> Vec<Lasting> {
    let plain = Lasting::of(Paragraphs::default());
    let of = |(summary, body): (&Summary, &Watched<Anew<Body>>)| {
        if ledger.addresses.is_empty() {
            return plain.clone();
        }
        if let Some(known) = known.get(&summary.file).filter(|known| known.text == summary.text.noted().1) {
            let answers = known.answers.share();
            let numbers = move || answers.get().paragraphs.clone();
            return Lasting { state: known.numbers, value: Arc::new(Later::when_asked(numbers)) };
        }
        let address = ledger.addresses.get(&routes::document(summary));
        let recorded = address.map(|address| &address.paragraphs).filter(|recorded| !recorded.is_empty());
        recorded.map_or_else(|| plain.clone(), |recorded| Lasting::of(number(recorded, &digests(&body.unwatched().made()))))
    };
    documents.iter().zip(bodies).map(of).collect()
}

/// Digests of the words of the numbered paragraphs, in order. Notes, marks and line ends do not count.
#[must_use]
pub fn digests(body: &Body) -> Vec<String> {
    let mut found = Vec::new();
    walk(&body.blocks, &mut found);
    found
}

fn walk(blocks: &[Block], found: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) if block.number.is_some() => {
                let mut words = String::new();
                plain(text, &mut words);
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                found.push(Digest::of(words.as_bytes()).to_string()[..10].to_owned());
            }
            BlockKind::Quote(blocks) => walk(blocks, found),
            BlockKind::List { items, .. } => items.iter().for_each(|item| walk(&item.blocks, found)),
            _ => {}
        }
    }
}

fn plain(text: &[Inline], words: &mut String) {
    for piece in text {
        match piece {
            Inline::Text(text) | Inline::Code(text) | Inline::Html(text) => words.push_str(text),
            Inline::SoftBreak | Inline::HardBreak => words.push(' '),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated(_, inner) => plain(inner, words),
            Inline::NoteRef(_) => {}
        }
    }
}

/// Sets what was recorded beside what is there.
#[must_use]
pub fn number(recorded: &BTreeMap<Number, Vec<Wording>>, present: &[String]) -> Paragraphs {
    if recorded.is_empty() {
        return Paragraphs::default();
    }
    let old: Vec<(&Number, &Vec<Wording>)> = recorded.iter().collect();
    let mut pairs = alike(&old, present);
    pairs.push((old.len(), present.len()));
    let mut result = Paragraphs::default();
    let mut taken: BTreeSet<Number> = recorded.keys().cloned().collect();
    let highest = old.last().map_or(0, |(number, _)| number.number);
    let mut later = highest;
    let (mut from_old, mut from_new) = (0, 0);
    for (to_old, to_new) in pairs {
        let last = to_old == old.len();
        while from_new < to_new {
            let number = if from_old < to_old {
                from_old += 1;
                result.changed.push((old[from_old - 1].0.clone(), None));
                old[from_old - 1].0.clone()
            } else if last {
                later += 1;
                Number::plain(later)
            } else {
                result.numbers.last().cloned().unwrap_or_else(|| Number::plain(0)).after(&taken)
            };
            taken.insert(number.clone());
            result.numbers.push(number);
            from_new += 1;
        }
        let before = u32::try_from(result.numbers.len()).unwrap_or(u32::MAX);
        result.gone.extend(old[from_old..to_old].iter().map(|(number, _)| (before, (*number).clone())));
        if !last {
            let (number, wordings) = old[to_old];
            result.numbers.push(number.clone());
            let later = wordings.iter().skip(1).find(|wording| wording.digest == present[to_new]);
            result.changed.extend(later.map(|wording| (number.clone(), wording.version.clone())));
        }
        (from_old, from_new) = (to_old + 1, to_new + 1);
    }
    let untouched = result.numbers.iter().enumerate().all(|(at, number)| number.letters.is_empty() && number.number as usize == at + 1);
    if untouched && result.gone.is_empty() {
        result.numbers.clear();
    }
    result
}

/// Places of a longest common subsequence.
fn alike(old: &[(&Number, &Vec<Wording>)], new: &[String]) -> Vec<(usize, usize)> {
    let same = |at: usize, to: usize| old[at].1.iter().any(|wording| wording.digest == new[to]);
    // Most documents have not changed: what is alike at both ends needs no table.
    let mut head = 0;
    while head < old.len() && head < new.len() && same(head, head) {
        head += 1;
    }
    let mut tail = 0;
    while tail < old.len() - head && tail < new.len() - head && same(old.len() - 1 - tail, new.len() - 1 - tail) {
        tail += 1;
    }
    let (mut rows, mut columns) = (old.len() - head - tail, new.len() - head - tail);
    if rows * columns > LARGEST {
        (rows, columns) = (0, 0);
    }
    let mut longest = vec![vec![0_u32; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[row][column] = if same(head + row, head + column) {
                longest[row + 1][column + 1] + 1
            } else {
                longest[row + 1][column].max(longest[row][column + 1])
            };
        }
    }
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if same(head + row, head + column) {
            pairs.push((head + row, head + column));
            (row, column) = (row + 1, column + 1);
        } else if longest[row + 1][column] >= longest[row][column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs.extend((0..tail).rev().map(|back| (old.len() - 1 - back, new.len() - 1 - back)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1a 2b` are recorded paragraphs with their digests, `a x b` those that are there.
    fn numbered(recorded: &str, present: &str) -> String {
        let mut ledger: BTreeMap<Number, Vec<Wording>> = BTreeMap::new();
        for word in recorded.split_whitespace() {
            let (number, digest) = word.split_once('=').expect("number=digest");
            let wordings = ledger.entry(Number::read(number).expect("a number")).or_default();
            wordings.push(Wording { digest: digest.to_owned(), version: Some(format!("{}.0", wordings.len() + 1)) });
        }
        let present: Vec<String> = present.split_whitespace().map(str::to_owned).collect();
        let result = number(&ledger, &present);
        let numbers: Vec<String> = (1..=u32::try_from(present.len()).expect("few")).map(|at| result.number(at).to_string()).collect();
        let changed: Vec<String> = result
            .changed
            .iter()
            .map(|(number, version)| format!("{number}{}", version.as_deref().map_or(String::new(), |version| format!(" in {version}"))))
            .collect();
        let gone: Vec<String> = result.gone.iter().map(|(before, number)| format!("{number} after the {before}.")).collect();
        format!("{} | changed {} | gone {}", numbers.join(" "), changed.join(" "), gone.join(" "))
    }

    #[test]
    fn paragraphs_keep_their_numbers() {
        let cases = [
            ("1=a 2=b 3=c", "a b c", "1 2 3 | changed  | gone "),
            ("1=a 2=b 3=c", "a x b c", "1 1a 2 3 | changed  | gone "),
            ("1=a 2=b 3=c", "x y a b c", "0a 0b 1 2 3 | changed  | gone "),
            ("1=a 2=b 3=c", "a b c x y", "1 2 3 4 5 | changed  | gone "),
            ("1=a 2=b 3=c", "a c", "1 3 | changed  | gone 2 after the 1."),
            ("1=a 2=b 3=c", "a x c", "1 2 3 | changed 2 | gone "),
            ("1=a 2=b 3=c", "a x y c", "1 2 2a 3 | changed 2 | gone "),
            ("1=a 2=b 2a=d 3=c", "a b d e c", "1 2 2a 2b 3 | changed  | gone "),
            // A paragraph that moved is new where it went.
            ("1=a 2=b 3=c", "c a b", "0a 1 2 | changed  | gone 3 after the 3."),
            ("1=a 1=x 2=b", "x b", "1 2 | changed 1 in 2.0 | gone "),
            ("1=a 1=x 2=b", "a b", "1 2 | changed  | gone "),
            ("1=a", "", " | changed  | gone 1 after the 0."),
            ("", "a b", "1 2 | changed  | gone "),
            ("1=a 2=a 3=a", "a a a a", "1 2 3 4 | changed  | gone "),
        ];
        for (recorded, present, expected) in cases {
            assert_eq!(numbered(recorded, present), expected, "{recorded} → {present}");
        }
    }
}
