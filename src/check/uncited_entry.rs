//! Works of the bibliography that nothing refers to.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::AnnotationKind;
use crate::model::document::Summary;
use crate::resolve::Site;
use std::collections::BTreeSet;

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for summary in &site.documents {
        used.extend(keys(summary));
    }
    // A key with blanks can be cited by nobody, and is reported as such.
    let citable = site.entries.values().filter(|entry| !entry.key.contains(char::is_whitespace));
    for entry in citable.filter(|entry| !used.contains(entry.key.as_str())) {
        findings.push(
            Diagnostic::new(Code::UncitedEntry, format!("nothing refers to the work `{}`", entry.key), Label::new(&entry.file, entry.span))
                .help("cite it, or remove it"),
        );
    }
}

/// All keys of the bibliography that a document names.
fn keys(summary: &Summary) -> impl Iterator<Item = &str> {
    let front = &summary.front;
    let sources = front.source.iter().chain(&front.also_in).filter_map(|source| source.work.as_ref());
    let containers = front.first_published.iter().filter_map(|publication| publication.container.as_ref());
    let translated = front.translation.iter().filter_map(|translation| translation.from_work.as_ref());
    let cited = summary.annotations.iter().flat_map(|annotation| match &annotation.kind {
        AnnotationKind::Citation(citation) => citation.cites.iter().map(|cite| cite.key.value.as_str()).collect(),
        AnnotationKind::CrossReference { work, .. } => vec![work.value.as_str()],
        _ => Vec::new(),
    });
    sources.chain(containers).chain(translated).map(|key| key.value.as_str()).chain(cited)
}
