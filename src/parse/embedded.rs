//! Embedded documents that are not embedded as a whole: the id stands within the quotation, or a lost `>` has cut the quotation in two.

use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::block::{Block, BlockKind};
use crate::model::document::Embedded;

/// Looks for the block of each embedded document.
pub(super) fn run(file: &ContentPath, contains: &[Embedded], blocks: &[Block], findings: &mut Vec<Diagnostic>) {
    if contains.is_empty() {
        return;
    }
    let named = |block: &Block| contains.iter().find(|embedded| block.id.as_ref() == Some(&embedded.id.value));
    for (at, block) in blocks.iter().enumerate() {
        let BlockKind::Quote(inner) = &block.kind else { continue };
        if let Some((embedded, last)) = inner
            .iter()
            .filter(|inner| matches!(inner.kind, BlockKind::Paragraph(_)))
            .find_map(|inner| Some((named(inner)?, inner)))
            .filter(|_| inner.len() > 1)
        {
            let id = &embedded.id.value;
            let message = format!("the id `{id}` stands within the quotation, and names one paragraph of it");
            findings.push(
                Diagnostic::new(Code::UnreadMarkup, message, Label::new(file, last.span))
                    .help(format!("put `{{#{id}}}` below the quotation, after an empty line and without `>`")),
            );
        }
        let before = at.checked_sub(1).and_then(|before| blocks.get(before));
        let cut = before.filter(|before| matches!(before.kind, BlockKind::Quote(_)) && before.id.is_none());
        if let (Some(embedded), Some(before)) = (named(block), cut) {
            let message = format!("this quotation ends before the one that is `{}`, and is no part of it", embedded.id.value);
            findings.push(
                Diagnostic::new(Code::UnreadMarkup, message, Label::new(file, before.span))
                    .also(Label::new(file, block.span).saying("it begins here"))
                    .help("type `>` on the empty line between the two; if they are two documents, type some words of text between them"),
            );
        }
    }
}
