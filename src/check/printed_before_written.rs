//! A document written after the work it is printed from, after its first publication, or after the copy its text is taken from.

use super::days::is_before;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::date::Date;
use crate::model::document::{StatedIn, Summary};
use crate::resolve::Site;

pub(super) fn run(site: &Site, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    let front = &summary.front;
    // What was only sent was written by then.
    let dated = [&front.written, &front.sent].into_iter().flatten().find_map(|event| Some((event.date.as_ref()?, event.span)));
    let Some((written, span)) = dated else { return };
    let label = || Label::new(&summary.file, span);
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
    let fields = front
        .first_published
        .iter()
        .filter_map(|publication| Some((StatedIn::FirstPublished, publication.date.as_ref()?, publication.span)));
    let sentences = front.stated.iter().map(|stated| (stated.place, &stated.date, stated.span));
    for (place, date, at) in fields.chain(sentences).filter(|(_, date, _)| is_before(date, written)) {
        findings.push(earlier(summary, (written, span), place, (date, at)));
    }
}

/// A date of print or of a copy that lies before the document.
fn earlier(summary: &Summary, (written, span): (&Date, Span), place: StatedIn, (date, at): (&Date, Span)) -> Diagnostic {
    let (what, saying) = match place {
        StatedIn::CopyText => ("but its copy text says", "the copy"),
        StatedIn::Source => ("but its source says", "the source"),
        StatedIn::FirstPublished | StatedIn::Title | StatedIn::Dateline => ("but first published", "published here"),
    };
    Diagnostic::new(
        Code::PrintedBeforeWritten,
        format!("dated `{}`, {what} `{}`", written.printed, date.printed),
        Label::new(&summary.file, span),
    )
    .also(Label::new(&summary.file, at).saying(saying))
    .help("correct one of the two dates")
}
