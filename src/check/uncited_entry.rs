//! A work of the bibliography that nothing cites, prints from or names: further reading, or a citation that was forgotten.

use crate::diag::{Code, Diagnostic, Label};
use crate::resolve::Site;
use std::collections::BTreeSet;

/// Looks through all works.
pub fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for summary in &site.documents {
        let front = &summary.front;
        named.extend(front.source.iter().chain(&front.also_in).filter_map(|source| source.work.as_ref()).map(|work| work.value.as_str()));
        named.extend(front.first_published.iter().filter_map(|publication| publication.container.as_ref()).map(|work| work.value.as_str()));
        named.extend(front.translation.iter().filter_map(|translation| translation.from_work.as_ref()).map(|work| work.value.as_str()));
    }
    for (key, entry) in &site.entries {
        let used = site.back.entries.get(key).is_some_and(|uses| !uses.cited.is_empty()) || site.back.wanted.contains_key(key);
        if !used && !named.contains(key.as_str()) {
            let finding =
                Diagnostic::new(Code::UncitedEntry, format!("nothing cites the work `{key}`"), Label::new(&entry.file, entry.span));
            findings.push(finding.help(format!("cite it with `[@{key}]`, or leave it as further reading")));
        }
    }
}
