//! Documents that printed cross-references lead to and the edition does not have: a report, not a fault.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::PrintedTarget;
use crate::resolve::Site;

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    // A work that is not in the bibliography is a slip, which is reported as such.
    for (work, places) in site.back.wanted.iter().filter(|(work, _)| site.entries.contains_key(work)) {
        for (target, uses) in places {
            let Some(first) = uses.first() else { continue };
            let summary = &site.documents[first.document.at()];
            let what = match target {
                PrintedTarget::Number(number) => format!("document {number}"),
                PrintedTarget::Page(page) => format!("page {page}"),
            };
            let more = match uses.len() {
                0 | 1 => String::new(),
                2 => ", and in one more place".into(),
                count => format!(", and in {} more places", count - 1),
            };
            findings.push(
                Diagnostic::new(
                    Code::WantedDocument,
                    format!("{what} of `{work}` is referred to here{more}, and is not in the edition"),
                    Label::new(&summary.file, summary.annotations[first.annotation as usize].span),
                )
                .help(format!("a document with `source: {{ work: {work}, … }}` and this place answers it")),
            );
        }
    }
}
