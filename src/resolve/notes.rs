//! Notes: series, printed marks, keys for addresses.
//!
//! A mark that an editor typed is kept: numbers, stars, daggers, single letters. A label that is only a name gets the next mark of its series.

use crate::base::slug::slug;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::config::Config;
use crate::model::document::Summary;
use crate::model::note::{Marks, NoteLabel};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A note with its mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberedNote {
    /// In addresses, after `fn`, `n`, `r`: `1`, `-author-2`.
    pub key: String,
    /// Kind of its series.
    pub series: String,
    /// The edition's default series.
    pub default: bool,
    /// As printed.
    pub mark: String,
    /// How many references lead to it.
    pub references: u32,
}

/// Numbers a document's notes; also, for each reference, which place of its note it is (from 1; 0 without note).
pub fn number(config: &Config, summary: &Summary, findings: &mut Vec<Diagnostic>) -> (Vec<NumberedNote>, Vec<u32>) {
    let mut references = vec![0_u32; summary.notes.len()];
    let reference_order = summary
        .note_refs
        .iter()
        .map(|reference| match reference.note {
            Some(note) => {
                references[note as usize] += 1;
                references[note as usize]
            }
            None => 0,
        })
        .collect();
    let default_kind = default_kind(config, summary, findings);
    let mut keys = BTreeSet::new();
    let mut next_in_series: BTreeMap<String, usize> = BTreeMap::new();
    let mut notes = Vec::with_capacity(summary.notes.len());
    for (note, references) in summary.notes.iter().zip(references) {
        let label = &note.label.value;
        let kind = label.kind().unwrap_or(&default_kind).to_owned();
        if !config.series.contains_key(&kind) {
            findings.push(unknown_kind(config, summary, &note.label));
        }
        let order = next_in_series.entry(kind.clone()).or_insert(0);
        *order += 1;
        let marks = config.series.get(&kind).map_or(Marks::Numbers, |series| series.marks);
        let mark = if is_mark(label.mark()) { label.mark().to_owned() } else { made(marks, *order) };
        let default = kind == config.default_note_kind;
        let key = unique(key(default, &kind, &mark, *order), &mut keys);
        notes.push(NumberedNote { key, series: kind, default, mark, references });
    }
    (notes, reference_order)
}

fn default_kind(config: &Config, summary: &Summary, findings: &mut Vec<Diagnostic>) -> String {
    match &summary.front.note_kind {
        Some(kind) if config.series.contains_key(&kind.value) => kind.value.clone(),
        Some(kind) => {
            let label = kind.clone().map(NoteLabel);
            findings.push(unknown_kind(
                config,
                summary,
                &crate::base::span::Spanned::new(NoteLabel(format!("{}:", label.value.0)), label.span),
            ));
            config.default_note_kind.clone()
        }
        None => config.default_note_kind.clone(),
    }
}

fn unknown_kind(config: &Config, summary: &Summary, label: &crate::base::span::Spanned<NoteLabel>) -> Diagnostic {
    let kind = label.value.kind().unwrap_or_default();
    let known: Vec<&str> = config.series.keys().map(String::as_str).collect();
    let help = crate::base::suggest::nearest(kind, known.iter().copied()).map_or_else(
        || format!("use one of `{}`, or add the series to `content/edition.yaml` under `note_kinds`", known.join("`, `")),
        |near| format!("use `{near}`"),
    );
    Diagnostic::new(Code::UnknownNoteKind, format!("there is no note series `{kind}`"), Label::new(&summary.file, label.span)).help(help)
}

/// Whether a typed label is itself a mark: a number, with a letter at most; a single letter; stars, daggers and the like.
fn is_mark(label: &str) -> bool {
    let letters = label.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = label.chars().filter(char::is_ascii_digit).count();
    let symbols = label.chars().all(|letter| !letter.is_alphanumeric() && letter != '-' && letter != '_');
    !label.is_empty()
        && (symbols
            || (digits > 0 && letters <= 1 && digits + letters == label.chars().count())
            || (letters == 1 && label.chars().count() == 1))
}

/// The mark number `order` (from 1) of a series.
fn made(marks: Marks, order: usize) -> String {
    match marks {
        Marks::Numbers => order.to_string(),
        Marks::Letters => {
            let letter = char::from(b'a' + u8::try_from((order - 1) % 26).unwrap_or(0));
            letter.to_string().repeat((order - 1) / 26 + 1)
        }
        Marks::Stars => "*".repeat(order),
        Marks::Symbols => {
            let symbol = ["*", "†", "‡", "§"][(order - 1) % 4];
            symbol.repeat((order - 1) / 4 + 1)
        }
    }
}

fn key(default: bool, kind: &str, mark: &str, order: usize) -> String {
    if default {
        let slug = slug(mark);
        return if slug.is_empty() { format!("-{order}") } else { slug };
    }
    format!("-{}-{order}", slug(kind))
}

fn unique(key: String, taken: &mut BTreeSet<String>) -> String {
    let mut unique = key.clone();
    let mut counter = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{key}-{counter}n");
        counter += 1;
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_marks_are_kept_and_names_are_not_marks() {
        for mark in ["1", "45", "12a", "*", "**", "†", "a"] {
            assert!(is_mark(mark), "{mark}");
        }
        for name in ["chicherin", "note-1", "ab", ""] {
            assert!(!is_mark(name), "{name}");
        }
    }

    #[test]
    fn made_marks_go_on_after_the_alphabet() {
        assert_eq!(made(Marks::Letters, 27), "aa");
        assert_eq!(made(Marks::Symbols, 5), "**");
        assert_eq!(made(Marks::Stars, 3), "***");
    }
}
