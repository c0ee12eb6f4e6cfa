//! A note whose text refers to the same note.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;

pub(super) fn run(summary: &Summary, findings: &mut Vec<Diagnostic>) {
    for reference in summary.note_refs.iter().filter(|reference| reference.note.is_some() && reference.note == reference.place.note) {
        findings.push(
            Diagnostic::new(
                Code::SelfReferringNote,
                format!("the note `{}` refers to itself", reference.label.value.0),
                Label::new(&summary.file, reference.label.span),
            )
            .help("type the mark of the note that is meant, or remove it"),
        );
    }
}
