//! What was published, held against what there is: addresses that are gone, addresses that are new, another public address.

use super::paragraphs;
use super::routes::Routes;
use crate::base::anew::Anew;
use crate::base::path::{ContentPath, OutputPath};
use crate::base::suggest;
use crate::base::watch::{Keyed, Watched};
use crate::diag::{Code, Diagnostic, Label};
use crate::model::block::Body;
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

/// What there is.
pub(super) struct Present<'a> {
    documents: &'a [Summary],
    /// Their texts, in the same order.
    bodies: &'a [Watched<Anew<Body>>],
    entities: &'a BTreeMap<String, Entity>,
    routes: &'a Routes,
    /// Addresses of drafts, with their files.
    hidden: &'a [(OutputPath, ContentPath)],
}

impl<'a> Present<'a> {
    /// All of it.
    pub(super) fn of(
        documents: &'a [Summary],
        bodies: &'a [Watched<Anew<Body>>],
        entities: &'a Keyed<Entity>,
        routes: &'a Watched<Routes>,
        hidden: &'a [(OutputPath, ContentPath)],
    ) -> Self {
        Self { documents, bodies, entities: entities.unwatched(), routes: routes.unwatched(), hidden }
    }
}

/// Compares; silent where the edition keeps no ledger.
pub(super) fn check(config: &Config, ledger: &Ledger, present: &Present<'_>, findings: &mut Vec<Diagnostic>) {
    if !ledger.kept {
        return;
    }
    let file = ContentPath::new(LEDGER);
    let Present { documents, entities, routes, hidden, .. } = *present;
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
                .help(match heir(path, ledger, present) {
                    Some((heir, true)) => format!("`{}` has the same words: add `aliases: [{path}]` there", heir.file),
                    Some((heir, false)) => format!("if `{}` has taken its place, add `aliases: [{path}]` there", heir.file),
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

/// A document that is not in the ledger and has the recorded words, at least half of the paragraphs (`true`), or a name like the one that is gone.
fn heir<'a>(path: &OutputPath, ledger: &Ledger, present: &Present<'a>) -> Option<(&'a Summary, bool)> {
    let new = || {
        let all = present.documents.iter().zip(present.bodies).zip(&present.routes.documents);
        all.filter(|(_, new)| new.folder() == path.folder() && !ledger.addresses.contains_key(*new))
    };
    let recorded = ledger.addresses.get(path).map(|address| &address.paragraphs)?;
    let alike = |body: &Body| {
        let digests: BTreeSet<String> = paragraphs::digests(body).into_iter().collect();
        recorded.values().filter(|wordings| wordings.iter().any(|wording| digests.contains(&wording.digest))).count()
    };
    let most = new().map(|((summary, body), _)| (alike(&body.unwatched().made()), summary)).rev().max_by_key(|(count, _)| *count);
    if let Some((count, summary)) = most
        && count * 2 >= recorded.len().max(1)
    {
        return Some((summary, true));
    }
    let near = suggest::nearest(path.stem(), new().map(|(_, path)| path.stem()))?;
    new().find(|(_, path)| path.stem() == near).map(|((summary, _), _)| (summary, false))
}
