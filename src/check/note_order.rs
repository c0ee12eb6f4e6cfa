//! Numbers of notes that a reader meets in the wrong order.
//!
//! Only typed numbers are looked at, and only those met in the text itself: notes in notes and in tables are read when they are come to.
//! Where a page of the source begins, its notes may begin with 1 again.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::AnnotationKind;
use crate::model::document::Summary;
use std::collections::BTreeMap;

pub(super) fn run(summary: &Summary, findings: &mut Vec<Diagnostic>) {
    // Kind of a series → the last number and where its note is.
    let mut last: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    let mut met = vec![false; summary.notes.len()];
    let breaks: Vec<u32> = page_breaks(summary).collect();
    let mut page = 0;
    for reference in summary.note_refs.iter().filter(|reference| reference.place.note.is_none()) {
        let here = breaks.partition_point(|at| *at < reference.label.span.start);
        let turned = std::mem::replace(&mut page, here) != here;
        let Some(note) = reference.note.map(|note| note as usize) else { continue };
        if std::mem::replace(&mut met[note], true) {
            continue;
        }
        let label = &summary.notes[note].label.value;
        let Ok(number) = label.mark().parse::<u32>() else { continue };
        if turned && number == 1 {
            last.remove(label.kind().unwrap_or_default());
        }
        match last.get(label.kind().unwrap_or_default()) {
            Some((before, other)) if number < *before => findings.push(
                Diagnostic::new(
                    Code::NoteOrder,
                    format!("the note {number} is referred to after the note {before}"),
                    Label::new(&summary.file, reference.label.span),
                )
                .also(Label::new(&summary.file, summary.notes[*other].label.span).saying(format!("the note {before}")))
                .help("number the notes in the order of their references"),
            ),
            _ => {
                last.insert(label.kind().unwrap_or_default(), (number, note));
            }
        }
    }
}

/// Where the pages of the source begin, in the order of the text.
fn page_breaks(summary: &Summary) -> impl Iterator<Item = u32> {
    let breaks = summary.annotations.iter().filter(|annotation| matches!(annotation.kind, AnnotationKind::PageBreak(_)));
    breaks.map(|annotation| annotation.span.start)
}
