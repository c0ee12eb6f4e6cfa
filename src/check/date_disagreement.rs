//! The title or the dateline states another day than the fields.

use super::days::can_agree;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::date::Date;
use crate::model::document::{StatedIn, Summary};

pub(super) fn run(summary: &Summary, findings: &mut Vec<Diagnostic>) {
    let front = &summary.front;
    let acts = [&front.written, &front.sent, &front.received];
    let fields: Vec<(&Date, Span)> = acts.into_iter().flatten().filter_map(|event| Some((event.date.as_ref()?, event.span))).collect();
    let Some((main, span)) = fields.first() else { return };
    for (place, word) in [(StatedIn::Title, "the title"), (StatedIn::Dateline, "the dateline")] {
        let stated: Vec<_> = summary.stated_dates.iter().filter(|stated| stated.place == place).collect();
        // A text with several datelines was dated more than once; one of them that agrees is enough.
        let agrees = stated.iter().any(|stated| fields.iter().any(|(date, _)| can_agree(&stated.date, date)));
        let Some(first) = stated.first().filter(|_| !agrees) else { continue };
        findings.push(
            Diagnostic::new(
                Code::DateDisagreement,
                format!("{word} says `{}`, the fields say `{}`", first.date.printed, main.printed),
                Label::new(&summary.file, first.span),
            )
            .also(Label::new(&summary.file, *span).saying("dated here"))
            .help("correct the one that is wrong; where the source itself errs, say so with `printed`, `edtf` and `evidence`"),
        );
    }
}
