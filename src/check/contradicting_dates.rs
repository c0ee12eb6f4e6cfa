//! A life, or the existence of a body, that ends before it begins.

use super::days::is_before;
use crate::diag::{Code, Diagnostic, Label};
use crate::resolve::Site;

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    for entity in site.entities.values() {
        if let (Some(born), Some(died)) = (&entity.born, &entity.died)
            && is_before(died, born)
        {
            findings.push(
                Diagnostic::new(
                    Code::ContradictingDates,
                    format!("`{}` ends `{}`, before its beginning `{}`", entity.id, died.printed, born.printed),
                    Label::new(&entity.file, entity.span),
                )
                .help("correct `born` or `died`"),
            );
        }
    }
}
