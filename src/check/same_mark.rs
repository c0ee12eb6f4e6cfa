//! Two notes of a document that print the same mark, in one series or in two that readers cannot tell apart.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;
use crate::resolve::Answers;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn run(summary: &Summary, answers: &Answers, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut by_mark: BTreeMap<&str, usize> = BTreeMap::new();
    let mut told: BTreeSet<[&str; 2]> = BTreeSet::new();
    for (index, note) in answers.notes.iter().enumerate() {
        let Some(own) = summary.notes.get(index) else { continue };
        let label = |index: usize| summary.notes.get(index).map(|note| Label::new(&summary.file, note.label.span).saying("the other"));
        let finding = |message: String| Diagnostic::new(Code::SameMark, message, Label::new(&summary.file, own.label.span));
        // Marks that are made again after four, as `*`, are those of the source.
        let typed = own.label.value.mark() == note.mark;
        if let Some(other) = first.insert((&note.series, &note.mark), index)
            && typed
        {
            let message = format!("two notes of the series `{}` have the mark `{}`", note.series, note.mark);
            let finding = finding(message).help("give one of the two another mark, or another series, as `[^author:*]`");
            findings.push(label(other).into_iter().fold(finding, Diagnostic::also));
        }
        let other = *by_mark.entry(&note.mark).or_insert(index);
        let series = answers.notes[other].series.as_str();
        // Once for each pair of series: the others follow from it.
        let pair = if series < note.series.as_str() { [series, &note.series] } else { [&note.series, series] };
        if series != note.series && told.insert(pair) {
            let message = format!("a note of the series `{series}` and one of `{}` have the same mark `{}`", note.series, note.mark);
            let finding = finding(message).help(apart(&note.series, typed));
            findings.push(label(other).into_iter().fold(finding, Diagnostic::also));
        }
    }
}

/// How two series are told apart.
fn apart(series: &str, typed: bool) -> String {
    if typed {
        format!("give the notes of one series marks of another kind, as `[^{series}:a]`, or take both as one series")
    } else {
        format!("set other marks in `content/edition.yaml`: `note_kinds: {{ {series}: {{ marks: letters }} }}`")
    }
}
