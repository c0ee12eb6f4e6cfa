//! A document received before it was written or sent, or sent before it was written.

use super::days::is_before;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;

pub(super) fn run(summary: &Summary, findings: &mut Vec<Diagnostic>) {
    let front = &summary.front;
    let acts = [("written", &front.written), ("sent", &front.sent), ("received", &front.received)];
    let dated: Vec<_> = acts
        .into_iter()
        .filter_map(|(act, event)| event.as_ref().and_then(|event| Some((act, event.date.as_ref()?, event.span))))
        .collect();
    for pair in dated.windows(2) {
        let [(first, earlier, span), (second, later, later_span)] = pair else { continue };
        if is_before(later, earlier) {
            findings.push(
                Diagnostic::new(
                    Code::ReceivedBeforeSent,
                    format!("{second} `{}`, before it was {first}, `{}`", later.printed, earlier.printed),
                    Label::new(&summary.file, *later_span),
                )
                .also(Label::new(&summary.file, *span).saying(format!("{first} here")))
                .help("correct one of the two dates"),
            );
        }
    }
}
