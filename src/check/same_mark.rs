//! Two notes of a document that print the same mark in one series.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;
use crate::resolve::Answers;
use std::collections::BTreeMap;

pub(super) fn run(summary: &Summary, answers: &Answers, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, note) in answers.notes.iter().enumerate() {
        let Some(other) = first.insert((&note.series, &note.mark), index) else { continue };
        let (Some(own), Some(other)) = (summary.notes.get(index), summary.notes.get(other)) else { continue };
        // Marks that are made again after four, as `*`, are those of the source.
        if own.label.value.mark() != note.mark {
            continue;
        }
        findings.push(
            Diagnostic::new(
                Code::SameMark,
                format!("two notes of the series `{}` have the mark `{}`", note.series, note.mark),
                Label::new(&summary.file, own.label.span),
            )
            .also(Label::new(&summary.file, other.label.span).saying("the other"))
            .help("give one of the two another mark, or another series, as `[^author:*]`"),
        );
    }
}
