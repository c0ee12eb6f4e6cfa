//! What was published, held against what there is: addresses that are gone, addresses that are new, another public address.

use super::routes::Routes;
use crate::base::path::{ContentPath, OutputPath};
use crate::base::suggest;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::config::Config;
use crate::model::document::Summary;
use crate::model::entity::Entity;
use crate::model::ledger::Ledger;
use std::collections::{BTreeMap, BTreeSet};

/// Where the ledger stands.
pub const LEDGER: &str = "content/ledger.txt";

/// So many new addresses are named.
const NAMED: usize = 3;

/// The addresses that readers may cite: documents, pages about the edition, register entries.
#[must_use]
pub fn cited<'a>(documents: &[Summary], entities: impl Iterator<Item = &'a Entity>, routes: &Routes) -> BTreeSet<OutputPath> {
    let pages = documents.iter().zip(&routes.documents).map(|(_, path)| path.clone());
    pages.chain(entities.map(Routes::entity)).collect()
}

/// Compares; silent where the edition keeps no ledger.
pub(super) fn check(
    config: &Config,
    ledger: &Ledger,
    hidden: &[(OutputPath, ContentPath)],
    documents: &[Summary],
    entities: &BTreeMap<String, Entity>,
    routes: &Routes,
    findings: &mut Vec<Diagnostic>,
) {
    if !ledger.kept {
        return;
    }
    let file = ContentPath::new(LEDGER);
    let cited = cited(documents, entities.values(), routes);
    for (path, address) in &ledger.addresses {
        if cited.contains(path) || routes.aliases.contains_key(path) || routes.tombstones.contains_key(path) {
            continue;
        }
        let message = format!("`{path}` was published, and there is no such page any more");
        let finding = Diagnostic::new(Code::VanishedAddress, message, Label::new(&file, address.span));
        findings.push(match hidden.iter().find(|(hidden, _)| hidden == path) {
            Some((_, draft)) => finding.help(format!("`{draft}` is a draft, and drafts are not published: give it another `status`")),
            None => finding
                .help(match heir(path, ledger, documents, routes) {
                    Some(heir) => format!("if `{}` has taken its place, add `aliases: [{path}]` there", heir.file),
                    None => format!("add `aliases: [{path}]` to the document that has taken its place"),
                })
                .help(format!("or say in content/tombstones.yaml why it is gone, as `{path}: Withdrawn, since it was a duplicate`")),
        });
    }
    if let (Some(old), Some(new)) = (&ledger.url, &config.public_url)
        && old.value != *new
    {
        let message = format!("the edition was published at `{}`, and is to be published at `{new}`", old.value);
        let finding = Diagnostic::new(Code::MovedEdition, message, Label::new(&file, old.span));
        findings.push(
            finding.help("see that the old host leads to the new one, then run `ibid record`; or correct `url` in content/edition.yaml"),
        );
    }
    let new: Vec<&OutputPath> = cited.iter().filter(|path| !ledger.addresses.contains_key(*path)).collect();
    if !new.is_empty() {
        let named: Vec<String> = new.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
        let more = if new.len() > NAMED { format!(" and {} more", new.len() - NAMED) } else { String::new() };
        let message = format!("not in the ledger yet: {}{more}", named.join(", "));
        let finding = Diagnostic::new(Code::NotRecorded, message, Label::file(&file));
        findings.push(finding.help("run `ibid record` before you publish, and commit content/ledger.txt"));
    }
}

/// A document that is not in the ledger and has a name like the one that is gone.
fn heir<'a>(path: &OutputPath, ledger: &Ledger, documents: &'a [Summary], routes: &Routes) -> Option<&'a Summary> {
    let new =
        || documents.iter().zip(&routes.documents).filter(|(_, new)| new.folder() == path.folder() && !ledger.addresses.contains_key(*new));
    let near = suggest::nearest(path.stem(), new().map(|(_, path)| path.stem()))?;
    new().find(|(_, path)| path.stem() == near).map(|(summary, _)| summary)
}
