//! A kind of document that is probably a slip of the pen. Kinds are free, so only what is nearly a known one is found.

use crate::base::suggest::{did_you_mean, nearest};
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::{KINDS, Summary};
use crate::resolve::Site;

pub(super) fn run(site: &Site, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    let Some(kind) = &summary.front.kind else { return };
    let own = || site.config.kinds.keys().map(String::as_str);
    if KINDS.contains(&kind.value.as_str()) || own().any(|known| known == kind.value) {
        return;
    }
    let Some(near) = nearest(&kind.value, KINDS.into_iter().chain(own())) else { return };
    findings.push(
        Diagnostic::new(Code::UnknownKind, format!("`{}` is no known kind of document", kind.value), Label::new(&summary.file, kind.span))
            .help(format!(
                "{} A kind of your own is named in `content/edition.yaml`, as `kinds: {{ {}: … }}`",
                did_you_mean(&kind.value, near),
                kind.value
            )),
    );
}
