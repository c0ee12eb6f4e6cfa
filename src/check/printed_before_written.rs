//! A document written after the work it is printed from, or after its first publication.

use super::days::is_before;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;
use crate::resolve::Site;

pub(super) fn run(site: &Site, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    let front = &summary.front;
    let Some((event, written)) = front.written.as_ref().and_then(|event| Some((event, event.date.as_ref()?))) else { return };
    let label = || Label::new(&summary.file, event.span);
    if let Some(work) = front.source.as_ref().and_then(|source| source.work.as_ref())
        && let Some(entry) = site.entries.get(&work.value)
        // A serial goes on; the date of its entry is that of its first number.
        && !matches!(entry.kind.as_str(), "periodical" | "newspaper" | "journal" | "magazine")
        && let Some(printed) = entry.date.as_ref().filter(|printed| is_before(printed, written))
    {
        findings.push(
            Diagnostic::new(
                Code::PrintedBeforeWritten,
                format!("dated `{}`, but printed from a work of `{}`", written.printed, printed.printed),
                label(),
            )
            .also(Label::new(&summary.file, work.span).saying("printed from this work"))
            .also(Label::new(&entry.file, entry.span).saying("the work"))
            .help("correct the date, or the work"),
        );
    }
    for publication in &front.first_published {
        if let Some(printed) = publication.date.as_ref().filter(|printed| is_before(printed, written)) {
            let mut finding = Diagnostic::new(
                Code::PrintedBeforeWritten,
                format!("dated `{}`, but first published `{}`", written.printed, printed.printed),
                label(),
            )
            .help("correct one of the two dates");
            if let Some(container) = &publication.container {
                finding = finding.also(Label::new(&summary.file, container.span).saying("published here"));
            }
            findings.push(finding);
        }
    }
}
