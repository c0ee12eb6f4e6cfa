//! Pages about the editors' work: what waits for whom (in a preview only), and what stands at an address that was given up.

use super::World;
use super::mentions::document_link;
use super::page_input::{Content, PageInput, ReviewInput, ReviewRow, ReviewStage, WithdrawnInput};
use super::{date_words, facts};
use crate::base::path::OutputPath;
use crate::model::document::Status;
use crate::model::theme::Words;
use crate::resolve::{Site, review};

/// The state of the work.
pub(super) fn fill(input: &mut PageInput, world: &World<'_>, path: &OutputPath) {
    let (site, words) = (world.site, &world.theme.words);
    (input.kind, input.title, input.canonical) = ("review", words.get("review").to_owned(), None);
    let stages = review::stages(site).into_iter().map(|stage| {
        let (id, key) = title(stage.status);
        let title = words.get(key);
        ReviewStage {
            id,
            title: title.to_owned(),
            name: title.split(':').next().unwrap_or(title).trim().to_owned(),
            count: stage.documents.len(),
            waits: title.contains(':'),
            documents: stage.documents.iter().map(|waiting| row(site, words, path, waiting)).collect(),
        }
    });
    input.content = Content::Review(ReviewInput { stages: stages.collect() });
}

fn row(site: &Site, words: &Words, path: &OutputPath, waiting: &review::Waiting) -> ReviewRow {
    let summary = &site.documents[waiting.document.at()];
    let done = summary.front.responsibility.iter().map(|who| facts::responsibility(site, words, who)).collect::<Vec<_>>();
    let not_by = waiting.not_by.join(", ");
    ReviewRow {
        document: document_link(site, words, path, waiting.document),
        done: facts::upper_first(&done.join("; ")),
        not_by: if not_by.is_empty() { not_by } else { words.fill("review_not_by", &[("names", &not_by)]) },
        file: summary.file.as_str().to_owned(),
    }
}

/// The anchor of a state, and the key of its title.
fn title(status: Option<Status>) -> (&'static str, &'static str) {
    match status {
        Some(Status::Draft) => ("draft", "waits_draft"),
        Some(Status::Transcribed) => ("transcribed", "waits_transcribed"),
        Some(Status::Proofread) => ("proofread", "waits_proofread"),
        Some(Status::Validated) => ("validated", "waits_validated"),
        Some(Status::Published) => ("published", "waits_published"),
        Some(Status::Problematic) => ("problematic", "waits_problematic"),
        None => ("none", "waits_none"),
    }
}

/// The page of a tombstone.
pub(super) fn fill_withdrawn(input: &mut PageInput, world: &World<'_>, path: &OutputPath, at: usize) {
    let (site, words) = (world.site, &world.theme.words);
    let Some(stone) = site.tombstones.get(at) else { return };
    (input.kind, input.title, input.canonical) = ("withdrawn", words.get("withdrawn").to_owned(), None);
    let see = stone.see.iter().filter_map(|id| site.routes.by_id.get(&id.value));
    input.content = Content::Withdrawn(WithdrawnInput {
        why: stone.why.clone(),
        since: stone.date.as_ref().map(|date| words.fill("withdrawn_since", &[("date", &date_words::text(date, words))])),
        see: see.map(|index| document_link(site, words, path, *index)).collect(),
    });
}
